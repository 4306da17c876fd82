"""The checklist: what is hunted, what was claimed, and the score."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from huntui.engine.snapshot import Snapshot
from huntui.hunt.state import SetState, TreasureState
from huntui.tui.bindings import bindings
from huntui.tui.messages import AboutWanted, Moved, StarterWanted
from huntui.tui.text import cell, count, price, wrapped
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_WIDE = 40
_FEWEST_LINES = 5
"""Lines that treasures need before a heading may take one."""


class Checklist(Panel, can_focus=True):
    """One line per treasure; below them, where there is room, the sets, and what the selected treasure is."""

    BINDINGS = bindings("checklist")

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="checklist")
        self._selected = 0
        self._top = 0

    @property
    def treasure(self) -> TreasureState | None:
        """The selected treasure."""
        treasures = self.snapshot.hunt.treasures
        return treasures[min(self._selected, len(treasures) - 1)] if treasures else None

    def select(self, name: str) -> None:
        """Go to a treasure, if there is one of this name."""
        names = [treasure.name for treasure in self.snapshot.hunt.treasures]
        if name in names:
            self._go(names.index(name))

    def on_mount(self) -> None:
        """Write the score into the frame."""
        self._title()

    def on_resize(self) -> None:
        """Say what is out of view now."""
        self._title()

    def settle(self, before: Snapshot) -> None:  # noqa: ARG002 (the title is written when it is another one)
        """Write the score into the frame."""
        self._title()

    def drawn(self, snapshot: Snapshot) -> object:
        """Draw the hunt."""
        return snapshot.hunt

    def _title(self) -> None:
        hunt = self.snapshot.hunt
        sets = [f"sets {sum(one.complete for one in hunt.sets)}/{len(hunt.sets)}"] if hunt.sets else []
        ended = ["ended"] if hunt.ended else []
        hints = [f"hints −{count(hunt.hints_paid)}"] if hunt.hints_paid else []
        rest = " · ".join([f"score {count(hunt.score)}", *hints, *sets, *ended, *self._more()])
        whole = f"Checklist · {rest}"
        self.entitle(Content(f"· {rest}" if cell_len(whole) > self.size.width - 4 > 0 else whole))

    def _more(self) -> list[str]:
        """Say how many treasures are out of view, above and below."""
        above = self._scrolled()
        below = len(self.snapshot.hunt.treasures) - above - self._visible()
        marks = [f"{arrow}{number}" for arrow, number in (("↑", above), ("↓", below)) if number > 0]
        return [" ".join(marks)] if marks else []

    def line(self, y: int) -> Sequence[Piece]:
        """Return the heading, a treasure, or a line about the selected one."""
        if self._heading_lines() and y == 0:
            return self._heading()
        index = self._index_at(y)
        if index < len(self.snapshot.hunt.treasures) and y - self._heading_lines() < self._visible():
            return self._treasure(self.snapshot.hunt.treasures[index])
        below = self._below()
        left = self.size.height - self._heading_lines() - self._visible()
        # Where only the sets have room, they need the line that keeps them apart.
        place = y - self._heading_lines() - self._visible() - (left > len(self.snapshot.hunt.sets))
        return below[place] if 0 <= place < len(below) else ()

    def background(self, y: int) -> str:
        """Mark the selected treasure."""
        inside = self._heading_lines() <= y < self._heading_lines() + self._visible()
        if not inside or self._index_at(y) != self._selected:
            return "plain"
        return "cursor" if self.has_focus else "cursor-away"

    def _heading_lines(self) -> int:
        return 1 if self.size.height > _FEWEST_LINES else 0

    def _visible(self) -> int:
        return min(len(self.snapshot.hunt.treasures), max(1, self.size.height - self._heading_lines()))

    def _index_at(self, y: int) -> int:
        return self._scrolled() + y - self._heading_lines()

    def _scrolled(self) -> int:
        """Return the first treasure in view."""
        self._top = scrolled(self._top, self._selected, self._visible(), len(self.snapshot.hunt.treasures))
        return self._top

    def _heading(self) -> list[Piece]:
        narrow = self.size.width < _WIDE
        tail = "  done  like" if narrow else "points  done   like    ✓   ✗"
        return [("   " + cell("treasure", self.size.width - 3 - len(tail)) + tail, "muted")]

    def _treasure(self, treasure: TreasureState) -> list[Piece]:
        done = ("✓ ", "good") if treasure.found else ("◆ ", "key") if treasure.done else ("· ", "faint")
        mark = "▸" if treasure is self.treasure else " "
        progress = cell(f"{treasure.claimed - treasure.refuted}/{treasure.goal}", 5, right=True)
        like = cell(count(treasure.suggested), 6, right=True)
        title_style = "good" if treasure.found else ""
        if self.size.width < _WIDE:
            title = cell(treasure.title, self.size.width - 15)
            return [(mark, "key"), done, (title, title_style), (" " + progress, "value"), (like, "muted")]
        title = cell(treasure.title, self.size.width - 31)
        settled = [
            (cell(str(treasure.confirmed or ""), 5, right=True), "good"),
            (cell(str(treasure.refuted or ""), 4, right=True), "bad"),
        ]
        points = (cell(str(treasure.points), 6, right=True), "key")
        return [
            (mark, "key"),
            done,
            (title, title_style),
            points,
            (" " + progress, "value"),
            (" " + like, "muted"),
            *settled,
        ]

    def _below(self) -> list[list[Piece]]:
        sets = [self._set(one) for one in self.snapshot.hunt.sets]
        return [*sets, [], *self._about()] if sets else self._about()

    def _set(self, one: SetState) -> list[Piece]:
        done = ("✓ ", "good") if one.complete else ("◇ ", "faint")
        narrow = self.size.width < _WIDE
        title = cell(one.title, self.size.width - (21 if narrow else 31))
        points = cell(f"+{one.points}", 6, right=True)
        found = cell(f"{one.found}/{len(one.treasures)}", 5, right=True)
        style = "good" if one.complete else "muted"
        return [(" ", "plain"), done, (title, style), (points, "key"), (" " + found, "value")]

    def _about(self) -> list[list[Piece]]:
        if self.treasure is None:
            return []
        width = self.size.width - 4
        lines: list[list[Piece]] = [[("   " + line, "")] for line in wrapped(self.treasure.about, width)]
        if self.treasure.beware:
            lines += [[("   " + line, "muted")] for line in wrapped(f"Beware: {self.treasure.beware}", width)]
        if self.treasure.hints:
            lines += [[("   " + line, "muted")] for line in wrapped(self._hint(self.treasure), width)]
        return lines

    def _hint(self, treasure: TreasureState) -> str:
        """Return the hint that was opened last, else what the first one costs."""
        if number := treasure.hints_open:
            return f"Hint {number} of {len(treasure.hints)}: {treasure.hints[number - 1]}"
        return f"Hints: {len(treasure.hints)}, the first {price(treasure.next_hint_costs or 0)}."

    def _go(self, index: int) -> None:
        self._selected = max(0, min(index, len(self.snapshot.hunt.treasures) - 1))
        self.repaint()
        self._title()
        self.post_message(Moved())

    def on_click(self, event: events.Click) -> None:
        """Select the treasure under the mouse."""
        place = event.get_content_offset(self)
        if place is not None and self._heading_lines() <= place.y < self._heading_lines() + self._visible():
            self._go(self._index_at(place.y))

    def action_treasure_up(self) -> None:
        """Go to the treasure above."""
        self._go(self._selected - 1)

    def action_treasure_down(self) -> None:
        """Go to the treasure below."""
        self._go(self._selected + 1)

    def action_treasure_page_up(self) -> None:
        """Go up by a page."""
        self._go(self._selected - self._visible())

    def action_treasure_page_down(self) -> None:
        """Go down by a page."""
        self._go(self._selected + self._visible())

    def action_first_treasure(self) -> None:
        """Go to the first treasure."""
        self._go(0)

    def action_last_treasure(self) -> None:
        """Go to the last treasure."""
        self._go(len(self.snapshot.hunt.treasures) - 1)

    def action_about_treasure(self) -> None:
        """Say more about the treasure."""
        if self.treasure is not None:
            self.post_message(AboutWanted(self.treasure))

    def action_starter(self) -> None:
        """Ask for the cuts to begin with."""
        if self.treasure is not None:
            self.post_message(StarterWanted(self.treasure))

    def on_mouse_scroll_down(self) -> None:
        """Go down by three."""
        self._go(self._selected + 3)

    def on_mouse_scroll_up(self) -> None:
        """Go up by three."""
        self._go(self._selected - 3)
