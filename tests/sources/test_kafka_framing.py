"""Packets that come in other wrappings are found, and what is no packet is left for the decoder to judge."""

import gzip
import json
from pathlib import Path

import pytest

from huntui.errors import ConfigError
from huntui.packets.container import blocks, read_header
from huntui.packets.faults import MAX_PACKET_BYTES
from huntui.sources.kafka.framing import Framing
from huntui.sources.simulated import SimulatedSource


@pytest.fixture(scope="module")
def packet() -> bytes:
    """Return a packet."""
    return SimulatedSource("20240707", count=1).fetch([0, 0])  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def record(packet: bytes) -> bytes:
    """Return the bare record of the packet."""
    ((_, body),) = blocks(packet, read_header(packet))
    return body


@pytest.fixture
def schema(packet: bytes, tmp_path: Path) -> Path:
    """Return a file with the schema of the packet."""
    path = tmp_path / "17.avsc"
    path.write_bytes(read_header(packet).schema)
    return path


def body_of(packet: bytes) -> bytes:
    """Return the one record in a container."""
    ((count, body),) = blocks(packet, read_header(packet))
    assert count == 1
    return body


def test_a_packet_of_the_survey_is_not_touched(packet: bytes) -> None:
    """The very same object, and nothing is copied."""
    assert Framing(None).packet(packet) is packet


@pytest.mark.parametrize("front", [b"\0\0\0\0\x11", b"\x03\0" + bytes(16), b"x"])
def test_a_container_behind_a_few_bytes_is_found(packet: bytes, front: bytes) -> None:
    """As where a producer put a number before a whole container."""
    assert Framing(None).packet(front + packet) == packet


def test_a_packet_that_is_packed_with_gzip_is_unpacked_and_never_beyond_bounds(packet: bytes) -> None:
    """A bomb ends one byte behind the largest packet, which is refused as too large."""
    assert Framing(None).packet(gzip.compress(packet)) == packet
    bomb = gzip.compress(bytes(4 * MAX_PACKET_BYTES))
    assert len(Framing(None).packet(bomb)) == MAX_PACKET_BYTES + 1


def test_a_numbered_record_is_put_into_a_container_with_the_schema_of_a_file(record: bytes, schema: Path) -> None:
    """The wire format of a schema registry, from one file or from a folder with a file for each number."""
    message = b"\0" + (17).to_bytes(4) + record
    for where in (schema, schema.parent):
        made = Framing(where).packet(message)
        assert json.loads(read_header(made).schema)["name"] == "ztf.alert"
        assert body_of(made) == record
    assert body_of(Framing(schema).packet(record)) == record


def test_what_cannot_be_unwrapped_is_left_as_it_is(record: bytes, schema: Path, packet: bytes) -> None:
    """Nothing raises, and the decoder has the last word."""
    unknown = b"\0" + (18).to_bytes(4) + record
    assert Framing(schema.parent).packet(unknown) == unknown
    assert Framing(None).packet(unknown) == unknown
    assert Framing(None).packet(b"\x1f\x8bno gzip") == b"\x1f\x8bno gzip"
    assert Framing(schema).packet(None) == b""
    assert Framing(schema).packet(b"") == b""
    assert Framing(schema).packet(packet) is packet


def test_a_schema_that_cannot_be_used_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    """No such file, no JSON, and the schema of something else."""
    with pytest.raises(ConfigError, match="cannot be read"):
        Framing(tmp_path / "nothing.avsc")
    for text in ("{", '{"type": "record", "name": "a", "fields": []}'):
        path = tmp_path / f"{len(text)}.avsc"
        path.write_text(text)
        with pytest.raises(ConfigError, match="no schema of a ZTF alert"):
            Framing(path)
