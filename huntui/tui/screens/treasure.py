"""A treasure of the checklist: what it is, what imitates it, and hints that are paid for one after the other."""

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.hunt.state import TreasureState
from huntui.session.commands import OpenHint
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, key_line, plain
from huntui.tui.text import clean, count, price


class AboutTreasure(Dialog[None]):
    """Shows the hints that are open, and what the next one costs before it is opened; all of them after the end."""

    BINDINGS = bindings("treasure")
    panel = "treasure"

    def __init__(self, engine: EngineFace, treasure: TreasureState, keymap: dict[str, str]) -> None:
        self._engine, self._treasure, self._ended = engine, treasure, engine.latest.hunt.ended
        super().__init__(clean(treasure.title), keymap)

    def inside(self) -> list[Widget]:
        """Return what it is, what to beware of, and the hints so far."""
        beware = [plain(f"Beware: {clean(self._treasure.beware)}", classes="quiet")] if self._treasure.beware else []
        return [plain(clean(self._treasure.about)), *beware, plain(self._hints(), id="hints")]

    def keys(self) -> str:
        """Return the keys at the foot, of which one is for a further hint."""
        return key_line(self.panel, self._keymap, without=() if self._more else {"next_hint"})

    def show(self, snapshot: Snapshot) -> None:
        """Show what was opened meanwhile."""
        found = [one for one in snapshot.hunt.treasures if one.name == self._treasure.name]
        before = self._hints()
        self._treasure, self._ended = (found or [self._treasure])[0], snapshot.hunt.ended
        if self.is_mounted and self._hints() != before:
            self.query_one("#hints", Static).update(Content(self._hints()))
            self.query_one(f"#{self.panel}-box").border_subtitle = Content(self.keys())

    @property
    def _more(self) -> bool:
        return not self._ended and self._treasure.next_hint_costs is not None

    def _hints(self) -> str:
        hints = self._treasure.hints
        if not hints:
            return "There are no hints."
        number = len(hints) if self._ended else self._treasure.hints_open
        shown = [f"{place}. {clean(hint)}" for place, hint in enumerate(hints[:number], 1)]
        return "\n".join([f"Hints: {number} of {len(hints)}{self._price()}", *shown])

    def _price(self) -> str:
        told = [f"{count(self._treasure.hints_paid)} paid"] if self._treasure.hints_paid else []
        if self._more:
            told.append(f"the next one {price(self._treasure.next_hint_costs or 0)}")
        return "".join(f" · {words}" for words in told)

    def action_next_hint(self) -> None:
        """Open one hint more."""
        if self._more:
            self._engine.send(OpenHint(self._treasure.name, self._treasure.hints_open + 1))

    def action_leave_treasure(self) -> None:
        """Go back to the hunt."""
        self.dismiss(None)
