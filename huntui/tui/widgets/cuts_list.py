"""A list of cuts to choose from: what they are called and what they are for."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events

from huntui.engine.snapshot import Snapshot
from huntui.funnel.cuts import Cuts
from huntui.tui.pressing import press
from huntui.tui.text import cell
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_NAME = 26


@dataclass(frozen=True, slots=True)
class CutsEntry:
    """Cuts that can be chosen."""

    name: str
    about: str
    cuts: Cuts | None
    error: str = ""
    """Why there are none."""


class CutsList(Panel):
    """One line per set of cuts."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="cuts-list")
        self.entries: list[CutsEntry] = []
        self._row = self._top = 0

    @property
    def entry(self) -> CutsEntry | None:
        """The entry under the cursor."""
        return self.entries[self._row] if self.entries else None

    @property
    def page(self) -> int:
        """Entries that are visible at a time."""
        return max(1, self.size.height)

    def take(self, entries: list[CutsEntry]) -> None:
        """Show other entries, the cursor on the first."""
        self.entries, self._row, self._top = entries, 0, 0
        self.go_by(0)

    def go_by(self, rows: int) -> None:
        """Move the cursor down, or up, as far as there are entries."""
        self._row = max(0, min(self._row + rows, len(self.entries) - 1))
        self._top = scrolled(self._top, self._row, self.size.height, len(self.entries))
        self.repaint()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.go_by(0)

    def line(self, y: int) -> Sequence[Piece]:
        """Return one entry."""
        place = self._top + y
        if place >= len(self.entries):
            return ()
        entry = self.entries[place]
        mark = "▸ " if place == self._row else "  "
        name, room = min(_NAME, self.size.width // 2), self.size.width - 4 - min(_NAME, self.size.width // 2)
        about = (cell(entry.about, room), "muted") if entry.cuts is not None else (cell(entry.error, room), "bad")
        return [(mark, "key"), (cell(entry.name, name) + "  ", "value"), about]

    def background(self, y: int) -> str:
        """Mark the entry under the cursor."""
        return "cursor" if self.entries and self._top + y == self._row else "plain"

    def on_click(self, event: events.Click) -> None:
        """Compare with the entry under the mouse."""
        place = event.get_content_offset(self)
        if place is not None and self._top + place.y < len(self.entries):
            self.go_by(self._top + place.y - self._row)
            press(self.screen, "choose_cuts")

    def on_mouse_scroll_down(self) -> None:
        """Go down by three."""
        self.go_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Go up by three."""
        self.go_by(-3)
