"""A stage: one condition with its knobs, and what becomes of alerts about which it cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from keyword import iskeyword
from math import isfinite
from typing import Literal, NamedTuple

from huntui.errors import CutsError, nearest
from huntui.funnel.counts import KnobState
from huntui.funnel.language.expression import Expression, compile_expression
from huntui.funnel.language.functions import FUNCTIONS
from huntui.funnel.language.table import Bools, Kind, Table
from huntui.funnel.language.tree import shown

Missing = Literal["reject", "keep"]

LONGEST_NAME = 64
"""Characters in the name of a stage or a knob."""


@dataclass(frozen=True, slots=True)
class Knob:
    """A number in a condition that can be turned, within a range and in steps."""

    value: float
    minimum: float
    maximum: float
    step: float

    def __post_init__(self) -> None:
        if not all(map(_is_finite, (self.value, self.minimum, self.maximum, self.step))):
            raise CutsError("value, min, max and step must be finite numbers.")
        if not self.minimum < self.maximum:
            raise CutsError(f"min must be below max, not {self.minimum:g} and {self.maximum:g}.")
        if not self.step > 0:
            raise CutsError(f"step must be above 0, not {self.step:g}.")
        if not self.minimum <= self.value <= self.maximum:
            raise CutsError(f"value must be within {self.minimum:g} to {self.maximum:g}, not {self.value:g}.")

    def set(self, value: float) -> "Knob":
        """Return the knob at a value; raises `CutsError` outside its range."""
        return replace(self, value=value)

    def turn(self, steps: int) -> "Knob":
        """Return the knob moved by a number of steps and kept within its range.

        The sum is made in decimal, so that 0.65 and a step of 0.05 give 0.7.
        """
        turned = float(Decimal(repr(self.value)) + steps * Decimal(repr(self.step)))
        return replace(self, value=min(max(turned, self.minimum), self.maximum))


@dataclass(frozen=True, slots=True)
class Stage:
    """One condition of the funnel. Made by `build_stage`, which checks it."""

    name: str
    title: str
    keep: str
    """The expression, as written."""
    knobs: Mapping[str, Knob]
    missing: Missing
    """What becomes of an alert when the answer is unknown."""
    enabled: bool
    expression: Expression

    def knob(self, name: str) -> Knob:
        """Return a knob by name; raises `CutsError`."""
        if name not in self.knobs:
            known = ", ".join(self.knobs) or "none"
            hint = nearest(name, list(self.knobs)) or f" It has {known}."
            raise CutsError(f"Stage {self.name!r} has no knob {name!r}.{hint}")
        return self.knobs[name]

    def with_knob(self, name: str, knob: Knob) -> "Stage":
        """Return the stage with another state of one of its knobs."""
        return replace(self, knobs={**self.knobs, name: knob})

    def judge(self, table: Table, start: int, stop: int) -> "Judgement":
        """Return what the stage makes of the rows `start` to `stop` (exclusive), whether it is on or not."""
        answer = self.expression.evaluate(table, start, stop, self.values())
        failed = ~(answer.yes | answer.unknown) if self.missing == "keep" else ~answer.yes
        return Judgement(failed, answer.unknown)

    def values(self) -> dict[str, float]:
        """Return the value of each knob."""
        return {name: knob.value for name, knob in self.knobs.items()}

    def knob_states(self) -> tuple[KnobState, ...]:
        """Return the knobs as a snapshot shows them."""
        return tuple(KnobState(name, k.value, k.minimum, k.maximum, k.step) for name, k in self.knobs.items())


class Judgement(NamedTuple):
    """What a stage makes of each alert."""

    failed: Bools
    unknown: Bools
    """Whether its condition cannot say; the alert fails or passes then as the stage wants it."""


def build_stage(
    name: str,
    keep: str,
    kinds: Mapping[str, Kind],
    *,
    title: str = "",
    knobs: Mapping[str, Knob] | None = None,
    missing: Missing = "reject",
    enabled: bool = True,
) -> Stage:
    """Check and compile a stage over the columns of `kinds`.

    Raises `CutsError` for a name that cannot be used and `ExpressionError` for a condition that cannot.
    """
    knobs = dict(knobs or {})
    check_name("stage", name)
    for knob in knobs:
        check_name("knob", knob)
        if knob in kinds:
            raise CutsError(f"the knob {knob!r} has the name of a column; call it {knob}_min or {knob}_max, say.")
        if knob in FUNCTIONS:
            raise CutsError(f"the knob {knob!r} has the name of a function; give it another.")
    expression = compile_expression(keep, kinds, knobs.keys())
    idle = [knob for knob in knobs if knob not in expression.knobs]
    if idle:
        raise CutsError(
            f"the knob {shown(idle[0])} does nothing, since the condition does not use it; remove it or use it."
        )
    return Stage(name, title or name, keep, knobs, missing, enabled, expression)


def _is_finite(number: float) -> bool:
    try:
        return isfinite(number)
    except OverflowError:  # an integer that no float can hold
        return False


def check_name(what: str, name: str) -> None:
    """Raise `CutsError` where a stage or a knob (`what`) cannot have this name."""
    if not name.isidentifier() or not name.isascii() or iskeyword(name) or len(name) > LONGEST_NAME:
        advice = f"it must be one word of letters, digits and underscores, no digit first, {LONGEST_NAME} at most."
        raise CutsError(f"{shown(name)} cannot be the name of a {what}: {advice}")
