"""The checklist: what is hunted, what was claimed, and the score."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from huntui.actions import action, footer_key
from huntui.engine.snapshot import Snapshot
from huntui.hunt.state import SetState, TreasureState
from huntui.tui.bindings import bindings
from huntui.tui.messages import AboutWanted, Moved, StarterWanted
from huntui.tui.text import cell, clean, count, price, wrapped
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_WHOLE, _SHORT, _SHORTEST = 29, 21, 15
"""Cells of a line beside its title: with all numbers, without those of settled claims, and with two of them."""
_WIDE = 40
"""Cells from which on more than two numbers stand there even where a title does not fit."""
_FEWEST_LINES = 5
"""Lines that treasures need before a heading may take one."""


class Checklist(Panel, can_focus=True):
    """One line per treasure; below them, where there is room, the sets, and what the selected treasure is."""

    BINDINGS = bindings("checklist")

    def __init__(self, snapshot: Snapshot, keymap: dict[str, str]) -> None:
        super().__init__(snapshot, id="checklist")
        self._keys = [footer_key(action(name), keymap) for name in ("go_to_checklist", "starter")]
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
        self._foot(here=self.has_focus)
        self.entitle(Content(f"· {rest}" if cell_len(whole) > self.size.width - 4 > 0 else whole))

    def _foot(self, *, here: bool) -> None:
        """Say below the treasures how the selected one is begun with."""
        treasure = self.treasure
        way = self._keys[1:] if here else self._keys
        words = f"{' '.join(way)}: its starter" if treasure is not None and treasure.starter is not None else ""
        if words != (self.border_subtitle or ""):
            self.border_subtitle = Content(words)

    def on_focus(self) -> None:
        """Say which key is next."""
        self._foot(here=True)

    def on_blur(self) -> None:
        """Say which keys lead here and on."""
        self._foot(here=False)

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

    def _beside(self) -> int:
        """Return how many cells numbers take: as many of them stand there as leave every title whole."""
        longest = max((cell_len(clean(treasure.title)) for treasure in self.snapshot.hunt.treasures), default=0)
        fits = (beside for beside in (_WHOLE, _SHORT, _SHORTEST) if longest <= self.size.width - beside)
        return next(fits, _SHORT) if self.size.width >= _WIDE else _SHORTEST

    def _heading(self) -> list[Piece]:
        tail = {_WHOLE: "  pts  done   like   ✓   ✗", _SHORT: "  pts  done   like", _SHORTEST: "  done  like"}
        title = cell("treasure", self.size.width - self._beside())
        return [("   " + title + tail[self._beside()], "muted")]

    def _treasure(self, treasure: TreasureState) -> list[Piece]:
        done = ("✓ ", "good") if treasure.found else ("◆ ", "key") if treasure.done else ("· ", "faint")
        mark = "▸" if treasure is self.treasure else " "
        progress = cell(f"{treasure.claimed - treasure.refuted}/{treasure.goal}", 5, right=True)
        like = cell(count(treasure.suggested), 6, right=True)
        beside = self._beside()
        title = cell(treasure.title, self.size.width - beside)
        named: list[Piece] = [(mark, "key"), done, (title, "good" if treasure.found else "")]
        if beside == _SHORTEST:
            return [*named, (" " + progress, "value"), (like, "muted")]
        points = (cell(str(treasure.points), 5, right=True), "key")
        numbers = [*named, points, (" " + progress, "value"), (" " + like, "muted")]
        settled = [(str(treasure.confirmed or ""), "good"), (str(treasure.refuted or ""), "bad")]
        return numbers + [(cell(text, 4, right=True), style) for text, style in settled if beside == _WHOLE]

    def _below(self) -> list[list[Piece]]:
        sets = [self._set(one) for one in self.snapshot.hunt.sets]
        return [*sets, [], *self._about()] if sets else self._about()

    def _set(self, one: SetState) -> list[Piece]:
        done = ("✓ ", "good") if one.complete else ("◇ ", "faint")
        below_theirs = self.size.width - {_WHOLE: 30, _SHORT: 22, _SHORTEST: 21}[self._beside()]
        room = max(below_theirs, min(cell_len(clean(one.title)), self.size.width - 15))
        title = cell(one.title, room)
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
