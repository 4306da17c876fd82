"""Everything a user can tell the engine to do. A command is data: it can be sent, kept in a journal and replayed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetKnob:
    """Set a knob of a stage to a value."""

    stage: str
    knob: str
    value: float


@dataclass(frozen=True, slots=True)
class TurnKnob:
    """Move a knob by a number of its steps, kept within its range."""

    stage: str
    knob: str
    steps: int


@dataclass(frozen=True, slots=True)
class SwitchStage:
    """Switch a stage off when it is on, and on when it is off."""

    stage: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim an object as a treasure."""

    object_id: str
    treasure: str


@dataclass(frozen=True, slots=True)
class Unclaim:
    """Take a claim back."""

    object_id: str
    treasure: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last change of cuts or claims."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was undone last."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop reading the night, or go on when it was stopped; commands work meanwhile."""


Command = SetKnob | TurnKnob | SwitchStage | Claim | Unclaim | Undo | Redo | Pause
