"""The kernel that finds where a block of a deflate stream begins, without having read the stream before it (RFC 1951).

`data` is uint8, a place is the number of a bit, lowest bit of each byte first. Every read is checked against its end.
"""

import numpy as np

from huntui.kernels import inlined, kernel
from huntui.packets.batch import Bytes, Int32s, Int64s

_ORDER = np.array([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15], np.int64)
_MOST_LENGTHS = 286 + 30
_WHOLE = 2**15


@inlined
def byte(data: Bytes, at: int) -> int:
    """Return a byte as a number that can be shifted far."""
    return np.int64(data[at])  # type: ignore[return-value]


@inlined
def bits_at(data: Bytes, at: int, size: int) -> int:
    """Return up to 16 bits from bit `at` on; bits beyond the end are 0."""
    first = at >> 3
    value = 0
    for k in range(3):
        if first + k < len(data):
            value |= byte(data, first + k) << (8 * k)
    return (value >> (at & 7)) & ((1 << size) - 1)


@inlined
def is_complete(data: Bytes, at: int, count: int) -> bool:
    """Return whether `count` code lengths of three bits make a complete code."""
    # In 128ths; an eighth bit of the length 0 falls off, so that what is unused adds nothing.
    total = 0
    for k in range(count):
        total += (128 >> bits_at(data, at + 3 * k, 3)) & 127
    return total == 128


@kernel
def code_table(data: Bytes, at: int, count: int, table: Int32s) -> None:
    """Fill the table of 128 entries that maps the next seven bits to a code length's symbol, times 8, plus its bits."""
    lengths = np.zeros(19, np.int64)
    for k in range(count):
        lengths[_ORDER[k]] = bits_at(data, at + 3 * k, 3)
    code = 0
    for length in range(1, 8):
        for symbol in range(19):
            if lengths[symbol] != length:
                continue
            turned = 0
            for k in range(length):
                turned |= ((code >> k) & 1) << (length - 1 - k)
            for entry in range(turned, 128, 1 << length):
                table[entry] = symbol * 8 + length
            code += 1
        code <<= 1


@kernel
def fits(lengths: Int64s, first: int, last: int) -> bool:
    """Return whether lengths make a complete code, or one of at most a single symbol."""
    sum_ = 0
    used = 0
    for k in range(first, last):
        if lengths[k]:
            sum_ += _WHOLE >> lengths[k]
            used += 1
    return sum_ == _WHOLE or used <= 1


@kernel
def is_block(data: Bytes, at: int) -> bool:
    """Return whether what stands at bit `at` reads on as the header of a block with codes of its own."""
    end = 8 * len(data)
    literals = bits_at(data, at + 3, 5) + 257
    distances = bits_at(data, at + 8, 5) + 1
    count = bits_at(data, at + 13, 4) + 4
    at += 17
    if literals > 286 or distances > 30 or at + 3 * count > end:
        return False
    table = np.zeros(128, np.int32)
    code_table(data, at, count, table)
    at += 3 * count
    lengths = np.zeros(_MOST_LENGTHS, np.int64)
    n = 0
    while n < literals + distances:
        if at + 14 > end:
            return False
        entry = int(table[bits_at(data, at, 7)])
        at += entry & 7
        symbol = entry >> 3
        value = symbol
        times = 1
        if symbol == 16:
            if n == 0:
                return False
            value = int(lengths[n - 1])
            times = 3 + bits_at(data, at, 2)
            at += 2
        elif symbol == 17:
            value = 0
            times = 3 + bits_at(data, at, 3)
            at += 3
        elif symbol == 18:
            value = 0
            times = 11 + bits_at(data, at, 7)
            at += 7
        if n + times > literals + distances:
            return False
        for _ in range(times):
            lengths[n] = value
            n += 1
    return lengths[256] > 0 and fits(lengths, 0, literals) and fits(lengths, literals, n)


@kernel
def find_block(data: Bytes, last: int) -> int:
    """Return the first bit before byte `last` where a block of `data` seems to begin, or -1.

    It is right nearly always, and never certain: whoever uses it tries it.
    """
    for first in range(min(last, len(data) - 3)):
        word = 0
        for k in range(4):
            word |= byte(data, first + k) << (8 * k)
        for k in range(8):
            # Not the last block, and codes of its own: by far the most common kind, and the only one with a header
            # that tells it from noise.
            if (word >> k) & 7 != 4 or (word >> (k + 3)) & 31 > 29 or (word >> (k + 8)) & 31 > 29:
                continue
            bit = 8 * first + k
            if is_complete(data, bit + 17, ((word >> (k + 13)) & 15) + 4) and is_block(data, bit):
                return bit
    return -1
