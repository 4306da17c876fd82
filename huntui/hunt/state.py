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
    reason: str = ""
    """Who says so, where it was settled by what a public service answered."""


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
    hint_costs: tuple[int, ...] = ()
    """What opening each of them costs, in points."""
    hints_open: int = 0
    """How many of them were opened."""
    starter: Cuts | None = None
    """Cuts to begin with."""

    @property
    def done(self) -> bool:
        """Whether enough objects are confirmed, or claimed where nothing can confirm them yet."""
        return self.claimed - self.refuted >= self.goal

    @property
    def found(self) -> bool:
        """Whether enough objects are confirmed."""
        return self.confirmed >= self.goal

    @property
    def next_hint_costs(self) -> int | None:
        """What the next hint costs; None where all are open."""
        return self.hint_costs[self.hints_open] if self.hints_open < len(self.hint_costs) else None

    @property
    def hints_paid(self) -> int:
        """What the hints that were opened have cost."""
        return sum(self.hint_costs[: self.hints_open])


@dataclass(frozen=True, slots=True)
class SetState:
    """A set of treasures, and how many of them are found."""

    name: str
    title: str
    treasures: tuple[str, ...]
    points: int
    """What it adds to the score once it is complete."""
    found: int
    """Treasures of it whose goal is confirmed."""

    @property
    def complete(self) -> bool:
        """Whether the goal of each of its treasures is confirmed; what is open does not count."""
        return self.found == len(self.treasures)


@dataclass(frozen=True, slots=True)
class HuntState:
    """The hunt at one moment."""

    name: str
    about: str
    treasures: tuple[TreasureState, ...]
    claims: tuple[ClaimState, ...]
    score: int
    sets: tuple[SetState, ...] = ()
    ended: bool = False
    """Whether the player has ended it: truth may be seen, and no claim is taken any more."""

    @property
    def hints_open(self) -> int:
        """How many hints were opened."""
        return sum(treasure.hints_open for treasure in self.treasures)

    @property
    def hints_paid(self) -> int:
        """What they have cost."""
        return sum(treasure.hints_paid for treasure in self.treasures)

    @property
    def done(self) -> bool:
        """Whether every treasure is done."""
        return bool(self.treasures) and all(treasure.done for treasure in self.treasures)
