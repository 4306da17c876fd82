"""A time of the night, typed."""

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.engine.night_clock import NightClock
from huntui.errors import CallError
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import clean
from huntui.tui.widgets.line_input import LineInput
from huntui.ut import typed_ut, ut_clock, ut_date

_LONGEST = 40
"""Characters of a time."""


class JumpToTime(Dialog[float]):
    """Gives back a Julian date within the night, or None."""

    BINDINGS = bindings("time")
    panel = "time"

    def __init__(self, span: tuple[float, float], now: float, keymap: dict[str, str]) -> None:
        super().__init__("Jump to a time of the night", keymap)
        self._span = span
        self._field = LineInput(ut_clock(now), compact=True, replaced=True, most=_LONGEST)

    def inside(self) -> list[Widget]:
        """Return the field, and the times that it may say."""
        return [self._field, plain(self._range(), id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Type into the field at once."""
        self._field.focus()

    def _range(self) -> str:
        first, last = (f"{ut_date(jd)} {ut_clock(jd)}" for jd in self._span)
        return f"UT, as 06:12 or {first[:10]} 06:12. Alerts were taken from {first} to {last}."

    def on_input_changed(self) -> None:
        """Take the complaint away."""
        self._say(self._range())

    def action_go_to_time(self) -> None:
        """Give the time back when it is one of the night."""
        self.after_typing(self._take)

    def _take(self) -> None:
        text = self._field.value.strip()
        jd = typed_ut(text, *self._span)
        if jd is None:
            self._say(f"{clean(text[:20]) or 'Nothing'} is no time. {self._range()}", wrong=True)
            return
        try:
            NightClock(self._span).check(jd)
        except CallError as problem:
            self._say(str(problem), wrong=True)
        else:
            self.dismiss(jd)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(sentence))
        outcome.set_classes("error" if wrong else "quiet")

    def action_leave_time(self) -> None:
        """Leave the time as it is."""
        self.dismiss(None)
