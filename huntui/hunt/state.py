"""What the score card shows: treasures, claims and the score at one moment."""

from dataclasses import dataclass
from typing import Literal

from huntui.funnel.cuts import Cuts

Verdict = Literal["open", "confirmed", "refuted"]


@dataclass(frozen=True, slots=True)
class ClaimState:
    """One claim and what became of it."""

    object_id: str
    treasure: str
    verdict: Verdict
    points: int
    """What it adds to the score: positive when confirmed, negative when refuted, 0 while open."""
    stands: bool = True
    """Whether it holds: one that was refuted and taken back does not, and still costs."""


@dataclass(frozen=True, slots=True)
class TreasureState:
    """One line of the checklist."""

    name: str
    title: str
    about: str
    beware: str
    points: int
    goal: int
    """Objects needed."""
    suggested: int
    """Surviving objects that look like it."""
    claimed: int
    confirmed: int
    refuted: int
    hints: tuple[str, ...] = ()
    """What leads a beginner to it, from gentle to plain."""
    starter: Cuts | None = None
    """Cuts to begin with."""

    @property
    def done(self) -> bool:
        """Whether enough objects are confirmed, or claimed where nothing can confirm them yet."""
        return self.claimed - self.refuted >= self.goal


@dataclass(frozen=True, slots=True)
class HuntState:
    """The hunt at one moment."""

    name: str
    about: str
    treasures: tuple[TreasureState, ...]
    claims: tuple[ClaimState, ...]
    score: int
