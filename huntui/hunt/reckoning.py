"""The reckoning at the end of a hunt: of each treasure how much the night held, and how much of it was claimed.

Completeness is the share of the objects that truth confirms which were claimed; purity is the share of the settled
claims which truth confirms. An object counts once however often it was seen, and a refuted claim that was taken back
counts as wrong, as it does in the score.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from huntui.hunt.state import ClaimState
from huntui.hunt.treasure import Hunt, Treasure
from huntui.hunt.verdict import Truth, TruthTable

UNKNOWN = "of no class"
"""In the place of a class that truth does not name."""


@dataclass(frozen=True, slots=True)
class ClassReckoned:
    """The objects of one true class that confirm a treasure."""

    name: str
    right: int
    """Those that were claimed as the treasure."""
    missed: tuple[str, ...]
    """The objectIds of the others, in the order of the night."""

    @property
    def held(self) -> int:
        """How many the night holds."""
        return self.right + len(self.missed)

    @property
    def completeness(self) -> float | None:
        """The share that was claimed; None where there is nothing to claim."""
        return self.right / self.held if self.held else None


@dataclass(frozen=True, slots=True)
class TreasureReckoned:
    """One treasure."""

    name: str
    title: str
    points: int
    goal: int
    classes: tuple[ClassReckoned, ...]
    """The true classes of the objects that confirm it, those with most objects first; empty without truth."""
    right: int
    """Claims that are confirmed."""
    wrong: int
    """Claims that are refuted, those that were taken back included."""
    open: int
    """Claims that nothing has settled."""
    mistaken: tuple[tuple[str, int], ...]
    """What the wrong claims truly are: class and number, the most frequent first."""

    @property
    def held(self) -> int:
        """How many objects the night holds that confirm it, as far as truth is known."""
        return sum(one.held for one in self.classes)

    @property
    def completeness(self) -> float | None:
        """The share of those that was claimed; None where there is nothing to claim."""
        return self.right / self.held if self.held else None

    @property
    def purity(self) -> float | None:
        """The share of its settled claims that are right; None where none is settled."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None


def reckon(
    hunt: Hunt, claims: Sequence[ClaimState], objects: Iterable[str], truths: Mapping[str, Truth]
) -> tuple[TreasureReckoned, ...]:
    """Return every treasure of a hunt, in its order.

    `claims` are those that count, as `huntui.hunt.score` returns them; `objects` are the objectIds of the night, and
    `truths` what is known of them and of what is claimed, which is nothing at all on a real night.
    """
    names = [name for name in dict.fromkeys((*objects, *(claim.object_id for claim in claims))) if name in truths]
    kinds = {name: kind for treasure in hunt.treasures for name, kind in treasure.confirmed_by.kinds.items()}
    table = TruthTable((truths[name] for name in names), kinds)
    by_treasure: dict[str, list[ClaimState]] = defaultdict(list)
    for claim in claims:
        by_treasure[claim.treasure].append(claim)
    return tuple(_reckoned(one, by_treasure[one.name], names, table, truths) for one in hunt.treasures)


def _reckoned(
    treasure: Treasure,
    claims: Sequence[ClaimState],
    names: Sequence[str],
    table: TruthTable,
    truths: Mapping[str, Truth],
) -> TreasureReckoned:
    yes = treasure.confirmed_by.evaluate(table, 0, len(names)).yes
    claimed = {claim.object_id for claim in claims if claim.verdict == "confirmed"}
    verdicts = Counter(claim.verdict for claim in claims)
    missed: dict[str, list[str]] = {}
    right: Counter[str] = Counter()
    for row in np.flatnonzero(yes).tolist():
        others = missed.setdefault(class_of(truths[names[row]]), [])
        if names[row] in claimed:
            right[class_of(truths[names[row]])] += 1
        else:
            others.append(names[row])
    classes = [ClassReckoned(name, right[name], tuple(others)) for name, others in missed.items()]
    mistaken = Counter(class_of(truths.get(claim.object_id, {})) for claim in claims if claim.verdict == "refuted")
    return TreasureReckoned(
        treasure.name,
        treasure.title,
        treasure.points,
        treasure.goal,
        tuple(sorted(classes, key=lambda one: (-one.held, one.name))),
        verdicts["confirmed"],
        verdicts["refuted"],
        verdicts["open"],
        tuple(mistaken.most_common()),
    )


def class_of(truth: Truth) -> str:
    """Return the class of an object."""
    return str(truth.get("class") or UNKNOWN)
