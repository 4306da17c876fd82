"""A knob's value, typed."""

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.funnel.counts import KnobState
from huntui.funnel.fields import written
from huntui.tui.bindings import bindings
from huntui.tui.knob_value import range_of, typed_value
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import clean
from huntui.tui.widgets.line_input import LONGEST_NUMBER, LineInput


class TypeValue(Dialog[float]):
    """Gives back a value within the knob's range, or None."""

    BINDINGS = bindings("value")
    panel = "value"

    def __init__(self, stage: str, knob: KnobState, keymap: dict[str, str]) -> None:
        super().__init__(f"{clean(stage)}: {clean(knob.name)}", keymap)
        self._knob = knob
        self._field = LineInput(written(knob.value), compact=True, replaced=True, most=LONGEST_NUMBER)

    def inside(self) -> list[Widget]:
        """Return the field, and the range that it may be in."""
        return [self._field, plain(range_of(self._knob), id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Type into the field at once."""
        self._field.focus()

    def on_input_changed(self) -> None:
        """Take the complaint away."""
        self._say(range_of(self._knob))

    def action_set_value(self) -> None:
        """Give the value back when it can be the knob's."""
        self.after_typing(self._take)

    def _take(self) -> None:
        value = typed_value(self._field.value.strip(), self._knob)
        if isinstance(value, str):
            self._say(value, wrong=True)
        else:
            self.dismiss(value)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(sentence))
        outcome.set_classes("error" if wrong else "quiet")

    def action_leave_value(self) -> None:
        """Leave the knob as it is."""
        self.dismiss(None)
