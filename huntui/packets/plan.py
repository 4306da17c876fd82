"""From a writer schema to a plan: flat instructions that the kernel runs without knowing what a schema is.

A plan has *operations*, one per field in the order of the bytes, and *segments*, which say which operations make up the
alert itself and which are the entries of an array.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.packets import faults
from huntui.packets.container import BadPacketError
from huntui.packets.layout import CANDIDATES, FORCED_PHOTOMETRY, HISTORIES, TOP_LEVEL, Layout, Stored

# Operations: (operation, null, argument, count). `null` is the byte that marks the null branch of a union, or -1 for no
# union; the argument is a column, a number of bytes, or how many operations a record has; SKIP_FIXED and READ_F4 are
# done for `count` fields in a row, of the same size or with one column after the other.
(
    SKIP_FIXED,
    SKIP_BYTES,
    READ_TEXT,
    READ_SIGN,
    READ_F4,
    READ_F8,
    OPTIONAL_RECORD,
    SKIP_VARINT,
    READ_I4,
    READ_I8,
    READ_BAND,
) = range(11)
# Segments: (kind, first operation, last operation, null, slot).
FIELDS, ARRAY = range(2)
SKIPPED, HISTORY_SLOT, FORCED_SLOT = range(3)

MAX_DEPTH = 32
MAX_OPERATIONS = 20_000
REQUIRED = ("objectId", "jd", "candid")

_READ: dict[tuple[str, Stored], int] = {
    ("float", "f4"): READ_F4,
    ("double", "f8"): READ_F8,
    ("int", "i4"): READ_I4,
    ("int", "i8"): READ_I8,
    ("long", "i8"): READ_I8,
    ("string", "text"): READ_TEXT,
    ("string", "sign"): READ_SIGN,
    ("int", "band"): READ_BAND,
}
"""How an Avro type is read for what a column is stored as."""
_SKIP: dict[str, tuple[int, int]] = {
    "null": (SKIP_FIXED, 0),
    "boolean": (SKIP_FIXED, 1),
    "float": (SKIP_FIXED, 4),
    "double": (SKIP_FIXED, 8),
    "int": (SKIP_VARINT, 0),
    "long": (SKIP_VARINT, 0),
    "string": (SKIP_BYTES, 0),
    "bytes": (SKIP_BYTES, 0),
}
_MOST_SKIPPED = 2**31
_NOTHING = Layout({})
_ARRAYS = {"prv_candidates": (HISTORY_SLOT, HISTORIES), "fp_hists": (FORCED_SLOT, FORCED_PHOTOMETRY)}


class UnplannableError(Exception):
    """A valid schema of a shape that the kernel does not take; its packets go through fastavro."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read the records behind one header."""

    operations: npt.NDArray[np.int32]
    """Shape (operations, 4)."""
    segments: npt.NDArray[np.int32]
    """Shape (segments, 5)."""
    version: str
    """Version that the header claims."""


@dataclass(slots=True)
class _Compiler:
    known: dict[str, Any] = field(default_factory=dict)
    operations: list[tuple[int, int, int, int]] = field(default_factory=list)
    segments: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    closed: int = 0
    """Operations before this one are complete: nothing more may be joined to them."""

    def emit(self, operation: int, null: int, argument: int) -> None:
        if len(self.operations) > self.closed:
            joined = _joined(self.operations[-1], (operation, null, argument, 1))
            if joined:
                self.operations[-1] = joined
                return
        if len(self.operations) >= MAX_OPERATIONS:
            raise BadPacketError(faults.BAD_SCHEMA)
        self.operations.append((operation, null, argument, 1))

    def resolve(self, kind: Any, namespace: str) -> Any:
        """Follow a name to its definition."""
        if not isinstance(kind, str) or kind in _SKIP:
            return kind
        for name in (f"{namespace}.{kind}", kind):
            if name in self.known:
                return self.known[name]
        raise BadPacketError(faults.BAD_SCHEMA)

    def remember(self, definition: dict[str, Any], namespace: str) -> str:
        """Note a named type and return the namespace that holds inside it."""
        name = definition.get("name")
        if not isinstance(name, str):
            raise BadPacketError(faults.BAD_SCHEMA)
        namespace = str(definition.get("namespace", namespace))
        if "." in name:
            namespace = name.rpartition(".")[0]
        else:
            self.known[f"{namespace}.{name}"] = definition
        self.known[name] = definition
        return namespace

    def union(self, kind: Any) -> tuple[Any, int]:
        """Split `[null, x]` into x and the byte of its null branch; anything but a union has none."""
        if not isinstance(kind, list):
            return kind, -1
        others = [branch for branch in kind if branch != "null"]
        if len(kind) != 2 or len(others) != 1:
            raise UnplannableError
        return others[0], 2 * kind.index("null")

    def value(self, kind: Any, path: str, layout: Layout, namespace: str, depth: int) -> None:
        """Emit the operations of one field; `path` is the column it may fill."""
        if depth > MAX_DEPTH:
            raise BadPacketError(faults.BAD_SCHEMA)
        kind, null = self.union(kind)
        kind = self.resolve(kind, namespace)
        if isinstance(kind, dict) and kind.get("type") in ("record", "error"):
            # Other records may repeat the names of columns without meaning them.
            inner = layout if path in ("candidate", "") and depth <= 1 else _NOTHING
            self.record(kind, null, inner, namespace, depth)
        elif isinstance(kind, dict) and kind.get("type") == "enum":
            self.remember(kind, namespace)
            self.emit(SKIP_VARINT, null, 0)
        elif isinstance(kind, dict) and kind.get("type") == "fixed":
            self.remember(kind, namespace)
            self.emit(SKIP_FIXED, null, _fixed_size(kind))
        elif isinstance(kind, dict) and kind.get("type") in ("array", "map"):
            raise UnplannableError
        else:
            self.primitive(kind["type"] if isinstance(kind, dict) and "type" in kind else kind, null, path, layout)

    def primitive(self, name: Any, null: int, path: str, layout: Layout) -> None:
        if not isinstance(name, str) or name not in _SKIP:
            raise BadPacketError(faults.BAD_SCHEMA)
        if path not in layout.place:
            self.emit(_SKIP[name][0], null, _SKIP[name][1])
            return
        stored, column = layout.place[path]
        if (name, stored) not in _READ:
            raise UnplannableError
        self.found.add(path)
        self.emit(_READ[name, stored], null, column)

    def record(self, definition: dict[str, Any], null: int, layout: Layout, namespace: str, depth: int) -> None:
        namespace = self.remember(definition, namespace)
        jump = len(self.operations)
        if null >= 0:
            if layout.place:
                raise UnplannableError
            self.emit(OPTIONAL_RECORD, null, 0)
        for one in _fields(definition):
            self.value(one["type"], one["name"], layout, namespace, depth + 1)
        if null >= 0:
            self.operations[jump] = (OPTIONAL_RECORD, null, len(self.operations) - jump - 1, 1)
            self.closed = len(self.operations)

    def root(self, definition: Any) -> None:
        """Emit the alert: plain fields first to last, with a segment of its own for each array."""
        if not isinstance(definition, dict) or definition.get("type") != "record":
            raise BadPacketError(faults.BAD_SCHEMA)
        namespace = self.remember(definition, "")
        for one in _fields(definition):
            first = self.closed = len(self.operations)
            kind, null = self.union(one["type"])
            if isinstance(kind, dict) and kind.get("type") == "array":
                slot, layout = _ARRAYS.get(one["name"], (SKIPPED, _NOTHING))
                self.entries(kind, layout, namespace)
                self.segments.append((ARRAY, first, len(self.operations), null, slot))
                continue
            layout = CANDIDATES if one["name"] == "candidate" else TOP_LEVEL
            self.value(one["type"], one["name"], layout, namespace, 0)
            self.segments.append((FIELDS, first, len(self.operations), -1, SKIPPED))

    def entries(self, kind: dict[str, Any], layout: Layout, namespace: str) -> None:
        first = len(self.operations)
        # The name of an array of plain values must not be mistaken for a column.
        self.value(kind.get("items"), "", layout, namespace, 1)
        entry = self.operations[first:]
        if not any(null >= 0 or operation != SKIP_FIXED or argument for operation, null, argument, _ in entry):
            # Entries of no bytes would let a packet claim any number of them.
            raise BadPacketError(faults.BAD_SCHEMA)


def _joined(last: tuple[int, int, int, int], new: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Return two operations as one, or None where they have to stay two."""
    operation, null, argument, count = last
    if new[:2] != (operation, null):
        return None
    if operation == READ_F4 and new[2] == argument + count:
        return operation, null, argument, count + 1
    if operation == SKIP_FIXED and null >= 0 and new[2] == argument:
        return operation, null, argument, count + 1
    if operation == SKIP_FIXED and null < 0 and argument + new[2] < _MOST_SKIPPED:
        return operation, null, argument + new[2], 1
    return None


def _fields(definition: dict[str, Any]) -> list[dict[str, Any]]:
    fields = definition.get("fields")
    if not isinstance(fields, list):
        raise BadPacketError(faults.BAD_SCHEMA)
    for one in fields:
        if not isinstance(one, dict) or not isinstance(one.get("name"), str) or "type" not in one:
            raise BadPacketError(faults.BAD_SCHEMA)
    return fields


def _fixed_size(definition: dict[str, Any]) -> int:
    size = definition.get("size")
    if not isinstance(size, int) or not 0 <= size < _MOST_SKIPPED:
        raise BadPacketError(faults.BAD_SCHEMA)
    return size


def read_schema(schema: bytes) -> dict[str, Any]:
    """Return the writer schema as JSON; raises `BadPacketError` when it is none."""
    try:
        parsed = json.loads(schema)
    except (ValueError, RecursionError) as error:
        raise BadPacketError(faults.BAD_SCHEMA) from error
    if not isinstance(parsed, dict):
        raise BadPacketError(faults.BAD_SCHEMA)
    return parsed


def compile_plan(schema: bytes) -> Plan:
    """Compile a writer schema.

    Raises `BadPacketError` for what is no schema of an alert and `UnplannableError` for what the kernel cannot take.
    """
    parsed = read_schema(schema)
    compiler = _Compiler()
    compiler.root(parsed)
    if not set(REQUIRED) <= compiler.found:
        raise BadPacketError(faults.BAD_SCHEMA)
    return Plan(
        np.array(compiler.operations, np.int32).reshape(-1, 4),
        _merge(compiler.segments),
        header_version(parsed),
    )


def header_version(schema: dict[str, Any]) -> str:
    """Return the version that a writer schema claims, shortened to what a version can be."""
    return "".join(c for c in str(schema.get("version", "")) if c.isprintable())[:16] or "unknown"


def _merge(segments: list[tuple[int, int, int, int, int]]) -> npt.NDArray[np.int32]:
    """Join neighbouring segments of plain fields, which saves the kernel a call for each."""
    merged: list[tuple[int, int, int, int, int]] = []
    for segment in segments:
        if merged and segment[0] == merged[-1][0] == FIELDS:
            merged[-1] = (FIELDS, merged[-1][1], segment[2], -1, SKIPPED)
        else:
            merged.append(segment)
    return np.array(merged, np.int32).reshape(-1, 5)
