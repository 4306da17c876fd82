"""Bad packets as both engines show them: reason, place, and what is missing of the night."""

import csv
import shutil
from pathlib import Path

import pytest
from engines import finished, running, small_hunt, until
from synchronous_engine import SynchronousEngine

from huntui.engine.bad_packets import meaning
from huntui.engine.engine import Engine
from huntui.engine.shortfall import shortfall
from huntui.errors import CallError, ExportError
from huntui.funnel.cuts import NO_CUTS
from huntui.sources.folder import FolderSource

Kind = type[Engine] | type[SynchronousEngine]


@pytest.fixture(params=[Engine, SynchronousEngine], ids=["threaded", "synchronous"])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Return a kind of engine."""
    chosen: Kind = request.param
    return chosen


@pytest.fixture
def folder(packets_dir: Path, tmp_path: Path) -> Path:
    """Return a folder with three good packets, two that are no packets and one that is gone."""
    for path in sorted(packets_dir.glob("*.avro"))[:3]:
        shutil.copy(path, tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.avro").write_bytes(b"no packet")
    (tmp_path / "gone.avro").symlink_to("nowhere")
    return tmp_path


async def test_each_bad_packet_has_a_reason_and_a_place(kind: Kind, folder: Path) -> None:
    """As many as were counted, and each leads back to its file."""
    async with running(kind(FolderSource(folder), NO_CUTS, small_hunt())) as engine:
        last = await until(engine, finished)
        bad = last.bad_packets
        found = sorted((bad.reference(place), bad.reason(place)) for place in range(len(bad)))
    assert len(bad) == sum(last.night.bad_packets.values()) == 3
    assert found == [
        (str(folder / "a.avro"), "not_avro"),
        (str(folder / "b.avro"), "not_avro"),
        (str(folder / "gone.avro"), "unreadable"),
    ]
    assert last.night.packets == 6


async def test_bad_packets_are_written_with_their_meaning(kind: Kind, folder: Path, tmp_path: Path) -> None:
    """Writing them does not count as exporting the finds, and a file that is there is kept."""
    async with running(kind(FolderSource(folder), NO_CUTS, small_hunt())) as engine:
        await until(engine, finished)
        path = tmp_path / "bad.csv"
        assert await engine.export_bad_packets(path) == f"3 bad packets written to {path}."
        with pytest.raises(ExportError, match="exists"):
            await engine.export_bad_packets(path)
        with pytest.raises(CallError, match="ending"):
            await engine.export_bad_packets(tmp_path / "bad.txt")
    rows = [*csv.DictReader(line for line in path.read_text().splitlines() if not line.startswith("# "))]
    assert {(row["reason"], row["meaning"]) for row in rows} == {
        (name, meaning(name)) for name in ("not_avro", "unreadable")
    }


async def test_what_is_missing_of_a_night_is_said(folder: Path) -> None:
    """Packets that could not be had are missing; packets that were refused are not."""
    engine = SynchronousEngine(FolderSource(folder), NO_CUTS, small_hunt(), by_hand=True)
    async with running(engine):
        assert shortfall(engine.latest).startswith("The night was still being read.")
        while engine.latest.status != "finished":
            engine.feed()
        assert shortfall(engine.latest) == f"One packet could not be read: {folder / 'gone.avro'}."
    (folder / "gone.avro").unlink()
    engine = SynchronousEngine(FolderSource(folder), NO_CUTS, small_hunt())
    async with running(engine):
        assert engine.latest.night.bad_packets == {"not_avro": 2}
        assert shortfall(engine.latest) == ""
