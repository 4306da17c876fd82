"""How a block may be compressed, and how to unpack it without trusting what it claims of itself."""

import zlib
from collections.abc import Callable

import cramjam
from isal import isal_zlib

from huntui.packets import faults
from huntui.packets.container import BadPacketError

Unpack = Callable[[bytes, int], bytes]
"""Takes a block's bytes and the room there is for what they unpack to; raises `BadPacketError`."""

MAX_TRAILER_BYTES = 4
"""Some writers leave the checksum of the zlib format, or what they did not cut off of it, behind a deflate stream."""

_DEFLATE_ERROR: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub says that it is an instance

SNAPPY_CHECKSUM_BYTES = 4
SNAPPY_MAX_RATIO = 22
"""The densest element of a snappy block is a copy of 64 bytes told in 3."""


def codec(name: bytes) -> Unpack:
    """Return how a codec is unpacked; raises `BadPacketError` for one that huntui does not know."""
    if name not in _CODECS:
        raise BadPacketError(faults.BAD_CODEC)
    return _CODECS[name]


def _as_it_is(body: bytes, room: int) -> bytes:
    if len(body) > room:
        raise BadPacketError(faults.TOO_LARGE)
    return body


def _inflate(body: bytes, room: int) -> bytes:
    inflater = isal_zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain: bytes = inflater.decompress(body, room + 1)
    except _DEFLATE_ERROR as error:
        raise BadPacketError(faults.BAD_BLOCK) from error
    if len(plain) > room:
        raise BadPacketError(faults.TOO_LARGE)
    if not inflater.eof or len(inflater.unused_data) > MAX_TRAILER_BYTES:
        raise BadPacketError(faults.BAD_BLOCK)
    return plain


def _unsnap(body: bytes, room: int) -> bytes:
    """Unpack a raw snappy block, behind which stands the CRC-32 of what it unpacks to, big end first."""
    packed, checksum = body[:-SNAPPY_CHECKSUM_BYTES], body[-SNAPPY_CHECKSUM_BYTES:]
    try:
        # Snappy allocates what the block claims, so the claim must be possible before it is believed.
        claimed = cramjam.snappy.decompress_raw_len(packed)
        if claimed > SNAPPY_MAX_RATIO * len(packed):
            raise BadPacketError(faults.BAD_BLOCK)
        if claimed > room:
            raise BadPacketError(faults.TOO_LARGE)
        plain = bytes(cramjam.snappy.decompress_raw(packed))
    except cramjam.DecompressionError as error:
        raise BadPacketError(faults.BAD_BLOCK) from error
    if zlib.crc32(plain).to_bytes(SNAPPY_CHECKSUM_BYTES, "big") != checksum:
        raise BadPacketError(faults.BAD_BLOCK)
    return plain


_CODECS: dict[bytes, Unpack] = {b"null": _as_it_is, b"deflate": _inflate, b"snappy": _unsnap}
