"""The header of an Avro object container file (Avro 1.11 specification, "Object Container Files")."""

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
