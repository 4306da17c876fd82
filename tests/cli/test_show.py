"""A whole packet is printed: as text, as JSON, and its schema."""

import base64
import json
from pathlib import Path

import pytest
from calling import Huntui
from oracles import fastavro_alerts


def test_every_field_of_a_real_packet_is_there_with_its_type(huntui: Huntui, packet_files: list[Path]) -> None:
    """In the order of its schema; the history below, and cutouts by their size."""
    path = packet_files[-1]
    (record,) = fastavro_alerts.records(path)
    said = huntui("show", str(path))
    assert said.code == 0
    lines = said.out.splitlines()
    assert [line.split(" ")[0] for line in lines if not line.startswith(" ")] == list(record)
    assert f"  jd (double): {record['candidate']['jd']!r}" in lines
    assert f"prv_candidates (array of prv_candidate or null): {len(record['prv_candidates'])} entries" in said.out
    assert f"stampData (bytes): {len(record['cutoutScience']['stampData']):,} bytes" in said.out
    assert "    magpsf (float or null): null" in lines


def test_json_holds_the_same_values(huntui: Huntui, packet_files: list[Path]) -> None:
    """Cutouts are base64."""
    path = packet_files[0]
    (record,) = fastavro_alerts.records(path)
    told = json.loads(huntui("show", str(path), "--json").out)
    assert base64.b64decode(told["cutoutScience"]["stampData"]) == record["cutoutScience"]["stampData"]
    assert told["candidate"] == record["candidate"]
    assert told["prv_candidates"] == record["prv_candidates"]


def test_the_schema_is_that_of_the_header(huntui: Huntui, packet_files: list[Path]) -> None:
    """As the packet was written."""
    schema = json.loads(huntui("show", str(packet_files[0]), "--schema").out)
    assert schema["type"] == "record"
    assert "candidate" in [field["name"] for field in schema["fields"]]


def test_an_object_is_shown_by_its_newest_packet(huntui: Huntui, here: Path, packet_files: list[Path]) -> None:
    """And an alert by its candid; a name that no alert has is told."""
    night = here / "night"
    night.mkdir()
    for path in packet_files[:5]:
        (night / path.name).symlink_to(path)
    (record,) = fastavro_alerts.records(packet_files[2])
    for name in (record["objectId"], str(record["candid"])):
        said = huntui("show", name, "--source", str(night), "--json")
        assert json.loads(said.out)["candid"] == record["candid"]
    said = huntui("show", "ZTF00nothing", "--source", str(night))
    assert (said.code, "no alert of this night" in said.err) == (2, True)


@pytest.mark.parametrize("arguments", [["missing.avro"], ["ZTF21abiuvdk"], ["x", "--schema", "--json"]])
def test_a_wrong_call_says_what_to_do(huntui: Huntui, arguments: list[str]) -> None:
    """One sentence."""
    said = huntui("show", *arguments)
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_a_damaged_packet_is_told(huntui: Huntui, odd_dir: Path, here: Path) -> None:
    """Whatever is wrong with it."""
    (here / "empty.avro").write_bytes(b"")
    for path in [*(odd_dir / "corrupt").glob("*.avro"), here / "empty.avro"]:
        said = huntui("show", str(path))
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith(f"huntui: {path}: ")
