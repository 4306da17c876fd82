"""The kernels that read the fields of a record, and the entries of an array, by the operations of a plan.

All take `data`, a uint8 buffer, and places in it as int64. Every read is checked against the end of the bytes that are
there; nothing is allocated here. What is not checked: that this end lies inside `data`, that the operations name
columns which exist, and that a row exists in the arrays (but for the rows of arrays' entries, which are checked).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.kernels import inlined, uncounted
from huntui.packets.batch import Bytes, Int32s, Int64s
from huntui.packets.faults import BAD_VALUE, MAX_HISTORY, OUT_OF_BOUNDS, TOO_LARGE
from huntui.packets.plan import (
    OPTIONAL_RECORD,
    READ_BAND,
    READ_F4,
    READ_F8,
    READ_I4,
    READ_I8,
    READ_SIGN,
    SKIP_BYTES,
    SKIP_FIXED,
    SKIP_VARINT,
)

FULL = -100
"""Told instead of a place when an output array has no room left; other negatives are faults with their sign turned."""

_NULL_F4 = np.uint32(0x7FC00000)
_NULL_F8 = np.uint64(0x7FF8000000000000)
_NULL_I4 = -(2**31)
_NULL_I8 = -(2**63)
_MAX_I4 = 2**31 - 1
_ROWS_AT_ONCE = 128
_ZERO, _ONE, _F, _T = (ord(sign) for sign in "01ft")


class Columns(NamedTuple):
    """Output for one kind of record: per size of word an array of shape (columns, rows) with the bits of values.

    `nulls4` and `nulls8` are the bits of a null in each column of `w4` and `w8`; in `w1` it is -1.
    Texts are copied to `texts`, of which the first `texts_used[0]` bytes are in use. Rows from `cleared[0]` on hold
    anything: what is behind the rows in use is made null a few rows at a time, so that spare room costs nothing.
    """

    w4: npt.NDArray[np.uint32]
    w8: npt.NDArray[np.uint64]
    w1: npt.NDArray[np.int8]
    nulls4: npt.NDArray[np.uint32]
    nulls8: npt.NDArray[np.uint64]
    text_at: Int64s
    text_size: Int32s
    texts: npt.NDArray[np.uint8]
    texts_used: Int64s
    cleared: Int64s


@uncounted
def clear_rows(out: Columns, first: int, last: int) -> None:
    """Make rows null again."""
    for k in range(len(out.nulls4)):
        out.w4[k, first:last] = out.nulls4[k]
    for k in range(len(out.nulls8)):
        out.w8[k, first:last] = out.nulls8[k]
    out.w1[:, first:last] = -1
    out.text_at[:, first:last] = 0
    out.text_size[:, first:last] = -1


@uncounted
def begin_row(out: Columns, row: int) -> bool:
    """Make sure that a row is null before it is written to; False where there is no such row."""
    if row >= out.cleared[0]:
        last = min(row + _ROWS_AT_ONCE, out.text_at.shape[1])
        if row >= last:
            return False
        clear_rows(out, row, last)
        out.cleared[0] = last
    return True


@uncounted
def same_bytes(one: Bytes, other: Bytes) -> bool:
    """Return whether two arrays of the same length are equal; in pieces, for the wide registers."""
    for first in range(0, len(one), 512):
        a = one[first : first + 512]
        b = other[first : first + 512]
        difference = np.uint8(0)
        for i in range(len(a)):
            difference = np.uint8(difference | np.uint8(a[i] ^ b[i]))
        if difference != 0:
            return False
    return True


@inlined
def read_long(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """Return a zigzag varint and the place behind it, or a place of -1 where it runs past `end` or is too long."""
    value = np.uint64(0)
    shift = np.uint64(0)
    for _ in range(10):
        if at >= end:
            return 0, -1
        byte = np.uint64(data[at])
        at += 1
        value |= (byte & np.uint64(0x7F)) << shift
        if byte < np.uint64(0x80):
            half: int = np.int64(value >> np.uint64(1))  # type: ignore[assignment]
            return (-half - 1 if value & np.uint64(1) else half), at
        shift += np.uint64(7)
    return 0, -1


@inlined
def read_bits(data: Bytes, at: int, size: int) -> np.uint64:
    """Return `size` bytes from `at` on, little end first."""
    bits = np.uint64(0)
    first = np.uint64(at)
    for k in range(size):
        bits |= np.uint64(data[first + np.uint64(k)]) << np.uint64(8 * k)
    return bits


@uncounted
def read_fields(
    data: Bytes,
    at: int,
    end: int,
    stop: int,
    operations: Int32s,
    first: int,
    last: int,
    out: Columns,
    row: int,
    tried: Int64s,
) -> int:
    """Run operations `first` to `last` for one row and return the place behind the fields, or a fault.

    Bytes up to `end` are there to be read, fields may reach up to `stop`: what is skipped needs not be there. On
    OUT_OF_BOUNDS `tried` begins with the operation that could not be done and the place where it began; `tried[2]`, if
    it was 0, becomes the first place from which something was skipped that is not there.
    """
    w4, w8, w1 = out.w4, out.w8, out.w1
    i = first
    begin = at
    while i < last:
        operation, null, argument, count = operations[i, 0], operations[i, 1], operations[i, 2], operations[i, 3]
        begin = at
        i += 1
        if operation == SKIP_FIXED:
            if null < 0:
                if argument > stop - at:
                    break
                at += argument
                continue
            at = skip_optional(data, at, end, stop, null, argument, count)
            if at < 0:
                if at == -OUT_OF_BOUNDS:
                    break
                return at
            continue
        if operation == READ_F4 and count > 1:
            at = read_f4s(data, at, end, null, w4, argument, count, row)
            if at < 0:
                if at == -OUT_OF_BOUNDS:
                    break
                return at
            continue
        is_null = False
        if null >= 0:
            if at >= end:
                break
            branch = data[at]
            at += 1
            is_null = branch == null
            if not is_null and branch != 2 - null:
                return -BAD_VALUE
        if operation == READ_F4:
            if is_null:
                w4[argument, row] = _NULL_F4
                continue
            if at + 4 > end:
                break
            w4[argument, row] = np.uint32(read_bits(data, at, 4))
            at += 4
        elif operation == READ_F8:
            if is_null:
                w8[argument, row] = _NULL_F8
                continue
            if at + 8 > end:
                break
            w8[argument, row] = read_bits(data, at, 8)
            at += 8
        elif operation >= SKIP_VARINT:
            value = _NULL_I8
            if not is_null:
                value, at = read_long(data, at, end)
                if at < 0:
                    break
            if operation == READ_I8:
                w8[argument, row] = np.int64(value).view(np.uint64)
            elif operation == READ_I4:
                if is_null:
                    value = _NULL_I4
                if value < _NULL_I4 or value > _MAX_I4:
                    return -BAD_VALUE
                w4[argument, row] = np.int32(value).view(np.uint32)
            elif operation == READ_BAND:
                if not is_null and (value < _NULL_I4 or value > _MAX_I4):
                    return -BAD_VALUE
                w1[argument, row] = value if 0 < value < 128 else -1
        elif operation == OPTIONAL_RECORD:
            if is_null:
                i += argument
        else:
            size = -1
            if not is_null:
                size, at = read_long(data, at, end)
                if at < 0 or size < 0 or size > stop - at:
                    break
            if operation == SKIP_BYTES:
                if size > end - at and tried[2] == 0:
                    tried[2] = at
                at += max(size, 0)
                continue
            if size > end - at:
                break
            if operation == READ_SIGN:
                w1[argument, row] = read_sign(data, at, size)
            elif not keep_text(data, at, size, out, argument, row):
                return FULL
            at += max(size, 0)
    else:
        return at
    tried[0], tried[1] = i - 1, begin
    return -OUT_OF_BOUNDS


@uncounted
def skip_optional(data: Bytes, at: int, end: int, stop: int, null: int, size: int, count: int) -> int:
    """Skip `count` fields of `size` bytes or nothing each and return the place behind them, or a fault."""
    eight_nulls = np.uint64(null) * np.uint64(0x0101010101010101)
    left = count
    while left > 0:
        # Most entries of a history are upper limits, with a long row of nulls.
        if left >= 8 and at + 8 <= end and read_bits(data, at, 8) == eight_nulls:
            at += 8
            left -= 8
            continue
        if at >= end:
            return -OUT_OF_BOUNDS
        branch = data[at]
        at += 1
        left -= 1
        if branch == null:
            continue
        if branch != 2 - null:
            return -BAD_VALUE
        if size > stop - at:
            return -OUT_OF_BOUNDS
        at += size
    return at


@uncounted
def read_f4s(
    data: Bytes, at: int, end: int, null: int, w4: npt.NDArray[np.uint32], column: int, count: int, row: int
) -> int:
    """Read `count` floats into one column after the other and return the place behind them, or a fault."""
    for k in range(column, column + count):
        if null >= 0:
            if at >= end:
                return -OUT_OF_BOUNDS
            branch = data[at]
            at += 1
            if branch == null:
                w4[k, row] = _NULL_F4
                continue
            if branch != 2 - null:
                return -BAD_VALUE
        if at + 4 > end:
            return -OUT_OF_BOUNDS
        w4[k, row] = np.uint32(read_bits(data, at, 4))
        at += 4
    return at


@inlined
def read_sign(data: Bytes, at: int, size: int) -> int:
    """Return 1 for 't' or '1', 0 for 'f' or '0', and -1 for anything else."""
    if size != 1:
        return -1
    if data[at] == _T or data[at] == _ONE:
        return 1
    return 0 if data[at] == _F or data[at] == _ZERO else -1


@uncounted
def keep_text(data: Bytes, at: int, size: int, out: Columns, column: int, row: int) -> bool:
    """Copy a text (of a size below 0: a null) to the texts of the batch; False where there is no room."""
    out.text_size[column, row] = size
    if size > 0:
        free = out.texts_used[0]
        if free + size > len(out.texts):
            return False
        for k in range(size):
            out.texts[free + k] = data[at + k]
        out.text_at[column, row] = free
        out.texts_used[0] = free + size
    return True


@uncounted
def read_entries(
    data: Bytes,
    at: int,
    end: int,
    operations: Int32s,
    first: int,
    last: int,
    out: Columns,
    row: int,
    keep: bool,
    tried: Int64s,
) -> tuple[int, int]:
    """Read an array's blocks into rows from `row` on; return the place behind them (or a fault) and the next free row.

    Where `keep` is false, every entry is read into the same row.
    """
    entries = 0
    while True:
        count, at = read_long(data, at, end)
        if at < 0:
            return -OUT_OF_BOUNDS, row
        if count == 0:
            return at, row
        if count < 0:
            _, at = read_long(data, at, end)
            if at < 0:
                return -OUT_OF_BOUNDS, row
        if count > MAX_HISTORY or count < -MAX_HISTORY:
            return -TOO_LARGE, row
        count = abs(count)
        entries += count
        if entries > MAX_HISTORY:
            return -TOO_LARGE, row
        for _ in range(count):
            if not begin_row(out, row):
                return FULL, row
            at = read_fields(data, at, end, end, operations, first, last, out, row, tried)
            if at < 0:
                return at, row
            if keep:
                row += 1
