"""A light curve in the whole window, as plotext draws it."""

from textual.widget import Widget

from huntui.engine.snapshot import Snapshot
from huntui.features.slopes import Slope
from huntui.render.curve_look import CurveLook, Entries
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog
from huntui.tui.text import clean
from huntui.tui.widgets.curve_plot import CurvePlot


class PlotScreen(Dialog[None]):
    """Shows the curve as it was looked at when the plot was opened."""

    BINDINGS = bindings("plot")
    panel = "plot"

    def __init__(
        self,
        snapshot: Snapshot,
        object_id: str,
        entries: Entries,
        look: CurveLook,
        slopes: tuple[Slope, ...],
        keymap: dict[str, str],
    ) -> None:
        super().__init__(f"Light curve {clean(object_id)}", keymap)
        self._plot = CurvePlot(snapshot, entries, look, slopes)

    def inside(self) -> list[Widget]:
        """Return the plot."""
        return [self._plot]

    def action_leave_plot(self) -> None:
        """Go back to the hunt."""
        self.dismiss(None)
