"""The value of a knob as somebody types it."""

from huntui.funnel.counts import KnobState
from huntui.funnel.fields import number_in, written
from huntui.tui.text import clean


def range_of(knob: KnobState) -> str:
    """Say which values a knob can have."""
    low, high = written(knob.minimum), written(knob.maximum)
    return f"A number from {low} to {high}; one step is {written(knob.step)}."


def typed_value(text: str, knob: KnobState) -> float | str:
    """Return the value that a text means, or a sentence that says why it can be none of the knob's."""
    number = number_in(text)
    if number is None:
        return f"{clean(text[:20]) or 'Nothing'} is no number. {range_of(knob)}"
    if not knob.minimum <= number <= knob.maximum:
        return f"{clean(text[:20])} is out of range. {range_of(knob)}"
    return number
