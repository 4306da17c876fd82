"""The way in for packets that the kernel does not take: read with fastavro, written again in the house schema.

So every packet, however odd, is decoded by the same kernel in the end.
"""

import io
import zlib
from typing import Any

import fastavro

from huntui.columns import ALERT, CANDIDATE, FORCED, HISTORY, Column
from huntui.packets import faults
from huntui.packets.container import SYNC_BYTES, BadPacketError, read_header, read_long

MAX_ODD_BYTES = 2 * 2**20
"""Odd packets become Python objects, many times the size of their bytes, so less of them is taken."""
MAX_BLOCKS = 10_000

_FASTAVRO_RAISES = (
    LookupError,
    ValueError,
    TypeError,
    ArithmeticError,
    EOFError,
    RecursionError,
    AttributeError,
    AssertionError,
)
"""What damaged bytes and wrong schemas make fastavro raise."""

_AVRO = {"f4": "float", "f8": "double", "i4": "int", "i8": "long", "text": "string"}


def _record(name: str, columns: tuple[Column, ...], required: tuple[str, ...]) -> dict[str, Any]:
    fields = [
        {"name": c.name, "type": _AVRO[c.kind] if c.name in required else ["null", _AVRO[c.kind]]} for c in columns
    ]
    return {"type": "record", "name": name, "fields": fields}


def house_schema() -> dict[str, Any]:
    """Return the schema in which odd packets are written again: the columns that huntui knows, and no others."""
    alert = _record("huntui.alert", ALERT, ("objectId",))
    alert["fields"] += [
        {"name": "candidate", "type": _record("huntui.candidate", CANDIDATE, ("jd", "candid"))},
        {
            "name": "prv_candidates",
            "type": ["null", {"type": "array", "items": _record("huntui.prv", HISTORY, ("jd", "fid"))}],
        },
        {"name": "fp_hists", "type": ["null", {"type": "array", "items": _record("huntui.fp", FORCED, ("jd", "fid"))}]},
    ]
    return alert


def normalise(data: bytes) -> bytes:
    """Return the alerts of a packet as a container in the house schema; raises `BadPacketError`."""
    if len(data) > MAX_ODD_BYTES:
        raise BadPacketError(faults.TOO_LARGE)
    plain = _uncompressed(data)
    try:
        records = list(fastavro.reader(io.BytesIO(plain), return_record_name=False))
    except _FASTAVRO_RAISES as error:
        raise BadPacketError(faults.BAD_BLOCK) from error
    if not records:
        raise BadPacketError(faults.NO_RECORDS)
    out = io.BytesIO()
    try:
        fastavro.writer(out, fastavro.parse_schema(house_schema()), records, sync_marker=bytes(SYNC_BYTES))
    except _FASTAVRO_RAISES as error:
        raise BadPacketError(faults.BAD_VALUE) from error
    return out.getvalue()


def _uncompressed(data: bytes) -> bytes:
    """Return the container with its blocks uncompressed, never larger than an odd packet may be."""
    header = read_header(data)
    if header.codec == b"null":
        return data
    if header.codec != b"deflate":
        raise BadPacketError(faults.BAD_CODEC)
    blocks = []
    at = header.size + SYNC_BYTES
    room = MAX_ODD_BYTES
    while at < len(data):
        count, at = read_long(data, at)
        size, at = read_long(data, at)
        stop = at + size
        if count < 0 or size < 0 or data[stop : stop + SYNC_BYTES] != header.sync:
            raise BadPacketError(faults.BAD_BLOCK if stop <= len(data) else faults.TRUNCATED)
        body = _inflate(data[at:stop], room)
        room -= len(body)
        blocks.append(_long(count) + _long(len(body)) + body + header.sync)
        if len(blocks) > MAX_BLOCKS:
            raise BadPacketError(faults.TOO_LARGE)
        at = stop + SYNC_BYTES
    metadata = _long(1) + _long(11) + b"avro.schema" + _long(len(header.schema)) + header.schema + _long(0)
    return b"Obj\x01" + metadata + header.sync + b"".join(blocks)


def _inflate(body: bytes, room: int) -> bytes:
    try:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        plain = inflater.decompress(body, room + 1)
    except zlib.error as error:
        raise BadPacketError(faults.BAD_CODEC) from error
    if len(plain) > room:
        raise BadPacketError(faults.TOO_LARGE)
    if not inflater.eof:
        raise BadPacketError(faults.BAD_CODEC)
    return plain


def _long(value: int) -> bytes:
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
