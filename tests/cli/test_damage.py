"""What `huntui run` leaves behind where a night breaks off, or where some of its files cannot be read."""

import csv
import json
import shutil
import tarfile
import zlib
from pathlib import Path

import pytest
from calling import SMALL, Huntui

from huntui.packets.faults import MEANINGS


@pytest.fixture
def broken_files(here: Path, packets_dir: Path) -> Path:
    """Return a folder of ten good packets, one that ends too early, a link to nowhere and a folder called a packet."""
    folder = here / "night"
    folder.mkdir()
    for path in sorted(packets_dir.glob("*.avro"))[:10]:
        shutil.copy(path, folder)
    first = min(folder.iterdir())
    (folder / "cut.avro").write_bytes(first.read_bytes()[:4000])
    (folder / "gone.avro").symlink_to("nowhere")
    (folder / "folder.avro").mkdir()
    return folder


@pytest.fixture
def whole_packets(here: Path, packets_dir: Path) -> int:
    """Make `night.tar.gz`, which ends in the middle, and return how many packets lie before its end as a whole."""
    with tarfile.open(here / "night.tar.gz", "w:gz") as archive:
        for path in sorted(packets_dir.glob("*.avro"))[:40]:
            archive.add(path, path.name)
    packed = (here / "night.tar.gz").read_bytes()
    with tarfile.open(here / "night.tar.gz") as archive:
        ends = [member.offset_data + member.size for member in archive.getmembers()]
    cut = packed[: len(packed) * 2 // 3]
    (here / "night.tar.gz").write_bytes(cut)
    unpacked = len(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(cut))
    return sum(end <= unpacked for end in ends)


def comments(path: Path) -> list[str]:
    """Return the comments of a CSV file."""
    return [line for line in path.read_text().splitlines() if line.startswith("# ")]


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return [*csv.DictReader(line for line in path.read_text().splitlines() if not line.startswith("# "))]


def test_a_night_that_breaks_off_still_prints_its_counts(huntui: Huntui, whole_packets: int) -> None:
    """JSON and table alike; the sentence that says where goes to standard error, and the exit code is 1."""
    for arguments in (["--json"], []):
        said = huntui("run", "--source", "night.tar.gz", *arguments)
        assert said.code == 1
        assert said.err.startswith(f"huntui: night.tar.gz: breaks off after {whole_packets} packets, at byte ")
        assert said.err.count("\n") == 1
        counted = json.loads(said.out)["alerts"] if arguments else int(said.out.splitlines()[1].split()[0])
        assert counted == whole_packets


def test_a_night_that_breaks_off_is_exported_so_far_and_each_file_says_so(
    huntui: Huntui, here: Path, whole_packets: int
) -> None:
    """Nobody takes the survivors of half a night for those of a night."""
    files = ["--export", "a.csv", "--export", "a.json", "--bad-packets", "bad.csv"]
    said = huntui("run", "--source", "night.tar.gz", "--cuts", "none", "--per-alert", *files)
    assert said.code == 1
    assert len(rows(here / "a.csv")) == whole_packets
    sentence = said.err.splitlines()[-1].removeprefix("huntui: ")
    assert json.loads((here / "a.json").read_text())["incomplete"] == sentence
    for name in ("a.csv", "bad.csv"):
        assert f"# INCOMPLETE: {sentence}" in comments(here / name)


def test_files_that_cannot_be_read_do_not_stop_the_night_and_end_it_with_1(huntui: Huntui, broken_files: Path) -> None:
    """All others are counted; the sentence says how many are missing, and the first one's name."""
    said = huntui("run", "--source", broken_files.name, "--json", "--export", "a.csv")
    report = json.loads(said.out)
    assert report["alerts"] == 10
    assert report["bad_packets"] == {"unreadable": 2, "truncated": 1}
    assert said.code == 1
    sentence = "2 packets could not be read, the first of them night/folder.avro."
    assert said.err.splitlines()[-1] == f"huntui: {sentence}"
    assert f"# INCOMPLETE: {sentence}" in comments(broken_files.parent / "a.csv")


def test_every_bad_packet_is_listed_with_reason_meaning_and_place(huntui: Huntui, broken_files: Path) -> None:
    """In the order they came, as CSV and as JSON."""
    expected = [
        {"reason": reason, "meaning": dict(MEANINGS.values())[reason], "reference": f"night/{name}.avro"}
        for reason, name in (("truncated", "cut"), ("unreadable", "folder"), ("unreadable", "gone"))
    ]
    said = huntui("run", "--source", "night", "--bad-packets", "bad.csv")
    assert "3 bad packets written to bad.csv." in said.err
    key = lambda row: row["reference"]  # noqa: E731
    assert sorted(rows(broken_files.parent / "bad.csv"), key=key) == expected
    huntui("run", "--source", "night", "--bad-packets", "bad.json")
    listed = json.loads((broken_files.parent / "bad.json").read_text())
    assert (sorted(listed["rows"], key=key), listed["per"], listed["cuts"]) == (expected, "bad packet", None)


def test_the_table_explains_what_is_wrong_with_bad_packets(huntui: Huntui, broken_files: Path) -> None:
    """Below the counts, a line for each reason."""
    assert (
        f"  1 × truncated: {dict(MEANINGS.values())['truncated']}" in huntui("run", "--source", broken_files.name).out
    )


def test_a_night_without_bad_packets_leaves_an_empty_list(huntui: Huntui, here: Path) -> None:
    """A pipeline finds the file it asked for, and exit code 0."""
    said = huntui("run", *SMALL, "--bad-packets", "bad.csv")
    assert said.code == 0
    assert "0 bad packets written to bad.csv." in said.err
    assert rows(here / "bad.csv") == []
    assert not [line for line in comments(here / "bad.csv") if "INCOMPLETE" in line]


@pytest.mark.usefixtures("small_files")
def test_an_export_that_fails_at_the_end_costs_neither_the_counts_nor_the_other_files(
    huntui: Huntui, here: Path
) -> None:
    """An hour of reading is not thrown away because a disk is full."""
    files = ["--export", "large.json", "--bad-packets", "bad.csv"]
    said = huntui("run", *SMALL, "--cuts", "none", "--per-alert", "--json", *files)
    assert (said.code, json.loads(said.out)["alerts"]) == (1, 300)
    assert said.err.splitlines()[-1] == "huntui: large.json: cannot be written: File too large."
    assert sorted(path.name for path in here.iterdir()) == ["bad.csv"]
