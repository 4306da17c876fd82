"""The end of a hunt: asked for first, and then what the night held, what was found of it, and what was missed."""

from textual import work
from textual.content import Content
from textual.widget import Widget

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError
from huntui.hunt.share import share_text
from huntui.tui.bindings import bindings
from huntui.tui.clipboard import copied
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.screens.following import Following
from huntui.tui.screens.why import Why
from huntui.tui.widgets.reckoning_list import ReckoningList

_SHARE, _FRAME = 0.96, 2
"""How much of the window's height a box may take, and how much of that are its edges."""


class AskEnd(Dialog[bool]):
    """Gives back whether to end the hunt."""

    BINDINGS = bindings("ending")
    panel = "ending"

    def __init__(self, snapshot: Snapshot, keymap: dict[str, str]) -> None:
        super().__init__("End the hunt?", keymap)
        self._reading, self._replayed = not snapshot.read, snapshot.clock is not None

    def inside(self) -> list[Widget]:
        """Return what the end means."""
        words = "The truth of this night will be shown, and no claim counts afterwards; nothing takes that back."
        words += " Cuts may still be changed."
        if self._reading:
            words += " The night is still being read: more treasures may come."
        if self._replayed:
            words += " The night is replayed and not over: more treasures may come."
        return [plain(words)]

    def action_end_now(self) -> None:
        """End it."""
        self.dismiss(True)

    def action_hunt_on(self) -> None:
        """Go on hunting."""
        self.dismiss(False)


class ShowReckoning(Following[str]):
    """Follows the hunt while it is open; gives back the object to go to, or None."""

    BINDINGS = bindings("reckoning")
    panel = "reckoning"

    def __init__(self, engine: EngineFace, keymap: dict[str, str]) -> None:
        super().__init__(_title(engine.latest), engine, keymap)
        self._list = ReckoningList(engine.latest)
        self._asked_of = _hunt(engine.latest)

    def inside(self) -> list[Widget]:
        """Return the list."""
        return [self._list]

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot: claims may be others, and the hunt may have ended only now."""
        super().show(snapshot)
        if _hunt(snapshot) != self._asked_of:
            self.want()

    async def look(self) -> None:
        """Reckon up again."""
        self._asked_of = _hunt(self._engine.latest)
        try:
            self._list.tell(await self._engine.reckoning())
        except CallError:
            return  # the command that ends the hunt is on its way
        self._arrange()

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def _arrange(self) -> None:
        width = self.query_one(f"#{self.panel}-box").size.width
        if width:
            self._list.fit_into(width, int(self.size.height * _SHARE) - _FRAME)

    def action_reckoned_up(self) -> None:
        """Go to the line above."""
        self._list.go(-1)

    def action_reckoned_down(self) -> None:
        """Go to the line below."""
        self._list.go(1)

    def action_reckoned_page_up(self) -> None:
        """Go up by a page."""
        self._list.go(-self._list.page)

    def action_reckoned_page_down(self) -> None:
        """Go down by a page."""
        self._list.go(self._list.page)

    def action_first_reckoned(self) -> None:
        """Go to the first treasure."""
        self._list.go(0, relative=False)

    def action_last_reckoned(self) -> None:
        """Go to the last line."""
        self._list.go(10**9, relative=False)

    def action_see_missed(self) -> None:
        """Go to what was missed of the marked line, or say what every stage makes of it where none keeps it."""
        missed = self._list.marked.missed if self._list.marked else None
        if missed is None:
            return  # the line below the list says why there is nothing
        if self._engine.latest.rows.find(missed.object_id) is not None:
            self.dismiss(missed.object_id)
        else:
            self.app.push_screen(Why(self._engine, missed.object_id, self._keymap, missed.candid))

    def action_copy_share(self) -> None:
        """Copy the hunt as a few lines to share, and say so."""
        snapshot = self._engine.latest
        text = share_text(snapshot.hunt, snapshot.night.date, simulated=snapshot.night.simulated)
        self._copy(text)

    @work(exclusive=True, group="copy")
    async def _copy(self, text: str) -> None:
        unsure = "" if await copied(self.app, text) else ", if your terminal lets programs copy"
        self.query_one(f"#{self.panel}-box").border_title = Content(f"{text.splitlines()[2]} copied{unsure}")

    def action_leave_reckoning(self) -> None:
        """Go back."""
        self.dismiss(None)


def _hunt(snapshot: Snapshot) -> object:
    """Return what another reckoning follows from, but for cuts and the night."""
    return snapshot.hunt.ended, snapshot.hunt.claims


def _title(snapshot: Snapshot) -> str:
    return "The end of the hunt" if snapshot.night.simulated else "The hunt so far"
