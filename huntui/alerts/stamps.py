"""The bytes of an alert's cutouts, found in its packet without decoding the rest of it.

What a writer schema says is learned once. A packet as ZTF writes them has one alert that ends in three gzipped cutouts:
each is framed by lengths, and where three of them fill the packet to its last byte they are taken as they are. Whatever
is written otherwise goes through fastavro, which walks over all that is before.
"""

import io
import json
from functools import lru_cache
from typing import Any

from huntui.alerts.images import NAMES
from huntui.packets.container import BadPacketError, Header, blocks, read_header, read_long
from huntui.packets.faults import MAX_PACKET_BYTES

Stamps = dict[str, bytes | None]
"""The file of each cutout, by `science`, `template` and `difference`; None where the packet has none."""

_FIELDS = tuple(f"cutout{name.title()}" for name in NAMES)
_GZIP = b"\x1f\x8b\x08"

DAMAGE = (
    LookupError,
    ValueError,
    TypeError,
    ArithmeticError,
    EOFError,
    RecursionError,
    AttributeError,
    BadPacketError,
    OSError,
)
"""What reading a damaged packet can raise."""


def read_stamps(packet: bytes, record: int = 0) -> Stamps:
    """Return the files of one alert's cutouts; raises `ValueError` with the reason where the packet cannot be read."""
    from fastavro.schema import SchemaParseException

    if len(packet) > MAX_PACKET_BYTES:
        raise ValueError("the packet is too large")
    try:
        alert = _record(packet, record)
    except (*DAMAGE, SchemaParseException) as error:
        raise ValueError(f"the packet cannot be read: {error}") from None
    return {name: _data(alert.get(f"cutout{name.title()}")) for name in NAMES}


def _data(stamp: Any) -> bytes | None:
    data = stamp.get("stampData") if isinstance(stamp, dict) else None
    return data if isinstance(data, bytes) and data else None


def _record(packet: bytes, record: int) -> dict[str, Any]:
    import fastavro

    header = read_header(packet)
    if header.codec == b"null":
        return _projected(packet, header, record)
    for number, alert in enumerate(fastavro.reader(io.BytesIO(packet))):
        if number == record and isinstance(alert, dict):
            return alert
    raise LookupError("it has no such record")


def _projected(packet: bytes, header: Header, record: int) -> dict[str, Any]:
    import fastavro

    writer, reader, nulls = _schemas(header.schema)
    before = 0
    for count, body in blocks(packet, header):
        if count == 1 and record == before and nulls is not None and (found := _at_the_end(body, nulls)):
            return found
        if record < before + count:
            file = io.BytesIO(body)
            for _ in range(record - before + 1):
                alert = fastavro.schemaless_reader(file, writer, reader)
            if isinstance(alert, dict):
                return alert
            break
        before += count
    raise LookupError("it has no such record")


def _at_the_end(body: bytes, nulls: tuple[int, ...]) -> dict[str, Any] | None:
    """Return the cutouts that fill a record to its end, or None where that is not what is there."""
    at = body.find(_GZIP)
    while at >= 0:
        for size in (3, 2):
            length, begin = _long(body, at - size)
            if begin == at and length > 0 and (rest := _two_more(body, at + length, nulls[1:])):
                stamps = (body[at : at + length], *rest)
                return {f"cutout{name.title()}": {"stampData": data} for name, data in zip(NAMES, stamps, strict=True)}
        at = body.find(_GZIP, at + 1)
    return None


def _two_more(body: bytes, at: int, nulls: tuple[int, ...]) -> tuple[bytes, ...] | None:
    """Return the stamps of the second and the third cutout from a place on, if these are all that is there."""
    found = []
    for null in nulls:
        if null >= 0:
            if at >= len(body) or body[at] != 2 - null:
                return None
            at += 1
        name, at = _long(body, at)
        size, at = _long(body, at + name)
        if at <= 0 or name < 0 or size <= 0 or body[at : at + len(_GZIP)] != _GZIP:
            return None
        found.append(body[at : at + size])
        at += size
    return tuple(found) if at == len(body) else None


def _long(body: bytes, at: int) -> tuple[int, int]:
    """Return a number and the place behind it; a place of -1 where there is none."""
    try:
        return read_long(body, at) if at >= 0 else (-1, -1)
    except BadPacketError:
        return -1, -1


@lru_cache(maxsize=64)
def _schemas(schema: bytes) -> tuple[Any, Any, tuple[int, ...] | None]:
    """Return a writer schema and the same with the cutouts alone, as fastavro takes them.

    The third has, where three cutouts are its last fields, the byte of each's null branch or -1 for none.
    """
    import fastavro

    wanted = json.loads(schema)
    nulls = _nulls(wanted["fields"][-3:])
    wanted["fields"] = [one for one in wanted["fields"] if one["name"] in _FIELDS]
    try:
        return fastavro.parse_schema(json.loads(schema)), fastavro.parse_schema(wanted), nulls
    except fastavro.schema.UnknownType:
        # The cutouts' type is defined in a field that is left out.
        return fastavro.parse_schema(json.loads(schema)), None, nulls


def _nulls(fields: list[Any]) -> tuple[int, ...] | None:
    if tuple(one["name"] for one in fields) != _FIELDS:
        return None
    cutout: Any = None
    nulls = []
    for one in fields:
        branches = one["type"] if isinstance(one["type"], list) else [one["type"]]
        kinds = [kind for kind in branches if kind != "null"]
        cutout = kinds[0] if isinstance(kinds[0], dict) else cutout
        nulls.append(2 * branches.index("null") if "null" in branches else -1)
        if len(kinds) != 1 or not isinstance(cutout, dict):
            return None
    plain = [(one["name"], one["type"]) for one in cutout["fields"]]
    return tuple(nulls) if plain == [("fileName", "string"), ("stampData", "bytes")] else None
