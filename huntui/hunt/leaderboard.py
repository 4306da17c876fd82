"""The leaderboard: who found how much, the best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from huntui.hunt.state import ClaimState


@dataclass(frozen=True, slots=True)
class Entry:
    """What one player found in one night."""

    player: str
    score: int
    claims: tuple[ClaimState, ...]
    checked: bool
    """Whether the night was there to count it again."""
    hints: int = 0
    """Hints that were opened."""

    @property
    def right(self) -> int:
        """Confirmed claims."""
        return sum(claim.verdict == "confirmed" for claim in self.claims)

    @property
    def wrong(self) -> int:
        """Refuted claims, those that were taken back included."""
        return sum(claim.verdict == "refuted" for claim in self.claims)

    @property
    def open(self) -> int:
        """Claims that nobody has settled."""
        return len(self.claims) - self.right - self.wrong

    @property
    def treasures(self) -> int:
        """Treasures of which at least one object is confirmed."""
        return len({claim.treasure for claim in self.claims if claim.verdict == "confirmed"})


def ranked(entries: Sequence[Entry]) -> list[tuple[int, Entry]]:
    """Return each entry with its rank, the highest score first; equal scores share the rank, and by name come first.

    The rank counts those who are better: behind two who share the first one comes the third.
    """
    best_first = sorted(entries, key=lambda entry: (-entry.score, entry.player))
    return [(1 + sum(other.score > entry.score for other in entries), entry) for entry in best_first]
