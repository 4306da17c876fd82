"""Cuts at hand, and comparisons at the edges: files that hold no cuts, nights of which nothing came."""

from pathlib import Path

import pytest
from engines import EXERCISE, running, small_hunt
from synchronous_engine import SynchronousEngine

from huntui.errors import CutsError
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import load_cuts
from huntui.sources.folder import FolderSource


def engine_over(folder: Path) -> SynchronousEngine:
    """Return an engine that reads a folder when it is started."""
    return SynchronousEngine(FolderSource(folder), load_cuts(EXERCISE, kinds()), small_hunt())


async def test_cuts_at_hand_are_those_of_the_user_and_those_that_came_along(
    packets_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be read is listed with its sentence; one that was written meanwhile is read again."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "cuts"
    (folder / "folder.yaml").mkdir(parents=True)
    (folder / "broken.yaml").write_text("stages: [{name: a, keep: 'drb >'}]")
    mine = folder / "mine.yaml"
    mine.write_text("about: first\nstages: [{name: a, keep: drb > 0.5}]")
    async with running(engine_over(packets_dir)) as engine:
        found = {one.name: one for one in await engine.cuts_at_hand()}
        assert found["mine"].about == "first"
        assert found["broken"].cuts is None
        assert "folder" not in found
        assert "broken.yaml" in found["broken"].error
        assert found["transients"].cuts is not None
        assert found["none"].cuts == NO_CUTS
        mine.write_text("about: second time\nstages: [{name: a, keep: drb > 0.6}]")
        assert {one.about for one in await engine.cuts_at_hand() if one.name == "mine"} == {"second time"}
        matrix = await engine.against_all("ZTF21abiuvdk")
        told = {row.name: row for row in matrix.rows}
        assert told["broken"].tally is None
        assert "broken.yaml" in told["broken"].why
        for bad in ("broken", "folder", str(folder), "", "a\0b", "cuts/none.yaml", "x" * 5000):
            with pytest.raises(CutsError):
                await engine.compare(bad)


async def test_a_night_of_which_nothing_came_can_be_compared(packets_dir: Path) -> None:
    """All counts are 0, and no object is in any list."""
    engine = engine_over(packets_dir)
    found = await engine.compare("transients")
    assert (found.a.alerts, found.b.alerts, len(found.gained), len(found.lost), len(found.common)) == (0,) * 5
    assert [stage.entered for stage in found.b.stages] == [0] * 8
    assert found.common.find("ZTF21abiuvdk") is None
    assert (await engine.against_all("ZTF21abiuvdk")).alerts == 0
    assert len((await engine.compare("none")).gained) == 0
    await engine.stop()


async def test_what_is_no_object_of_a_night_without_alerts_has_no_rows(odd_dir: Path, tmp_path: Path) -> None:
    """A folder of nothing but a bad packet: its file can be asked about, and nothing else."""
    packet = next((odd_dir / "corrupt").glob("*.avro"))
    (tmp_path / packet.name).write_bytes(packet.read_bytes()[:100])
    engine = SynchronousEngine(FolderSource(tmp_path), NO_CUTS, small_hunt())
    async with running(engine):
        assert engine.latest.night.bad_packets
        for name in ("ZTF21abiuvdk", "123", ""):
            assert (await engine.against_all(name)).bad_packets == ()
            assert (await engine.explain(name)).alerts == ()
        assert [reason for reason, _ in (await engine.against_all(packet.name)).bad_packets] == ["truncated"]
