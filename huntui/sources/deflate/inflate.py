"""The library that unpacks deflate streams, ISA-L."""

from functools import cache
from typing import Protocol, cast

from isal import isal_zlib

InflateError = cast(type[Exception], isal_zlib.error)
"""What is raised for bytes that are no such stream."""

_BARE, _GZIP = -15, 31

# Fields of RFC 1951 as (value, bits). A block of the fixed code has an even length when it is empty.
_EMPTY_BLOCK = (0b0000000_01_0, 10)
# One with a code of its own has an odd one: of the code lengths' code only 18 (many zeros) and 1 are used, and they say
# that 255, the end of the block and one distance have codes of one bit.
_EMPTY_BLOCK_OF_ODD_LENGTH = [
    (0b10_0, 3),
    *[(0, 5), (0, 5), (14, 4)],
    *[(1 if symbol in (18, 1) else 0, 3) for symbol in (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1)],
    *[(1, 1), (138 - 11, 7), (1, 1), (117 - 11, 7), (0, 1), (0, 1), (0, 1)],
    (1, 1),
]


class Inflater(Protocol):
    """Unpacks one stream."""

    eof: bool
    """Whether its end was reached."""
    unused_data: bytes
    """What was handed in behind its end."""
    unconsumed_tail: bytes
    """What was handed in and has to be handed in again, because enough was unpacked."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Unpack some more, into at most so many bytes; raises `InflateError`."""
        ...


def gzip_inflater() -> Inflater:
    """Return what unpacks a gzip member, and checks its CRC."""
    return cast(Inflater, isal_zlib.decompressobj(_GZIP))


def bare_inflater(window: bytes = b"") -> Inflater:
    """Return what unpacks a deflate stream, which may refer to the bytes of `window` before it."""
    inflater = isal_zlib.decompressobj(_BARE, zdict=window) if window else isal_zlib.decompressobj(_BARE)
    return cast(Inflater, inflater)


def entered(piece: bytes, bit: int) -> bytes:
    """Return bytes that unpack to what `piece` does from a bit of its first byte on, where a block begins.

    Blocks that hold nothing come before it and take as many bits as make the rest lie where it lay: a stored block
    begins at a whole byte.
    """
    if not bit:
        return piece
    blocks, size = _empty_blocks(bit)
    joint = blocks | piece[0] >> bit << size
    return joint.to_bytes(size // 8 + 1, "little") + piece[1:]


@cache
def _empty_blocks(bit: int) -> tuple[int, int]:
    """Return blocks that hold nothing, as a number, and their length in bits, which is `bit` more than whole bytes."""
    fields = [] if bit % 2 == 0 else _EMPTY_BLOCK_OF_ODD_LENGTH.copy()
    while sum(size for _, size in fields) % 8 != bit:
        fields.append(_EMPTY_BLOCK)
    blocks = at = 0
    for value, size in fields:
        blocks |= value << at
        at += size
    return blocks, at


def crc(content: bytes) -> int:
    """Return the CRC-32 of bytes."""
    return int(isal_zlib.crc32(content))
