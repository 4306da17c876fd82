"""The hunts of the start screen: all of them where there is room for it, else the chosen one."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message

from huntui.engine.beginning import HuntAtHand
from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, clean, wrapped
from huntui.tui.widgets.panel import Panel, Piece

_ALL = 9
"""Lines from which on all hunts are listed."""
_MOST_ABOUT = 12
"""Lines that what a hunt is may take in the list, where there is room."""


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
        return [line for one in self._listed() for line in one]

    def lines_wanted(self, room: int) -> int:
        """Return how many of `room` lines have a use: for the list of all hunts, or for any one of them."""
        lines = [len(self._one(one, _MOST_ABOUT + 1, alone=False)) for one in self._hunts]
        return min(room, sum(lines) + len(lines) - 1 if room >= _ALL else max(lines))

    def _listed(self) -> list[list[list[Piece]]]:
        """Return the lines of every hunt, as many as have room; where not all do, the chosen one is told whole."""
        for most in range(_MOST_ABOUT, 0, -1):
            listed = [self._in_list(one, most) for one in self._hunts]
            if sum(map(len, listed)) - 1 <= self.size.height:
                break
        shown = self._shown()
        whole = [self._in_list(one, _MOST_ABOUT if one == shown else most) for one in self._hunts]
        return whole if sum(map(len, whole)) - 1 <= self.size.height else listed

    def _in_list(self, one: HuntAtHand, about: int) -> list[list[Piece]]:
        return [*self._one(one, about + 1, alone=False), []]

    def _shown(self) -> HuntAtHand:
        known = {one.name: one for one in self._hunts}
        return known.get(self._bound, HuntAtHand(self._bound)) if self._bound else self._hunts[self._chosen]

    def _one(self, hunt: HuntAtHand, most: int, *, alone: bool) -> list[list[Piece]]:
        marked = hunt.name == self._shown().name
        number = f"{hunt.treasures} treasures" if hunt.treasures != 1 else "1 treasure"
        room = self.size.width - 3 - cell_len(clean(hunt.name)) - 2
        told = f"  {number if len(number) <= room else hunt.treasures}" if hunt.treasures else ""
        place = f"  {self._chosen + 1} of {len(self._hunts)}" if alone and self._bound is None else ""
        arrows = ("◂ ", " ▸") if alone and self._bound is None and len(self._hunts) > 1 else ("", "")
        mark = arrows[0] if alone else "▸ " if marked else "  "
        head: list[Piece] = [
            (" ", "plain"), (mark, "key"), (clean(hunt.name), "title" if marked else "value"), (arrows[1], "key"),
            (told, "muted"), (place, "faint"),
        ]  # fmt: skip
        words = hunt.error or hunt.about
        style = "bad" if hunt.error else "muted" if marked or alone else "faint"
        lines = wrapped(words, max(10, self.size.width - 5))
        if len(lines) > most - 1:
            lines = [*lines[: most - 2], f"{lines[most - 2]} …"] if most > 1 else []
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
        for number, lines in enumerate(self._listed()):
            row += len(lines)
            if place.y < row:
                self._chosen = number
                self.repaint()
                return
