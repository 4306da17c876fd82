"""Sending to another program of the desktop: what, and to which of those that take it."""

from typing import TYPE_CHECKING, Any

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.engine.face import EngineFace
from huntui.errors import HuntuiError
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.screens.export_night import objects_of
from huntui.tui.text import clean
from huntui.tui.widgets.option_line import Option, OptionLine

if TYPE_CHECKING:
    from huntui.exports.samp.hub import Program

_CURVE, _POSITION = "curve", "position"


class AskSend(Dialog[str]):
    """Gives back the sentence about what was sent, or None."""

    BINDINGS = bindings("sending")
    panel, inner = "sending", "option"

    def __init__(self, engine: EngineFace, object_id: str | None, keymap: dict[str, str]) -> None:
        """Prepare to ask; where an object is selected, its light curve and its position can be sent too."""
        super().__init__("Send to another program", keymap)
        self._engine, self._object_id = engine, object_id
        of_one = [Option(_CURVE, "light curve"), Option(_POSITION, "position")] if object_id else []
        self._of = OptionLine("Send", [*objects_of(engine.latest), *of_one], id="sending-of")
        self._to = OptionLine("To", (), id="sending-to")
        self._programs: tuple[Program, ...] = ()

    def inside(self) -> list[Widget]:
        """Return two lines of options and one for what happens."""
        return [self._of, self._to, plain("", id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Look who is there."""
        self._of.focus()
        self._look()

    @work(exclusive=True, group="sending")
    async def _look(self) -> None:
        self._say("Looking for programs …")
        try:
            self._programs = await self._engine.samp_programs()
        except HuntuiError as error:
            self._say(str(error), wrong=True)
        else:
            self._offer()

    def on_option_line_chosen(self) -> None:
        """Offer those who take what is sent."""
        self._offer()

    def _offer(self) -> None:
        from huntui.exports.samp.hub import POSITION, TABLE
        from huntui.exports.samp.send import ALL, nobody

        mtype = POSITION if self._of.chosen == _POSITION else TABLE
        takers = [one for one in self._programs if mtype in one.takes]
        every = [Option(ALL, f"all ({len(takers)})")] if len(takers) > 1 else []
        self._to.offer([*every, *(Option(one.id, one.name) for one in takers)])
        if takers:
            self._say(f"Of {self._object_id}." if self._of.chosen in (_CURVE, _POSITION) else "")
        else:
            self._say(nobody(self._programs, mtype), wrong=True)

    def action_send_it(self) -> None:
        """Send it, or look again where there is nobody to send it to."""
        if self._to.chosen is None:
            self._look()
        else:
            self._send(self._to.chosen)

    @work(exclusive=True, group="sending")
    async def _send(self, to: str) -> None:
        self._say("Sending …")
        chosen: dict[str, Any] = {"what": self._of.chosen}
        if self._of.chosen in (_CURVE, _POSITION):
            kind = "position" if self._of.chosen == _POSITION else "light curves"
            chosen = {"kind": kind, "object_id": self._object_id}
        try:
            sentence = await self._engine.send_by_samp(to, **chosen)
        except HuntuiError as error:
            self._say(str(error), wrong=True)
        else:
            self.dismiss(sentence)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(clean(sentence)))
        outcome.set_classes("error" if wrong else "quiet")

    def action_sending_down(self) -> None:
        """Go to the other line."""
        self.focus_next()

    def action_sending_up(self) -> None:
        """Go to the other line."""
        self.focus_previous()

    def action_leave_sending(self) -> None:
        """Go back; what waits for an answer is given up."""
        self.dismiss(None)
