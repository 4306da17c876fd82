"""A container may have many blocks, many records, any order of metadata and any codec of the list, and be damaged."""

import io
import zlib
from pathlib import Path
from typing import Any

import cramjam
import fastavro
import numpy as np
import pytest
from containers import (
    BODY,
    HEADER,
    RECORD,
    SYNC,
    batch_of,
    block,
    body,
    decode,
    header,
    judged,
    packed,
    packet,
    reasons,
    zigzag,
)

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.packets.codecs import SNAPPY_MAX_RATIO
from huntui.packets.faults import MAX_PACKET_BYTES
from huntui.packets.odd import house_schema

CODECS = ("null", "deflate", "snappy")

ODD_SCHEMA = house_schema()
ODD_SCHEMA["fields"] = [{"name": "tags", "type": {"type": "map", "values": "long"}}, *ODD_SCHEMA["fields"]]
"""A map is nothing that the kernel has a plan for."""

ODD_BODY = body({**RECORD, "tags": {"a": 1, "b": 2}}, ODD_SCHEMA)


def records(*candids: int) -> list[dict[str, Any]]:
    """Return one alert per candid."""
    return [{**RECORD, "candidate": {**RECORD["candidate"], "candid": candid}} for candid in candids]


def container(codec: str, blocks: list[list[dict[str, Any]]], **metadata: Any) -> bytes:
    """Return a container with the given alerts in each of its blocks."""
    framed = (block(len(alerts), packed(b"".join(map(body, alerts)), codec)) for alerts in blocks)
    return header(house_schema(), codec, **metadata) + b"".join(framed)


@pytest.mark.parametrize("codec", CODECS)
def test_every_block_and_record_is_an_alert_whatever_the_codec(codec: str) -> None:
    """In the order in which they stand, each with its number in the packet and its own history."""
    data = container(codec, [records(1, 2, 3), records(4), [], records(5, 6)])
    alerts, bad = decode(data, packet())
    assert not bad
    assert alerts.columns["candid"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert alerts.record.tolist() == [0, 1, 2, 3, 4, 5, 0]
    assert alerts.addresses[:, 0].tolist() == [0] * 6 + [1]
    assert np.diff(alerts.history.offsets).tolist() == [3] * 7


@pytest.mark.parametrize("schema_first", [True, False])
@pytest.mark.parametrize("codec", [*CODECS, None])
def test_metadata_may_come_in_any_order_and_hold_anything(codec: str | None, schema_first: bool) -> None:
    """A container that names no codec has none."""
    start = header(house_schema(), codec, schema_first, **{"avro.sync": b"?", "": b"", "written.by": b"x" * 300})
    assert judged(start + block(1, packed(BODY, codec or "null"))) == (1, [])


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize(("schema", "one"), [(house_schema(), BODY), (ODD_SCHEMA, ODD_BODY)], ids=["plan", "odd"])
@pytest.mark.parametrize(
    ("behind", "reason"),
    [
        (b"\x80", "truncated"),
        (zigzag(1), "truncated"),
        (zigzag(1) + zigzag(100) + b"x" * 50, "truncated"),
        (zigzag(1) + zigzag(2**62), "truncated"),
        (zigzag(-1) + zigzag(0) + SYNC, "bad_block"),
        (zigzag(1) + zigzag(-1) + SYNC, "bad_block"),
    ],
)
def test_whole_blocks_before_bad_framing_count_and_the_packet_is_bad_as_well(
    codec: str, schema: Any, one: bytes, behind: bytes, reason: str
) -> None:
    """With one alert before it the packet is refused whole: every file of one record is an alert or a reason."""
    whole = [block(2, packed(one * 2, codec)), block(1, packed(one, codec))]
    start = header(schema, codec)
    assert judged(start + b"".join(whole) + behind) == (3, [reason])
    assert judged(start + whole[1] + behind) == (0, [reason])
    assert judged(start + behind) == (0, [reason])


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize(("schema", "one"), [(house_schema(), BODY), (ODD_SCHEMA, ODD_BODY)], ids=["plan", "odd"])
@pytest.mark.parametrize(
    ("count", "cut", "added", "reason"),
    [
        (1, None, b"\0", "bad_block"),
        (1, -1, b"", "out_of_bounds"),
        (3, None, b"", "out_of_bounds"),
        (0, None, b"", "bad_block"),
        (2**40, None, b"", "bad_block"),
    ],
)
def test_whole_blocks_before_bad_content_count_and_the_packet_is_bad_as_well(
    codec: str, schema: Any, one: bytes, count: int, cut: int | None, added: bytes, reason: str
) -> None:
    """Count, size and sync must agree with each other, unpacked or not, before any alert of a block counts."""
    damaged = block(count, packed(one[:cut] + added, codec))
    whole = block(2, packed(one * 2, codec))
    start = header(schema, codec)
    assert judged(start + whole + damaged + whole) == (2, [reason])
    assert judged(start + block(1, packed(one, codec)) + damaged) == (0, [reason])
    assert judged(start + damaged) == (0, [reason])


@pytest.mark.parametrize("codec", CODECS)
def test_a_value_that_cannot_be_is_told_the_same_with_a_plan_and_without(codec: str) -> None:
    """A branch that a union does not have, in the last block."""
    for schema, one, bad in ((house_schema(), BODY, b"\x08" + BODY), (ODD_SCHEMA, ODD_BODY, b"\0\x08" + BODY)):
        start = header(schema, codec)
        whole, damaged = (block(2, packed(2 * each, codec)) for each in (one, bad))
        assert judged(start + whole + damaged) == (2, ["bad_value"])
        assert judged(start + damaged) == (0, ["bad_value"])


@pytest.mark.parametrize("codec", ["deflate", "snappy"])
def test_a_block_that_does_not_unpack_is_a_bad_block(codec: str) -> None:
    """Cut short, too long or no such stream at all."""
    start, good = header(house_schema(), codec), packed(BODY, codec)
    whole = block(2, packed(BODY * 2, codec))
    for bad in (b"", b"\xff" * 50, good[:-5], good + b"?????"):
        assert judged(start + block(1, bad)) == (0, ["bad_block"]), bad
        assert judged(start + whole + block(1, bad)) == (2, ["bad_block"]), bad


def test_the_checksum_of_a_snappy_block_is_held_to() -> None:
    """It is that of what the block unpacks to, so one flipped bit of a float is seen."""
    good = packed(BODY, "snappy")
    flips = (good[:k] + bytes([good[k] ^ 1]) + good[k + 1 :] for k in range(len(good)))
    assert set(reasons(*(header(house_schema(), "snappy") + block(1, bad) for bad in flips))) == {"bad_block"}


def test_the_rest_of_a_zlib_checksum_behind_a_deflate_stream_is_no_damage() -> None:
    """Widely used writers cut one byte off it, not four."""
    start = header(house_schema(), "deflate")
    assert judged(start + block(1, zlib.compress(BODY)[2:-1])) == (1, [])
    assert judged(start + block(1, zlib.compress(BODY)[2:] + b"more")) == (0, ["bad_block"])


@pytest.mark.parametrize("codec", ["zstandard", "bzip2", "xz", "lzo", "", "Deflate"])
def test_an_unknown_codec_is_a_reason_of_its_own(codec: str) -> None:
    """Whether there is a plan for the schema or not."""
    assert reasons(header(house_schema(), codec) + block(1, BODY)) == ["bad_codec"]
    assert reasons(header(ODD_SCHEMA, codec) + block(1, ODD_BODY)) == ["bad_codec"]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("schema", [house_schema(), ODD_SCHEMA], ids=["plan", "odd"])
def test_a_container_without_records_says_so(codec: str, schema: Any) -> None:
    """Whether nothing stands behind its header or blocks of nothing."""
    start = header(schema, codec)
    assert judged(start) == (0, ["no_records"])
    assert judged(start + 3 * block(0, packed(b"", codec))) == (0, ["no_records"])


def test_an_empty_file_is_not_avro() -> None:
    """The beginning of a container is a packet that was cut, nothing at all is no packet."""
    assert reasons(b"", b"O", b"Obj", b"Obj\x02") == ["not_avro", "truncated", "truncated", "not_avro"]


@pytest.mark.parametrize("codec", ["deflate", "snappy"])
def test_a_compressed_packet_cannot_swell_beyond_what_a_packet_may_be(codec: str) -> None:
    """In one block or in many, nothing of it counts, as of any packet that is too large."""
    start, whole = header(house_schema(), codec), block(2, packed(BODY * 2, codec))
    assert judged(start + whole + block(1, packed(bytes(MAX_PACKET_BYTES + 1), codec))) == (0, ["too_large"])
    quarter = packed(BODY * (MAX_PACKET_BYTES // 4 // len(BODY)), codec)
    many = block(MAX_PACKET_BYTES // 4 // len(BODY), quarter)
    assert judged(start + 5 * many) == (0, ["too_large"])


def test_a_snappy_block_is_not_believed_what_it_claims() -> None:
    """It tells its size before its content, and a decoder allocates that much."""
    start = header(house_schema(), "snappy")
    assert cramjam.snappy.decompress_raw_len(b"\xff\xff\xff\xff\x0f") == 2**32 - 1
    assert reasons(start + block(1, b"\xff\xff\xff\xff\x0f" + bytes(64))) == ["bad_block"]
    densest = bytes(10 * 2**20)
    assert len(cramjam.snappy.compress_raw(densest)) * SNAPPY_MAX_RATIO > len(densest)


@pytest.mark.slow
def test_the_largest_packet_is_taken_compressed_or_not() -> None:
    """The bound is on what a packet unpacks to, and is the same for every codec."""
    wide = house_schema()
    wide["fields"].append({"name": "stamp", "type": "bytes"})
    room = MAX_PACKET_BYTES - 200_000
    content = BODY + zigzag(room) + bytes(room)
    for codec in CODECS:
        assert judged(header(wide, codec) + block(1, packed(content, codec))) == (1, []), codec


@pytest.mark.parametrize("codec", ["deflate", "snappy"])
def test_a_compressed_real_packet_is_what_it_is_uncompressed(codec: str, packet_files: list[Path]) -> None:
    """Every column of one packet of each header, without going through fastavro."""
    seen: dict[bytes, bytes] = {}
    for path in packet_files:
        data = path.read_bytes()
        seen.setdefault(data[: data.index(data[-16:])], data)
    plain = list(seen.values())
    again = []
    for data in plain:
        reader = fastavro.block_reader(io.BytesIO(data))
        content = next(reader).bytes_.getvalue()
        again.append(header(reader.metadata["avro.schema"].encode(), codec) + block(1, packed(content, codec)))
    decoder = AlertDecoder(TextPool())
    expected, _ = decoder.decode(batch_of(plain))
    found, bad = decoder.decode(batch_of(again))
    assert not bad
    for name, values in expected.columns.items():
        np.testing.assert_array_equal(found.columns[name], values, name)
    for name, values in expected.history.columns.items():
        np.testing.assert_array_equal(found.history.columns[name], values, name)
    np.testing.assert_array_equal(found.version, expected.version)


def test_the_container_is_framed_as_fastavro_frames_it() -> None:
    """The builders of these tests speak Avro, else the tests would prove nothing."""
    assert HEADER + block(1, BODY) == packet()
    for codec in CODECS:
        written = packet(number=3, codec=codec)
        mine = header(house_schema(), codec) + block(3, packed(BODY * 3, codec))
        assert judged(written) == judged(mine) == (3, [])
