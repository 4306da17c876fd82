"""What drawings are made of: lines of cells, each with the name of a style that the screen gives a colour to."""

import numpy as np
import numpy.typing as npt

Line = list[tuple[str, str]]
"""One line of a drawing: pieces of text, each with the name of its style; the pieces fill the width together."""

Raster = npt.NDArray[np.uint8]

BRAILLE = 0x2800
"""The empty braille pattern; the 8 dots of a cell are the bits added to it (Unicode Standard, section 21.1)."""

DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], np.uint8)
"""Bit of each dot of a braille cell, 4 rows of 2."""


class Canvas:
    """A rectangle of cells: glyphs and braille dots, every cell with one style.

    Dots are addressed by (x, y) with two to a cell's width and four to its height, from the top left.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._dots: Raster = np.zeros((height, width), np.uint8)
        self._glyphs = np.zeros((height, width), np.uint32)
        self._styles = np.zeros((height, width), np.int16)
        self._names: list[str] = [""]

    def dots(self, x: npt.NDArray[np.int64], y: npt.NDArray[np.int64], style: str) -> None:
        """Draw dots; those outside are left out."""
        if not len(x):
            return
        inside = (x >= 0) & (x < 2 * self.width) & (y >= 0) & (y < 4 * self.height)
        x, y = x[inside], y[inside]
        np.bitwise_or.at(self._dots, (y // 4, x // 2), DOTS[y % 4, x % 2])
        self._styles[y // 4, x // 2] = self._number(style)

    def glyphs(self, column: npt.NDArray[np.int64], row: npt.NDArray[np.int64], glyph: str, style: str) -> None:
        """Put one glyph into each of these cells, over whatever is there; those outside are left out."""
        if not len(column):
            return
        inside = (column >= 0) & (column < self.width) & (row >= 0) & (row < self.height)
        self._glyphs[row[inside], column[inside]] = ord(glyph)
        self._styles[row[inside], column[inside]] = self._number(style)

    def lines(self) -> list[Line]:
        """Return the drawing, cells of one style joined."""
        braille = np.where(self._dots > 0, BRAILLE + self._dots.astype(np.uint32), ord(" "))
        text = np.where(self._glyphs > 0, self._glyphs, braille).astype("<u4").tobytes().decode("utf-32-le")
        styles = self._styles.ravel()
        begins = np.ones(len(styles), np.bool_)
        begins[1:] = styles[1:] != styles[:-1]
        begins[:: max(1, self.width)] = True
        bounds = np.flatnonzero(begins).tolist()
        lines: list[Line] = [[] for _ in range(self.height)]
        for start, end, style in zip(bounds, [*bounds[1:], len(styles)], styles[bounds].tolist(), strict=True):
            lines[start // self.width].append((text[start:end], self._names[style]))
        return lines

    def _number(self, style: str) -> int:
        if style not in self._names:
            self._names.append(style)
        return self._names.index(style)
