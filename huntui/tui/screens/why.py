"""Why an alert came through or did not: asked by name, told stage by stage, and turned so that it comes in."""

from typing import TYPE_CHECKING

from textual import work
from textual.widget import Widget
from textual.widgets import Input

from huntui.actions import action, keys_of, shown_key
from huntui.engine.bad_packets import meaning
from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.errors import HuntuiError
from huntui.render.explanation import bad_packet, let_in, unknown_name
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import clean
from huntui.tui.widgets.line_input import LineInput
from huntui.tui.widgets.scrolling import Page, Scrolling
from huntui.tui.widgets.why_lines import page_of_words, why_page

if TYPE_CHECKING:
    from huntui.engine.explanation import AlertExplained, Explanation

_SHARE, _FRAME = 0.96, 2
"""How much of the window's height a box may take, and how much of that are its edges."""
_SHOWN_OF_NAME = 60


class WhyPanel(Scrolling):
    """Draws an explanation, or a sentence in its place."""

    def __init__(self, snapshot: Snapshot, keys: tuple[str, str]) -> None:
        super().__init__(snapshot, id="why-lines")
        self._keys = keys
        self.alert: AlertExplained | None = None
        self.said = ""
        self.wrong = False

    def tell(self, alert: "AlertExplained | None", said: str, *, wrong: bool = False) -> None:
        """Draw another alert, with what is said of it below; or a sentence alone."""
        if alert is None or self.alert is None or alert.candid != self.alert.candid:
            self.scroll_lines_to(0)
            self.call_after_refresh(self._show_point)
        self.alert, self.said, self.wrong = alert, said, wrong

    def _show_point(self) -> None:
        """Have what rejects the alert in view."""
        self.scroll_to_show(self._text.point)

    def page_of(self, width: int) -> Page:
        """Return the explanation in lines of `width` cells."""
        if self.alert is None:
            return page_of_words(self.said, width, wrong=self.wrong)
        return why_page(self.alert, self.said, self._keys, width)


class Why(Dialog[None]):
    """Follows the cuts while it is open: what is told is always told of those in force."""

    BINDINGS = bindings("why")
    panel = "why"

    def __init__(self, engine: EngineFace, name: str | None, keymap: dict[str, str], candid: int | None = None) -> None:
        """Explain the newest alert of the object `name`, or that of a candid; nothing as yet without a name."""
        super().__init__("Why?", keymap)
        self._engine = engine
        self._wanted = name or ""
        self._first = self._wanted if candid is None else str(candid)
        self._asked_at = (-1, -1)
        self._said = ""
        key = shown_key(keys_of(action("let_in"), keymap)[0])
        older, newer = (shown_key(keys_of(action(each), keymap)[0]) for each in ("older_alert", "newer_alert"))
        self._lines = WhyPanel(engine.latest, (key, f"{older} older, {newer} newer"))

    def inside(self) -> list[Widget]:
        """Return the field for a name and the explanation."""
        field = LineInput(clean(self._wanted), replaced=True, id="why-name")
        return [plain("objectId, candid or file of a bad packet:"), field, self._lines]

    def on_mount(self) -> None:
        """Type into the field at once, and explain what was selected."""
        self.query_one(Input).focus()
        if self._first:
            self._ask(self._first)
        else:
            self._tell(None, "Type a name; survivors, rejected alerts and bad packets are all found.")

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def show(self, snapshot: Snapshot) -> None:
        """Ask again when the cuts are others, or when what was not found may have come."""
        alert = self._lines.alert
        cuts_version, alerts = self._asked_at
        asked = str(alert.candid) if alert else self._first
        if asked and (snapshot.cuts_version != cuts_version or (alert is None and snapshot.night.alerts != alerts)):
            self._ask(asked, said=self._said)

    @work(exclusive=True, group="why")
    async def _ask(self, name: str, *, said: str = "") -> None:
        latest = self._engine.latest
        self._asked_at, self._said = (latest.cuts_version, latest.night.alerts), said
        told = await self._engine.explain(name)
        if told.alerts:
            self._tell(told.alerts[-1], said)
        else:
            self._tell(None, self._not_an_alert(name, told), wrong=True)

    def _not_an_alert(self, name: str, told: "Explanation") -> str:
        if told.bad_packets:
            return " ".join(bad_packet(where, reason, meaning(reason)) for reason, where in told.bad_packets)
        night = self._engine.latest.night
        shown = name if len(name) <= _SHOWN_OF_NAME else f"{name[: _SHOWN_OF_NAME - 1]}…"
        words = unknown_name(shown, night.date or night.source or "this night")
        latest = self._engine.latest
        if latest.clock is not None:
            return f"{words} The night is replayed: what was taken later is not there yet."
        return words if latest.read else f"{words} The night is still being read."

    def _tell(self, alert: "AlertExplained | None", said: str, *, wrong: bool = False) -> None:
        self._lines.tell(alert, said, wrong=wrong)
        self._arrange()

    def _arrange(self) -> None:
        room = int(self.size.height * _SHARE) - _FRAME - 1 - self.query_one(Input).outer_size.height
        width = self.query_one(f"#{self.panel}-box").size.width
        if width:
            self._lines.fit_into(width, room)

    def action_look_up(self) -> None:
        """Explain what is called as typed."""
        self.after_typing(self._look_up)

    def _look_up(self) -> None:
        field = self.query_one(Input)
        typed = field.value.strip()
        if typed != clean(self._wanted).strip():
            self._wanted = typed
        field.select_all()
        self._first = self._wanted
        if self._wanted:
            self._ask(self._wanted)
        else:
            self._tell(None, "Type an objectId such as ZTF21abiuvdk, a candid, or the name of a file.", wrong=True)

    def action_let_in(self) -> None:
        """Turn the knobs that let the alert in."""
        from huntui.session.letting_in import letting_in

        alert, cuts = self._lines.alert, self._engine.latest.cuts
        if alert is None or cuts is None:
            return
        if self.query_one(Input).value.strip() != clean(self._wanted).strip():
            self._look_up()  # what is typed is not what was explained; no knob turns for a name that nobody looked at
            return
        rescue = alert.rescue
        if not rescue:
            self._tell(alert, f"{clean(alert.object_id)}: {let_in(alert.stages, rescue) or 'it is in already'}.")
            return
        try:
            command, words = letting_in(cuts, rescue)
        except HuntuiError as error:
            self._tell(alert, str(error))
            return
        undo = shown_key(keys_of(action("undo"), self._keymap)[0])
        self._said = f"Turned: {words}. On the hunt's screen {undo} takes it back."
        self._engine.send(command)

    def action_older_alert(self) -> None:
        """Explain the alert of the same object before this one."""
        self._step(-1)

    def action_newer_alert(self) -> None:
        """Explain the alert of the same object after this one."""
        self._step(1)

    def _step(self, by: int) -> None:
        alert = self._lines.alert
        if alert is not None and alert.candid in alert.candids:
            place = alert.candids.index(alert.candid) + by
            if 0 <= place < len(alert.candids):
                self._ask(str(alert.candids[place]))

    def action_why_up(self) -> None:
        """Scroll up."""
        self._lines.scroll_lines_by(-1)

    def action_why_down(self) -> None:
        """Scroll down."""
        self._lines.scroll_lines_by(1)

    def action_why_page_up(self) -> None:
        """Scroll up by a page."""
        self._lines.scroll_lines_by(-self._lines.page)

    def action_why_page_down(self) -> None:
        """Scroll down by a page."""
        self._lines.scroll_lines_by(self._lines.page)

    def action_leave_why(self) -> None:
        """Go back."""
        self.dismiss(None)
