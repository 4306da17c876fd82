"""Stand-ins in ASCII for every glyph that the screen may draw, for terminals that have no others.

A stand-in is as wide as what it stands for, so that nothing moves.
"""

import unicodedata
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_WIDER = {"≤ ": "<=", "≥ ": ">=", "≠ ": "!=", "± ": "+-"}
"""What would mean something else with one character less takes the space behind it."""

_GLYPHS = {
    **dict(zip("←↑→↓▶▸▹◀◂▲△▴▵▼▽▾▿", "<^>v>>><<^^^^vvvu", strict=True)),
    **dict(zip("●○◉◌•◆◇■□▪▫★☆✦✓✗✎", "*oO.o&^@=@=*s*+xn", strict=True)),
    **dict(zip("·…–—−×±‖“”‘’«»§°′″µ≤≥≠≈∞", ".~---x~|\"\"''<>So'\"u<>!~8", strict=True)),
    **dict(zip("▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐▀░▒▓", "__..::###===---=\"'%%", strict=True)),
}
_BRAILLE = 0x2800
_UPPER, _LOWER, _LEFT = 0x1B, 0xE4, 0x47
"""The dots of a braille cell in its two upper rows, its two lower rows, and its left column."""


class Ascii(LineFilter):
    """Lets nothing but ASCII through."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 (no colour matters)
        """Return the segments of a line in ASCII."""
        return [
            segment if segment.text.isascii() else Segment(in_ascii(segment.text), segment.style, segment.control)
            for segment in segments
        ]


@lru_cache(4096)
def in_ascii(text: str) -> str:
    """Return a text in as many cells, in ASCII."""
    for glyph, wider in _WIDER.items():
        text = text.replace(glyph, wider)
    return "".join(char if char.isascii() else _stand_in(char) for char in text)


def _stand_in(char: str) -> str:
    if char in _GLYPHS:
        return _GLYPHS[char]
    if _BRAILLE <= ord(char) < _BRAILLE + 256:
        return _dots(ord(char) - _BRAILLE)
    if 0x2500 <= ord(char) < 0x2580:
        return _frame(unicodedata.name(char))
    bare = [part for part in unicodedata.normalize("NFKD", char) if part.isascii()]
    return (bare[0] if bare and bare[0].isprintable() else "?") * max(0, cell_len(char))


def _frame(name: str) -> str:
    """Return the stand-in for a part of a frame: a heavy one, which marks the focus, is told from a light one."""
    heavy = "HEAVY" in name or "DOUBLE" in name
    along = "HORIZONTAL" in name or name.endswith((" LEFT", " RIGHT"))
    across = "VERTICAL" in name or name.endswith((" UP", " DOWN"))
    if " AND " in name or along == across:
        return "#" if heavy else "+"
    return ("=" if heavy else "-") if along else ("#" if heavy else "|")


def _dots(dots: int) -> str:
    """Return the stand-in for a braille cell, which is part of a line or of a heap of dots."""
    if not dots:
        return " "
    if dots.bit_count() > 4:
        return "#"
    if dots & _UPPER and dots & _LOWER:
        return "|" if dots & _LEFT in (0, dots) else ":"
    return "'" if dots & _UPPER else "."
