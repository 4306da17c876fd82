"""The arrays that the kernels decode into: made with the room that batches need, and made larger where it ends."""

from dataclasses import dataclass

import numpy as np

from huntui.packets.batch import Int64s
from huntui.packets.blocks import kernel
from huntui.packets.kernel import Columns
from huntui.packets.layout import ALERTS, FORCED_PHOTOMETRY, HISTORIES, Layout

_MOST_PER_ALERT = (100.0, 50.0, 1024.0, 64.0, 512.0)
"""What is foreseen at most: batches that need more make their output grow, and others do not pay for them."""
_KEPT = 0.8

_NULL_BITS = {"f4": 0x7FC0_0000, "i4": 2**31, "f8": 0x7FF8_0000_0000_0000, "i8": 2**63}
"""The bits of a null: a NaN, or the smallest integer."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much an output has room for: rows of alerts, history and forced photometry, and bytes of texts of each."""

    rows: tuple[int, int, int]
    texts: tuple[int, int, int]

    def grown(self, state: Int64s) -> "Room":
        """Return twice as much of what was full: of the rows that the kernel had arrived at, or else of the texts."""
        arrived = [int(rows) for rows in state[6:]]
        a, b, c = (2 * rows if at >= rows else rows for rows, at in zip(self.rows, arrived, strict=True))
        if (a, b, c) != self.rows:
            return Room((a, b, c), self.texts)
        d, e, f = self.texts
        return Room(self.rows, (2 * d, 2 * e, 2 * f))


@dataclass(slots=True)
class Needs:
    """What an alert needs on average, learned from the batches so far; it begins with what is usual."""

    per_alert: tuple[float, ...] = (1.0, 30.0, 20.0, 256.0, 0.0, 16.0)

    def room(self, packets: int) -> Room:
        """Return room for so many packets, and as much again: what is not used is not touched and costs nothing."""
        alerts, history, forced, *texts = (int(2 * need * packets) + 64 for need in self.per_alert)
        return Room((alerts, history, forced), (texts[0], texts[1], texts[2]))

    def learn(self, state: Int64s, packets: int) -> None:
        """Take in what a batch needed; what those before it needed is forgotten slowly."""
        used = (max(float(one) / packets, _KEPT * old) for one, old in zip(state[1:6], self.per_alert[1:], strict=True))
        self.per_alert = (1.0, *(min(one, most) for one, most in zip(used, _MOST_PER_ALERT, strict=True)))


def make_output(room: Room) -> kernel.Output:
    """Return an empty output."""
    return kernel.Output(
        alerts=_ALERTS.columns(room.rows[0], room.texts[0]),
        history=_HISTORY.columns(room.rows[1], room.texts[1]),
        forced=_FORCED.columns(room.rows[2], room.texts[2]),
        history_end=np.zeros(room.rows[0], np.int64),
        forced_end=np.zeros(room.rows[0], np.int64),
        packet=np.zeros(room.rows[0], np.int64),
        record=np.zeros(room.rows[0], np.int32),
    )


def enlarge(out: kernel.Output, room: Room, state: Int64s) -> kernel.Output:
    """Return a larger output that begins with what `out` holds."""
    larger = make_output(room)
    groups = ((larger.alerts, out.alerts), (larger.history, out.history), (larger.forced, out.forced))
    for (new, old), rows, texts in zip(groups, state[:3].tolist(), state[3:6].tolist(), strict=True):
        for kind in ("w4", "w8", "w1", "text_at", "text_size"):
            getattr(new, kind)[:, :rows] = getattr(old, kind)[:, :rows]
        new.texts[:texts] = old.texts[:texts]
        new.texts_used[0] = texts
        new.cleared[0] = rows
    for name in ("history_end", "forced_end", "packet", "record"):
        getattr(larger, name)[: state[0]] = getattr(out, name)[: state[0]]
    return larger


class _Maker:
    """Makes the columns of one layout."""

    def __init__(self, layout: Layout) -> None:
        self._words4, self._words8 = layout.stored("w4"), layout.stored("w8")
        self._words1, self._texts = layout.count("w1"), layout.count("text")
        self._nulls4 = np.array([_NULL_BITS[stored] for stored in self._words4], np.uint32)
        self._nulls8 = np.array([_NULL_BITS[stored] for stored in self._words8], np.uint64)

    def columns(self, rows: int, texts: int) -> Columns:
        """Return columns with room for so many rows and so many bytes of texts, none of it made null yet."""
        return Columns(
            np.empty((len(self._words4), rows), np.uint32),
            np.empty((len(self._words8), rows), np.uint64),
            np.empty((self._words1, rows), np.int8),
            self._nulls4,
            self._nulls8,
            np.empty((self._texts, rows), np.int64),
            np.empty((self._texts, rows), np.int32),
            np.empty(texts, np.uint8),
            np.zeros(1, np.int64),
            np.zeros(1, np.int64),
        )


_ALERTS, _HISTORY, _FORCED = _Maker(ALERTS), _Maker(HISTORIES), _Maker(FORCED_PHOTOMETRY)
