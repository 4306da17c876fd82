"""Pictures in text: two square pixels to a cell as half-blocks, or one character for how bright they are together."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from huntui.render.cells import Line

Levels = npt.NDArray[np.int16]
"""How bright each pixel is, row by row from the top: 0 for the darkest, `OFF` for nothing at all."""
Places = npt.NDArray[np.int64]

OFF = -1
RAMP = " .:-=+*#%@"
"""Characters for terminals without colours, from dark to bright; after their share of ink."""
_UPPER_HALF = "▀"
_LOWER, _UPPER, _INK = 1, 1 << 10, 1 << 20
"""Weights of the parts of a number that stands for a style: paper or lower pixel, upper pixel, name of the ink."""


class Shades:
    """A picture of `levels`, an even number of rows below 1,000 each, with glyphs above it.

    A style is `ink/paper`, each of them a shade (`family:level`) or, for ink, the name of any other style.
    """

    def __init__(self, levels: Levels, family: str, most: int, ramp: str = RAMP) -> None:
        upper, lower = levels[0::2].astype(np.int64), levels[1::2].astype(np.int64)
        self._family, self._brightest = family, np.maximum(upper, lower)
        share = (np.maximum(upper, 0) + np.maximum(lower, 0)) / (2 * max(1, most))
        self._ramp = np.array(list(ramp))[np.rint(np.clip(share, 0, 1) * (len(ramp) - 1)).astype(np.int64)]
        # Where both pixels are alike the paper shows them, without the seam that some fonts have.
        self._halves = np.where(upper == lower, " ", _UPPER_HALF)
        self._styles = (upper + 1) * _UPPER + (lower + 1) * _LOWER
        self._glyphs = np.full(upper.shape, "", "<U1")
        self._inks: list[str] = []
        self.height, self.width = upper.shape

    def glyphs(self, columns: Places, rows: Places, glyph: str, ink: str) -> None:
        """Put a glyph into each of these cells, over what is there; those outside are left out."""
        if ink not in self._inks:
            self._inks.append(ink)
        inside = (columns >= 0) & (columns < self.width) & (rows >= 0) & (rows < self.height)
        columns, rows = columns[inside], rows[inside]
        self._glyphs[rows, columns] = glyph
        paper = (self._brightest[rows, columns] + 1) * _LOWER
        self._styles[rows, columns] = (self._inks.index(ink) + 1) * _INK + paper

    def text(self, column: int, row: int, text: str, ink: str) -> None:
        """Write some text into a row, from a column on."""
        for offset, glyph in enumerate(text):
            self.glyphs(np.array([column + offset]), np.array([row]), glyph, ink)

    def lines(self, *, in_characters: bool = False) -> list[Line]:
        """Return the picture as half-blocks, or `in_characters` that need no colours."""
        below = self._ramp if in_characters else self._halves
        text = np.where(self._glyphs == "", below, self._glyphs)
        styles = self._styles // _INK if in_characters else self._styles
        names = {style: self._name(style, in_characters) for style in np.unique(styles).tolist()}
        lines: list[Line] = []
        for row in range(self.height):
            bounds = [0, *(np.flatnonzero(np.diff(styles[row])) + 1).tolist(), self.width]
            cells, codes = text[row].tolist(), styles[row].tolist()
            lines.append([("".join(cells[start:end]), names[codes[start]]) for start, end in pairwise(bounds)])
        return lines

    def _name(self, style: int, in_characters: bool) -> str:
        if in_characters:
            return self._inks[style - 1] if style else "plain"
        ink, rest = divmod(style, _INK)
        upper, lower = divmod(rest, _UPPER)
        above = self._inks[ink - 1] if ink else f"{self._family}:{upper - 1}"
        return f"{above}/{self._family}:{lower - 1}"
