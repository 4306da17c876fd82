"""Writes Avro containers that say of themselves whatever a test wants them to say."""

import io
import json
import zlib
from collections.abc import Iterable
from typing import Any

import cramjam
import fastavro
import numpy as np

from huntui.alerts.batch import AlertBatch
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.columns import ALERT, CANDIDATE, FORCED, HISTORY
from huntui.packets import faults
from huntui.packets.batch import PacketBatch, Packets, join
from huntui.packets.odd import house_schema

SYNC = b"s" * 16

RECORD: dict[str, Any] = {
    "objectId": "ZTF24aaaaaaa",
    "schemavsn": "4.02",
    "publisher": None,
    "candidate": {"jd": 2460000.5, "candid": 7, "fid": 1, "magpsf": 18.5, "isdiffpos": "t", "nbad": 0},
    "prv_candidates": [{"jd": 2460000.4, "fid": 2, "magpsf": None, "diffmaglim": 20.5}] * 3,
    "fp_hists": None,
}


def zigzag(value: int) -> bytes:
    """Return a number as Avro writes it."""
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def text(value: bytes) -> bytes:
    """Return bytes with their length before them."""
    return zigzag(len(value)) + value


def header(schema: Any, codec: str | None = "null", schema_first: bool = True, **more: bytes) -> bytes:
    """Return a header with its sync marker; `more` is other metadata."""
    pairs = [(b"avro.schema", schema if isinstance(schema, bytes) else json.dumps(schema).encode())]
    if codec is not None:
        pairs.append((b"avro.codec", codec.encode()))
    pairs += [(name.encode(), value) for name, value in more.items()]
    if not schema_first:
        pairs.reverse()
    metadata = zigzag(len(pairs)) + b"".join(text(key) + text(value) for key, value in pairs) + zigzag(0)
    return b"Obj\x01" + metadata + SYNC


def block(count: int, body: bytes, sync: bytes = SYNC, size: int | None = None) -> bytes:
    """Return a block that says of itself what it is told to say."""
    return zigzag(count) + zigzag(len(body) if size is None else size) + body + sync


def body(record: dict[str, Any] = RECORD, schema: Any = None) -> bytes:
    """Return the bytes of one record."""
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(schema or house_schema()), record)
    return out.getvalue()


def packed(plain: bytes, codec: str) -> bytes:
    """Return the bytes of a block as its codec keeps them."""
    if codec == "deflate":
        return zlib.compress(plain)[2:-4]
    if codec == "snappy":
        return bytes(cramjam.snappy.compress_raw(plain)) + zlib.crc32(plain).to_bytes(4, "big")
    return plain


def packet(record: dict[str, Any] = RECORD, number: int = 1, codec: str = "null", **changes: Any) -> bytes:
    """Return a packet of one block, as fastavro writes it, with `number` records; `changes` are to its schema."""
    out = io.BytesIO()
    schema = fastavro.parse_schema({**house_schema(), **changes})
    fastavro.writer(out, schema, [record] * number, codec=codec, sync_marker=SYNC)
    return out.getvalue()


WHOLE = packet()
HEADER = WHOLE[: WHOLE.index(SYNC) + 16]
BODY = body()


def batch_of(packets: list[bytes]) -> PacketBatch:
    """Return packets as a batch with their number as the address."""
    addresses = np.stack([np.arange(len(packets)), np.zeros(len(packets), int)], axis=1).astype(np.int64)
    return join(packets, addresses)


def decode(*packets: bytes) -> tuple[AlertBatch, list[tuple[int, str]]]:
    """Return the alerts of packets, and the number and reason of each bad one."""
    alerts, bad = AlertDecoder(TextPool()).decode(batch_of(list(packets)))
    return alerts, [(one.address[0], faults.reason(one.fault)) for one in bad]


def reasons(*packets: bytes) -> list[str]:
    """Return the reason of each bad packet."""
    return [reason for _, reason in decode(*packets)[1]]


def judged(*packets: bytes) -> tuple[int, list[str]]:
    """Return how many alerts there are, and the reason of each bad packet."""
    alerts, bad = decode(*packets)
    return len(alerts), [reason for _, reason in bad]


def verdicts(batches: Iterable[Packets]) -> list[Any]:
    """Return for each packet, in order, the reason why it is bad and the values of its alerts, with text as text."""
    decoder, found = AlertDecoder(TextPool()), []
    for batch in batches:
        alerts, bad = decoder.decode(batch)
        reason = {one.address: faults.reason(one.fault) for one in bad}
        rows: dict[tuple[int, int], list[Any]] = {}
        for row, address in enumerate(map(tuple, alerts.addresses.tolist())):
            rows.setdefault(address, []).append(values(alerts, row))
        found += [(reason.get(key), rows.get(key, [])) for key in map(tuple, batch.addresses.tolist())]
    return found


def values(alerts: AlertBatch, row: int) -> list[Any]:
    """Return everything that is known of one alert, comparable with any other: floats as bits, text as text."""
    found: list[Any] = [int(alerts.record[row]), alerts.texts.text(int(alerts.version[row]))]
    groups = [(alerts.columns, slice(row, row + 1), (*ALERT, *CANDIDATE))]
    for ragged, columns in ((alerts.history, HISTORY), (alerts.forced, FORCED)):
        groups.append((ragged.columns, slice(ragged.offsets[row], ragged.offsets[row + 1]), columns))
    for arrays, rows, columns in groups:
        for column in columns:
            part = arrays[column.name][rows]
            is_text = column.kind == "text" and part.dtype == np.int32
            found.append([alerts.texts.text(int(code)) for code in part] if is_text else part.tobytes())
    return found
