"""The period at which a light curve is folded, typed into a line."""

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.errors import CallError
from huntui.render.period import period_in
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import clean
from huntui.tui.widgets.line_input import LONGEST_NUMBER, LineInput

NO_PERIOD = 0.0
"""The answer that unfolds the curve."""
_HOW = "In days, or with a unit: 8.4 h, 42 min. An empty line unfolds the curve."


class AskPeriod(Dialog[float]):
    """Begins with the period that there is; gives back one in days, `NO_PERIOD`, or None to leave it."""

    BINDINGS = bindings("period")
    panel = "period"

    def __init__(self, object_id: str, period: float | None, keymap: dict[str, str]) -> None:
        super().__init__(f"Fold {clean(object_id)} at a period of", keymap)
        text = "" if period is None else f"{period:.8g}"
        self._field = LineInput(text, compact=True, replaced=True, most=LONGEST_NUMBER)

    def inside(self) -> list[Widget]:
        """Return the line, and what can be typed."""
        return [self._field, plain(_HOW, id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Type into the line at once."""
        self._field.focus()

    def on_input_changed(self) -> None:
        """Take the complaint away."""
        self._say(_HOW)

    def action_fold_curve(self) -> None:
        """Give the period back when it is one."""
        self.after_typing(self._take)

    def _take(self) -> None:
        try:
            period = period_in(self._field.value)
        except CallError as mistake:
            self._say(clean(str(mistake)), wrong=True)
        else:
            self.dismiss(NO_PERIOD if period is None else period)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(sentence))
        outcome.set_classes("error" if wrong else "quiet")

    def action_leave_period(self) -> None:
        """Leave the curve as it is."""
        self.dismiss(None)
