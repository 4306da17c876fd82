"""What one stage did, as numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnobState:
    """A knob as it stands."""

    name: str
    value: float
    minimum: float
    maximum: float
    step: float


@dataclass(frozen=True, slots=True)
class StageCount:
    """What a stage did to the alerts that reached it."""

    name: str
    title: str
    keep: str
    """The expression, as written."""
    enabled: bool
    knobs: tuple[KnobState, ...]
    entered: int
    passed: int
    rejected: int
    rejected_only_here: int
    """Alerts of the whole night that fail this stage and pass every other enabled one."""
    unknown: int
    """Alerts that entered and for which the answer is unknown; they are counted within passed or rejected."""
    waiting: int = 0
    """Alerts that entered and wait for the score of a model: neither passed nor rejected until it is there."""
