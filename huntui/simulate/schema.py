"""The writer schema of simulated packets, built from the tables of columns, and the container header made from it.

It is ZTF's schema 4.02: same names, types, order and nulls. The record of the history repeats the first fifty fields
of the candidate and adds seven; forced photometry has its own 29.
"""

import json
from dataclasses import replace
from functools import cache

from huntui.columns import ALERT, CANDIDATE, PACKET, Column, Kind

VERSION = "4.02"
PUBLISHER = "huntui simulation, not observed"
SYNC = b"huntui-simulated"

_NULL_ON_LIMITS = {"candid", "isdiffpos", "ra", "dec", "magpsf", "sigmapsf", "ranr", "decnr"}
_LAST_SHARED = next(k for k, column in enumerate(CANDIDATE) if column.name == "decnr") + 1

HISTORY_FIELDS: tuple[Column, ...] = (
    *(
        replace(column, nullable=column.nullable or column.name in _NULL_ON_LIMITS)
        for column in CANDIDATE[:_LAST_SHARED]
    ),
    *(
        PACKET[name]
        for name in ("scorr", "magzpsci", "magzpsciunc", "magzpscirms", "clrcoeff", "clrcounc", "rbversion")
    ),
)
"""Every field of an entry of `prv_candidates`."""


def _forced(kind: Kind, nullable: bool, names: str) -> tuple[Column, ...]:
    return tuple(
        replace(PACKET[name], kind=kind, nullable=nullable)
        if name in PACKET
        else Column(name, kind, nullable, *_FORCED_ONLY[name])
        for name in names.split()
    )


_FORCED_ONLY: dict[str, tuple[str, str]] = {
    "sciinpseeing": ("pixel", "full width at half maximum of the science image"),
    "scibckgnd": ("DN", "background of the science image"),
    "scisigpix": ("DN", "robust scatter of a pixel of the science image"),
    "adpctdif1": ("arcsec", "astrometric RMS along right ascension"),
    "adpctdif2": ("arcsec", "astrometric RMS along declination"),
    "forcediffimflux": ("DN", "forced PSF-fit flux of the difference image"),
    "forcediffimfluxunc": ("DN", "1-sigma uncertainty of forcediffimflux"),
    "procstatus": ("", "processing status codes, '0' for no warning"),
}

FORCED_FIELDS: tuple[Column, ...] = (
    *_forced("i4", True, "field rcid"),
    *_forced("i4", False, "fid"),
    *_forced("i8", False, "pid rfid"),
    *_forced("f4", True, "sciinpseeing scibckgnd scisigpix magzpsci magzpsciunc magzpscirms clrcoeff clrcounc"),
    *_forced("f4", True, "exptime adpctdif1 adpctdif2 diffmaglim"),
    *_forced("i4", False, "programid"),
    *_forced("f8", False, "jd"),
    *_forced("f4", True, "forcediffimflux forcediffimfluxunc"),
    *_forced("text", True, "procstatus"),
    *_forced("f4", True, "distnr"),
    *_forced("f8", False, "ranr decnr"),
    *_forced("f4", True, "magnr sigmagnr chinr sharpnr"),
)
"""Every field of an entry of `fp_hists`."""

TOP_FIELDS: tuple[Column, ...] = (*ALERT, PACKET["candid"])
"""The fields of the packet's top level before the candidate record."""

CUTOUT_FIELDS: tuple[Column, ...] = (Column("fileName", "text", False, "", "name of the cutout's file"),)
"""The field of a cutout before its bytes."""

_AVRO: dict[Kind, str] = {"f4": "float", "f8": "double", "i4": "int", "i8": "long", "text": "string"}


def _field(column: Column) -> dict[str, object]:
    doc = f"{column.meaning} [{column.unit}]" if column.unit else column.meaning
    kind = _AVRO[column.kind]
    if column.nullable:
        return {"name": column.name, "type": ["null", kind], "doc": doc, "default": None}
    return {"name": column.name, "type": kind, "doc": doc}


def _record(name: str, columns: tuple[Column, ...]) -> dict[str, object]:
    return {"type": "record", "name": f"ztf.alert.{name}", "fields": [_field(column) for column in columns]}


def _optional(name: str, kind: object) -> dict[str, object]:
    return {"name": name, "type": ["null", kind], "default": None}


@cache
def writer_schema() -> str:
    """Return the writer schema as JSON, the same text every time."""
    stamp = {"name": "stampData", "type": "bytes", "doc": "gzipped FITS image"}
    fields = [*(_field(column) for column in CUTOUT_FIELDS), stamp]
    cutout = {"type": "record", "name": "ztf.alert.cutout", "fields": fields}
    schema = {
        "type": "record",
        "name": "ztf.alert",
        "doc": "an alert in the shape of ZTF's packets, made by huntui's simulation",
        "version": VERSION,
        "fields": [
            *(_field(column) for column in TOP_FIELDS),
            {"name": "candidate", "type": _record("candidate", CANDIDATE)},
            _optional("prv_candidates", {"type": "array", "items": _record("prv_candidate", HISTORY_FIELDS)}),
            _optional("fp_hists", {"type": "array", "items": _record("fp_hist", FORCED_FIELDS)}),
            _optional("cutoutScience", cutout),
            _optional("cutoutTemplate", "ztf.alert.cutout"),
            _optional("cutoutDifference", "ztf.alert.cutout"),
        ],
    }
    return json.dumps(schema, separators=(",", ":"), ensure_ascii=True)


def _long(value: int) -> bytes:
    value, out = value << 1, bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _bytes(value: bytes) -> bytes:
    return _long(len(value)) + value


@cache
def container_header() -> bytes:
    """Return what every packet's container starts with: magic, metadata, sync marker."""
    metadata = {b"avro.schema": writer_schema().encode(), b"avro.codec": b"null"}
    pairs = b"".join(_bytes(key) + _bytes(value) for key, value in metadata.items())
    return b"Obj\x01" + _long(len(metadata)) + pairs + _long(0) + SYNC
