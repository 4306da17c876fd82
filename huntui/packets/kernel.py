"""The kernels that find headers and decode packets.

All take `data`, the uint8 buffer of a batch, and places in it as int64. Every read is checked against the end of the
block it belongs to; nothing is allocated here. What is not checked: that `starts` and `ends` lie inside `data`, that
the operations of a plan name columns which exist, and that the output arrays have as many rows as `capacity` says.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.kernels import inlined, kernel
from huntui.packets.batch import Bytes, Int32s, Int64s
from huntui.packets.faults import BAD_BLOCK, BAD_VALUE, MAX_HISTORY, NO_RECORDS, OK, OUT_OF_BOUNDS, TOO_LARGE, TRUNCATED
from huntui.packets.plan import (
    ARRAY,
    FORCED_SLOT,
    HISTORY_SLOT,
    OPTIONAL_RECORD,
    READ_F4,
    READ_F8,
    READ_I4,
    READ_I8,
    READ_TEXT,
    SKIP_BYTES,
    SKIP_FIXED,
)

FULL = -100
"""Told instead of a place when an output array has no room left; other negatives are faults with their sign turned."""

_SYNC = 16
_NULL_F4 = np.uint32(0x7FC00000)
_NULL_F8 = np.uint64(0x7FF8000000000000)
_NULL_I4 = -(2**31)
_NULL_I8 = -(2**63)
_MAX_I4 = 2**31 - 1


class Columns(NamedTuple):
    """Output for one kind of record: per kind of storage an array of shape (columns, rows). Floats are kept as bits."""

    f4: npt.NDArray[np.uint32]
    f8: npt.NDArray[np.uint64]
    i4: Int32s
    i8: Int64s
    text_at: Int64s
    text_size: Int32s


class Plans(NamedTuple):
    """All plans in one: plan *p* has the segments from `bounds[p]` to `bounds[p + 1]`."""

    operations: Int32s
    segments: Int32s
    bounds: Int64s
    header_sizes: Int64s


class Output(NamedTuple):
    """Where decoded alerts go: a row per alert, and a row per entry of its history and its forced photometry."""

    alerts: Columns
    history: Columns
    forced: Columns
    history_end: Int64s
    forced_end: Int64s
    packet: Int64s
    record: Int32s


@kernel
def clear_rows(out: Columns, first: int, last: int) -> None:
    """Make rows null again."""
    out.f4[:, first:last] = _NULL_F4
    out.f8[:, first:last] = _NULL_F8
    out.i4[:, first:last] = _NULL_I4
    out.i8[:, first:last] = _NULL_I8
    out.text_at[:, first:last] = 0
    out.text_size[:, first:last] = -1


@kernel
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


@kernel
def match_headers(
    data: Bytes, starts: Int64s, ends: Int64s, headers: Bytes, header_ends: Int64s, found: Int32s
) -> None:
    """Write to `found` which of the known headers each packet begins with, or -1.

    `headers` holds the bytes of all known headers one after the other, `header_ends` where each ends.
    """
    last = 0
    for p in range(len(starts)):
        found[p] = -1
        for turn in range(len(header_ends)):
            # Neighbours mostly share a header, so begin with the one that fitted last.
            k = (last + turn) % len(header_ends)
            first = header_ends[k - 1] if k > 0 else 0
            size = header_ends[k] - first
            if ends[p] - starts[p] < size:
                continue
            if same_bytes(data[starts[p] : starts[p] + size], headers[first : first + size]):
                found[p] = last = k
                break


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
    for k in range(size):
        bits |= np.uint64(data[at + k]) << np.uint64(8 * k)
    return bits


@kernel
def read_fields(
    data: Bytes, at: int, end: int, operations: Int32s, first: int, last: int, out: Columns, row: int
) -> int:
    """Run operations `first` to `last` for one row and return the place behind the fields, or a fault."""
    f4, f8, i4, i8, text_at, text_size = out.f4, out.f8, out.i4, out.i8, out.text_at, out.text_size
    i = first
    while i < last:
        operation, null, argument = operations[i, 0], operations[i, 1], operations[i, 2]
        i += 1
        is_null = False
        if null >= 0:
            if at >= end:
                return -OUT_OF_BOUNDS
            branch = data[at]
            at += 1
            is_null = branch == null
            if not is_null and branch != 2 - null:
                return -BAD_VALUE
        if operation == SKIP_FIXED:
            if not is_null:
                if argument > end - at:
                    return -OUT_OF_BOUNDS
                at += argument
        elif operation == READ_F4:
            if is_null:
                f4[argument, row] = _NULL_F4
                continue
            if at + 4 > end:
                return -OUT_OF_BOUNDS
            f4[argument, row] = np.uint32(read_bits(data, at, 4))
            at += 4
        elif operation == READ_F8:
            if is_null:
                f8[argument, row] = _NULL_F8
                continue
            if at + 8 > end:
                return -OUT_OF_BOUNDS
            f8[argument, row] = read_bits(data, at, 8)
            at += 8
        elif operation == OPTIONAL_RECORD:
            if is_null:
                i += argument
        elif operation == READ_TEXT or operation == SKIP_BYTES:  # noqa: SIM109 (a tuple compiles to slower code)
            if is_null:
                if operation == READ_TEXT:
                    text_size[argument, row] = -1
                continue
            size, at = read_long(data, at, end)
            if at < 0 or size < 0 or size > end - at:
                return -OUT_OF_BOUNDS
            if operation == READ_TEXT:
                text_at[argument, row] = at
                text_size[argument, row] = size
            at += size
        else:
            value = _NULL_I8
            if not is_null:
                value, at = read_long(data, at, end)
                if at < 0:
                    return -OUT_OF_BOUNDS
            if operation == READ_I8:
                i8[argument, row] = value
            elif operation == READ_I4:
                if is_null:
                    value = _NULL_I4
                if value < _NULL_I4 or value > _MAX_I4:
                    return -BAD_VALUE
                i4[argument, row] = value
    return at


@kernel
def read_entries(
    data: Bytes, at: int, end: int, operations: Int32s, first: int, last: int, out: Columns, row: int, keep: bool
) -> tuple[int, int]:
    """Read an array's blocks into rows from `row` on; return the place behind them (or a fault) and the next free row.

    Where `keep` is false, every entry is read into the same row.
    """
    capacity = out.text_at.shape[1]
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
            if row >= capacity:
                return FULL, row
            at = read_fields(data, at, end, operations, first, last, out, row)
            if at < 0:
                return at, row
            if keep:
                row += 1


@kernel
def read_alert(data: Bytes, at: int, end: int, plans: Plans, p: int, out: Output, row: int, rows: Int64s) -> int:
    """Read one alert into `row`; `rows` counts the entries of history and forced photometry, and is moved on.

    Returns the place behind the alert, or a fault.
    """
    for s in range(plans.bounds[p], plans.bounds[p + 1]):
        kind, first, last, null, slot = plans.segments[s]
        if kind != ARRAY:
            at = read_fields(data, at, end, plans.operations, first, last, out.alerts, row)
            if at < 0:
                return at
            continue
        if null >= 0:
            if at >= end:
                return -OUT_OF_BOUNDS
            branch = data[at]
            at += 1
            if branch == null:
                continue
            if branch != 2 - null:
                return -BAD_VALUE
        if slot == HISTORY_SLOT:
            at, rows[0] = read_entries(data, at, end, plans.operations, first, last, out.history, rows[0], True)
        elif slot == FORCED_SLOT:
            at, rows[1] = read_entries(data, at, end, plans.operations, first, last, out.forced, rows[1], True)
        else:
            at, _ = read_entries(data, at, end, plans.operations, first, last, out.forced, rows[1], False)
        if at < 0:
            return at
    out.history_end[row] = rows[0]
    out.forced_end[row] = rows[1]
    return at


@kernel
def read_block(
    data: Bytes,
    at: int,
    end: int,
    sync: int,
    plans: Plans,
    p: int,
    packet: int,
    out: Output,
    row: int,
    record: int,
    rows: Int64s,
) -> tuple[int, int]:
    """Read one block: all of its alerts or none. Returns the place behind it (or a fault) and the next free row."""
    count, at = read_long(data, at, end)
    if at < 0:
        return -TRUNCATED, row
    size, at = read_long(data, at, end)
    if at < 0:
        return -TRUNCATED, row
    if count < 0 or size < 0 or count > size:
        return -BAD_BLOCK, row
    if size > end - at - _SYNC:
        return -TRUNCATED, row
    stop = at + size
    for k in range(_SYNC):
        if data[stop + k] != data[sync + k]:
            return -BAD_BLOCK, row
    for k in range(count):
        if row >= len(out.packet):
            return FULL, row
        at = read_alert(data, at, stop, plans, p, out, row, rows)
        if at < 0:
            return at, row
        out.packet[row] = packet
        out.record[row] = record + k
        row += 1
    return (stop + _SYNC if at == stop else -BAD_BLOCK), row


@kernel
def decode(
    data: Bytes,
    starts: Int64s,
    ends: Int64s,
    plan_of: Int32s,
    plans: Plans,
    first: int,
    state: Int64s,
    out: Output,
    fault: npt.NDArray[np.int8],
) -> int:
    """Decode the packets from `first` on, each with the plan `plan_of[k]` (negative: left out).

    `state` holds the rows in use of alerts, history and forced photometry. A packet's fault goes to `fault[k]`. Of a
    container with many alerts, those of the whole blocks before the damage stay; a packet of one alert is refused
    whole. Returns the first packet that was not decoded because `out` is full,
    with nothing of it in `out`, or the number of packets.
    """
    rows = np.zeros(2, np.int64)
    for k in range(first, len(starts)):
        p = plan_of[k]
        if p < 0:
            continue
        fault[k] = OK
        packet_row, packet_history, packet_forced = state[0], state[1], state[2]
        sync = starts[k] + plans.header_sizes[p]
        at = sync + _SYNC
        if at > ends[k]:
            fault[k] = TRUNCATED
        elif at == ends[k]:
            fault[k] = NO_RECORDS
        while fault[k] == OK and at < ends[k]:
            rows[0], rows[1] = state[1], state[2]
            row = state[0]
            record = row - packet_row
            at, row = read_block(data, at, ends[k], sync, plans, p, k, out, row, record, rows)
            if at >= 0:
                state[0], state[1], state[2] = row, rows[0], rows[1]
                continue
            undo_alerts, undo_history, undo_forced = state[0], state[1], state[2]
            # What follows the only alert of a packet is damage to that alert's packet, not to another one.
            if at == FULL or undo_alerts == packet_row + 1:
                undo_alerts, undo_history, undo_forced = packet_row, packet_history, packet_forced
            clear_rows(out.alerts, undo_alerts, min(row + 1, len(out.packet)))
            clear_rows(out.history, undo_history, min(rows[0] + 1, out.history.text_at.shape[1]))
            clear_rows(out.forced, undo_forced, min(rows[1] + 1, out.forced.text_at.shape[1]))
            state[0], state[1], state[2] = undo_alerts, undo_history, undo_forced
            if at == FULL:
                return k
            fault[k] = -at
    return len(starts)
