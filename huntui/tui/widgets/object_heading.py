"""The titles above the table of objects, by which it is sorted."""

from collections.abc import Sequence
from dataclasses import dataclass

from huntui.columns import LIGHT_CURVE
from huntui.session.commands import LOOKS_LIKE, SortRows
from huntui.tui.text import cell
from huntui.tui.widgets.object_columns import MARKS_WIDTH, NAME_WIDTH, TableColumn, fitting, table_columns
from huntui.tui.widgets.panel import Piece

_FEWEST_FOR_LOOKS = 4
_BEFORE_NAME = 2


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a column that can be sorted by."""

    name: str
    text: str
    width: int
    right: bool = True
    gap: int = 1
    """Cells behind it."""


class ObjectHeading:
    """Knows the columns that fit, and which title is marked."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = table_columns(columns)
        self._marked = 0

    def fitting(self, width: int) -> tuple[tuple[TableColumn, ...], int]:
        """Return the columns that fit into `width` cells, and the cells left for what an object looks like."""
        return fitting(self._columns, width)

    def line(self, width: int, by: SortRows, *, has_focus: bool) -> list[Piece]:
        """Return the titles; the one that is sorted by has an arrow."""
        pieces: list[Piece] = [(" " * _BEFORE_NAME, "muted")]
        marked = self.marked(width)
        for title in self._titles(width):
            arrow = ("▼" if by.descending else "▲") if title.name == by.column else ""
            text = f"{title.text}{arrow}" if len(title.text) < title.width else arrow or title.text
            style = "key" if arrow else "title" if has_focus and title.name == marked else "muted"
            pieces += [(cell(text, title.width, right=title.right), style), (" " * title.gap, "muted")]
        return pieces

    def marked(self, width: int) -> str:
        """Return the column whose title is marked."""
        titles = self._titles(width)
        return titles[min(self._marked, len(titles) - 1)].name

    def move(self, step: int, width: int) -> None:
        """Mark another title."""
        names = [title.name for title in self._titles(width)]
        place = min(self._marked, len(names) - 1) + step
        # What is a drawing has no order.
        place += step if 0 <= place < len(names) and names[place] == LIGHT_CURVE else 0
        self._marked = max(0, min(place, len(names) - 1))

    def mark_at(self, x: int, width: int) -> bool:
        """Mark the title at a cell of the line, and return whether there is one."""
        end = _BEFORE_NAME
        for place, title in enumerate(self._titles(width)):
            end += title.width + title.gap
            if x < end:
                self._marked = place
                return title.name != LIGHT_CURVE
        return False

    def _titles(self, width: int) -> list[Title]:
        columns, room = self.fitting(width)
        titles = [Title("objectId", "objectId", NAME_WIDTH, right=False)]
        titles += [Title(column.name, column.title, column.width) for column in columns]
        if room < _FEWEST_FOR_LOOKS:
            return titles
        *rest, last = titles
        last = Title(last.name, last.text, last.width, last.right, gap=1 + MARKS_WIDTH)
        text = "looks like" if room > len("looks like") else "like"
        return [*rest, last, Title(LOOKS_LIKE, text, room, right=False, gap=0)]
