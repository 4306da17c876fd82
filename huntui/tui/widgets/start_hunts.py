"""The hunts of the start screen: all of them where there is room for it, else the chosen one."""

from collections.abc import Sequence

from textual import events
from textual.message import Message

from huntui.engine.beginning import HuntAtHand
from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, clean, wrapped
from huntui.tui.widgets.panel import Panel, Piece

_ALL = 9
"""Lines from which on all hunts are listed."""
_ABOUT = 4
"""Lines that what a hunt is may take in the list."""


class StartHunts(Panel):
    """The name, the number of treasures and what it is; of a kept hunt the one that it is bound to."""

    class Chosen(Message):
        """A hunt was clicked on."""

    def __init__(self, snapshot: Snapshot, hunt: str) -> None:
        super().__init__(snapshot, id="start-hunts")
        self._hunts: tuple[HuntAtHand, ...] = (HuntAtHand(hunt),)
        self._chosen = 0
        self._bound: str | None = None

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    @property
    def hunt(self) -> str:
        """The name of the chosen hunt."""
        return self._hunts[self._chosen].name

    def take(self, hunts: tuple[HuntAtHand, ...]) -> None:
        """Show the hunts there are; the one that is chosen stays so."""
        names = [one.name for one in hunts]
        if hunts:
            self._chosen = names.index(self.hunt) if self.hunt in names else 0
            self._hunts = hunts
            self.repaint()

    def choose(self, step: int) -> None:
        """Choose the next hunt, or the one before."""
        if self._bound is None:
            self._chosen = (self._chosen + step) % len(self._hunts)
            self.repaint()

    def bind(self, hunt: str | None) -> None:
        """Show the hunt that the marked line is bound to, None where any can be chosen."""
        self._bound = hunt
        self.repaint()

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line about a hunt."""
        lines = self._everything()
        return lines[y] if y < len(lines) else ()

    def _everything(self) -> list[list[Piece]]:
        if self.size.height < _ALL:
            return self._one(self._shown(), self.size.height, alone=True)
        lines: list[list[Piece]] = []
        for one in self._hunts:
            lines += [*self._one(one, _ABOUT + 1, alone=False), []]
        return lines

    def _shown(self) -> HuntAtHand:
        known = {one.name: one for one in self._hunts}
        return known.get(self._bound, HuntAtHand(self._bound)) if self._bound else self._hunts[self._chosen]

    def _one(self, hunt: HuntAtHand, most: int, *, alone: bool) -> list[list[Piece]]:
        marked = hunt.name == self._shown().name
        number = f"{hunt.treasures} treasures" if hunt.treasures != 1 else "1 treasure"
        told = f"  {number}" if hunt.treasures else ""
        place = f"  {self._chosen + 1} of {len(self._hunts)}" if alone and self._bound is None else ""
        arrows = ("◂ ", " ▸") if alone and self._bound is None and len(self._hunts) > 1 else ("", "")
        mark = arrows[0] if alone else "▸ " if marked else "  "
        head: list[Piece] = [
            (" ", "plain"), (mark, "key"), (clean(hunt.name), "title" if marked else "value"), (arrows[1], "key"),
            (told, "muted"), (place, "faint"),
        ]  # fmt: skip
        words = hunt.error or hunt.about
        style = "bad" if hunt.error else "muted" if marked or alone else "faint"
        lines = wrapped(words, max(10, self.size.width - 5))[: most - 1]
        return [head, *([("   " + cell(line, self.size.width - 4), style)] for line in lines)]

    def on_click(self, event: events.Click) -> None:
        """Choose the hunt under the mouse."""
        place = event.get_content_offset(self)
        if place is None or self._bound is not None:
            return
        if self.size.height < _ALL:
            self.choose(1)
            return
        row = 0
        for number, one in enumerate(self._hunts):
            row += len(self._one(one, _ABOUT + 1, alone=False)) + 1
            if place.y < row:
                self._chosen = number
                self.repaint()
                return
