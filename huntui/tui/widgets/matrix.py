"""An object against all filters: a line for each, and a second one for what its newest alert lacks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from huntui.engine.snapshot import Snapshot
from huntui.tui.pressing import press
from huntui.tui.text import cell, count, wrapped
from huntui.tui.widgets.panel import Panel, Piece, scrolled

if TYPE_CHECKING:
    from huntui.engine.matrix import Matrix, MatrixRow

_NAME, _NARROW = 40, 26
"""Cells for a filter's name at most, and at most in a narrow box."""


class MatrixLines(Panel):
    """One filter after the other; those whose file cannot be read say why."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="matrix")
        self.rows: tuple[MatrixRow, ...] = ()
        self._alerts = 0
        self._row = self._top = 0
        self._drawn: tuple[object, list[tuple[int, list[Piece]]]] = (None, [])

    @property
    def selected(self) -> "MatrixRow | None":
        """The filter under the cursor."""
        return self.rows[self._row] if self.rows else None

    def wanted_height(self) -> int:
        """Return the number of lines that show everything."""
        return 1 + len(self.lines(self.size.width))

    @property
    def page(self) -> int:
        """Filters to move by."""
        return max(1, self.size.height // 2)

    def take(self, matrix: "Matrix") -> None:
        """Show another matrix; the cursor stays where it is."""
        self.rows, self._alerts = matrix.rows, matrix.alerts
        self.go_by(0)

    def go_by(self, rows: int) -> None:
        """Move the cursor down, or up, as far as there are filters."""
        self._row = max(0, min(self._row + rows, len(self.rows) - 1))
        lines = self.lines(self.size.width)
        places = [y for y, (row, _) in enumerate(lines) if row == self._row]
        for y in (places[-1:] + places[:1]) if places else []:
            self._top = scrolled(self._top, y, self.size.height - 1, len(lines))
        self.repaint()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.go_by(0)

    def lines(self, width: int) -> list[tuple[int, list[Piece]]]:
        """Return all lines, each with the place of its filter."""
        key = (self.rows, width)
        if self._drawn[0] != key:
            drawn = [(k, line) for k, row in enumerate(self.rows) for line in self._filter(row, width)]
            self._drawn = (key, drawn)
        return self._drawn[1]

    def _name_width(self, width: int) -> int:
        return min(_NAME, max((len(_named(one)) for one in self.rows), default=0) + 1, max(width // 3, _NARROW))

    def _heading(self, width: int) -> list[Piece]:
        kept = 2 * len(count(self._alerts)) + 4
        return [
            ("    " + cell("filter", self._name_width(width)) + cell("kept", kept, right=True) + "  lost at", "muted")
        ]

    def _filter(self, row: "MatrixRow", width: int) -> list[list[Piece]]:
        name = self._name_width(width)
        found, before = row.tally, 4
        if found is None:
            words = wrapped(f"cannot be read: {row.why}", max(1, width - before - 2))
            rest: list[list[Piece]] = [[(" " * before, "plain"), (word, "muted")] for word in words]
            return [[("  ! ", "bad"), (cell(row.name, width - 4), "value")], *rest]
        mark: Piece = ("  ✓ ", "good") if found.kept else ("  ✗ ", "bad")
        kept = f"{count(found.kept)} of {count(found.alerts)}".rjust(2 * len(count(self._alerts)) + 4)
        room = width - 4 - name - len(kept) - 2
        first: list[Piece] = [mark, (cell(_named(row), name), "title" if row.in_force else "value"), (kept, "value")]
        words = _losses(row, room)
        lines = [[*first, ("  " + cell(words[0], room), "warn")]]
        lines += [[(" " * (width - room) + cell(word, room), "warn")] for word in words[1:]]
        if row.why:
            words = wrapped(f"newest alert, {row.why}", max(1, width - before - 2))
            lines += [[(" " * before, "plain"), (word, "muted")] for word in words]
        return lines

    def line(self, y: int) -> Sequence[Piece]:
        """Return the heading, or a line of a filter."""
        lines = self.lines(self.size.width)
        at = self._top + y - 1
        if y == 0 or at >= len(lines):
            return self._heading(self.size.width) if self.rows and y == 0 else ()
        row, pieces = lines[at]
        first = at == 0 or lines[at - 1][0] != row
        if row == self._row and first:
            return [("▸" + pieces[0][0][1:], pieces[0][1]), *pieces[1:]]
        return pieces

    def background(self, y: int) -> str:
        """Mark the filter under the cursor."""
        return "cursor" if y > 0 and self._filter_at(y) == self._row else "plain"

    def _filter_at(self, y: int) -> int | None:
        lines, at = self.lines(self.size.width), self._top + y - 1
        return lines[at][0] if 0 <= at < len(lines) else None

    def on_click(self, event: events.Click) -> None:
        """Go to the filter under the mouse; compare with the one that is marked."""
        place = event.get_content_offset(self)
        row = self._filter_at(place.y) if place is not None and place.y > 0 else None
        if row is not None and row == self._row:
            press(self.screen, "compare_filter")
        elif row is not None:
            self.go_by(row - self._row)

    def on_mouse_scroll_down(self) -> None:
        """Go down by a filter."""
        self.go_by(1)

    def on_mouse_scroll_up(self) -> None:
        """Go up by a filter."""
        self.go_by(-1)


def _named(row: "MatrixRow") -> str:
    return f"{row.name} (yours)" if row.in_force else row.name


def _losses(row: "MatrixRow", width: int) -> list[str]:
    """Return the stages that lose some alerts, with how many, in lines that break between two of them."""
    lines = [""]
    for stage, number in row.tally.losses if row.tally else ():
        one = f"{stage} {count(number)}"
        joined = f"{lines[-1]} · {one}" if lines[-1] else one
        if len(joined) > width and lines[-1]:
            lines.append(one)
        else:
            lines[-1] = joined
    return lines
