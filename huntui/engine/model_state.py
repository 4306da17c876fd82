"""How a model does, for whoever lists models; light, since the first snapshot is there before any kernel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelState:
    """One model of a night."""

    name: str
    meaning: str
    columns: tuple[str, ...]
    problem: str
    """Why it cannot be asked; empty where it can, or nobody has tried."""
    asked: int = 0
    """Alerts that it was asked about."""
    scored: int = 0
    """Those that have a score."""
    waiting: int = 0
    """Alerts that wait for theirs."""
    microseconds: float | None = None
    """What an alert takes of one core, cutouts included; None where nobody has asked yet."""
