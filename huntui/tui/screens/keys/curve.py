"""What the light curve asks for: a period to fold it at, and room to plot it in."""

from huntui.tui.messages import PeriodWanted, PlotWanted
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.widgets.light_curve import LightCurvePanel


class CurveKeys(Hunting, inherit_bindings=False):
    """What can be done with a light curve."""

    def on_period_wanted(self, message: PeriodWanted) -> None:
        """Ask for a period."""
        from huntui.tui.screens.period import NO_PERIOD, AskPeriod

        object_id = message.object_id

        def fold(period: float | None) -> None:
            if period is not None:
                self.query_one(LightCurvePanel).fold(object_id, None if period == NO_PERIOD else period)

        self.app.push_screen(AskPeriod(object_id, message.period, self._keymap), fold)

    def on_plot_wanted(self, message: PlotWanted) -> None:
        """Plot the curve in the whole window."""
        from huntui.tui.screens.plot import PlotScreen

        screen = PlotScreen(
            self.snapshot, message.object_id, message.entries, message.look, message.slopes, self._keymap
        )
        self.app.push_screen(screen)
