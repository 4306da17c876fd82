"""No bytes make the decoder raise, read outside its buffer, or mistake one packet for another."""

import tracemalloc
from typing import Any

import numpy as np
import pytest
from containers import (
    BODY,
    HEADER,
    RECORD,
    WHOLE,
    batch_of,
    block,
    body,
    decode,
    header,
    judged,
    packet,
    reasons,
    zigzag,
)

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.packets.odd import house_schema

DAMAGED = [
    (b"", "not_avro"),
    (b"Obj", "truncated"),
    (b"PK\x03\x04 a zip", "not_avro"),
    (b"SIMPLE  =                    T", "not_avro"),
    (WHOLE[:100], "truncated"),
    (HEADER[:-1], "truncated"),
    (HEADER, "no_records"),
    (WHOLE[:-1], "truncated"),
    (WHOLE[: len(HEADER) + 1], "truncated"),
    (WHOLE + b"x", "truncated"),
    (WHOLE[:-1] + b"x", "bad_block"),
    (HEADER + block(1, BODY, size=2**40), "truncated"),
    (HEADER + block(1, BODY, size=-5), "bad_block"),
    (HEADER + block(-1, BODY), "bad_block"),
    (HEADER + block(2**40, BODY), "bad_block"),
    (HEADER + block(2, BODY), "out_of_bounds"),
    (HEADER + block(0, BODY), "bad_block"),
    (HEADER + block(1, BODY + b"\0"), "bad_block"),
    (HEADER + block(1, BODY[:-3]), "out_of_bounds"),
    (HEADER + block(1, b"\x02" + zigzag(2**50) + BODY), "out_of_bounds"),
    (HEADER + block(1, b"\x02" + zigzag(-1) + BODY), "out_of_bounds"),
    (HEADER + block(1, b"\x04" + BODY), "bad_value"),
    (HEADER + b"\xff" * 12, "truncated"),
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
    alerts, _ = decode(WHOLE, data, WHOLE)
    assert alerts.addresses[:, 0].tolist() == [0, 2]


def test_a_block_is_taken_or_refused_as_a_whole() -> None:
    """Whole blocks before the damage count, the damaged one does not, and it leaves no trace behind."""
    damaged = HEADER + block(2, BODY * 2) + block(2, BODY + BODY[:-2])
    alerts, bad = decode(damaged, WHOLE)
    assert bad == [(0, "out_of_bounds")]
    assert alerts.addresses[:, 0].tolist() == [0, 0, 1]
    assert alerts.record.tolist() == [0, 1, 0]
    assert alerts.history.offsets.tolist() == [0, 3, 6, 9]
    for name, values in alerts.columns.items():
        np.testing.assert_array_equal(values[0], values[2], name)


def test_many_records_and_many_blocks_are_all_alerts() -> None:
    """More rows than were foreseen make the output grow, and nothing is lost on the way."""
    alerts, bad = decode(HEADER + b"".join(block(5, BODY * 5) for _ in range(300)), WHOLE)
    assert not bad
    assert len(alerts) == 1501
    assert alerts.history.offsets.tolist() == list(range(0, 3 * 1501 + 1, 3))


def test_a_history_longer_than_any_real_one_is_refused() -> None:
    """10,000 entries are the most, told in one array block or in many."""
    entry = RECORD["prv_candidates"][0]
    assert not reasons(packet({**RECORD, "prv_candidates": [entry] * 10_000}))
    assert reasons(packet({**RECORD, "prv_candidates": [entry] * 10_001})) == ["too_large"]


@pytest.mark.slow
def test_a_packet_of_more_alerts_than_any_real_one_is_refused() -> None:
    """Those of whole blocks before the one that is too much stay, as before any other damage."""
    small = house_schema()
    small["fields"] = [one for one in small["fields"] if one["name"] in ("objectId", "candidate")]
    one = body(schema=small)
    most = header(small) + block(4000, one * 4000) + block(6000, one * 6000)
    assert judged(most) == (10_000, [])
    assert judged(most + block(1, one)) == (10_000, ["too_large"])
    assert judged(header(small) + block(10_001, one * 10_001)) == (0, ["too_large"])


def test_a_packet_larger_than_any_real_one_is_refused() -> None:
    """16 MiB are the most."""
    assert reasons(WHOLE + bytes(16 * 2**20)) == ["too_large"]


@pytest.mark.parametrize(
    "items",
    ["null", {"type": "record", "name": "nothing", "fields": []}, {"type": "fixed", "name": "none", "size": 0}],
)
def test_an_array_of_entries_without_bytes_is_refused(items: Any) -> None:
    """Else a packet of a few bytes could claim any number of them."""
    schema = house_schema()
    schema["fields"].append({"name": "nothings", "type": {"type": "array", "items": items}})
    assert reasons(header(schema) + block(1, BODY + zigzag(2**40) + zigzag(0))) == ["bad_schema"]


@pytest.mark.parametrize("depth", [40, 5000])
def test_a_deep_schema_is_refused(depth: int) -> None:
    """However deep the records lie in each other."""
    inner = '"string"'
    for k in range(depth):
        inner = f'{{"type":"record","name":"r{k}","fields":[{{"name":"x","type":{inner}}}]}}'
    assert reasons(header(inner.encode()) + block(1, b"\x02a")) == ["bad_schema"]


def test_a_schema_that_doubles_itself_is_refused() -> None:
    """Named types used twice per level would make a plan of a million operations."""
    text = '{"type":"record","name":"r0","fields":[{"name":"a","type":"int"}]}'
    for k in range(1, 25):
        two = f'{{"name":"a","type":{text}}},{{"name":"b","type":"r{k - 1}"}}'
        text = f'{{"type":"record","name":"r{k}","fields":[{two}]}}'
    assert reasons(header(text.encode()) + block(1, b"\x02a")) == ["bad_schema"]


@pytest.mark.slow  # minutes where the kernels run as plain Python, since each header is compared with all before it
def test_more_headers_than_are_kept_do_no_harm() -> None:
    """Plans are forgotten from time to time, and learned again when they are met again."""
    decoder = AlertDecoder(TextPool())
    kinds = [packet(version=str(k)) for k in range(300)]
    for first in range(0, 300, 60):
        alerts, bad = decoder.decode(batch_of(kinds[first : first + 60]))
        assert not bad
        versions = [alerts.texts.text(int(code)) for code in alerts.version]
        assert versions == [str(k) for k in range(first, first + 60)]
    assert len(decoder.decoder.headers) < 300


def peak_mebibytes(*batches: list[bytes]) -> float:
    """Return the most memory that decoding took."""
    decoder = AlertDecoder(TextPool())
    tracemalloc.start()
    try:
        for packets in batches:
            _, bad = decoder.decode(batch_of(packets))
            assert not bad
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_one_long_text_takes_no_room_but_its_own() -> None:
    """Room for texts grows without the room for rows."""
    assert peak_mebibytes([packet({**RECORD, "publisher": "x" * 8 * 2**20})]) < 250


@pytest.mark.slow
def test_one_packet_of_many_entries_does_not_make_the_next_batch_large() -> None:
    """What the next packets will need is learned from those before, within reason."""
    many = body({**RECORD, "prv_candidates": RECORD["prv_candidates"] * 100})
    assert peak_mebibytes([HEADER + block(200, many * 200)], [WHOLE] * 64) < 250
