"""The kernels that give text a number.

All take uint8 buffers and places in them as int64; what is not checked: that the places lie inside the buffer.
"""

from typing import NamedTuple

import numpy as np

from huntui.kernels import inlined, kernel
from huntui.packets.batch import Bytes, Int32s, Int64s
from huntui.packets.kernel import same_bytes

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_NULL_TEXT = -1


class Pool(NamedTuple):
    """Distinct texts one after the other in `data`; text *c* ends at `ends[c]`. `table` finds them by hash (-1: free).

    The length of `table` is a power of two; `used` holds how many texts there are.
    """

    data: Bytes
    ends: Int64s
    table: Int32s
    used: Int64s


@inlined
def hash_bytes(data: Bytes, at: int, size: int, seed: np.uint64) -> np.uint64:
    """Return a 64-bit hash; the seed keeps a packet from choosing texts that all fall in one place."""
    value = seed ^ np.uint64(size)
    for k in range(size):
        value = (value ^ np.uint64(data[at + k])) * _MULTIPLIER
        value ^= value >> np.uint64(29)
    return value


@kernel
def intern(data: Bytes, at: Int64s, size: Int32s, first: int, pool: Pool, seed: np.uint64, codes: Int32s) -> int:
    """Write the number of each text to `codes`, adding new texts to the pool; a size below 0 is a null and gives -1.

    Begins with text `first` and returns the first one that was not done because the pool is full, or their number.
    """
    mask = np.uint64(len(pool.table) - 1)
    for k in range(first, len(at)):
        if size[k] < 0:
            codes[k] = _NULL_TEXT
            continue
        slot = hash_bytes(data, at[k], size[k], seed) & mask
        while True:
            code = pool.table[np.int64(slot)]
            if code < 0:
                break
            begin = pool.ends[code - 1] if code > 0 else 0
            if pool.ends[code] - begin == size[k] and same_bytes(
                data[at[k] : at[k] + size[k]], pool.data[begin : pool.ends[code]]
            ):
                break
            slot = (slot + np.uint64(1)) & mask
        if code < 0:
            code = pool.used[0]
            begin = pool.ends[code - 1] if code > 0 else 0
            if 2 * code >= len(pool.table) or code >= len(pool.ends) or begin + size[k] > len(pool.data):
                return k
            for i in range(size[k]):  # a slice would bring in Numba's code for telling shapes that do not fit
                pool.data[begin + i] = data[at[k] + i]
            pool.ends[code] = begin + size[k]
            pool.table[np.int64(slot)] = code
            pool.used[0] = code + 1
        codes[k] = code
    return len(at)


@kernel
def rehash(pool: Pool, seed: np.uint64) -> None:
    """Fill an empty table of a pool anew."""
    mask = np.uint64(len(pool.table) - 1)
    for code in range(pool.used[0]):
        begin = pool.ends[code - 1] if code > 0 else 0
        slot = hash_bytes(pool.data, begin, pool.ends[code] - begin, seed) & mask
        while pool.table[np.int64(slot)] >= 0:
            slot = (slot + np.uint64(1)) & mask
        pool.table[np.int64(slot)] = code
