"""A small box that celebrates what was found: beside the table, above everything, and gone with the next key."""

from collections.abc import Sequence

from textual.geometry import Offset, Region
from textual.timer import Timer

from huntui.engine.snapshot import Snapshot
from huntui.hunt.celebration import Celebration
from huntui.tui.text import cell, clean, wrapped
from huntui.tui.widgets.panel import Panel, Piece

SECONDS = 3.0
"""After which it goes away by itself."""
_WIDEST, _FRAME, _MARGIN = 60, 2, 1


class CelebrationBox(Panel):
    """Takes no focus, no key and no room from anything else."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="celebration")
        self._lines: list[list[Piece]] = []
        self._farewell: Timer | None = None

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def celebrate(self, what: Celebration, place: Region) -> None:
        """Stand in the upper right corner of a place for a while, as far as there is room."""
        width = min(place.width, _WIDEST)
        inner = width - _FRAME - 2 * _MARGIN
        self._lines = _lines(what, inner, place.height - _FRAME)
        self.styles.width, self.styles.height = width, len(self._lines) + _FRAME
        self.styles.offset = Offset(place.right - width, place.y)
        self.display = bool(self._lines) and inner > 0
        self.repaint()
        self._stop_waiting()
        self._farewell = self.set_timer(SECONDS, self.dismiss)

    def dismiss(self) -> None:
        """Go away."""
        self._stop_waiting()
        if self.display:
            self.display = False

    def _stop_waiting(self) -> None:
        if self._farewell is not None:
            self._farewell.stop()
            self._farewell = None

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line."""
        return [(" " * _MARGIN, "plain"), *self._lines[y]] if y < len(self._lines) else ()

    def on_click(self) -> None:
        """Go away."""
        self.dismiss()


def _lines(what: Celebration, width: int, most: int) -> list[list[Piece]]:
    """Return at most so many lines; the last one says where something is left out."""
    lines = [(line, "score") for line in wrapped(f"{'★' * what.stars} {what.title}", width)]
    *completed, about = what.sentences
    lines += [(line, "good") for sentence in completed for line in wrapped(sentence, width)]
    lines += [(line, "plain") for line in wrapped(about, width)]
    if len(lines) > most > 0:
        text, style = lines[most - 1]
        lines = [*lines[: most - 1], (f"{clean(text)[: max(0, width - 2)].rstrip()} …", style)]
    return [[(cell(text, width), style)] for text, style in lines[: max(0, most)]]
