"""No bytes make the decoder raise, read outside its buffer, or mistake one packet for another."""

import io
import json
import zlib
from pathlib import Path
from typing import Any

import fastavro
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huntui.packets import faults
from huntui.packets.batch import join
from huntui.packets.decode import Decoded, Decoder
from huntui.packets.normalise import MAX_ODD_BYTES, house_schema

RECORD: dict[str, Any] = {
    "objectId": "ZTF24aaaaaaa",
    "schemavsn": "4.02",
    "publisher": None,
    "candidate": {"jd": 2460000.5, "candid": 7, "fid": 1, "magpsf": 18.5, "isdiffpos": "t", "nbad": 0},
    "prv_candidates": [{"jd": 2460000.4, "fid": 2, "magpsf": None, "diffmaglim": 20.5}] * 3,
    "fp_hists": None,
}


def packet(record: dict[str, Any] = RECORD, number: int = 1, codec: str = "null", **changes: Any) -> bytes:
    """Return a packet with `number` records."""
    out = io.BytesIO()
    schema = {**house_schema(), **changes}
    fastavro.writer(out, fastavro.parse_schema(schema), [record] * number, codec=codec, sync_marker=b"s" * 16)
    return out.getvalue()


WHOLE = packet()
HEADER = WHOLE.index(b"s" * 16) + 16


def decode(*packets: bytes) -> Decoded:
    """Decode packets as one batch."""
    return Decoder().decode(join(list(packets), np.zeros((len(packets), 2), np.int64)))


def reasons(*packets: bytes) -> list[str]:
    """Return the reason of each bad packet."""
    return [faults.reason(int(fault)) for fault in decode(*packets).bad if fault]


def zigzag(value: int) -> bytes:
    """Return a number as Avro writes it."""
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def block(count: int, body: bytes, sync: bytes = b"s" * 16, size: int | None = None) -> bytes:
    """Return a block that says of itself what it is told to say."""
    return zigzag(count) + zigzag(len(body) if size is None else size) + body + sync


BODY = WHOLE[HEADER + len(zigzag(1)) + 2 : -16]


def test_the_block_is_built_as_the_writer_builds_it() -> None:
    """The helpers of this file speak Avro, else the tests below would prove nothing."""
    assert WHOLE[:HEADER] + block(1, BODY) == WHOLE


DAMAGED = [
    (b"", "not_avro"),
    (b"Obj", "truncated"),
    (b"PK\x03\x04 a zip", "not_avro"),
    (b"SIMPLE  =                    T", "not_avro"),
    (WHOLE[:100], "truncated"),
    (WHOLE[: HEADER - 1], "truncated"),
    (WHOLE[:HEADER], "no_records"),
    (WHOLE[:-1], "truncated"),
    (WHOLE[: HEADER + 1], "truncated"),
    (WHOLE + b"x", "truncated"),
    (WHOLE[:-1] + b"x", "bad_block"),
    (WHOLE[:HEADER] + block(1, BODY, size=2**40), "truncated"),
    (WHOLE[:HEADER] + block(1, BODY, size=-5), "bad_block"),
    (WHOLE[:HEADER] + block(-1, BODY), "bad_block"),
    (WHOLE[:HEADER] + block(2**40, BODY), "bad_block"),
    (WHOLE[:HEADER] + block(2, BODY), "out_of_bounds"),
    (WHOLE[:HEADER] + block(0, BODY), "bad_block"),
    (WHOLE[:HEADER] + block(1, BODY + b"\0"), "bad_block"),
    (WHOLE[:HEADER] + block(1, BODY[:-3]), "out_of_bounds"),
    (WHOLE[:HEADER] + block(1, b"\x02" + zigzag(2**50) + BODY), "out_of_bounds"),
    (WHOLE[:HEADER] + block(1, b"\x02" + zigzag(-1) + BODY), "out_of_bounds"),
    (WHOLE[:HEADER] + block(1, b"\x04" + BODY), "bad_value"),
    (WHOLE[:HEADER] + b"\xff" * 12, "truncated"),
    (WHOLE.replace(b'"type"', b'"tipe"'), "bad_schema"),
    (WHOLE.replace(b"objectId", b"objectXX"), "bad_schema"),
    (WHOLE.replace(b"huntui.prv", b"huntui\xffprv"), "bad_schema"),
    (b"Obj\x01" + zigzag(2**30), "not_avro"),
    (b"Obj\x01" + zigzag(1) + zigzag(2**60), "truncated"),
    (b"Obj\x01" + zigzag(0) + b"s" * 16, "bad_schema"),
]


@pytest.mark.parametrize(("data", "reason"), DAMAGED, ids=[str(k) for k in range(len(DAMAGED))])
def test_a_damaged_packet_has_one_stable_reason(data: bytes, reason: str) -> None:
    """And the packets before and behind it are decoded as if it were not there."""
    assert reasons(WHOLE, data, WHOLE) == [reason]
    assert decode(WHOLE, data, WHOLE).alerts == 2


def test_a_block_is_taken_or_refused_as_a_whole() -> None:
    """Whole blocks before the damage count, the damaged one does not, and it leaves no trace behind."""
    damaged = WHOLE[:HEADER] + block(2, BODY * 2) + block(2, BODY + BODY[:-2])
    decoded = decode(damaged, WHOLE)
    assert decoded.alerts == 3
    assert decoded.history == 9
    assert decoded.out.packet[:3].tolist() == [0, 0, 1]
    assert decoded.out.record[:3].tolist() == [0, 1, 0]
    assert [faults.reason(int(fault)) for fault in decoded.bad if fault] == ["out_of_bounds"]
    assert (decoded.out.alerts.i8[:, 0] == decoded.out.alerts.i8[:, 2]).all()


def test_many_records_and_many_blocks_are_all_alerts() -> None:
    """More rows than were foreseen make the output grow, and nothing is lost on the way."""
    many = WHOLE[:HEADER] + b"".join(block(5, BODY * 5) for _ in range(300))
    decoded = decode(many, WHOLE)
    assert decoded.alerts == 1501
    assert decoded.history == 3 * 1501
    assert decoded.out.history_end[:1501].tolist() == list(range(3, 3 * 1501 + 1, 3))
    assert not decoded.bad.any()


def test_a_history_longer_than_any_real_one_is_refused() -> None:
    """10,000 entries are the most, told in one array block or in many."""
    entry = RECORD["prv_candidates"][0]
    assert not decode(packet({**RECORD, "prv_candidates": [entry] * 10_000})).bad.any()
    assert reasons(packet({**RECORD, "prv_candidates": [entry] * 10_001})) == ["too_large"]


def test_a_packet_larger_than_any_real_one_is_refused() -> None:
    """16 MiB are the most."""
    assert reasons(WHOLE + bytes(16 * 2**20)) == ["too_large"]


def test_a_compressed_packet_cannot_swell_without_bound() -> None:
    """A bomb of zeros is refused before it is unpacked; a broken stream and an unknown codec are told apart from it."""
    zeros = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = zeros.compress(bytes(8 * MAX_ODD_BYTES)) + zeros.flush()
    deflated = packet(codec="deflate")
    start = deflated.index(b"s" * 16) + 16
    assert not decode(deflated).bad.any()
    assert reasons(deflated[:start] + block(1, bomb)) == ["too_large"]
    assert reasons(deflated[:start] + block(1, b"\xff" * 50)) == ["bad_codec"]
    assert reasons(deflated.replace(b"deflate", b"unknown")) == ["bad_codec"]


@pytest.mark.parametrize(
    "items",
    ["null", {"type": "record", "name": "nothing", "fields": []}, {"type": "fixed", "name": "none", "size": 0}],
)
def test_an_array_of_entries_without_bytes_is_refused(items: Any) -> None:
    """Else a packet of a few bytes could claim any number of them."""
    schema = house_schema()
    schema["fields"].append({"name": "nothings", "type": {"type": "array", "items": items}})
    header = WHOLE[: WHOLE.index(b"{")]
    text = json.dumps(schema).encode()
    fake = b"Obj\x01" + zigzag(1) + zigzag(11) + b"avro.schema" + zigzag(len(text)) + text + zigzag(0) + b"s" * 16
    assert header.startswith(b"Obj\x01")
    assert reasons(fake + block(1, BODY + zigzag(2**40) + zigzag(0))) == ["bad_schema"]


@pytest.mark.parametrize("depth", [40, 5000])
def test_a_deep_schema_is_refused(depth: int) -> None:
    """However deep the records lie in each other."""
    inner = '"string"'
    for k in range(depth):
        inner = f'{{"type":"record","name":"r{k}","fields":[{{"name":"x","type":{inner}}}]}}'
    text = inner.encode()
    fake = b"Obj\x01" + zigzag(1) + zigzag(11) + b"avro.schema" + zigzag(len(text)) + text + zigzag(0) + b"s" * 16
    assert reasons(fake + block(1, b"\x02a")) == ["bad_schema"]


def test_a_schema_that_doubles_itself_is_refused() -> None:
    """Named types used twice per level would make a plan of a million operations."""
    text = '{"type":"record","name":"r0","fields":[{"name":"a","type":"int"}]}'
    for k in range(1, 25):
        two = f'{{"name":"a","type":{text}}},{{"name":"b","type":"r{k - 1}"}}'
        text = f'{{"type":"record","name":"r{k}","fields":[{two}]}}'
    raw = text.encode()
    fake = b"Obj\x01" + zigzag(1) + zigzag(11) + b"avro.schema" + zigzag(len(raw)) + raw + zigzag(0) + b"s" * 16
    assert reasons(fake + block(1, b"\x02a")) == ["bad_schema"]


@pytest.mark.slow  # minutes where the kernels run as plain Python, since each header is compared with all before it
def test_more_headers_than_are_kept_do_no_harm() -> None:
    """Plans are forgotten from time to time, and learned again when they are met again."""
    decoder = Decoder()
    kinds = [packet(version=str(k)) for k in range(300)]
    for first in range(0, 300, 60):
        decoded = decoder.decode(join(kinds[first : first + 60], np.zeros((60, 2), np.int64)))
        assert decoded.alerts == 60
        assert decoded.versions == [str(k) for k in range(first, first + 60)]
    assert len(decoder.headers.number) < 300


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    changes=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.integers(0, len(WHOLE)),
)
def test_flipped_and_cut_bytes_are_an_alert_or_a_reason(changes: list[tuple[int, int]], cut: int) -> None:
    """Every packet of one record is exactly one of the two, and its neighbours are untouched."""
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    for damaged in (bytes(data), bytes(data[:cut])):
        decoded = decode(WHOLE, damaged, WHOLE)
        assert decoded.alerts + int((decoded.bad > 0).sum()) == 3
        assert not decoded.bad[0]
        assert not decoded.bad[2]


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=400))
def test_any_bytes_behind_a_real_header_are_an_alert_or_a_reason(body: bytes) -> None:
    """Noise in a well-framed block cannot do more harm than noise anywhere."""
    decoded = decode(WHOLE[:HEADER] + block(1, body))
    assert decoded.alerts + int(decoded.bad[0] > 0) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_real_packets_spliced_with_each_other_are_an_alert_or_a_reason(
    packet_files: list[Path], data: st.DataObject
) -> None:
    """The head of one packet on the tail of another."""
    one, other = (data.draw(st.sampled_from(packet_files)).read_bytes() for _ in range(2))
    at, behind = data.draw(st.integers(0, len(one))), data.draw(st.integers(0, len(other)))
    decoded = decode(one[:at] + other[behind:], one)
    assert not decoded.bad[1]
    assert decoded.alerts + int((decoded.bad > 0).sum()) == 2
