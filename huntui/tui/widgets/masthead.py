"""The head of the start screen: the name among some stars."""

from collections.abc import Sequence

from huntui.engine.snapshot import Snapshot
from huntui.tui.widgets.panel import Panel, Piece

_NAME = ("█ █ █ █ █▄ █ ▀█▀ █ █ █", "█▀█ █▄█ █ ▀█  █  █▄█ █")
_WORDS = "A treasure hunt through a night of ZTF alerts"
_LOW = 3
"""Lines below which only the name has room."""
_STARS = (7, 13, 29, 41)
"""In which columns of each line there are stars, counted on from the line before."""


class Masthead(Panel):
    """Draws the same in every night."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="masthead")

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the name, or what huntui is."""
        width = self.size.width
        if self.size.height <= _LOW:
            return [(" huntui ", "score"), (f" {_WORDS}"[: max(0, width - 8)], "muted")] if y == 0 else ()
        if 1 <= y <= len(_NAME):
            name = _NAME[y - 1]
            return [("   ", "plain"), (name, "score"), *_sky(y, len(name) + 3, width)]
        if y == len(_NAME) + 1:
            return [(f"   {_WORDS}"[:width], "muted"), *_sky(y, len(_WORDS) + 3, width)]
        return _sky(y, 0, width)


def _sky(y: int, first: int, width: int) -> list[Piece]:
    """Return the stars of a line from a column on."""
    pieces: list[Piece] = []
    at = first
    for k, column in enumerate(sorted((y * 37 + step * n) % max(1, width) for n, step in enumerate(_STARS, 1))):
        if column >= at + 3:
            pieces += [(" " * (column - at), "plain"), ("·✦·˙"[(y + k) % 4], "faint" if (y + k) % 4 != 1 else "key")]
            at = column + 1
    return pieces
