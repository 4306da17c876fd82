"""What stands around a packet in a message: a schema's number, a few bytes before the packet, or gzip.

Packets of ZTF are Avro containers, with their schema. A message may also be the bare record behind the number of its
schema, as a schema registry has it (a zero byte, four bytes, the record), or with nothing before it; the schema then
comes from a file, and the record is put into a container. Whatever cannot be unpacked is left as it is: the decoder
says what is wrong with it.
"""

import zlib
from functools import cache
from pathlib import Path

from huntui.errors import ConfigError
from huntui.packets.container import MAGIC, SYNC_BYTES, write_header, write_long
from huntui.packets.faults import MAX_PACKET_BYTES
from huntui.packets.plan import UnplannableError, compile_plan

_GZIP, _NUMBERED, _NUMBER_BYTES = b"\x1f\x8b", 0, 5
_FRONT = 64
"""Bytes within which a container may begin."""
_SYNC = bytes(SYNC_BYTES)
_LARGEST = 1 << 20


class Framing:
    """Finds the packet in a message."""

    def __init__(self, schema: Path | None) -> None:
        """Use the schema of a file for bare records, or a folder with a file for each number: `17.avsc`.

        Raises `ConfigError` where there is no such file or it holds no schema.
        """
        self._schema = schema
        if schema is not None and not schema.is_dir():
            read_schema(schema)

    def packet(self, message: bytes | None) -> bytes:
        """Return a packet as the decoder takes it; a message without content is an empty one."""
        if message is None:
            return b""
        if message.startswith(MAGIC):
            return message
        if message.startswith(_GZIP):
            return _unpacked(message)
        if (at := message.find(MAGIC, 1, _FRONT)) > 0:
            return message[at:]
        return self._record(message)

    def _record(self, message: bytes) -> bytes:
        if self._schema is None or not message:
            return message
        numbered = message[0] == _NUMBERED and len(message) > _NUMBER_BYTES
        body = message[_NUMBER_BYTES:] if numbered else message
        path = self._schema
        if path.is_dir():
            if not numbered:
                return message
            path = path / f"{int.from_bytes(message[1:_NUMBER_BYTES])}.avsc"
        try:
            header = read_schema(path)
        except ConfigError:
            return message
        return b"".join((header, write_long(1), write_long(len(body)), body, _SYNC))

    @property
    def has_schema(self) -> bool:
        """Whether bare records can be read."""
        return self._schema is not None


@cache
def read_schema(path: Path) -> bytes:
    """Return the header of a container with the schema of a file; raises `ConfigError` where there is none."""
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1)
    except OSError as problem:
        raise ConfigError(f"kafka.schema: {path} cannot be read ({problem.strerror}).") from None
    if len(text) > _LARGEST:
        raise ConfigError(f"kafka.schema: {path} is larger than a schema can be.")
    header = write_header(text, _SYNC)
    _check(path, text)
    return header


def _check(path: Path, schema: bytes) -> None:
    from huntui.packets.container import BadPacketError
    from huntui.packets.odd import OddSchema

    try:
        try:
            compile_plan(schema)
        except UnplannableError:
            OddSchema(schema)
    except BadPacketError:
        raise ConfigError(
            f"kafka.schema: {path} holds no schema of a ZTF alert; it must be one JSON file with all records in it."
        ) from None


def _unpacked(message: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(message, MAX_PACKET_BYTES + 1)
    except zlib.error:
        return message
