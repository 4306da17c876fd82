"""A treasure of the checklist: what it is, what imitates it, and hints one after the other."""

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.hunt.state import TreasureState
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, key_line, plain
from huntui.tui.text import clean


class AboutTreasure(Dialog[int]):
    """Shows the hints that were seen before; gives back how many were seen in the end."""

    BINDINGS = bindings("treasure")
    panel = "treasure"

    def __init__(self, treasure: TreasureState, seen: int, keymap: dict[str, str]) -> None:
        self._treasure, self._seen = treasure, min(seen, len(treasure.hints))
        super().__init__(clean(treasure.title), keymap)

    def inside(self) -> list[Widget]:
        """Return what it is, what to beware of, and the hints so far."""
        beware = [plain(f"Beware: {clean(self._treasure.beware)}", classes="quiet")] if self._treasure.beware else []
        return [plain(clean(self._treasure.about)), *beware, plain(self._hints(), id="hints")]

    def keys(self) -> str:
        """Return the keys at the foot, of which one is for a further hint."""
        done = self._seen == len(self._treasure.hints)
        return key_line(self.panel, self._keymap, without={"next_hint"} if done else ())

    def _hints(self) -> str:
        hints = self._treasure.hints
        if not hints:
            return "There are no hints."
        seen = [f"{place}. {clean(hint)}" for place, hint in enumerate(hints[: self._seen], 1)]
        return "\n".join([f"Hints: {self._seen} of {len(hints)}", *seen])

    def action_next_hint(self) -> None:
        """Show one hint more."""
        self._seen = min(self._seen + 1, len(self._treasure.hints))
        self.query_one("#hints", Static).update(Content(self._hints()))
        self.query_one(f"#{self.panel}-box").border_subtitle = Content(self.keys())

    def action_leave_treasure(self) -> None:
        """Go back to the hunt."""
        self.dismiss(self._seen)
