"""A schema that the kernel has no plan for is read by fastavro, but only what cannot bring fastavro down."""

from typing import Any

import pytest
from containers import RECORD, block, body, decode, header, judged, reasons, zigzag

from huntui.packets.odd import MAX_ODD_BYTES, house_schema

MAP = {"name": "tags", "type": {"type": "map", "values": "long"}}


def schema_with(*fields: dict[str, Any]) -> dict[str, Any]:
    """Return the house schema with a map, and more fields, behind its own."""
    schema = house_schema()
    schema["fields"] += [MAP, *fields]
    return schema


def record_with(**values: Any) -> dict[str, Any]:
    """Return a record for such a schema."""
    return {**RECORD, "tags": {"a": 1}, **values}


def test_names_mean_what_they_mean_where_they_stand() -> None:
    """Namespaces are inherited, dotted names are their own, and a short name is looked for at home first."""
    point = {"type": "record", "name": "point", "namespace": "one", "fields": [{"name": "x", "type": "int"}]}
    other = {"type": "record", "name": "two.point", "fields": [{"name": "s", "type": "string"}]}
    inside = {"type": "record", "name": "two.user", "fields": [{"name": "p", "type": "point"}]}
    kinds = ({"type": "enum", "name": "E", "symbols": ["A", "B"]}, {"type": "fixed", "name": "F", "size": 3})
    shapes = [point, other, inside, "one.point", *kinds, ["null", "one.point", "E", {"type": "array", "items": "F"}]]
    schema = schema_with(*({"name": f"f{k}", "type": shape} for k, shape in enumerate(shapes)))
    values = [{"x": 1}, {"s": "a"}, {"p": {"s": "b"}}, {"x": 2}, "B", b"abc", [b"def", b"ghi"]]
    record = record_with(**{f"f{k}": value for k, value in enumerate(values)})
    assert judged(header(schema) + block(2, 2 * body(record, schema))) == (2, [])


def test_a_logical_type_is_read_as_what_it_is_kept_as() -> None:
    """A decimal of any scale, or a date of any year, is nothing that decoding has to work out."""
    decimal = {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 10**9}
    date = {"type": "long", "logicalType": "timestamp-millis"}
    schema = schema_with({"name": "a", "type": decimal}, {"name": "b", "type": date})
    content = body(record_with(), schema_with()) + zigzag(50) + bytes(50) + zigzag(2**60)
    assert judged(header(schema) + block(1, content)) == (1, [])


RECURSIVE = {"type": "record", "name": "r", "fields": [{"name": "next", "type": ["null", "r"]}]}
EMPTY = {"type": "record", "name": "nothing", "fields": []}
DEEP: Any = "int"
for _ in range(40):
    DEEP = {"type": "array", "items": DEEP}


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        (RECURSIVE, b"\x02" * 100_000 + b"\0"),
        ({"type": "map", "values": RECURSIVE}, b"\x02\x02a" + b"\x02" * 100_000),
        ({"type": "array", "items": "null"}, zigzag(2**60) + b"\0"),
        ({"type": "array", "items": EMPTY}, zigzag(2**60) + b"\0"),
        ({"type": "array", "items": {"type": "fixed", "name": "none", "size": 0}}, zigzag(2**60) + b"\0"),
        ({"type": "fixed", "name": "big", "size": 2**40}, b""),
        ({"type": "fixed", "name": "big", "size": "3"}, b"abc"),
        ({"type": "enum", "name": "e", "symbols": 5}, b"\0"),
        (DEEP, b"\x02" * 40),
        ("huntui.alert", b""),
        ("unheard.of", b"\0"),
        ({"type": {"type": {"type": "no such type"}}}, b"\0"),
        (7, b"\0"),
        (None, b"\0"),
        ({}, b"\0"),
    ],
)
def test_a_schema_that_could_do_harm_is_a_bad_schema(kind: Any, rest: bytes) -> None:
    """One that contains itself, or has entries without bytes, or is deeper than any real one, or is none."""
    schema = schema_with({"name": "x", "type": kind})
    assert reasons(header(schema) + block(1, body(record_with(), schema_with()) + rest)) == ["bad_schema"]


def test_a_name_used_twice_at_each_level_costs_nothing() -> None:
    """Such a schema unfolds to a million fields of a byte each, of which a packet has as many as it has bytes."""
    kind: Any = {"type": "record", "name": "r0", "fields": [{"name": "a", "type": "int"}]}
    for k in range(1, 20):
        fields = [{"name": "a", "type": kind}, {"name": "b", "type": f"r{k - 1}"}]
        kind = {"type": "record", "name": f"r{k}", "fields": fields}
    schema = schema_with({"name": "x", "type": kind})
    assert reasons(header(schema) + block(1, body(record_with(), schema_with()) + bytes(1000))) == ["out_of_bounds"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "record", "name": "user", "fields": [MAP]},
        {"type": "record", "name": "user", "fields": [MAP, {"name": "objectId", "type": "string"}]},
        {"type": "map", "values": "long"},
        ["null", house_schema()],
        [],
        "string",
        3,
    ],
)
def test_a_schema_of_something_else_is_a_bad_schema(schema: Any) -> None:
    """An alert has an objectId and a candidate."""
    assert reasons(header(schema) + block(1, bytes(50))) == ["bad_schema"]


def test_a_value_that_a_column_cannot_hold_is_a_bad_value() -> None:
    """As a null jd, or a word in the place of a number."""
    schema = schema_with()
    fields = {one["name"]: one for one in schema["fields"]}
    jd = next(one for one in fields["candidate"]["type"]["fields"] if one["name"] == "jd")
    jd["type"] = ["null", "double", "string"]
    for value, expected in ((2460000.5, []), (None, ["bad_value"]), ("today", ["bad_value"])):
        record = record_with(candidate={**RECORD["candidate"], "jd": value})
        assert reasons(header(schema) + block(1, body(record, schema))) == expected


def test_text_that_is_no_unicode_is_no_damage() -> None:
    """As on the way through the kernel."""
    schema = schema_with()
    content = body(record_with(), schema).replace(b"ZTF24aaaaaaa", b"ZTF24\xff\xfe\xfdaaaa")
    alerts, bad = decode(header(schema) + block(1, content))
    assert not bad
    assert len(alerts) == 1


def test_a_block_of_odd_records_is_kept_smaller_than_one_of_plain_ones() -> None:
    """Many blocks may still fill a packet, since they are read one after the other."""
    schema = schema_with({"name": "stamp", "type": "bytes"})
    size = MAX_ODD_BYTES - 10_000
    content = body(record_with(stamp=bytes(size)), schema)
    assert judged(header(schema) + 5 * block(1, content)) == (5, [])
    content = body(record_with(stamp=bytes(MAX_ODD_BYTES)), schema)
    assert judged(header(schema) + block(1, content)) == (0, ["too_large"])


def test_the_version_is_that_of_the_packets_own_header() -> None:
    """Not that of the house schema."""
    schema = {**schema_with(), "version": "9.9"}
    alerts, bad = decode(header(schema) + block(1, body(record_with(), schema)))
    assert not bad
    assert alerts.texts.text(int(alerts.version[0])) == "9.9"
