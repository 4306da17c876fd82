"""The kernels that read packets from their files, without the GIL and without what nobody asked for.

Cutouts lie at the end of a packet and are most of it. So the front of a file is read, then the few bytes between its
cutouts, and the sync marker at its end; whatever is not as simple as that is read whole and judged as any other packet.
What is not checked: that names end with a zero byte, and what `huntui.packets.blocks.kernel` does not check.
"""

import os

import numpy as np
import numpy.typing as npt

from huntui.kernels import close, kernel, lseek, openat, uncounted
from huntui.packets.batch import Bytes, Int32s, Int64s
from huntui.packets.blocks.kernel import (
    SYNC_BYTES,
    Block,
    Known,
    Output,
    Plans,
    Scratch,
    find_header,
    load,
    new_scratch,
    note,
    read_alert,
    read_packet,
    undo,
)
from huntui.packets.faults import BAD_BLOCK, MAX_PACKET_BYTES, OK, OUT_OF_BOUNDS, TOO_LARGE, UNREADABLE
from huntui.packets.kernel import FULL, begin_row, read_long, same_bytes

ODD = -101
"""Told of a packet whose header is new, or of a schema that the kernels do not take."""
_NOT_SIMPLE = -102

FIRST_FRONT = 48 * 2**10
_MOST_FRONT = 2**18
_SPARE = 512

# A pipe that nobody writes to would hold the reader for ever.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


@uncounted
def read_front(
    fd: int,
    data: Bytes,
    end: int,
    size: int,
    plans: Plans,
    p: int,
    front: Int64s,
    packet: int,
    state: Int64s,
    out: Output,
    scratch: Scratch,
) -> int:
    """Read a packet of one alert of which `data[:end]` is there; returns OK, FULL, a fault, or _NOT_SIMPLE."""
    sync = plans.header_sizes[p]
    count, at = read_long(data, sync + SYNC_BYTES, end)
    if at < 0 or count != 1:
        return _NOT_SIMPLE
    length, at = read_long(data, at, end)
    stop = size - SYNC_BYTES
    if at < 0 or length != stop - at or stop < end:
        return _NOT_SIMPLE
    if not load(fd, data, 0, stop, size):
        return -UNREADABLE
    if not same_bytes(data[stop:size], data[sync : sync + SYNC_BYTES]):
        return -BAD_BLOCK
    row, rows, tried = state[0], scratch.rows, scratch.tried
    rows[0], rows[1], tried[2] = state[1], state[2], 0
    if not begin_row(out.alerts, row):
        return FULL
    at = read_alert(data, at, Block(fd, 0, end, stop), plans, p, out, row, scratch)
    if at == stop:
        out.packet[row] = packet
        out.record[row] = 0
        note(out, state, rows, row + 1)
        # Nearly as much as the longest of late: reading too much costs little, too little means beginning again.
        needed = tried[2] if tried[2] > 0 else front[0] // 2
        front[0] = max(needed + _SPARE, front[0] - (front[0] - needed) // 16 - 1)
        return OK
    undo(out, state, rows, row)
    if at == -OUT_OF_BOUNDS:
        front[0] = min(front[0] + front[0] // 4, _MOST_FRONT)
        return _NOT_SIMPLE
    return -BAD_BLOCK if at >= 0 else at


@uncounted
def read_open_file(
    fd: int,
    data: Bytes,
    known: Known,
    plans: Plans,
    front: Int64s,
    packet: int,
    header_of: Int32s,
    state: Int64s,
    out: Output,
    scratch: Scratch,
) -> int:
    """Read the packet in an open file; returns OK, FULL, ODD or the sign-turned fault."""
    size = lseek(fd, 0, os.SEEK_END)
    if size < 0:
        return -UNREADABLE
    if size > MAX_PACKET_BYTES:
        return -TOO_LARGE
    end = min(size, front[0])
    if not load(fd, data, 0, 0, end):
        return -UNREADABLE
    p = find_header(data, 0, end, known, front[1])
    if p < 0 and end < size:
        if not load(fd, data, 0, end, size):
            return -UNREADABLE
        end = size
        p = find_header(data, 0, end, known, front[1])
    if p < 0 or plans.bounds[p] == plans.bounds[p + 1]:
        return ODD
    front[1] = header_of[packet] = p
    if end < size:
        result = read_front(fd, data, end, size, plans, p, front, packet, state, out, scratch)
        if result != _NOT_SIMPLE:
            return result
        if not load(fd, data, 0, end, size):
            return -UNREADABLE
    return read_packet(data, 0, size, plans, p, packet, state, out, scratch)


@kernel
def decode_files(
    folder: int,
    names: Bytes,
    name_at: Int64s,
    data: Bytes,
    known: Known,
    plans: Plans,
    first: int,
    front: Int64s,
    header_of: Int32s,
    state: Int64s,
    out: Output,
    fault: npt.NDArray[np.int8],
) -> tuple[int, int]:
    """Read and decode the files from `first` on.

    Name *k* is the bytes of `names` from `name_at[k]` to the next zero, in the open folder `folder`. `data` is room for
    the largest packet. `front` holds how many bytes to read at first and the header that fitted last; both are moved
    on. `header_of[k]` becomes the header of packet *k*; `state` is as in `huntui.packets.blocks.kernel.decode`.

    Returns the first file that was not decoded, or their number, and why: FULL, ODD or OK.
    """
    scratch = new_scratch()
    for k in range(first, len(name_at)):
        fd = openat(folder, names[name_at[k] :].ctypes, _FLAGS)
        if fd < 0:
            fault[k] = UNREADABLE
            continue
        result = read_open_file(fd, data, known, plans, front, k, header_of, state, out, scratch)
        close(fd)
        if result in (FULL, ODD):
            return k, result
        fault[k] = -result
    return len(name_at), OK
