"""Kernels that write packets: columns to Avro bytes, and blobs to cutout pixels.

fastavro's writer wants a dictionary of some 1,500 values per packet and takes milliseconds for it, holding the GIL;
these take microseconds and release it. fastavro stays the oracle: the tests decode with it what these wrote.

Nothing here is checked: the callers in `huntui.simulate.records` and `huntui.simulate.stamps` make arrays that fit.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.kernels import kernel

Bytes = npt.NDArray[np.uint8]
Int64s = npt.NDArray[np.int64]
Singles = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

FLOAT, DOUBLE, LONG, CODE, CHARS = range(5)
"""Operations of a table's program: how a field is written."""


class Table(NamedTuple):
    """Columns of one record type and the program that writes a row of them."""

    program: Int64s
    """One row per field: operation, 1 where null is allowed, and where its values are: a row of `floats` for FLOAT and
    DOUBLE (NaN is null), of `integers` for LONG and CODE (the smallest int64 is null; a code indexes the texts),
    or the first column of `chars` for CHARS."""
    floats: Floats
    """Fields × rows."""
    integers: Int64s
    """Fields × rows."""
    chars: Bytes
    """Rows × bytes: for each CHARS field a byte with its length (0 is null), then room for its characters."""


class Texts(NamedTuple):
    """Texts by code: text k is `data[ends[k - 1]:ends[k]]`, with `ends[-1]` 0 at the end of the array."""

    data: Bytes
    ends: Int64s


class Packets(NamedTuple):
    """What the packets of a chunk are written from."""

    head: Bytes
    """Container header with its sync marker in the last 16 bytes."""
    texts: Texts
    """Texts that CODE fields name."""
    stamps: Texts
    """Cutout files, three per packet; an empty one is null in the packet."""
    top: Table
    candidate: Table
    history: Table
    history_ends: Int64s
    """Where each packet's rows of the history end, with a 0 at the end of the array."""
    forced: Table
    forced_ends: Int64s
    cutouts: Table
    """Three rows per packet."""


@kernel
def write_long(out: Bytes, at: int, value: np.int64) -> int:
    """Write an Avro int or long (int64, zigzag) into `out` (uint8) at `at`; return where it ends."""
    bits = (np.uint64(value) << np.uint64(1)) ^ np.uint64(value >> np.int64(63))
    while bits > np.uint64(0x7F):
        out[at] = np.uint8(bits & np.uint64(0x7F)) | np.uint8(0x80)
        bits >>= np.uint64(7)
        at += 1
    out[at] = np.uint8(bits)
    return at + 1


@kernel
def copy(out: Bytes, at: int, data: Bytes, start: int, end: int) -> int:
    """Copy `data[start:end]` to `out` at `at`; return where it ends."""
    # A loop, since assigning a slice takes Numba a second longer to compile.
    target, source = out[at : at + end - start], data[start:end]
    for k in range(len(source)):
        target[k] = source[k]
    return at + end - start


@kernel
def write_text(out: Bytes, at: int, data: Bytes, start: int, end: int) -> int:
    """Write `data[start:end]` (uint8) with its length before it; return where it ends."""
    return copy(out, write_long(out, at, np.int64(end - start)), data, start, end)


@kernel
def write_row(out: Bytes, at: int, table: Table, row: int, texts: Texts, single: Singles, double: Floats) -> int:
    """Write one row of a `Table`; `single` and `double` are scratch (float32[1], float64[1]). Return where it ends."""
    single_bytes, double_bytes = single.view(np.uint8), double.view(np.uint8)
    for field in range(len(table.program)):
        operation, nullable, place = table.program[field]
        if operation <= DOUBLE:
            value = table.floats[place, row]
            missing = value != value
        elif operation == CHARS:
            missing = table.chars[row, place] == 0
        else:
            missing = table.integers[place, row] == np.int64(-(2**63))
        if nullable:
            out[at] = 0 if missing else 2
            at += 1
            if missing:
                continue
        if operation == FLOAT:
            single[0] = table.floats[place, row]
            at = copy(out, at, single_bytes, 0, 4)
        elif operation == DOUBLE:
            double[0] = table.floats[place, row]
            at = copy(out, at, double_bytes, 0, 8)
        elif operation == LONG:
            at = write_long(out, at, table.integers[place, row])
        elif operation == CODE:
            code = table.integers[place, row]
            at = write_text(out, at, texts.data, texts.ends[code - 1], texts.ends[code])
        else:
            at = write_text(out, at, table.chars[row], place + 1, place + 1 + np.int64(table.chars[row, place]))
    return at


@kernel
def write_array(
    out: Bytes, at: int, table: Table, start: int, end: int, texts: Texts, single: Singles, double: Floats
) -> int:
    """Write rows `start` to `end` of a `Table` as a nullable array (never null here); return where it ends."""
    out[at] = 2
    at += 1
    if end > start:
        at = write_long(out, at, np.int64(end - start))
        for row in range(start, end):
            at = write_row(out, at, table, row, texts, single, double)
    out[at] = 0
    return at + 1


@kernel
def write_packets(out: Bytes, ends: Int64s, packets: Packets) -> None:
    """Write all packets of a `Packets` one after the other into `out` (uint8, large enough); `ends` (int64) is filled.

    A packet is a whole Avro container: header, one block of one record, sync marker.
    """
    single, double = np.zeros(1, np.float32), np.zeros(1, np.float64)
    head, texts = packets.head, packets.texts
    at = 0
    for k in range(len(ends)):
        at = copy(out, at, head, 0, len(head))
        at = write_long(out, at, np.int64(1))
        # The size stands before the record: three bytes from 8 KiB to 1 MiB, which is what a packet with cutouts has.
        start = at + 3
        end = write_row(out, start, packets.top, k, texts, single, double)
        end = write_row(out, end, packets.candidate, k, texts, single, double)
        end = write_array(
            out, end, packets.history, packets.history_ends[k - 1], packets.history_ends[k], texts, single, double
        )
        end = write_array(
            out, end, packets.forced, packets.forced_ends[k - 1], packets.forced_ends[k], texts, single, double
        )
        for cutout in range(3 * k, 3 * k + 3):
            first, last = packets.stamps.ends[cutout - 1], packets.stamps.ends[cutout]
            out[end] = 0 if first == last else 2
            end += 1
            if first < last:
                end = write_row(out, end, packets.cutouts, cutout, texts, single, double)
                end = write_text(out, end, packets.stamps.data, first, last)
        size = end - start
        if size < 1 << 13 or size >= 1 << 20:
            body = out[start:end].copy()
            start = write_long(out, at, np.int64(size))
            copy(out, start, body, 0, size)
        else:
            write_long(out, at, np.int64(size))
        at = copy(out, start + size, head, len(head) - 16, len(head))
        ends[k] = at


@kernel
def add_blobs(image: Singles, blobs: Floats) -> None:
    """Add Gaussian blobs to a square image (float32, n × n).

    `blobs` (float64) has a row per blob: x, y [pixel], peak, and sigma along x and y [pixel]; a peak of 0 is no blob.
    """
    size = len(image)
    across = np.empty(size, np.float64)
    for k in range(len(blobs)):
        x, y, peak, sigma_x, sigma_y = blobs[k]
        if peak == 0.0:
            continue
        left, right = max(0, int(x - 4 * sigma_x)), min(size, int(x + 4 * sigma_x) + 2)
        low, high = max(0, int(y - 4 * sigma_y)), min(size, int(y + 4 * sigma_y) + 2)
        for i in range(left, right):
            across[i] = np.exp(-0.5 * ((i - x) / sigma_x) ** 2)
        for j in range(low, high):
            along = peak * np.exp(-0.5 * ((j - y) / sigma_y) ** 2)
            for i in range(left, right):
                image[j, i] += np.float32(along * across[i])


@kernel
def draw_stamps(
    stamps: Singles, template_blobs: Floats, difference_blobs: Floats, levels: Floats, noise: Singles, offsets: Int64s
) -> None:
    """Fill `stamps` (float32, packets × 3 × n × n: science, template, difference).

    The blobs (float64, packets × blobs × 5) are as in `add_blobs`; `levels` (float64, packets × 4) holds the sky, the
    noise of the template, the noise of the difference and the residual between the three; `noise` (float32) is normal
    noise, of which each image takes a run that begins at its `offsets` (int64, packets × 3).
    """
    count, _, size, _ = stamps.shape
    for k in range(count):
        science, template, difference = stamps[k, 0], stamps[k, 1], stamps[k, 2]
        sky, template_noise = np.float32(levels[k, 0]), np.float32(levels[k, 1])
        difference_noise, residual = np.float32(levels[k, 2]), np.float32(levels[k, 3])
        first, second, third = offsets[k]
        for j in range(size):
            for i in range(size):
                pixel = j * size + i
                template[j, i] = sky + template_noise * noise[second + pixel]
                difference[j, i] = difference_noise * noise[third + pixel]
                science[j, i] = residual * noise[first + pixel]
        add_blobs(template, template_blobs[k])
        add_blobs(difference, difference_blobs[k])
        for j in range(size):
            for i in range(size):
                science[j, i] += template[j, i] + difference[j, i]
