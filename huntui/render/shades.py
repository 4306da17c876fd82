"""Pictures in text: two square pixels to a cell as half-blocks, or one character for how bright they are together."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from huntui.render.cells import Line

Levels = npt.NDArray[np.int16]
"""How bright each pixel is, row by row from the top: 0 for the darkest, `OFF` for nothing at all."""

OFF = -1
RAMP = " .:-=+*#%@"
"""Characters for terminals without colours, from dark to bright; after their share of ink."""
_UPPER_HALF = "▀"


class Shades:
    """A picture of `levels`, an even number of rows, with glyphs above it.

    A style is `ink/paper`, each of them a shade (`family:level`) or, for ink, the name of any other style.
    """

    def __init__(self, levels: Levels, family: str, most: int) -> None:
        self._upper, self._lower = levels[0::2], levels[1::2]
        self._family, self._most = family, most
        self._glyphs: dict[tuple[int, int], tuple[str, str]] = {}
        self.height, self.width = self._upper.shape

    def glyph(self, column: int, row: int, glyph: str, ink: str) -> None:
        """Put a glyph into a cell, over what is there; one outside is left out."""
        if 0 <= column < self.width and 0 <= row < self.height:
            self._glyphs[row, column] = glyph, ink

    def text(self, column: int, row: int, text: str, ink: str) -> None:
        """Write some text into a row, from a column on."""
        for offset, glyph in enumerate(text):
            self.glyph(column + offset, row, glyph, ink)

    def lines(self, *, in_characters: bool = False) -> list[Line]:
        """Return the picture as half-blocks, or `in_characters` that need no colours."""
        lines = self._in_characters() if in_characters else self._in_half_blocks()
        for (row, column), (glyph, ink) in sorted(self._glyphs.items()):
            paper = f"{self._family}:{max(self._upper[row, column], self._lower[row, column])}"
            _put(lines[row], column, (glyph, ink if in_characters else f"{ink}/{paper}"))
        return lines

    def _in_half_blocks(self) -> list[Line]:
        both = self._upper.astype(np.int32) * 1024 + self._lower
        names: dict[int, str] = {}
        for code in np.unique(both).tolist():
            upper = (code + 1) // 1024
            names[code] = f"{self._family}:{upper}/{self._family}:{code - upper * 1024}"
        lines: list[Line] = []
        for row in both:
            bounds = [0, *(np.flatnonzero(np.diff(row)) + 1).tolist(), len(row)]
            lines.append([(_UPPER_HALF * (end - start), names[int(row[start])]) for start, end in pairwise(bounds)])
        return lines

    def _in_characters(self) -> list[Line]:
        mean = (np.maximum(self._upper, 0) + np.maximum(self._lower, 0)) / 2
        places = np.rint(mean / max(1, self._most) * (len(RAMP) - 1)).astype(np.int64)
        return [[("".join(RAMP[place] for place in row), "plain")] for row in places.tolist()]


def _put(line: Line, column: int, piece: tuple[str, str]) -> None:
    """Replace one cell of a line."""
    at = 0
    for place, (text, style) in enumerate(line):
        if column < at + len(text):
            before, after = text[: column - at], text[column - at + 1 :]
            line[place : place + 1] = [part for part in ((before, style), piece, (after, style)) if part[0]]
            return
        at += len(text)
