"""The reckoning of a hunt: a line per treasure and class, below them the marked one, and the best that was missed."""

from typing import TYPE_CHECKING

from textual import events

from huntui.engine.snapshot import Snapshot
from huntui.tui.pressing import press
from huntui.tui.text import cell, wrapped
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.reckoning_lines import about_best, about_line, heading, reckoned_line, standing
from huntui.tui.widgets.scrolling import Page, Scrolling

if TYPE_CHECKING:
    from huntui.engine.reckoning import ReckonedLine, Reckoning

_ABOUT_LINES, _BEST_LINES, _LEAST_BODY = 2, 6, 4
"""Lines about the marked line, lines about the best that was missed at most, and lines that these leave to the list."""


class ReckoningList(Scrolling):
    """Has a cursor; draws what it is given."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="reckoning")
        self._found: Reckoning | None = None
        self._row = self._room = 0
        self._said = "Reckoning …"

    @property
    def marked(self) -> "ReckonedLine | None":
        """The line under the cursor."""
        return self._found.lines[self._row] if self._found and self._found.lines else None

    def tell(self, found: "Reckoning") -> None:
        """Draw another reckoning; the cursor stays where it is."""
        self._found = found
        self._row = max(0, min(self._row, len(found.lines) - 1))

    def go(self, row: int, *, relative: bool = True) -> None:
        """Move the cursor by some lines, or to one."""
        lines = len(self._found.lines) if self._found else 0
        self._row = max(0, min(self._row + row if relative else row, lines - 1))
        self.fit_into(self.size.width, self._room)
        self.scroll_to_show(self._row)

    def on_click(self, event: events.Click) -> None:
        """Mark the line under the mouse; go to what was missed of the one that is marked."""
        place = event.get_content_offset(self)
        row = self.body_line_at(place.y) if place is not None and self.marked else None
        if row is not None and row == self._row:
            press(self.screen, "see_missed")
        elif row is not None:
            self.go(row, relative=False)

    def fit_into(self, width: int, room: int) -> None:
        """Take the height that the page needs in this width, as far as there is room."""
        self._room = room
        super().fit_into(width, room)

    def page_of(self, width: int) -> Page:
        """Return the score, the treasures, and what was missed."""
        found = self._found
        if found is None:
            return Page((), [[(cell(self._said, width), "muted")]])
        head: list[list[Piece]] = [[(cell(standing(found.hunt), width), "score")], heading(found, width)]
        body = [reckoned_line(found, line, width, marked=k == self._row) for k, line in enumerate(found.lines)]
        left = self._room - len(head) - 1 - _ABOUT_LINES - min(_LEAST_BODY, len(body))
        best = about_best(found, width, max(1, min(_BEST_LINES, left)))
        return Page(head, body, [[("", "")], *self._about(found, width), *best])

    def _about(self, found: "Reckoning", width: int) -> list[list[Piece]]:
        """Say something of the marked line, always in as many lines."""
        words = wrapped(about_line(found, self.marked), width) if self.marked else []
        if len(words) > _ABOUT_LINES:
            words = [*words[: _ABOUT_LINES - 1], f"{words[_ABOUT_LINES - 1][: width - 2]} …"]
        return [[(cell(line, width), "muted")] for line in [*words, *[""] * (_ABOUT_LINES - len(words))]]

    def background(self, y: int) -> str:
        """Mark the line under the cursor."""
        return "cursor" if self.marked is not None and self.body_line_at(y) == self._row else "plain"
