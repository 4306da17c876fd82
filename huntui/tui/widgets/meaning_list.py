"""A list of words and what they mean: those of the panel that has the keys first, then all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, wrapped
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.scrolling import Page, Scrolling

_NAME, _NARROW_NAME, _WIDE = 20, 15, 90


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word, a column or a function."""

    name: str
    meaning: str
    unit: str = ""
    also: tuple[str, ...] = ()

    def has(self, words: str) -> int:
        """Return how well it fits what is looked for: 0 by its name, 1 by what it means, 2 not at all."""
        if any(words in name.lower() for name in (self.name, *self.also)):
            return 0
        return 1 if words in self.meaning.lower() else 2


class MeaningList(Scrolling):
    """Shows two lists below their headings, or what fits the words that are looked for."""

    def __init__(self, snapshot: Snapshot, here: str, of_here: Sequence[Meaning], rest: Sequence[Meaning]) -> None:
        super().__init__(snapshot, id="meanings")
        self._here, self._of_here, self._rest = here, of_here, rest
        self._wanted = ""

    def look_for(self, words: str) -> None:
        """Show what fits these words, everything where there are none."""
        self._wanted = " ".join(words.lower().split())
        self.scroll_lines_to(0)

    def page_of(self, width: int) -> Page:
        """Return the words that are wanted in lines."""
        if self._wanted:
            ranked = sorted((*self._of_here, *self._rest), key=lambda one: one.has(self._wanted))
            found = [one for one in ranked if one.has(self._wanted) < 2]
            return Page(body=_lines(found, width) or [[("  No word has that in it.", "muted")]], foot=[[]])
        here = _lines(self._of_here, width)
        head: list[list[Piece]] = [[(self._here, "title")], *here, [], [("All words, columns and functions", "title")]]
        return Page(body=[*(head if here else head[-1:]), *_lines(self._rest, width)], foot=[[]])


def _lines(meanings: Iterable[Meaning], width: int) -> list[list[Piece]]:
    name = _NAME if width >= _WIDE else min(_NARROW_NAME, width // 3)
    lines: list[list[Piece]] = []
    for one in meanings:
        unit = f" [{one.unit}]" if one.unit else ""
        first, *more = wrapped(f"{one.meaning}{unit}", max(8, width - name - 3)) or [""]
        lines.append([("  ", "plain"), (cell(one.name, name), "key"), (f" {first}", "value")])
        lines += [[(" " * (name + 3) + line, "value")] for line in more]
    return lines
