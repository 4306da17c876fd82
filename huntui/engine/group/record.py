"""One record of what a reader of a group has read: the columns of its alerts, without histories and cutouts.

A record is a magic number and, behind it, what zlib has compressed: the length of a label, the label (JSON: who wrote
it, and name, type and length of every column), and the columns one after the other. zlib's own checksum tells damage.
Whoever may write to the topic may write anything: nothing is taken from a record that is not exactly as `pack` makes
it, and no more memory than `_MOST_BYTES`.
"""

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from isal import isal_zlib
from pydantic import Field

from huntui import strict_json
from huntui.alerts.batch import AlertBatch, Columns, Ragged
from huntui.alerts.light_curve import FORCED_DRAWN, HISTORY_DRAWN
from huntui.alerts.texts import TextPool
from huntui.checked import Written, check
from huntui.columns import NULL_TEXT, PACKET
from huntui.engine.inbox import Arrival
from huntui.errors import CallError
from huntui.features.registry import features
from huntui.packets.batch import Bytes, Int32s, Int64s
from huntui.packets.faults import MEANINGS, BadPacket

MAGIC = b"huntui-shared-1\n"
MOST_ALERTS = 10_000
"""Alerts of a record, unless a single packet has more."""

_MOST_BYTES = 64 * 2**20
_LENGTH = struct.Struct("<I")
_LEVEL = 1
_DTYPES: dict[str, np.dtype[Any]] = {kind: np.dtype(f"<{kind}") for kind in ("f4", "f8", "i4", "i8", "u1")}
_OWN = {
    "#packets": "i8", "#address": "i8", "#record": "i4", "#version": "i4", "#bad": "i8", "#text": "u1", "#ends": "i8",
}  # fmt: skip
"""What a record has beside columns of alerts: addresses of packets and of alerts (two numbers each), bad packets (fault
and address), and the texts: their bytes, and where each ends."""


class About(Written):
    """Who wrote a record."""

    kind: str = Field(pattern="^(joined|alerts|here|left)$")
    """`alerts`, or a sign of life: it begins, is there still, or ends."""
    member: str = Field(pattern="^[0-9a-f]{12}$")
    """A new one each time that a reader is started."""
    host: str = Field(max_length=255)
    version: str = Field(max_length=40)
    """Of huntui."""
    made_by: str = Field(max_length=64)
    """Digest of the code that makes the columns."""
    topic: str = Field(max_length=64)
    """The broker's own number of the topic, which another topic of the same name does not have; empty if not told."""
    cuts: str = Field(max_length=200)
    cuts_digest: str = Field(max_length=64)


class ForeignError(Exception):
    """Some bytes are no record, or not one that can be used; `str()` says why in a few words."""


def pack(about: About, arrival: Arrival | None = None) -> bytes:
    """Return a record of who writes it and, where it is about alerts, of what a batch of packets gave."""
    columns = {} if arrival is None else _columns(arrival)
    listed = [[name, values.dtype.str[1:], values.size] for name, values in columns.items()]
    label = json.dumps({"about": about.model_dump(), "columns": listed}).encode()
    parts = [_LENGTH.pack(len(label)), label, *(np.ascontiguousarray(one).tobytes() for one in columns.values())]
    return MAGIC + isal_zlib.compress(b"".join(parts), _LEVEL)


def parts_of(arrival: Arrival) -> Iterator[Arrival]:
    """Yield a batch in parts that are no larger than a record should be: all of it, or packet by packet."""
    if len(arrival.batch) <= MOST_ALERTS:
        yield arrival
        return
    for address in arrival.addresses:
        yield chosen(arrival, _among(arrival.batch.addresses, address[None]), address[None])


def chosen(arrival: Arrival, alerts: "np.ndarray[Any, np.dtype[np.bool_]]", packets: Int64s) -> Arrival:
    """Return what some packets of a batch gave; `alerts` tells of each alert whether it is of one of them."""
    rows = np.flatnonzero(alerts)
    places = {(int(a), int(b)) for a, b in packets}
    return Arrival(
        arrival.batch.take(rows),
        {name: values[rows] for name, values in arrival.features.items()},
        [one for one in arrival.bad if one.address in places],
        len(packets),
        packets,
    )


def unpack(data: bytes, texts: TextPool) -> tuple[About, Arrival | None]:
    """Return who wrote a record and what it tells of alerts, its texts in a pool; raises `ForeignError`."""
    if not data.startswith(MAGIC):
        raise ForeignError("is no record of huntui")
    label, body = _opened(data[len(MAGIC) :])
    try:
        about = check(About, label["about"], "about", CallError)
        columns = _read(label["columns"], body)
        return about, _arrival(columns, texts) if about.kind == "alerts" else None
    except (CallError, KeyError, TypeError, ValueError, IndexError, OverflowError) as problem:
        raise ForeignError(f"is none that this huntui can read ({problem})") from None


def _columns(arrival: Arrival) -> Columns:
    batch = arrival.batch
    columns = {**batch.columns, **arrival.features, "#version": batch.version}
    names = [name for name in columns if _is_text(name)]
    codes = np.unique(np.concatenate([columns[name] for name in names]))
    codes = codes[codes != NULL_TEXT]
    raw = [batch.texts.raw(int(code)) for code in codes]
    for name in names:
        places = np.searchsorted(codes, columns[name]).astype(np.int32)
        columns[name] = np.where(columns[name] == NULL_TEXT, np.int32(NULL_TEXT), places)
    bad = [(one.fault, *one.address) for one in arrival.bad]
    return {
        **columns,
        "#packets": arrival.addresses,
        "#address": batch.addresses,
        "#record": batch.record,
        "#bad": np.array(bad, np.int64).reshape(-1, 3),
        "#text": np.frombuffer(b"".join(raw), np.uint8),
        "#ends": np.cumsum([len(one) for one in raw], dtype=np.int64),
    }


def _opened(data: bytes) -> tuple[Mapping[str, Any], bytes]:
    try:
        opener = zlib.decompressobj()
        plain = opener.decompress(data, _MOST_BYTES + 1)
        if len(plain) > _MOST_BYTES or not opener.eof or opener.unused_data:
            raise ForeignError("is larger than a record can be, or cut short")
        (length,) = _LENGTH.unpack_from(plain)
        label = strict_json.parse(plain[_LENGTH.size : _LENGTH.size + length].decode())
    except (zlib.error, struct.error, ValueError, RecursionError):
        raise ForeignError("is damaged") from None
    if not isinstance(label, dict):
        raise ForeignError("is damaged")
    return label, plain[_LENGTH.size + length :]


def _read(listed: Any, body: bytes) -> Columns:
    columns, at = {}, 0
    for name, kind, size in listed:
        if not isinstance(size, int) or size < 0:
            raise ValueError("a column has no length")
        dtype = _DTYPES[kind]
        columns[str(name)] = np.frombuffer(body, dtype, size, at) if size else np.empty(0, dtype)
        at += size * dtype.itemsize
    if at != len(body):
        raise ValueError("columns do not fill it")
    return columns


def _arrival(columns: Columns, texts: TextPool) -> Arrival:
    """Return columns as a batch, once they are exactly those that `pack` writes; raises `ValueError` or `KeyError`."""
    wanted = {**{name: PACKET[name].kind for name in PACKET}, **{name: c.kind for name, c in features().items()}}
    _check_names(columns, {name: "i4" if kind == "text" else kind for name, kind in wanted.items()} | _OWN)
    packets, address = columns["#packets"].reshape(-1, 2), columns["#address"].reshape(-1, 2)
    alerts = len(columns["#record"])
    if any(len(columns[name]) != alerts for name in [*wanted, "#version"]) or len(address) != alerts:
        raise ValueError("columns differ in length")
    if packets.min(initial=0) < 0 or not _among(address, packets).all():
        raise ValueError("an alert is of no packet")
    of_text = [name for name in [*wanted, "#version"] if _is_text(name)]
    for name in of_text:
        if np.any((columns[name] < NULL_TEXT) | (columns[name] >= len(columns["#ends"]))):
            raise ValueError("there is no such text")
    bad = [_bad(row) for row in columns["#bad"].reshape(-1, 3).tolist()]
    codes = _interned(columns["#text"], columns["#ends"], texts)
    for name in of_text:
        columns[name] = codes[columns[name]]
    return Arrival(
        AlertBatch(
            columns={name: columns[name] for name in PACKET},
            history=_nothing(HISTORY_DRAWN, alerts),
            forced=_nothing(FORCED_DRAWN, alerts),
            texts=texts,
            addresses=address,
            record=columns["#record"],
            version=columns["#version"],
        ),
        {name: columns[name] for name in features()},
        bad,
        len(packets),
        packets,
    )


def _check_names(columns: Columns, kinds: Mapping[str, str]) -> None:
    if columns.keys() != kinds.keys():
        raise ValueError("it has other columns")
    for name, kind in kinds.items():
        if columns[name].dtype != _DTYPES[kind]:
            raise ValueError(f"{name} is of another type")


def _interned(data: Bytes, ends: Int64s, texts: TextPool) -> Int32s:
    """Return the code in a pool of each text, and at the end that of a null, where -1 leads."""
    begins = np.concatenate([np.zeros(1, np.int64), ends])[:-1]
    if np.any(begins > ends) or (ends[-1] if len(ends) else 0) != len(data):
        raise ValueError("texts do not end where they should")
    return np.append(texts.intern(data, begins, (ends - begins).astype(np.int32)), np.int32(NULL_TEXT))


def _bad(row: list[int]) -> BadPacket:
    fault, *address = row
    if fault not in MEANINGS:
        raise ValueError(f"there is no fault {fault}")
    return BadPacket(fault, (address[0], address[1]))


def _among(some: Int64s, all_of: Int64s) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Return which addresses are among others."""
    known = {(int(a), int(b)) for a, b in all_of}
    return np.array([(int(a), int(b)) in known for a, b in some], np.bool_)


def _nothing(names: tuple[str, ...], alerts: int) -> Ragged:
    return Ragged(np.zeros(alerts + 1, np.int64), {name: np.empty(0, np.float64) for name in names})


def _is_text(name: str) -> bool:
    return name == "#version" or (name in PACKET and PACKET[name].kind == "text")
