"""The arrays that the kernels decode into: made with the room that batches need, and made larger where it ends."""

from dataclasses import dataclass

import numpy as np

from huntui.packets.batch import Int64s
from huntui.packets.blocks import kernel
from huntui.packets.kernel import Columns, clear_rows
from huntui.packets.layout import ALERTS, FORCED_PHOTOMETRY, HISTORIES, Layout

_MOST_PER_ALERT = (100.0, 50.0, 1024.0, 64.0, 512.0)
"""What is foreseen at most: batches that need more make their output grow, and others do not pay for them."""

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

    per_alert: tuple[float, ...] = (1.0, 30.0, 4.0, 256.0, 0.0, 16.0)

    def room(self, packets: int) -> Room:
        """Return room for so many packets, with some to spare."""
        alerts, history, forced, *texts = (int(1.2 * need * packets) + 64 for need in self.per_alert)
        return Room((alerts, history, forced), (texts[0], texts[1], texts[2]))

    def learn(self, state: Int64s, packets: int) -> None:
        """Take in what a batch needed."""
        used = (float(number) / packets for number in state[1:6])
        self.per_alert = (1.0, *(min(one, most) for one, most in zip(used, _MOST_PER_ALERT, strict=True)))


def make_output(room: Room) -> kernel.Output:
    """Return an empty output: every value of it is null."""
    return kernel.Output(
        alerts=_columns(ALERTS, room.rows[0], room.texts[0]),
        history=_columns(HISTORIES, room.rows[1], room.texts[1]),
        forced=_columns(FORCED_PHOTOMETRY, room.rows[2], room.texts[2]),
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
    for name in ("history_end", "forced_end", "packet", "record"):
        getattr(larger, name)[: state[0]] = getattr(out, name)[: state[0]]
    return larger


def _columns(layout: Layout, rows: int, texts: int) -> Columns:
    columns = Columns(
        np.empty((layout.count("w4"), rows), np.uint32),
        np.empty((layout.count("w8"), rows), np.uint64),
        np.empty((layout.count("w1"), rows), np.int8),
        np.array([_NULL_BITS[stored] for stored in layout.stored("w4")], np.uint32),
        np.array([_NULL_BITS[stored] for stored in layout.stored("w8")], np.uint64),
        np.empty((layout.count("text"), rows), np.int64),
        np.empty((layout.count("text"), rows), np.int32),
        np.empty(texts, np.uint8),
        np.zeros(1, np.int64),
    )
    clear_rows(columns, 0, rows)
    return columns
