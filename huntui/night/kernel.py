"""The kernel that tells new alerts from repeated ones."""

import numpy as np
import numpy.typing as npt

from huntui.kernels import inlined, kernel
from huntui.packets.batch import Int32s, Int64s

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@inlined
def first_slot(candid: int, seed: np.uint64, table: Int32s) -> int:
    """Return where the search for a candid begins; the seed keeps a stream from choosing candids that collide."""
    value = (np.uint64(candid) ^ seed) * _MULTIPLIER
    value ^= value >> np.uint64(32)
    return np.int64((value * _MULTIPLIER) & np.uint64(len(table) - 1))  # type: ignore[return-value]


@kernel
def register(
    candids: Int64s, known: Int64s, rows: int, table: Int32s, seed: np.uint64, fresh: npt.NDArray[np.bool_]
) -> int:
    """Add candids that are not among the first `rows` of `known`, mark them in `fresh`, return how many rows there are.

    `table` holds row numbers (-1: free); its length is a power of two. What is not checked: that `known` and `table`
    have room for all of `candids`.
    """
    for k in range(len(candids)):
        slot = first_slot(candids[k], seed, table)
        while table[slot] >= 0 and known[table[slot]] != candids[k]:
            slot = (slot + 1) & (len(table) - 1)
        fresh[k] = table[slot] < 0
        if fresh[k]:
            known[rows] = candids[k]
            table[slot] = rows
            rows += 1
    return rows


@kernel
def rebuild(known: Int64s, rows: int, table: Int32s, seed: np.uint64) -> None:
    """Fill an empty table with the first `rows` of `known`."""
    for row in range(rows):
        slot = first_slot(known[row], seed, table)
        while table[slot] >= 0:
            slot = (slot + 1) & (len(table) - 1)
        table[slot] = row


@kernel
def find(candid: int, known: Int64s, table: Int32s, seed: np.uint64) -> int:
    """Return the row of a candid, or -1."""
    slot = first_slot(candid, seed, table)
    while table[slot] >= 0:
        if known[table[slot]] == candid:
            return int(table[slot])
        slot = (slot + 1) & (len(table) - 1)
    return -1
