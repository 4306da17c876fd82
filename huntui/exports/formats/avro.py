"""Avro: the packets themselves in one container, the bytes of each alert as the survey wrote them.

An alert is a block of its own. The container has the schema of its packets, which must be the same for all, and where
they came from in its metadata under the key `huntui`.
"""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from huntui.errors import CallError, ExportError
from huntui.exports.provenance import as_text, provenance
from huntui.exports.table import ExportTable
from huntui.packets.container import MAGIC, SYNC_BYTES, BadPacketError, blocks, read_header, write_block, write_long

KEY = b"huntui"


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write the packets of a table; returns the number of alerts.

    Raises `CallError` for a table that is not one of alerts, `ExportError` where there is none or their schemas differ.
    """
    if table.packets is None:
        raise CallError("Only alerts have packets: give this table another ending than .avro.")
    told = as_text(provenance(table)).encode()
    sync = hashlib.sha256(told).digest()[:SYNC_BYTES]
    alerts, first = 0, None
    for packet, record, _ in table.packets():
        header = read_header(packet)
        kind = header.schema, header.codec
        if first is None:
            first = kind
            file.write(_header({b"avro.schema": header.schema, b"avro.codec": header.codec, KEY: told}, sync))
        elif kind != first:
            raise ExportError(
                "These packets have different schemas, and an Avro file has one: .tar takes them as they are."
            )
        file.write(write_block(1, _body(packet, record), sync))
        alerts += 1
    if first is None:
        raise ExportError("There is no alert, and an Avro file without any has no schema.")
    return alerts


def alone(packet: bytes, record: int) -> bytes:
    """Return a packet with one of its alerts: itself, unchanged, where it has no other."""
    header = read_header(packet)
    try:
        if [count for count, _ in blocks(packet, header)] == [1]:
            return packet
    except BadPacketError:
        pass
    metadata = {b"avro.schema": header.schema, b"avro.codec": header.codec}
    return _header(metadata, header.sync) + write_block(1, _body(packet, record), header.sync)


def _body(packet: bytes, record: int) -> bytes:
    """Return the bytes of one alert of a packet, as they stand in its block."""
    header = read_header(packet)
    try:
        before = 0
        for count, body in blocks(packet, header):
            if count == 1 and before == record:
                return body
            before += count
            if before > record:
                break
    except BadPacketError:
        pass
    return _made_again(packet, record)


def _made_again(packet: bytes, record: int) -> bytes:
    """Return an alert that shares its block with others: the same values, which have but one way to be written."""
    import fastavro

    reader = fastavro.block_reader(BytesIO(packet))
    alerts: Iterator[object] = (alert for block in reader for alert in block)
    for number, alert in enumerate(alerts):
        if number == record:
            return _block_of(reader, alert)
    raise ExportError(f"A packet has no alert number {record + 1} any more; it was changed since it was read.")


def _block_of(reader: object, alert: object) -> bytes:
    import fastavro

    codec, schema = getattr(reader, "codec", "null"), getattr(reader, "writer_schema", None)
    whole = BytesIO()
    fastavro.writer(whole, schema, [alert], codec=codec)  # type: ignore[arg-type]
    content = whole.getvalue()
    return next(body for _, body in blocks(content, read_header(content)))


def _header(metadata: dict[bytes, bytes], sync: bytes) -> bytes:
    pairs = [write_long(len(key)) + key + write_long(len(value)) + value for key, value in metadata.items()]
    return MAGIC + write_long(len(pairs)) + b"".join(pairs) + write_long(0) + sync
