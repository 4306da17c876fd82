"""Choosing what the cuts in force are compared with: cuts at hand, a file, or an earlier state of one's own."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Union

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.errors import HuntuiError
from huntui.funnel.cuts import Cuts
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import clean
from huntui.tui.widgets.cuts_list import CutsEntry, CutsList
from huntui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from huntui.engine.comparison import Comparison

_SHARE, _FRAME, _AROUND = 0.96, 2, 5
"""How much of the window's height a box may take, how much of that are its edges, and the field and two lines."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with cuts that somebody chose."""

    title: str
    """What the other cuts are called."""
    found: "Comparison"


class ChooseCuts(Dialog[Compared]):
    """Gives back the comparison with the chosen cuts, or None; what cannot be read says why."""

    BINDINGS = bindings("cuts")
    panel = "cuts"

    def __init__(self, engine: EngineFace, keymap: dict[str, str]) -> None:
        super().__init__("Compare your cuts with", keymap)
        self._engine = engine
        self._entries: list[CutsEntry] = []
        self._list = CutsList(engine.latest)

    def inside(self) -> list[Widget]:
        """Return a field, the list, and a line for what happens."""
        question = plain("Type a part of a name, or the path of a file.", classes="quiet")
        return [question, LineInput(), self._list, plain("Reading …", id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Type into the field at once, and read what there is."""
        self._arrange()
        self.query_one(Input).focus()
        self._read()

    @work(group="cuts")
    async def _read(self) -> None:
        at_hand = [CutsEntry(one.name, one.about, one.cuts, one.error) for one in await self._engine.cuts_at_hand()]
        past = past_states(self._engine.latest)
        self._entries = [*at_hand, *past]
        self._narrow()
        if past:
            self._say("Earlier states of your own stand below the cuts at hand, the newest first.")

    def on_resize(self) -> None:
        """Find the right height."""
        self._arrange()

    def _arrange(self) -> None:
        room = int(self.size.height * _SHARE) - _FRAME - _AROUND
        self._list.styles.height = max(1, min(room, max(1, len(self._entries))))

    def on_input_changed(self) -> None:
        """Show what is called so."""
        self._narrow()

    def _narrow(self) -> None:
        wanted = self.query_one(Input).value.strip().casefold()
        self._list.take([entry for entry in self._entries if wanted in f"{entry.name} {entry.about}".casefold()])
        if self._entries:
            none = "Nothing here is called so; Enter takes it for the path of a file."
            self._say("" if self._list.entries else none)
        self._arrange()

    def action_cuts_up(self) -> None:
        """Go to the cuts above."""
        self._list.go_by(-1)

    def action_cuts_down(self) -> None:
        """Go to the cuts below."""
        self._list.go_by(1)

    def action_cuts_page_up(self) -> None:
        """Go up by a page."""
        self._list.go_by(-self._list.page)

    def action_cuts_page_down(self) -> None:
        """Go down by a page."""
        self._list.go_by(self._list.page)

    def action_choose_cuts(self) -> None:
        """Compare with the marked cuts, or with the file that was typed."""
        # The list hears of the letters after the field does.
        self.after_typing(partial(self.call_later, self._choose))

    def _choose(self) -> None:
        entry, typed = self._list.entry, self.query_one(Input).value.strip()
        if entry is None:
            if typed:
                self._compare(typed, typed)
        elif entry.cuts is None:
            self._say(entry.error, wrong=True)
        else:
            self._compare(entry.name, entry.cuts)

    @work(exclusive=True, group="compare")
    async def _compare(self, title: str, other: Union[str, "Cuts"]) -> None:
        self._say("Comparing …")
        try:
            found = await self._engine.compare(other)
        except HuntuiError as error:
            self._say(str(error), wrong=True)
        else:
            self.dismiss(Compared(title, found))

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(clean(sentence)))
        outcome.set_classes("error" if wrong else "quiet")

    def action_leave_cuts(self) -> None:
        """Go back without comparing."""
        self.dismiss(None)


def past_states(snapshot: Snapshot) -> list[CutsEntry]:
    """Return the states of one's own history that have other cuts than those in force, newest first, each once."""
    entries: list[CutsEntry] = []
    seen = [] if snapshot.cuts is None else [snapshot.cuts]
    states = snapshot.timeline.states
    for place in reversed(range(len(states))):
        past = states[place]
        if past.cuts not in seen:
            seen.append(past.cuts)
            when = "undone" if place > snapshot.timeline.place else "earlier"
            entries.append(CutsEntry(past.what, f"{when}, state {place + 1} of {len(states)}", past.cuts))
    return entries
