"""A light curve as plotext draws it, in whatever room there is."""

import asyncio
from collections.abc import Sequence

from textual import work

from huntui.engine.snapshot import Snapshot
from huntui.features.slopes import Slope
from huntui.render.cells import Line
from huntui.render.curve_look import CurveLook, Entries
from huntui.tui.widgets.panel import Panel, Piece


class CurvePlot(Panel):
    """Has the curve drawn by a thread, since the first drawing has to import plotext."""

    def __init__(self, snapshot: Snapshot, entries: Entries, look: CurveLook, slopes: tuple[Slope, ...]) -> None:
        super().__init__(snapshot, id="curve-plot")
        self._entries, self._chosen, self._slopes = entries, look, slopes
        self._drawing: list[Line] = []
        self._words = "drawing …"

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def on_resize(self) -> None:
        """Draw in the new size."""
        self._plot(*self.size)

    @work(exclusive=True, group="detail")
    async def _plot(self, width: int, height: int) -> None:
        from huntui.render.plot import SMALLEST, plot

        if width < SMALLEST[0] or height < SMALLEST[1]:
            self._drawing, self._words = [], "too small to draw"
        else:
            self._drawing = await asyncio.to_thread(plot, self._entries, width, height, self._chosen, self._slopes)
        self.repaint()

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the plot."""
        if y < len(self._drawing):
            return self._drawing[y]
        wanted = not self._drawing and y == self.size.height // 2
        return [(self._words.center(self.size.width), "muted")] if wanted else ()
