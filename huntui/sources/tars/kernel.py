"""The kernels that find the members of a tar in a buffer.

All take `data`, uint8, and places in it as int64. Every read is checked against `used`, the bytes of `data` that are
filled; nothing is kept between calls but what the caller hands in as `state`. What is not checked: that `used` is no
more than `data` has, that `at` is no place before it, and that `state` and `found` have the lengths they are said to.
"""

import numpy as np

from huntui.kernels import inlined, kernel
from huntui.packets.batch import Bytes, Int64s

MORE, FULL, BAD = 0, 1, 2
"""Why `find_packets` returns: it needs more bytes, it has no room for another packet, here is no member's header."""

FIRST, KIND, SIZE, EVERY_KIND, EVERY_SIZE, ENDED = range(6)
"""What `state` holds between calls: where the headers of the member at hand began (-1 for none), what extended headers
said of it and of every member (-1 for nothing), and whether the mark of the end was seen last."""
STATE_SIZE = 6

BLOCK = 512
"""A tar is a sequence of blocks of this size."""
MAX_EXTENSION_BYTES = 2**20
"""An extended header (a long name, pax records) larger than this is taken for damage."""

_OTHER, _PACKET = 0, 1
_MAX_SIZE = 2**60
_MAX_SPARSE_BLOCKS = 1024
_SUFFIX = np.frombuffer(b".avro", np.uint8)
_PATH = np.frombuffer(b"path", np.uint8)
_LENGTH = np.frombuffer(b"size", np.uint8)
_SLASH, _SPACE, _NEWLINE, _EQUALS, _ZERO, _DOT, _UNDERSCORE = 47, 32, 10, 61, 48, 46, 95


@inlined
def byte(data: Bytes, at: int) -> int:
    """Return a byte as a number that can be negative once it is reckoned with."""
    return np.int64(data[at])  # type: ignore[return-value]


@kernel
def is_text(data: Bytes, first: int, last: int, text: Bytes) -> bool:
    """Return whether `data[first:last]` is `text`."""
    if last - first != len(text):
        return False
    for k in range(len(text)):  # noqa: SIM110 (Numba knows no generator expressions)
        if data[first + k] != text[k]:
            return False
    return True


@kernel
def name_kind(data: Bytes, first: int, last: int) -> int:
    """Return what a member's name makes of it; a null ends the name, and `._x.avro` is what macOS adds to x.avro."""
    start = stop = first
    while stop < last and data[stop] != 0:
        if data[stop] == _SLASH:
            start = stop + 1
        stop += 1
    if stop - start > 1 and data[start] == _DOT and data[start + 1] == _UNDERSCORE:
        return _OTHER
    if stop - start >= len(_SUFFIX) and is_text(data, stop - len(_SUFFIX), stop, _SUFFIX):
        return _PACKET
    return _OTHER


@kernel
def digits(data: Bytes, first: int, last: int, base: int) -> int:
    """Return the number that text writes, between spaces and up to a null, or -1; no digits are a 0."""
    at = first
    while at < last and data[at] == _SPACE:
        at += 1
    value = 0
    while at < last and data[at] != 0 and data[at] != _SPACE:
        digit = byte(data, at) - _ZERO
        if digit < 0 or digit >= base or value > _MAX_SIZE // base:
            return -1
        value = value * base + digit
        at += 1
    return value


@kernel
def header_number(data: Bytes, first: int, last: int) -> int:
    """Return a number of a header, in octal text or, behind a byte of 0x80, in binary; -1 where it is neither."""
    if data[first] != 0x80:
        return digits(data, first, last, 8)
    value = 0
    for at in range(first + 1, last):
        if value > _MAX_SIZE // 256:
            return -1
        value = value * 256 + byte(data, at)
    return value


@kernel
def is_header(data: Bytes, at: int) -> bool:
    """Return whether a block's checksum is right, taken over unsigned bytes or, as some old programs did, signed."""
    unsigned = 0
    large = 0
    for k in range(at, at + BLOCK):
        unsigned += byte(data, k)
        large += byte(data, k) >> 7
    for k in range(at + 148, at + 156):
        unsigned += _SPACE - byte(data, k)
        large -= byte(data, k) >> 7
    told = header_number(data, at + 148, at + 156)
    return told >= 0 and (told == unsigned or told == unsigned - 256 * large)


@kernel
def is_zero(data: Bytes, at: int) -> bool:
    """Return whether a block holds zeros only."""
    bits = np.uint8(0)
    for k in range(at, at + BLOCK):
        bits |= data[k]
    return bool(bits == 0)


@kernel
def read_records(data: Bytes, first: int, last: int, state: Int64s, kind: int) -> bool:
    """Read pax records, "LENGTH KEY=VALUE" and a newline each; keep path and size in `state[kind]` and behind it.

    Returns whether they are what they should be.
    """
    at = first
    while at < last and data[at] != 0:
        key = at
        while key < last and data[key] != _SPACE:
            key += 1
        size = digits(data, at, key, 10)
        if size < key - at + 3 or size > last - at or data[at + size - 1] != _NEWLINE:
            return False
        key += 1
        stop = at + size - 1
        equals = key
        while equals < stop and data[equals] != _EQUALS:
            equals += 1
        if equals == stop:
            return False
        if is_text(data, key, equals, _PATH):
            state[kind] = name_kind(data, equals + 1, stop)
        elif is_text(data, key, equals, _LENGTH):
            state[kind + 1] = digits(data, equals + 1, stop, 10)
            if state[kind + 1] < 0:
                return False
        at += size
    return True


@kernel
def ends_in_slash(data: Bytes, at: int) -> bool:
    """Return whether the name in the header at `at` is that of a directory."""
    last = at
    while last < at + 100 and data[last] != 0:
        last += 1
    return last > at and data[last - 1] == _SLASH


@inlined
def padded(size: int) -> int:
    """Return the bytes that `size` bytes take in whole blocks."""
    return (size + BLOCK - 1) // BLOCK * BLOCK


@kernel
def end_of_sparse(data: Bytes, used: int, at: int) -> int:
    """Return the place behind the header of a sparse file and the blocks that go on with it, 0 for more bytes or -1."""
    behind = at + BLOCK
    goes_on = data[at + 482]
    for _ in range(_MAX_SPARSE_BLOCKS):
        if goes_on == 0:
            return behind
        if behind + BLOCK > used:
            return 0
        goes_on = data[behind + 504]
        behind += BLOCK
    return -1


@kernel
def find_packets(
    data: Bytes, used: int, at: int, base: int, state: Int64s, most: int, found: Int64s, n: int
) -> tuple[int, int, int]:
    """Walk over the members of a tar from the header at `at` on; write each packet among them to `found[:, n]`.

    `found` has three rows: where a packet starts in `data`, where it ends, and where its first header lies in the tar,
    of which `base` bytes come before `data`. Of a larger packet only `most` bytes are taken and need be in the buffer.
    Returns why the walk ended, the place of the next header, which may lie beyond `used`, and the packets found.
    """
    while n < found.shape[1]:
        if at + BLOCK > used:
            return MORE, at, n
        if is_zero(data, at):
            if state[FIRST] >= 0:
                return BAD, at, n
            state[ENDED] = 1
            at += BLOCK
            continue
        size = header_number(data, at + 124, at + 136)
        if size < 0 or not is_header(data, at):
            return BAD, at, n
        flag = chr(data[at + 156])
        behind = at + BLOCK
        if flag in "xXgLK":
            if size > MAX_EXTENSION_BYTES:
                return BAD, at, n
            if behind + size > used:
                return MORE, at, n
            if flag == "L":
                state[KIND] = name_kind(data, behind, behind + size)
            elif flag != "K":
                kind = EVERY_KIND if flag == "g" else KIND
                if not read_records(data, behind, behind + size, state, kind):
                    return BAD, at, n
            state[ENDED] = 0
            if state[FIRST] < 0:
                state[FIRST] = base + at
            at = behind + padded(size)
            continue
        if flag == "S":
            behind = end_of_sparse(data, used, at)
            if behind <= 0:
                return (BAD if behind < 0 else MORE), at, n
        kind = name_kind(data, at, at + 100)
        is_file = flag in "07S\0"
        for source in (EVERY_KIND, KIND):
            if state[source] >= 0:
                kind = state[source]
            if state[source + 1] >= 0:
                size = state[source + 1]
        if flag in "123456" or (flag == "\0" and ends_in_slash(data, at)):
            size = 0
            is_file = False
        if is_file and kind == _PACKET:
            taken = min(size, most)
            if behind + taken > used:
                return MORE, at, n
            found[0, n] = behind
            found[1, n] = behind + taken
            found[2, n] = base + at if state[FIRST] < 0 else state[FIRST]
            n += 1
        state[FIRST] = state[KIND] = state[SIZE] = -1
        state[ENDED] = 0
        at = behind + padded(size)
    return FULL, at, n
