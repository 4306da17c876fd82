"""Whatever is done to a packet of one alert, it is exactly one of alert and bad packet, however it is read."""

import io
import json
import tarfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from containers import HEADER, RECORD, SYNC, WHOLE, batch_of, block, body, header, packed, packet, verdicts, zigzag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huntui.packets.odd import house_schema
from huntui.sources.folder import FolderSource
from huntui.sources.tar import TarSource

MAP = {"name": "tags", "type": {"type": "map", "values": "long"}}
ODD = {**house_schema(), "fields": [*house_schema()["fields"], MAP]}
FORCED = [{"jd": 2460000.3, "fid": 1, "forcediffimflux": 12.5, "procstatus": "0"}] * 2

MADE = [
    WHOLE,
    packet({**RECORD, "prv_candidates": None, "fp_hists": FORCED}),
    packet(codec="deflate"),
    packet(codec="snappy"),
    header(ODD, "deflate") + block(1, packed(body({**RECORD, "tags": {"a": 1}}, ODD), "deflate")),
]
"""A packet of each way that decoding can take."""

NUMBERS = [0, 1, -1, 13, 64, -64, 10_000, 10_001, 2**24, 2**31 - 1, 2**31, -(2**31), 2**40, 2**62, 2**63 - 1, -(2**63)]


def fuzz(examples: int) -> settings:
    """Return the settings of a test: the machine may be slow, and the packets come from fixtures."""
    unhurried = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=examples, deadline=None, suppress_health_check=unhurried)


@cache
def real(paths: tuple[Path, ...]) -> list[bytes]:
    """Return a few real packets."""
    return [path.read_bytes() for path in paths[:: max(1, len(paths) // 3)][:3]]


@pytest.fixture(scope="module")
def whole(packet_files: list[Path]) -> list[bytes]:
    """Return packets that are whole, made and real ones."""
    return [*MADE, *real(tuple(packet_files))]


def place(draw: st.DrawFn, data: bytes) -> int:
    """Draw a place in a packet: as often behind its header as in it."""
    start = data.find(data[-16:]) + 16
    first = start if 16 <= start < len(data) and draw(st.booleans()) else 0
    return draw(st.integers(first, max(first, len(data) - 1)))


@st.composite
def harmed(draw: st.DrawFn, packets: Sequence[bytes]) -> bytes:
    """Draw a packet to which one to four things were done."""
    data = draw(st.sampled_from(packets))
    for _ in range(draw(st.integers(1, 4))):
        at = place(draw, data)
        match draw(st.sampled_from(["flip", "noise", "number", "cut", "drop", "splice", "header", "twice"])):
            case "flip" if data:
                data = data[:at] + bytes([data[at] ^ (1 << draw(st.integers(0, 7)))]) + data[at + 1 :]
            case "noise":
                noise = draw(st.binary(max_size=20))
                data = data[:at] + noise + data[at + len(noise) :]
            case "number":
                number = zigzag(draw(st.sampled_from(NUMBERS)))
                data = data[:at] + number + data[at + draw(st.sampled_from([0, 1, len(number)])) :]
            case "cut":
                data = data[:at]
            case "drop":
                data = data[:at] + data[at + draw(st.integers(1, 20)) :]
            case "splice":
                other = draw(st.sampled_from(packets))
                data = data[:at] + other[place(draw, other) :]
            case "header":
                other = draw(st.sampled_from(packets))
                data = other[: other.find(other[-16:])] + data[data.find(data[-16:]) :]
            case "twice":
                data += data[at:]
    return data


def check(good: bytes, bad: Sequence[bytes]) -> list[Any]:
    """Decode damaged packets between good ones and each alone; return what became of them."""
    (expected,) = verdicts([batch_of([good])])
    among = verdicts([batch_of([good, *bad, good])])
    assert among[0] == among[-1] == expected
    found = among[1:-1]
    assert found == [verdicts([batch_of([one])])[0] for one in bad]
    for reason, alerts in found:
        # More than one alert takes a packet that was put together from several, whose whole blocks count.
        assert len(alerts) == 1 - (reason is not None) or len(alerts) > 1
    return found


@pytest.mark.slow
@fuzz(250)
@given(data=st.data())
def test_a_harmed_packet_is_an_alert_or_a_reason_and_its_neighbours_are_untouched(
    whole: list[bytes], data: st.DataObject
) -> None:
    """Bits flipped, bytes cut, numbers that lie, packets put together from two, headers exchanged."""
    check(data.draw(st.sampled_from(whole)), data.draw(st.lists(harmed(whole), min_size=1, max_size=3)))


@pytest.mark.slow
@fuzz(40)
@given(data=st.data())
def test_the_same_bytes_are_judged_alike_in_memory_in_files_and_in_a_tar(
    whole: list[bytes], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Though from files only the fronts are read, and from an archive what lies around the packets as well."""
    packets = data.draw(st.lists(st.sampled_from(whole) | harmed(whole), min_size=1, max_size=8))
    folder = tmp_path_factory.mktemp("night")
    with tarfile.open(folder / "night.tar", "w") as tar:
        for k, one in enumerate(packets):
            (folder / f"{k}.avro").write_bytes(one)
            member = tarfile.TarInfo(f"night/{k}.avro")
            member.size = len(one)
            tar.addfile(member, io.BytesIO(one))
    expected = verdicts([batch_of(packets)])
    assert verdicts(FolderSource(folder).batches()) == expected
    assert verdicts(TarSource(folder / "night.tar").batches()) == expected


@pytest.mark.slow
@fuzz(150)
@given(content=st.binary(max_size=400), count=st.sampled_from([0, 1, 2, 5]))
def test_any_bytes_in_a_block_that_is_framed_well_are_judged(content: bytes, count: int) -> None:
    """Noise behind a good header can do no more harm than noise anywhere."""
    check(WHOLE, [HEADER + block(count, content), header(ODD) + block(count, content)])


PLAIN = st.sampled_from(["null", "boolean", "int", "long", "float", "double", "bytes", "string", "alert", "x", 3, None])
NAMES = st.sampled_from(["a", "b", "n.a", "huntui.prv", "huntui.alert", "candid", "jd", ""])


def containing(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return schemas that hold others."""
    fields = st.lists(st.fixed_dictionaries({"name": NAMES, "type": inner}), max_size=3)
    return st.one_of(
        st.lists(inner, max_size=3),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.fixed_dictionaries({"type": st.just("map"), "values": inner}),
        st.fixed_dictionaries({"type": st.just("record"), "name": NAMES, "fields": fields}),
        st.fixed_dictionaries({"type": st.just("fixed"), "name": NAMES, "size": st.sampled_from([-1, 0, 1, 9, 2**70])}),
        st.fixed_dictionaries({"type": st.just("enum"), "name": NAMES, "symbols": st.lists(NAMES, max_size=2)}),
        st.fixed_dictionaries({"type": inner}),
    )


SCHEMAS = st.recursive(PLAIN | NAMES, containing, max_leaves=12)


@pytest.mark.slow
@fuzz(250)
@given(kind=SCHEMAS, at=st.integers(0, 6), rest=st.binary(max_size=60), codec=st.sampled_from(["null", "snappy"]))
def test_any_schema_in_the_place_of_a_field_is_judged(kind: Any, at: int, rest: bytes, codec: str) -> None:
    """One that contains itself, names what there is not, has no bytes or no meaning."""
    schema = house_schema()
    schema["fields"].insert(at, {"name": "more", "type": kind})
    check(WHOLE, [header(schema, codec) + block(1, packed(body() + rest, codec))])


@pytest.mark.slow
@fuzz(150)
@given(data=st.data())
def test_a_schema_with_one_part_exchanged_is_judged(data: st.DataObject) -> None:
    """Any part of the schema itself, for any other."""
    schema = house_schema()
    part: Any = schema
    while True:
        key = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        if not isinstance(part[key], (dict, list)) or not part[key] or data.draw(st.integers(0, 3)) == 0:
            break
        part = part[key]
    part[key] = data.draw(PLAIN | NAMES | SCHEMAS)
    check(WHOLE, [header(schema) + block(1, body())])


@pytest.mark.parametrize("depth", [10, 31, 32, 33, 60, 3000])
@pytest.mark.parametrize("kind", ["array", "map", "record", "union"])
def test_a_schema_of_any_depth_is_judged(kind: str, depth: int) -> None:
    """And so are packets that fill it with bytes which go down as deep."""
    text = '"int"'
    for k in range(depth):
        text = {
            "array": f'{{"type":"array","items":{text}}}',
            "map": f'{{"type":"map","values":{text}}}',
            "record": f'{{"type":"record","name":"d{k}","fields":[{{"name":"x","type":{text}}}]}}',
            "union": f'["null",{{"type":"record","name":"d{k}","fields":[{{"name":"x","type":{text}}}]}}]',
        }[kind]
    plain = json.dumps(house_schema())
    deep = plain.replace('"fields": [', '"fields": [{"name": "deep", "type": ' + text + "}, ", 1).encode()
    found = check(WHOLE, [header(deep) + block(1, b"\x02" * depth + bytes(depth) + body()), header(deep) + SYNC])
    assert all(reason for reason, _ in found) or depth < 40
