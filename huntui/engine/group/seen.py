"""Which offsets of a partition were seen, as runs: nearly always a few, however many packets there are."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from huntui.packets.batch import Int64s

Bools = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Seen:
    """Offsets of one partition."""

    _begins: Int64s = field(default_factory=lambda: np.empty(0, np.int64))
    _ends: Int64s = field(default_factory=lambda: np.empty(0, np.int64))
    """Behind the last offset of each run; runs are sorted and never touch."""

    def known(self, offsets: Int64s) -> Bools:
        """Return which of some offsets were seen."""
        run = np.searchsorted(self._begins, offsets, "right") - 1
        return np.asarray((run >= 0) & (offsets < np.append(self._ends, 0)[run]))

    def add(self, offsets: Int64s) -> None:
        """Learn that offsets were seen, in any order."""
        if not len(offsets):
            return
        new = np.unique(offsets)
        breaks = np.flatnonzero(np.diff(new) > 1)
        begins = np.concatenate([self._begins, new[:1], new[breaks + 1]])
        ends = np.concatenate([self._ends, new[breaks] + 1, new[-1:] + 1])
        order = np.argsort(begins, kind="stable")
        begins, reach = begins[order], np.maximum.accumulate(ends[order])
        first = np.append(True, begins[1:] > reach[:-1])
        last = np.append(first[1:], True)
        self._begins, self._ends = begins[first], reach[last]

    def missing(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Return the runs that were not seen from one offset to before another: first and last offset of each."""
        edges = [begin, *np.column_stack([self._begins, self._ends]).ravel().tolist(), end]
        gaps = [(max(begin, a), min(end, b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        return [(a, b - 1) for a, b in gaps if a < b]
