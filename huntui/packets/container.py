"""The framing of an Avro object container file (Avro 1.11 specification, "Object Container Files")."""

from collections.abc import Iterator
from dataclasses import dataclass

from huntui.packets import faults

MAGIC = b"Obj\x01"
SYNC_BYTES = 16
MAX_HEADER_BYTES = 2**20
MAX_METADATA = 64


class BadPacketError(Exception):
    """A packet cannot be used; `fault` says why (see `huntui.packets.faults`). It never leaves the room."""

    def __init__(self, fault: int) -> None:
        super().__init__(faults.reason(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the first block."""

    size: int
    """Bytes before the sync marker."""
    schema: bytes
    codec: bytes
    sync: bytes


def read_long(data: bytes, at: int) -> tuple[int, int]:
    """Return a zigzag varint and the place behind it; raises `BadPacketError` where the bytes end or go on too long."""
    value = shift = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            raise BadPacketError(faults.TRUNCATED)
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1), at
    raise BadPacketError(faults.NOT_AVRO)


def _read_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    size, at = read_long(data, at)
    if size < 0 or at + size > len(data):
        raise BadPacketError(faults.TRUNCATED if size >= 0 else faults.NOT_AVRO)
    return data[at : at + size], at + size


def read_header(data: bytes) -> Header:
    """Read the metadata in whatever order it comes; raises `BadPacketError`."""
    if not data.startswith(MAGIC):
        raise BadPacketError(faults.TRUNCATED if data and MAGIC.startswith(data) else faults.NOT_AVRO)
    data = data[:MAX_HEADER_BYTES]
    metadata: dict[bytes, bytes] = {}
    at = len(MAGIC)
    while True:
        count, at = read_long(data, at)
        if count == 0:
            break
        if count < 0:
            _, at = read_long(data, at)
        if abs(count) > MAX_METADATA:
            raise BadPacketError(faults.NOT_AVRO)
        for _ in range(abs(count)):
            key, at = _read_bytes(data, at)
            metadata[key], at = _read_bytes(data, at)
    if b"avro.schema" not in metadata:
        raise BadPacketError(faults.BAD_SCHEMA)
    if at + SYNC_BYTES > len(data):
        raise BadPacketError(faults.TRUNCATED)
    return Header(at, metadata[b"avro.schema"], metadata.get(b"avro.codec", b"null"), data[at : at + SYNC_BYTES])


def blocks(data: bytes, header: Header) -> Iterator[tuple[int, bytes]]:
    """Yield the number of records and the bytes of each block, as they stand there (compressed, if the codec does).

    A block is framed by the same rules as in the kernel: its size must lie within the packet and the sync marker must
    stand behind it. Raises `BadPacketError` at the first block that does not, after the whole ones before it.
    """
    at = header.size + SYNC_BYTES
    while at < len(data):
        try:
            count, at = read_long(data, at)
            size, at = read_long(data, at)
        except BadPacketError as error:
            raise BadPacketError(faults.TRUNCATED) from error
        if count < 0 or size < 0:
            raise BadPacketError(faults.BAD_BLOCK)
        stop = at + size
        if stop + SYNC_BYTES > len(data):
            raise BadPacketError(faults.TRUNCATED)
        if data[stop : stop + SYNC_BYTES] != header.sync:
            raise BadPacketError(faults.BAD_BLOCK)
        yield count, data[at:stop]
        at = stop + SYNC_BYTES


def write_long(value: int) -> bytes:
    """Return a number of 64 bits as a zigzag varint."""
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def write_header(schema: bytes, sync: bytes) -> bytes:
    """Return the header of an uncompressed container, with its sync marker."""
    metadata = write_long(1) + write_long(11) + b"avro.schema" + write_long(len(schema)) + schema + write_long(0)
    return MAGIC + metadata + sync


def write_block(count: int, body: bytes, sync: bytes) -> bytes:
    """Return a block of `count` records."""
    return write_long(count) + write_long(len(body)) + body + sync
