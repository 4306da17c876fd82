"""The kernels that tell headers apart and decode packets block by block.

All take `data`, the uint8 buffer of a batch, and places in it as int64. Every read is checked against the end of the
block it belongs to. What is not checked: that `starts` and `ends` lie inside `data`, and what `huntui.packets.kernel`
does not check.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.kernels import kernel, pread, uncounted
from huntui.packets.batch import Bytes, Int32s, Int64s
from huntui.packets.faults import (
    BAD_BLOCK,
    BAD_VALUE,
    MAX_ALERTS,
    NO_RECORDS,
    OK,
    OUT_OF_BOUNDS,
    TOO_LARGE,
    TRUNCATED,
    UNREADABLE,
)
from huntui.packets.kernel import FULL, Columns, begin_row, clear_rows, read_entries, read_fields, read_long, same_bytes
from huntui.packets.plan import ARRAY, FORCED_SLOT, HISTORY_SLOT

SYNC_BYTES = 16
WINDOW = 256
"""Bytes read behind a cutout: the name and the length of the next one are among them."""


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


STATE = 9
"""Length of the state: rows of alerts, history and forced photometry in use, bytes of the texts of each, and the rows
at which the last packet that was undone had arrived."""


class Scratch(NamedTuple):
    """Small arrays to work with, made once per batch."""

    rows: Int64s
    """Rows in use of history and forced photometry, of an alert that is being read."""
    tried: Int64s
    """See `huntui.packets.kernel.read_fields`."""
    before: Int64s
    """The state before the packet that is being read."""


class Block(NamedTuple):
    """Where the bytes of a block are: those up to `end` in memory, those up to `stop` in the file `fd` (-1 for none).

    The file begins at `packet` in memory.
    """

    fd: int
    packet: int
    end: int
    stop: int


class Known(NamedTuple):
    """The bytes of all known headers one after the other, and where each ends."""

    data: Bytes
    ends: Int64s


@kernel
def new_scratch() -> Scratch:
    """Return scratch arrays."""
    return Scratch(np.zeros(2, np.int64), np.zeros(3, np.int64), np.zeros(STATE, np.int64))


@uncounted
def find_header(data: Bytes, start: int, end: int, known: Known, last: int) -> int:
    """Return which of the known headers a packet begins with, or -1. Neighbours share one, so `last` is tried first."""
    for turn in range(len(known.ends)):
        k = (last + turn) % len(known.ends)
        first = known.ends[k - 1] if k > 0 else 0
        size = known.ends[k] - first
        if end - start >= size and same_bytes(data[start : start + size], known.data[first : first + size]):
            return k
    return -1


@uncounted
def match_headers(data: Bytes, starts: Int64s, ends: Int64s, known: Known, found: Int32s) -> None:
    """Write to `found` which of the known headers each packet begins with, or -1."""
    last = 0
    for p in range(len(starts)):
        found[p] = find_header(data, starts[p], ends[p], known, last)
        last = max(found[p], 0)


@uncounted
def load(fd: int, data: Bytes, packet: int, begin: int, end: int) -> bool:
    """Read what belongs to `data[begin:end]` from a file that begins at `packet`; False where it could not be had."""
    while begin < end:
        got = pread(fd, data[begin:end].ctypes, end - begin, begin - packet)
        if got <= 0:
            return False
        begin += got
    return True


@uncounted
def read_alert(
    data: Bytes, at: int, block: Block, plans: Plans, p: int, out: Output, row: int, scratch: Scratch
) -> int:
    """Read one alert into `row` and move `scratch.rows` on.

    Returns the place behind the alert, or a fault; OUT_OF_BOUNDS may only mean that not all of the block is there.
    """
    rows, tried = scratch.rows, scratch.tried
    end = block.end
    for s in range(plans.bounds[p], plans.bounds[p + 1]):
        kind, first, last, null, slot = plans.segments[s]
        if kind != ARRAY:
            begin = at
            at = read_fields(data, at, end, block.stop, plans.operations, first, last, out.alerts, row, tried)
            while at == -OUT_OF_BOUNDS and end < block.stop and tried[1] > begin:
                # Behind a cutout that was skipped; what follows is read from disk, and no more of it than is needed.
                begin = tried[1]
                end = min(begin + WINDOW, block.stop)
                if not load(block.fd, data, block.packet, begin, end):
                    return -UNREADABLE
                operation = tried[0]
                at = read_fields(
                    data, begin, end, block.stop, plans.operations, operation, last, out.alerts, row, tried
                )
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
            at, rows[0] = read_entries(data, at, end, plans.operations, first, last, out.history, rows[0], True, tried)
        elif slot == FORCED_SLOT:
            at, rows[1] = read_entries(data, at, end, plans.operations, first, last, out.forced, rows[1], True, tried)
        else:
            at, _ = read_entries(data, at, end, plans.operations, first, last, out.forced, rows[1], False, tried)
        if at < 0:
            return at
    out.history_end[row] = rows[0]
    out.forced_end[row] = rows[1]
    return at


@uncounted
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
    scratch: Scratch,
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
    if size > end - at - SYNC_BYTES:
        return -TRUNCATED, row
    stop = at + size
    if not same_bytes(data[stop : stop + SYNC_BYTES], data[sync : sync + SYNC_BYTES]):
        return -BAD_BLOCK, row
    if record + count > MAX_ALERTS:
        return -TOO_LARGE, row
    block = Block(-1, 0, stop, stop)
    for k in range(count):
        if not begin_row(out.alerts, row):
            return FULL, row
        at = read_alert(data, at, block, plans, p, out, row, scratch)
        if at < 0:
            return at, row
        out.packet[row] = packet
        out.record[row] = record + k
        row += 1
    return (stop + SYNC_BYTES if at == stop else -BAD_BLOCK), row


@uncounted
def copy_state(state: Int64s, target: Int64s) -> None:
    """Copy one state over another."""
    for k in range(len(state)):
        target[k] = state[k]


@uncounted
def undo(out: Output, state: Int64s, rows: Int64s, row: int) -> None:
    """Make everything null again that was written since `state`: up to alert `row` and the entries in `rows`.

    How far it had come is noted in the last places of `state`, so that where `out` was full one sees what of it was.
    """
    state[6], state[7], state[8] = row, rows[0], rows[1]
    clear_rows(out.alerts, state[0], min(row + 1, len(out.packet)))
    clear_rows(out.history, state[1], min(rows[0] + 1, out.history.text_at.shape[1]))
    clear_rows(out.forced, state[2], min(rows[1] + 1, out.forced.text_at.shape[1]))
    out.alerts.texts_used[0], out.history.texts_used[0], out.forced.texts_used[0] = state[3], state[4], state[5]


@uncounted
def note(out: Output, state: Int64s, rows: Int64s, row: int) -> None:
    """Move `state` on to what is in use now."""
    state[0], state[1], state[2] = row, rows[0], rows[1]
    state[3], state[4], state[5] = out.alerts.texts_used[0], out.history.texts_used[0], out.forced.texts_used[0]


@uncounted
def read_packet(
    data: Bytes, start: int, end: int, plans: Plans, p: int, packet: int, state: Int64s, out: Output, scratch: Scratch
) -> int:
    """Read the packet `data[start:end]`; returns OK, FULL (with nothing of it in `out`) or the sign-turned fault.

    Of a container with many alerts, those of the whole blocks before the damage stay; a packet of one alert is refused
    whole.
    """
    rows, before = scratch.rows, scratch.before
    copy_state(state, before)
    sync = start + plans.header_sizes[p]
    at = sync + SYNC_BYTES
    if at > end:
        return -TRUNCATED
    if at == end:
        return -NO_RECORDS
    while at < end:
        rows[0], rows[1] = state[1], state[2]
        record = state[0] - before[0]
        at, row = read_block(data, at, end, sync, plans, p, packet, out, state[0], record, scratch)
        if at >= 0:
            note(out, state, rows, row)
            continue
        # What follows the only alert of a packet is damage to that alert's packet, not to another one.
        if at == FULL or state[0] == before[0] + 1:
            copy_state(before, state)
        undo(out, state, rows, row)
        return at
    return OK if state[0] > before[0] else -NO_RECORDS


@kernel
def decode(
    data: Bytes,
    starts: Int64s,
    ends: Int64s,
    plan_of: Int32s,
    plans: Plans,
    first: int,
    last: int,
    state: Int64s,
    out: Output,
    fault: npt.NDArray[np.int8],
) -> int:
    """Decode packets `first` to `last`, each with the plan `plan_of[k]` (negative: left out).

    `state` holds what is in use of `out`: rows of alerts, history and forced photometry, then bytes of the texts of
    each; and the rows at which the last packet that was undone had arrived. A packet's fault goes to `fault[k]`.
    Returns the first packet that was not decoded because `out` is full, or `last`.
    """
    scratch = new_scratch()
    for k in range(first, last):
        if plan_of[k] >= 0:
            at = read_packet(data, starts[k], ends[k], plans, plan_of[k], k, state, out, scratch)
            if at == FULL:
                return k
            fault[k] = -at
    return last
