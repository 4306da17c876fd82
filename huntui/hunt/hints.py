"""What hints cost: each that is opened takes a tenth of what its treasure can bring, all of them at most half of it.

What a treasure can bring is its points for as many objects as its goal asks for. A tenth is rounded up to a whole
point; the hint that would take more than half has what is left of it, and those behind it are free. A hint is paid
once, when it is opened, whether the treasure is found or not; no undo gives the points back.
"""

from collections.abc import Mapping, Sequence

from huntui.hunt.treasure import Treasure

Taken = tuple[tuple[str, int], ...]
"""Names of treasures and how many of their hints were opened, in the order of the first."""


def hint_costs(treasure: Treasure) -> tuple[int, ...]:
    """Return what each hint of a treasure costs, in points."""
    worth = treasure.points * treasure.goal
    left, costs = worth // 2, []
    for _ in treasure.hints:
        costs.append(min(-(-worth // 10), left))
        left -= costs[-1]
    return tuple(costs)


def opened(taken: Taken, treasure: str, number: int) -> Taken:
    """Return what is taken once the first `number` hints of a treasure are open; none is ever closed again."""
    counts = dict(taken)
    counts[treasure] = max(number, counts.get(treasure, 0))
    return tuple(counts.items())


def of_treasures(taken: Taken, treasures: Sequence[Treasure]) -> Mapping[str, int]:
    """Return how many hints of each treasure are open, as far as it has that many."""
    counts = dict(taken)
    return {one.name: min(counts.get(one.name, 0), len(one.hints)) for one in treasures}
