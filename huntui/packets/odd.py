"""Schemas that the kernel has no plan for: fastavro reads their records, which are written again in the house schema.

fastavro is made for files that one trusts. Its readers are compiled and recurse without a limit, so that a schema which
contains itself, and a packet of a few thousand bytes, would end the process; and an array of entries without bytes may
claim any number of them. So a schema is first rebuilt from the parts that decoding needs, without any of that.
"""

import io
import json
import struct
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import fastavro
from fastavro.schema import SchemaParseException

from huntui.columns import ALERT, CANDIDATE, FORCED, HISTORY, Column
from huntui.packets import faults
from huntui.packets.container import SYNC_BYTES, BadPacketError, write_header
from huntui.packets.plan import MAX_DEPTH, read_schema

MAX_ODD_BYTES = 2 * 2**20
"""Records become Python objects, many times the size of their bytes, so less of them is taken in one block."""

_FASTAVRO_RAISES = (
    LookupError,
    ValueError,
    TypeError,
    ArithmeticError,
    RecursionError,
    AttributeError,
    AssertionError,
    struct.error,
    SchemaParseException,
)
"""What damaged bytes and wrong schemas make fastavro raise, besides EOFError."""

_PRIMITIVES = ("boolean", "int", "long", "float", "double", "bytes", "string")
_AVRO = {"f4": "float", "f8": "double", "i4": "int", "i8": "long", "text": "string"}


def _record(name: str, columns: tuple[Column, ...], required: tuple[str, ...]) -> dict[str, Any]:
    fields = [
        {"name": c.name, "type": _AVRO[c.kind] if c.name in required else ["null", _AVRO[c.kind]]} for c in columns
    ]
    return {"type": "record", "name": name, "fields": fields}


def house_schema() -> dict[str, Any]:
    """Return the schema in which odd records are written again: the columns that huntui knows, and no others."""
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


@cache
def house_header() -> bytes:
    """Return the header of a container in the house schema; its sync marker is all zeros."""
    return write_header(json.dumps(house_schema()).encode(), bytes(SYNC_BYTES))


@cache
def _house() -> Any:
    return fastavro.parse_schema(house_schema())


@dataclass(slots=True)
class _Rebuilt:
    """A writer schema with every name replaced by a plain one, and nothing in it that decoding does not need."""

    names: dict[str, tuple[str, int] | None] = field(default_factory=dict)
    """New name and height of each definition, by its old names; None while it is being defined."""
    definitions: int = 0

    def kind(self, kind: Any, namespace: str, depth: int) -> tuple[Any, int]:
        """Return a type and the height of what it holds; raises `BadPacketError`."""
        if depth > MAX_DEPTH:
            raise BadPacketError(faults.BAD_SCHEMA)
        if isinstance(kind, list):
            branches = [("null", 0) if one == "null" else self.kind(one, namespace, depth + 1) for one in kind]
            return [branch for branch, _ in branches], _above(branches)
        if isinstance(kind, str):
            return (kind, 0) if kind in _PRIMITIVES else self.reference(kind, namespace, depth)
        if not isinstance(kind, dict):
            raise BadPacketError(faults.BAD_SCHEMA)
        match kind.get("type"):
            case "array" | "map" as which:
                part = "items" if which == "array" else "values"
                inner, height = self.kind(kind.get(part), namespace, depth + 1)
                return {"type": which, part: inner}, height + 1
            case "record" | "error" | "enum" | "fixed":
                return self.definition(kind, namespace, depth)
            case inner:
                return self.kind(inner, namespace, depth + 1)

    def reference(self, name: str, namespace: str, depth: int) -> tuple[str, int]:
        """Follow a name to a definition before it that is complete, and so cannot contain itself."""
        known = self.names.get(f"{namespace}.{name}", self.names.get(name))
        if known is None or depth + known[1] > MAX_DEPTH:
            raise BadPacketError(faults.BAD_SCHEMA)
        return known

    def definition(self, kind: dict[str, Any], namespace: str, depth: int) -> tuple[dict[str, Any], int]:
        """Rebuild a named type under a plain name of its own."""
        name = kind.get("name")
        if not isinstance(name, str):
            raise BadPacketError(faults.BAD_SCHEMA)
        namespace = name.rpartition(".")[0] if "." in name else str(kind.get("namespace", namespace))
        old = {name, f"{namespace}.{name}"}
        new = f"t{self.definitions}"
        self.definitions += 1
        self.names.update(dict.fromkeys(old))
        rebuilt: dict[str, Any] = {"type": kind["type"], "name": new}
        height = 0
        if kind["type"] == "enum":
            rebuilt["symbols"] = kind.get("symbols")
        elif kind["type"] == "fixed":
            rebuilt["size"] = kind.get("size")
            if not isinstance(rebuilt["size"], int) or not 0 < rebuilt["size"] < 2**31:
                raise BadPacketError(faults.BAD_SCHEMA)
        else:
            rebuilt["fields"], height = self.fields(kind.get("fields"), namespace, depth)
        self.names.update(dict.fromkeys(old, (new, height)))
        return rebuilt, height

    def fields(self, fields: Any, namespace: str, depth: int) -> tuple[list[dict[str, Any]], int]:
        """Rebuild the fields of a record, of which there must be one, so that no record is without bytes."""
        if not isinstance(fields, list) or not fields:
            raise BadPacketError(faults.BAD_SCHEMA)
        inner = []
        for one in fields:
            if not isinstance(one, dict) or not isinstance(one.get("name"), str):
                raise BadPacketError(faults.BAD_SCHEMA)
            inner.append(self.kind(one.get("type"), namespace, depth + 1))
        return [{"name": one["name"], "type": kind} for one, (kind, _) in zip(fields, inner, strict=True)], _above(
            inner
        )


def _above(parts: list[tuple[Any, int]]) -> int:
    return 1 + max((height for _, height in parts), default=0)


class OddSchema:
    """A writer schema for fastavro; raises `BadPacketError` when made from what is no schema of an alert."""

    def __init__(self, schema: bytes) -> None:
        rebuilt, _ = _Rebuilt().kind(read_schema(schema), "", 0)
        if not {"objectId", "candidate"} <= {one["name"] for one in rebuilt.get("fields", ())}:
            raise BadPacketError(faults.BAD_SCHEMA)
        try:
            self._parsed = fastavro.parse_schema(rebuilt)
        except _FASTAVRO_RAISES as error:
            raise BadPacketError(faults.BAD_SCHEMA) from error

    def rewrite(self, count: int, body: bytes) -> bytes:
        """Return the records of one block in the house schema; raises `BadPacketError`."""
        if len(body) > MAX_ODD_BYTES:
            raise BadPacketError(faults.TOO_LARGE)
        if count > len(body):
            raise BadPacketError(faults.BAD_BLOCK)
        records, out = io.BytesIO(body), io.BytesIO()
        for _ in range(count):
            try:
                record = fastavro.schemaless_reader(records, self._parsed, None, handle_unicode_errors="replace")
                fastavro.schemaless_writer(out, _house(), record)
            except EOFError as error:
                raise BadPacketError(faults.OUT_OF_BOUNDS) from error
            except _FASTAVRO_RAISES as error:
                raise BadPacketError(faults.BAD_VALUE) from error
            if out.tell() > faults.MAX_PACKET_BYTES:
                raise BadPacketError(faults.TOO_LARGE)
        if records.tell() != len(body):
            raise BadPacketError(faults.BAD_BLOCK)
        return out.getvalue()
