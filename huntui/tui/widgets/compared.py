"""A comparison: both funnels above, and below them the objects of one list, read only where they are seen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from huntui.engine.snapshot import Snapshot
from huntui.tui.pressing import press
from huntui.tui.text import cell
from huntui.tui.widgets.compared_lines import SIDES, funnels, tab_at, tabs
from huntui.tui.widgets.object_columns import MARKS_WIDTH, NAME_WIDTH, fitting, table_columns
from huntui.tui.widgets.panel import Panel, Piece, scrolled

if TYPE_CHECKING:
    from huntui.engine.comparison import ComparedObjects, Comparison

_LEAST_OBJECTS = 6
"""Lines that the funnels always leave to the objects, where there are so many."""
_TABS = -2
"""Line of the names of the lists, counted from the first object."""
_OTHER = {"gained": "A rejects it at", "lost": "B rejects it at", "common": ""}

_COLUMNS = table_columns(())


class Compared(Panel):
    """Three lists of objects, of which one is open; the cursor stays on its object when a newer comparison comes."""

    class Moved(Message):
        """Another list is open, or another object under the cursor."""

    def __init__(self, snapshot: Snapshot, found: "Comparison", title: str) -> None:
        super().__init__(snapshot, id="compared")
        self.found, self._title = found, title
        self.side = next((name for name in SIDES if len(getattr(found, name))), SIDES[0])
        self._row = self._top = 0
        self._stages_only = False

    @property
    def objects(self) -> "ComparedObjects":
        """The objects of the open list."""
        found: ComparedObjects = getattr(self.found, self.side)
        return found

    @property
    def row(self) -> int | None:
        """Row of the cursor in the open list; None where that is empty."""
        return self._row if len(self.objects) else None

    def take(self, found: "Comparison") -> None:
        """Show a newer comparison of the same cuts."""
        name = None if self.row is None else self.objects.object_id(self.row)
        self.found = found
        row = None if name is None else self.objects.find(name)
        if row is not None:
            self._top += row - self._row
            self._row = row
        self.go_by(0)

    def turn(self, lists: int) -> None:
        """Open another list."""
        self.side = SIDES[(SIDES.index(self.side) + lists) % len(SIDES)]
        self._row = self._top = 0
        self.go_by(0)

    def go_by(self, rows: int) -> None:
        """Move the cursor down, or up, as far as there are objects."""
        self.go_to(self._row + rows)

    def go_to(self, row: int) -> None:
        """Put the cursor on an object of the open list."""
        total = len(self.objects)
        self._row = max(0, min(row, total - 1))
        self._top = scrolled(self._top, self._row, self.page, total)
        self.repaint()
        self.post_message(self.Moved())

    def switch_stages(self) -> None:
        """Give all the room to the stages, or the objects theirs again."""
        self._stages_only = not self._stages_only
        self.go_by(0)

    @property
    def page(self) -> int:
        """Objects that are visible at a time."""
        return max(1, self.size.height - len(self._head()))

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.go_by(0)

    def _head(self) -> list[list[Piece]]:
        width, height = self.size.width, self.size.height
        if self._stages_only:
            return funnels(self.found, self._title, width, height)
        room = height - 3 - _LEAST_OBJECTS
        return [*funnels(self.found, self._title, width, room), [], tabs(self.found, self.side, width), self._heading()]

    def wanted_height(self) -> int:
        """Return the number of lines that show everything."""
        stages = max(len(self.found.a.stages), len(self.found.b.stages), 1)
        longest = max(_LEAST_OBJECTS, *(len(getattr(self.found, name)) for name in SIDES))
        return stages + 5 + longest

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the head or an object."""
        head = self._head()
        if y < len(head):
            return head[y]
        if self._stages_only:
            return ()
        row = self._top + y - len(head)
        if row < len(self.objects):
            return self._object(row)
        return [("  none", "muted")] if row == 0 else ()

    def background(self, y: int) -> str:
        """Mark the object under the cursor."""
        on_it = not self._stages_only and self.row is not None and y - len(self._head()) == self._row - self._top
        return "cursor" if on_it and y >= len(self._head()) else "plain"

    def _heading(self) -> list[Piece]:
        columns, room = fitting(_COLUMNS, self.size.width)
        titles = [cell(column.title, column.width, right=True) for column in columns]
        text = "  " + " ".join([cell("objectId", NAME_WIDTH), *titles])
        return [(text + " " * (MARKS_WIDTH + 1) + cell(_OTHER[self.side], room), "muted")]

    def _object(self, row: int) -> list[Piece]:
        objects = self.objects
        columns, room = fitting(_COLUMNS, self.size.width)
        mark = "▸ " if row == self._row else "  "
        pieces: list[Piece] = [(mark, "key"), (cell(objects.object_id(row), NAME_WIDTH), "value")]
        for column in columns:
            text = column.write(objects.value(column.name, row))
            style = f"band-{text}" if column.name == "fid" and text in "gri" else ""
            pieces.append((" " + cell(text, column.width, right=True), style))
        return [*pieces, (" " * (MARKS_WIDTH + 1), "plain"), (cell(objects.rejected_by(row), room), "warn")]

    def on_click(self, event: events.Click) -> None:
        """Select the object under the mouse, go to the one that is selected, or open the list under the mouse."""
        place = event.get_content_offset(self)
        if place is None or self._stages_only:
            return
        row = self._top + place.y - len(self._head())
        side = tab_at(self.found, self.side, self.size.width, place.x) if row - self._top == _TABS else None
        if side is not None:
            self.turn(SIDES.index(side) - SIDES.index(self.side))
        elif self._top <= row < len(self.objects):
            if row == self._row:
                press(self.screen, "go_to_object")
            else:
                self.go_to(row)

    def on_mouse_scroll_down(self) -> None:
        """Go down by three."""
        self.go_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Go up by three."""
        self.go_by(-3)
