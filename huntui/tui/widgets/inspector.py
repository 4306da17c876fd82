"""The inspector: every value of the selected object's newest alert, with unit and meaning."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from textual import events
from textual.content import Content

from huntui.columns import PACKET, Column
from huntui.engine.face import ObjectDetail
from huntui.engine.snapshot import Snapshot
from huntui.errors import ExpressionError
from huntui.features.registry import columns
from huntui.funnel.language.check import names_in
from huntui.funnel.language.parse import parse
from huntui.render.values import in_other_words, is_missing, written
from huntui.tui.bindings import bindings
from huntui.tui.text import cell, clean, wrapped
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.scrolling import Page
from huntui.tui.widgets.searched import Searched

_MARK = "●"
_NAME, _VALUE, _UNIT = 18, 20, 9
_NARROW, _ROOMY = 44, 70
"""Widths from which on there is room for units, and for meanings."""
_FOOT_FROM = 9
"""Lines from which on the marked column is explained at the foot."""
_FOOT_LINES, _ROOMY_FOOT_LINES, _ROOMY_FROM = 2, 3, 18
"""Lines that explain it, and how many they are from some height on."""


class Inspector(Searched):
    """One line per column, those that the cuts use first and marked; the one under the cursor is explained below."""

    BINDINGS = bindings("inspector")

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="inspector")
        self.object_id: str | None = None
        self._detail: ObjectDetail | None = None
        self._used: Mapping[str, tuple[str, ...]] = _used(snapshot)
        self._shown: list[Column] = []
        self._marked = 0
        self._title()

    @property
    def marked(self) -> Column | None:
        """The column under the cursor."""
        return self._shown[self._marked] if self._marked < len(self._shown) else None

    def settle(self, before: Snapshot) -> None:
        """Mark other columns when the cuts use others."""
        if before.cuts_version != self.snapshot.cuts_version or len(before.stages) != len(self.snapshot.stages):
            self._used = _used(self.snapshot)
            if self.in_view:
                self.searched_anew()

    def show_object(self, object_id: str | None, detail: ObjectDetail | None) -> None:
        """Show the values of an object, or wait for them when that is None."""
        self.object_id, self._detail = object_id, detail
        self._title()
        # Who walks through the table does not wait for values that nobody sees.
        if self.in_view:
            self.searched_anew()

    def on_show(self) -> None:
        """List what nobody could see before."""
        self.searched_anew()

    def _title(self) -> None:
        self.entitle(Content(f"Inspector {clean(self.object_id)}" if self.object_id else "Inspector"))

    def on_resize(self) -> None:
        """Share the new width."""
        self.searched_anew()

    def searched_anew(self) -> None:
        """Show the columns that have the words in name, unit or meaning; the cursor stays on its column."""
        kept = self.marked
        self._shown = [column for column in self._all() if self.fits(f"{column.name} {column.unit} {column.meaning}")]
        self._marked = self._shown.index(kept) if kept in self._shown else 0
        self._go_to(self._marked)

    def _all(self) -> Iterator[Column]:
        """Yield the columns that the object has values of."""
        values = self._detail.values if self._detail else {}
        known = columns()
        yield from (known[name] for name in self._used if name in values and name in known)
        yield from (column for name, column in known.items() if name in values and name not in self._used)

    def page_of(self, width: int) -> Page:
        """Return the words that are searched for, a line per column, and what there is to say of the marked one."""
        if self._detail is None:
            words = "no object yet" if self.object_id is None else ""
            return Page((), [[(words.center(width), "muted")]])
        beside = f"{len(self._shown)} of {len(self._detail.values)} values"
        body = [self._line(place, column, width) for place, column in enumerate(self._shown)]
        none: list[list[Piece]] = [[(cell("No column is called so or means that.", width), "muted")]]
        foot = self._foot(width) if self.size.height >= _FOOT_FROM else [[]]
        return Page([self.search_line(width, "/", beside)], body or none, foot)

    def _line(self, place: int, column: Column, width: int) -> list[Piece]:
        text = written(column, self._value(column))
        sign = "▸" if place == self._marked else " "
        used = (_MARK if column.name in self._used else " ") + " "
        name = min(_NAME, max(8, (width - 3) // 2))
        room = width - name - 4
        ink = "muted" if is_missing(text) else "key" if column.name in self._used else "value"
        start = [(sign, "key"), (used, "good"), (cell(column.name, name) + " ", "value")]
        if width < _NARROW:
            return [*start, (cell(text, room, right=True), ink)]
        unit = cell(column.unit, _UNIT)
        # A long number, such as a candid, takes the place of the unit that it does not have.
        wide = max(_VALUE if width >= _ROOMY else room - _UNIT - 1, 0 if column.unit else min(len(text), room))
        behind = cell(f" {unit} {column.meaning}" if width >= _ROOMY else f" {unit}", room - wide)
        return [*start, (cell(text, wide, right=True), ink), (behind, "muted")]

    def _value(self, column: Column) -> int | float | str | None:
        return self._detail.values.get(column.name) if self._detail else None

    def _foot(self, width: int) -> list[list[Piece]]:
        column = self.marked
        most = _ROOMY_FOOT_LINES if self.size.height >= _ROOMY_FROM else _FOOT_LINES
        if column is None:
            return [[]] * (1 + most)
        no_score = self._detail.no_score.get(column.name, "") if self._detail else ""
        origin = "of the packet" if column.name in PACKET else "computed"
        stages = ", ".join(self._used.get(column.name, ()))
        used = f"used by {stages}" if stages else ""
        told = [f"no score: {no_score}", used] if no_score else [used or origin]
        said = [column.meaning, in_other_words(column, self._value(column)), *told]
        lines = wrapped(f"{column.name}: " + " · ".join(words for words in said if words), width)
        if len(lines) > most:
            lines[most - 1] += " …"
        lines = [*lines, *[""] * most][:most]
        return [[], *([(cell(line, width), "title" if not place else "plain")] for place, line in enumerate(lines))]

    def background(self, y: int) -> str:
        """Mark the column under the cursor."""
        if self.marked is None or self.body_line_at(y) != self._marked:
            return "plain"
        return "cursor" if self.has_focus else "cursor-away"

    def _go_to(self, place: int) -> None:
        self._marked = max(0, min(place, len(self._shown) - 1))
        if self.size.width:  # else nobody sees it, and it is drawn as soon as it has its place
            self.turn_page()
            self.scroll_to_show(self._marked)

    def on_click(self, event: events.Click) -> None:
        """Mark the column under the mouse."""
        place = event.get_content_offset(self)
        if place is not None and (line := self.body_line_at(place.y)) is not None:
            self._go_to(line)

    def action_value_up(self) -> None:
        """Go to the value above."""
        self._go_to(self._marked - 1)

    def action_value_down(self) -> None:
        """Go to the value below."""
        self._go_to(self._marked + 1)

    def action_value_page_up(self) -> None:
        """Go up by a page."""
        self._go_to(self._marked - self.page)

    def action_value_page_down(self) -> None:
        """Go down by a page."""
        self._go_to(self._marked + self.page)

    def action_first_value(self) -> None:
        """Go to the first value."""
        self._go_to(0)

    def action_last_value(self) -> None:
        """Go to the last one."""
        self._go_to(len(self._shown) - 1)

    def action_search_values(self) -> None:
        """Begin to type words."""
        self.search()

    def action_all_values(self) -> None:
        """Show all values again."""
        self.show_all()


def _used(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """Return the columns that stages which are on read, in their order, each with the stages that do."""
    found: dict[str, tuple[str, ...]] = {}
    for stage in snapshot.stages:
        if stage.enabled:
            for name in _names(stage.keep):
                found[name] = (*found.get(name, ()), stage.name)
    return found


@lru_cache(256)
def _names(condition: str) -> Sequence[str]:
    try:
        return tuple(dict.fromkeys(names_in(parse(condition))))
    except ExpressionError:
        return ()
