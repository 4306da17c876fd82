"""The table of surviving objects: only the visible lines are read, and the cursor stays on its object.

From a range begun at the cursor, keys act on all objects as far as the cursor was moved since.
"""

from collections.abc import Hashable, Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from huntui.engine.snapshot import Rows, Snapshot
from huntui.session.commands import NEWEST_FIRST, Hide, SortRows, Star
from huntui.tui.bindings import bindings
from huntui.tui.messages import Moved, NoteWanted, ObjectSelected, Refused, Tell
from huntui.tui.text import cell, clean, count
from huntui.tui.widgets.object_columns import cells_of
from huntui.tui.widgets.object_heading import ObjectHeading
from huntui.tui.widgets.object_marks import ObjectMarks
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_MOST_CELLS = 5_000
_MOST_IN_RANGE = 1_000
NEW = "•"
"""Sign of an object that was not there when somebody last moved in the table."""
_NOTHING = "No object is selected."


class Objects(Panel, can_focus=True):
    """One line per surviving object, the newest first, where the cursor stays until it is moved or a knob is turned."""

    BINDINGS = bindings("objects")

    def __init__(self, snapshot: Snapshot, columns: Sequence[str] = ()) -> None:
        """Show objects with the columns of these names, or the usual ones."""
        super().__init__(snapshot, id="objects")
        self._heading = ObjectHeading(columns)
        self._looked_at: Rows | None = None
        self._top = 0
        self._row = 0
        self.object_id: str | None = None
        """The object under the cursor."""
        self._marks = ObjectMarks(snapshot)
        self._shows_hidden = False
        self._begun: tuple[str, int] | None = None
        self._titles: dict[str, str] = {}
        self._cells: dict[Hashable, list[Piece]] = {}
        self._moved = self._stays = False
        self._known: dict[str, bool] = {}
        self._wanted: str | None = None
        self._awaited: str | None = None

    def settle(self, before: Snapshot) -> None:
        """Keep the cursor's object where it is on the screen, whatever came in above it."""
        if len(self._cells) > _MOST_CELLS or before.models != self.snapshot.models:  # scores have come
            self._cells.clear()
        hunt = self.snapshot.hunt
        self._marks.follow(self.snapshot)
        self._shows_hidden = self._shows_hidden and self.snapshot.hidden > 0
        self._titles = {treasure.name: treasure.title for treasure in hunt.treasures}
        if before.row_order != self.snapshot.row_order:
            # Who sorts wants to see what comes first.
            self._row = self._top = 0
            self._settle()
            return
        # Who turns a knob wants to see the same object, whatever comes in above it.
        self._stays = self._stays or bool(before.sequence and before.cuts_version != self.snapshot.cuts_version)
        row = self._row_now(before) if self._moved or self._stays else None
        if self._awaited is not None and (found := self._rows.find(self._awaited)) is not None:
            row, self._moved, self._awaited = found, True, None
        if row is not None:
            self._top += row - self._row
            self._row = row
        if self._begun is not None:
            self._begin(self._begun[0])
        if self._looked_at is None and self._moved:
            self._look_at_all()
        self._settle()

    @property
    def _rows(self) -> Rows:
        """The rows that there are lines for."""
        snapshot = self.snapshot
        return snapshot.shown if snapshot.unhidden is None or self._shows_hidden else snapshot.unhidden

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns that have room."""
        return tuple(column.name for column in self._heading.fitting(self.size.width)[0])

    @property
    def in_range(self) -> int:
        """How many objects are in the range; 0 where none was begun."""
        return len(self._range())

    def chosen(self) -> tuple[str, ...]:
        """Return the objects that keys act on: those of the range, else the one under the cursor if there is one."""
        if self.object_id is None:
            return ()
        return tuple(map(self._rows.object_id, self._range())) or (self.object_id,)

    def leave_range(self) -> None:
        """Have keys act on the object under the cursor alone."""
        if self._begun is not None:
            self._begun = None
            self._settle()
            self.repaint()

    def _range(self) -> range:
        """Return the rows from where the range was begun to the cursor."""
        if self._begun is None:
            return range(0)
        _, begun = self._begun
        return range(min(begun, self._row), max(begun, self._row) + 1)

    def _begin(self, object_id: str) -> None:
        """Have the range begin at an object, wherever its line is by now; none begins at an object without a line."""
        row = self._rows.find(object_id)
        self._begun = None if row is None else (object_id, row)

    def on_focus(self) -> None:
        """Stay on the object that was there when somebody came to look."""
        if not self._moved:
            self._moved, self._wanted = True, self.object_id

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._settle()

    def line(self, y: int) -> Sequence[Piece]:
        """Return the titles of the columns or one object."""
        if y == 0:
            return self._heading.line(self.size.width, self.snapshot.row_order, has_focus=self.has_focus)
        row = self._top + y - 1
        if row < len(self._rows):
            return self._object(row)
        words = "none meets the filter" if len(self.snapshot.rows) else "none yet"
        words = "all are hidden; h shows them" if self.snapshot.hidden else words
        return [(f"  {words}", "muted")] if y == 1 else ()

    def background(self, y: int) -> str:
        """Mark the object under the cursor."""
        row = self._top + y - 1
        if y == 0 or self.object_id is None:
            return "plain"
        if row == self._row:
            return "cursor" if self.has_focus else "cursor-away"
        return "cursor-away" if row in self._range() else "plain"

    def _object(self, row: int) -> list[Piece]:
        rows = self._rows
        object_id = rows.object_id(row)
        columns, room = self._heading.fitting(self.size.width)
        alert = object_id, rows.value("candid", row), columns
        if alert not in self._cells:
            self._cells[alert] = cells_of(rows, row, columns)
        looks_like = (" " + cell(self._looks_like(row, object_id), room), "muted")
        sign = "▸" if row == self._row else "┃" if row in self._range() else " "
        pieces = [*self._cells[alert], *self._marks.behind(object_id), looks_like]
        if self._marks.hidden(object_id):
            pieces = [(text, "faint") for text, _ in pieces]
        before = self._marks.before(object_id)
        is_new = before == " " and self._is_new(object_id)
        return [(sign, "key"), (NEW, "good") if is_new else (before, "key"), *pieces]

    def _is_new(self, object_id: str) -> bool:
        """Return whether an object came, or came through, since somebody last moved in the table."""
        if self._looked_at is None:
            return False
        if object_id not in self._known:
            self._known[object_id] = self._looked_at.find(object_id) is not None
        return not self._known[object_id]

    def _look_at_all(self) -> None:
        if self._looked_at is not self._rows:
            self._looked_at, self._known = self._rows, {}

    def _looks_like(self, row: int, object_id: str) -> str:
        claim = self._marks.claim(object_id)
        names = (claim.treasure,) if claim else self._rows.suggestions(row)
        return " · ".join(self._titles.get(name, name) for name in names)

    def _row_now(self, before: Snapshot) -> int | None:
        """Return the row of the cursor's object; another filter may bring back the one that somebody went to."""
        refiltered = before.row_filter != self.snapshot.row_filter
        for object_id in (self._wanted if refiltered else None, self.object_id):
            row = self._rows.find(object_id) if object_id is not None else None
            if row is not None:
                return row
        return None

    def _title(self) -> Content:
        total, condition = len(self._rows), self.snapshot.row_filter
        hidden, chosen = self.snapshot.hidden, self.in_range
        place = f"{count(self._row + 1)} of {count(total)}" if total else "none" if condition else ""
        words = [
            place,
            f"{count(hidden)} hidden{', shown' if self._shows_hidden else ''}" if hidden else "",
            f"range of {count(chosen)}" if chosen else "",
            f"filter: {clean(condition)}" if condition else "",
        ]
        rest = " · ".join(filter(None, words))
        whole = f"Objects · {rest}" if rest else "Objects"
        return Content(f"· {rest}" if cell_len(whole) > self.size.width - 4 and rest else whole)

    def _settle(self) -> None:
        """Put the cursor on an object that exists and tell the screen when it is another one."""
        rows = self._rows
        self._row = max(0, min(self._row, len(rows) - 1))
        self._top = scrolled(self._top, self._row, self.size.height - 1, len(rows))
        self.entitle(self._title())
        object_id = rows.object_id(self._row) if len(rows) else None
        if object_id != self.object_id:
            self.object_id = object_id
            self.post_message(ObjectSelected(object_id))

    def on_blur(self) -> None:
        """Know what was there when somebody looked."""
        self._look_at_all()

    def _go(self, row: int) -> None:
        self._look_at_all()
        self._moved, self._awaited = True, None
        self._row = self._within_range(row)
        self._settle()
        self._wanted = self.object_id
        self.repaint()
        if self._begun is not None:
            self.post_message(Moved())

    def _within_range(self, row: int) -> int:
        """Return the row to go to, no further from where a range was begun than it may reach."""
        if self._begun is None:
            return row
        _, begun = self._begun
        return max(begun - _MOST_IN_RANGE + 1, min(row, begun + _MOST_IN_RANGE - 1))

    @property
    def stays_on(self) -> str | None:
        """The object that somebody went to, there or not yet; None where the cursor stays on the newest."""
        return self._awaited or (self.object_id if self._moved else None)

    def await_object(self, object_id: str) -> None:
        """Go to an object as soon as it is there, unless somebody goes elsewhere before."""
        self._awaited = object_id or None
        self.show(self.snapshot)

    def select(self, object_id: str) -> bool:
        """Go to an object, for which hidden ones are shown where it is one, and return whether there is such a line."""
        self.leave_range()
        if self._marks.hidden(object_id) and self.snapshot.shown.find(object_id) is not None:
            self._shows_hidden = True
        row = self._rows.find(object_id)
        if row is not None:
            self._go(row)
        return row is not None

    def on_click(self, event: events.Click) -> None:
        """Select the object under the mouse, or sort by the title."""
        place = event.get_content_offset(self)
        if place is not None and 0 < place.y <= len(self._rows) - self._top:
            self._go(self._top + place.y - 1)
        elif place is not None and place.y == 0 and self._heading.mark_at(place.x, self.size.width):
            event.stop()
            self.action_sort()

    def on_mouse_scroll_down(self) -> None:
        """Go down by three."""
        self._go(self._row + 3)

    def on_mouse_scroll_up(self) -> None:
        """Go up by three."""
        self._go(self._row - 3)

    def action_row_up(self) -> None:
        """Go to the object above."""
        self._go(self._row - 1)

    def action_row_down(self) -> None:
        """Go to the object below."""
        self._go(self._row + 1)

    def action_page_up(self) -> None:
        """Go up by a page."""
        self._go(self._row - max(1, self.size.height - 2))

    def action_page_down(self) -> None:
        """Go down by a page."""
        self._go(self._row + max(1, self.size.height - 2))

    def action_first_row(self) -> None:
        """Go to the newest object."""
        self._go(0)

    def action_last_row(self) -> None:
        """Go to the last object."""
        self._go(len(self._rows) - 1)

    def action_next_new(self) -> None:
        """Go to the next object with the sign of a new one, round the end of the table."""
        rows = self._rows
        order = [*range(self._row + 1, len(rows)), *range(self._row + 1)]
        place = next((row for row in order if self._is_new(rows.object_id(row))), None)
        if place is None:
            self.post_message(Refused("Nothing is new in the table since you last moved in it."))
            return
        seen = self._looked_at
        self._go(place)
        # The others stay new until somebody moves otherwise.
        self._looked_at, self._known = seen, {}
        self.repaint()

    def action_column_left(self) -> None:
        """Mark the title of the column on the left."""
        self._mark_title(-1)

    def action_column_right(self) -> None:
        """Mark the title of the column on the right."""
        self._mark_title(1)

    def _mark_title(self, step: int) -> None:
        self._heading.move(step, self.size.width)
        self.repaint()

    def action_sort(self) -> None:
        """Sort by the marked column, then the other way round, then newest first again."""
        by, column = self.snapshot.row_order, self._heading.marked(self.size.width)
        if by.column != column:
            now = SortRows(column)
        else:
            now = NEWEST_FIRST if by.descending else SortRows(column, descending=True)
        self.post_message(Tell(now))

    def action_begin_range(self) -> None:
        """Begin a range at the cursor, or leave it."""
        if self._begun is not None:
            self.action_leave_range()
        elif self.object_id is None:
            self.post_message(Refused(_NOTHING))
        else:
            self._begin(self.object_id)
            self._go(self._row)

    def action_leave_range(self) -> None:
        """Leave the range, and nothing else."""
        self.leave_range()
        self.post_message(Moved())

    def action_star(self) -> None:
        """Star what is chosen, or take the stars away where all of it has one."""
        if chosen := self._chosen_or_refused():
            self.post_message(Tell(Star(chosen, on=not all(map(self._marks.starred, chosen)))))
            self.leave_range()

    def action_hide(self) -> None:
        """Hide what is chosen, or show it again where all of it is hidden."""
        if chosen := self._chosen_or_refused():
            first = self._range()[:1]
            self.post_message(Tell(Hide(chosen, on=not all(map(self._marks.hidden, chosen)))))
            self.leave_range()
            # Where they leave the table, the cursor is to be on the object that follows them.
            for row in first:
                self._go(row)

    def action_write_note(self) -> None:
        """Ask for a note on the object under the cursor."""
        if self.object_id is None:
            self.post_message(Refused(_NOTHING))
        else:
            self.post_message(NoteWanted(self.object_id))

    def action_show_hidden(self) -> None:
        """Show hidden objects, or leave them out again."""
        if not self.snapshot.hidden:
            self.post_message(Refused("No object of the table is hidden."))
            return
        object_id = self.object_id
        self._shows_hidden = not self._shows_hidden
        self.leave_range()
        row = self._rows.find(object_id) if object_id is not None else None
        self._go(self._row if row is None else row)

    def _chosen_or_refused(self) -> tuple[str, ...]:
        chosen = self.chosen()
        if not chosen:
            self.post_message(Refused(_NOTHING))
        return chosen
