"""The table of surviving objects: only the visible lines are read, and the cursor stays on its object."""

from collections.abc import Hashable, Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from huntui.engine.snapshot import Rows, Snapshot
from huntui.hunt.state import ClaimState
from huntui.tui.bindings import bindings
from huntui.tui.messages import ObjectSelected
from huntui.tui.text import cell, clean, count
from huntui.tui.widgets.object_columns import MARKS_WIDTH, NAME_WIDTH, TableColumn, fitting
from huntui.tui.widgets.panel import Panel, Piece, scrolled

CLAIM_MARKS = {"open": ("◆", "key"), "confirmed": ("✓", "good"), "refuted": ("✗", "bad")}
"""Glyph and style of a claim."""

_MOST_CELLS = 5_000


class Objects(Panel, can_focus=True):
    """One line per surviving object, the newest first; until it is moved, the cursor stays on the newest."""

    BINDINGS = bindings("objects")
    BORDER_TITLE = "Objects"

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="objects")
        self._top = 0
        self._row = 0
        self.object_id: str | None = None
        """The object under the cursor."""
        self._claims: dict[str, ClaimState] = {}
        self._titles: dict[str, str] = {}
        self._cells: dict[Hashable, list[Piece]] = {}
        self._moved = False
        self._wanted: str | None = None

    def settle(self, before: Snapshot) -> None:
        """Keep the cursor's object where it is on the screen, whatever came in above it."""
        if len(self._cells) > _MOST_CELLS:
            self._cells.clear()
        hunt = self.snapshot.hunt
        self._claims = _by_object(hunt.claims)
        self._titles = {treasure.name: treasure.title for treasure in hunt.treasures}
        row = self._row_now(before) if self._moved else None
        if row is not None:
            self._top += row - self._row
            self._row = row
        self._settle()

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
            return self._heading()
        row = self._top + y - 1
        if row < len(self.snapshot.shown):
            return self._object(row)
        words = "none meets the filter" if len(self.snapshot.rows) else "none yet"
        return [(f"  {words}", "muted")] if y == 1 else ()

    def background(self, y: int) -> str:
        """Mark the object under the cursor."""
        if y == 0 or self._top + y - 1 != self._row or self.object_id is None:
            return "plain"
        return "cursor" if self.has_focus else "cursor-away"

    def _heading(self) -> list[Piece]:
        columns, room = fitting(self.size.width)
        titles = [cell(column.title, column.width, right=True) for column in columns]
        text = "  " + " ".join([cell("objectId", NAME_WIDTH), *titles])
        return [(text + " " * (MARKS_WIDTH + 1) + cell("looks like" if room >= 9 else "", room), "muted")]

    def _object(self, row: int) -> list[Piece]:
        rows = self.snapshot.shown
        object_id = rows.object_id(row)
        columns, room = fitting(self.size.width)
        alert = object_id, rows.value("candid", row), columns
        if alert not in self._cells:
            self._cells[alert] = _cells(rows, row, columns)
        looks_like = (" " + cell(self._looks_like(row, object_id), room), "muted")
        return [("▸ " if row == self._row else "  ", "key"), *self._cells[alert], *self._marks(object_id), looks_like]

    def _marks(self, object_id: str) -> list[Piece]:
        claim = self._claims.get(object_id)
        mark, style = CLAIM_MARKS[claim.verdict] if claim else (" ", "plain")
        return [(f" {mark}", style)]

    def _looks_like(self, row: int, object_id: str) -> str:
        claim = self._claims.get(object_id)
        names = (claim.treasure,) if claim else self.snapshot.shown.suggestions(row)
        return " · ".join(self._titles.get(name, name) for name in names)

    def _row_now(self, before: Snapshot) -> int | None:
        """Return the row of the cursor's object; another filter may bring back the one that somebody went to."""
        refiltered = before.row_filter != self.snapshot.row_filter
        for object_id in (self._wanted if refiltered else None, self.object_id):
            row = self.snapshot.shown.find(object_id) if object_id is not None else None
            if row is not None:
                return row
        return None

    def _title(self) -> Content:
        total, condition = len(self.snapshot.shown), self.snapshot.row_filter
        place = f"{count(self._row + 1)} of {count(total)}" if total else "none" if condition else ""
        rest = " · ".join(filter(None, [place, f"filter: {clean(condition)}" if condition else ""]))
        whole = f"Objects · {rest}" if rest else "Objects"
        return Content(rest if condition and cell_len(whole) > self.size.width - 4 else whole)

    def _settle(self) -> None:
        """Put the cursor on an object that exists and tell the screen when it is another one."""
        rows = self.snapshot.shown
        self._row = max(0, min(self._row, len(rows) - 1))
        self._top = scrolled(self._top, self._row, self.size.height - 1, len(rows))
        self.entitle(self._title())
        object_id = rows.object_id(self._row) if len(rows) else None
        if object_id != self.object_id:
            self.object_id = object_id
            self.post_message(ObjectSelected(object_id))

    def _go(self, row: int) -> None:
        self._moved = True
        self._row = row
        self._settle()
        self._wanted = self.object_id
        self.repaint()

    def select(self, object_id: str) -> bool:
        """Go to an object and return whether there is such a line."""
        row = self.snapshot.rows.find(object_id)
        if row is not None:
            self._go(row)
        return row is not None

    def on_click(self, event: events.Click) -> None:
        """Select the object under the mouse."""
        place = event.get_content_offset(self)
        if place and place.y > 0:
            self._go(self._top + place.y - 1)

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
        self._go(len(self.snapshot.shown) - 1)


def _cells(rows: Rows, row: int, columns: Sequence[TableColumn]) -> list[Piece]:
    """Return name and values of an object, which stay what they are as long as its newest alert does."""
    pieces = [(cell(rows.object_id(row), NAME_WIDTH), "value")]
    for column in columns:
        text = column.write(rows.value(column.name, row))
        style = f"band-{text}" if column.name == "fid" and text in "gri" else ""
        pieces.append((" " + cell(text, column.width, right=True), style))
    return pieces


def _by_object(claims: tuple[ClaimState, ...]) -> dict[str, ClaimState]:
    """Return for each object the claim that its line shows: the last one that was not refuted, if there is one."""
    shown: dict[str, ClaimState] = {}
    for claim in sorted(claims, key=lambda claim: claim.verdict != "refuted"):
        shown[claim.object_id] = claim
    return shown
