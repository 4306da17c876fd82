"""What every engine does, the threaded one and the synchronous one that stands in for it on test screens."""

import asyncio
from pathlib import Path
from unittest.mock import Mock

import pytest
from engines import EXERCISE, MakeEngine, finished, running, small_hunt, until
from oracles import plain_filter
from synchronous_engine import SynchronousEngine

from huntui.columns import BANDS
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import load_cuts
from huntui.session.commands import Claim, Pause, Redo, ReplaceCuts, SetKnob, SwitchStage, TurnKnob, Undo
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource


async def test_there_is_a_snapshot_before_the_start(make_engine: MakeEngine) -> None:
    """The screen can paint its first frame before anything is read."""
    engine = make_engine(date="20240707")
    assert engine.latest.status == "starting"
    assert engine.latest.night.alerts == 0
    assert engine.latest.night.date == "20240707"
    assert [stage.entered for stage in engine.latest.stages] == [0] * 8
    assert len(engine.latest.rows) == 0


async def test_the_real_packets_give_what_the_plain_filter_gives(
    make_engine: MakeEngine, packet_files: list[Path]
) -> None:
    """Same survivors and the same counts for every stage, for the exercise's published cuts."""
    expected = plain_filter.run_filter(packet_files)
    async with running(make_engine()) as engine:
        last = await until(engine, finished)
    assert last.status == "finished"
    assert [
        (stage.entered, stage.passed, stage.rejected, stage.rejected_only_here) for stage in last.stages
    ] == expected["stages"]
    assert last.surviving_alerts == len(expected["survivors"])
    rows = [last.rows.value("candid", row) for row in range(len(last.rows))]
    assert set(rows) <= expected["survivors"]
    assert last.night.alerts == last.night.packets == len(packet_files)
    assert sum(last.night.schema_versions.values()) == len(packet_files)


async def test_a_row_is_an_object_by_its_newest_surviving_alert(make_engine: MakeEngine) -> None:
    """The supernova with 34 packets is one row, and its light curve has all of its nights."""
    async with running(make_engine(NO_CUTS)) as engine:
        last = await until(engine, finished)
        row = last.rows.find("ZTF21abiuvdk")
        assert row is not None
        assert last.rows.object_id(row) == "ZTF21abiuvdk"
        detail = await engine.detail("ZTF21abiuvdk")
        assert detail is not None
        assert detail.values["jd"] == last.rows.value("jd", row) == max(detail.light_curve.jd)
        assert (detail.light_curve.jd[1:] >= detail.light_curve.jd[:-1]).all()
        alert_band = BANDS[detail.values["fid"]]
        (slope,) = (slope for slope in detail.slopes if slope.band == alert_band)
        assert (slope.rate, slope.error) == pytest.approx((detail.values["rate_w"], detail.values["rate_err"]))
        assert last.rows.photometry(row)[0][-1] == detail.values["jd"]
        assert await engine.detail("ZTF99zzzzzzz") is None
        cutouts = await engine.cutouts("ZTF21abiuvdk")
        assert cutouts is not None
        assert [cutout.image is not None for cutout in cutouts] == [True] * 3
        assert await engine.cutouts("ZTF99zzzzzzz") is None
    assert len(last.rows) == last.night.objects == 814
    jds = [last.rows.value("jd", row) for row in range(len(last.rows))]
    assert jds == sorted(jds, reverse=True)


async def test_a_knob_moved_recounts_everything_and_undo_brings_it_back(make_engine: MakeEngine) -> None:
    """Counts, rows and the version of the cuts belong together in every snapshot."""
    async with running(make_engine()) as engine:
        before = await until(engine, finished)
        engine.send(SetKnob("changing", "rate_min", 0.0))
        wider = await until(engine, lambda s: s.cuts_version == 1)
        assert wider.surviving_alerts == before.stages[-1].entered > before.surviving_alerts
        assert wider.can_undo
        assert wider.unsaved
        engine.send(Undo())
        again = await until(engine, lambda s: s.cuts_version == 2)
        assert again.stages == before.stages
        assert len(again.rows) == len(before.rows)
        engine.send(Redo())
        assert (await until(engine, lambda s: s.cuts_version == 3)).stages == wider.stages


async def test_a_stage_switched_off_passes_everything(make_engine: MakeEngine) -> None:
    """The count of the next stage says so."""
    async with running(make_engine()) as engine:
        await until(engine, finished)
        engine.send(SwitchStage("real"))
        off = await until(engine, lambda s: s.cuts_version == 1)
    assert not off.stages[0].enabled
    assert off.stages[0].passed == off.stages[0].entered == off.stages[1].entered
    assert off.stages[0].rejected == off.stages[0].rejected_only_here == off.stages[0].unknown == 0


async def test_a_command_that_cannot_be_done_is_a_message(make_engine: MakeEngine) -> None:
    """A wrong name changes nothing, and the sentence names the nearest right one."""
    async with running(make_engine()) as engine:
        before = await until(engine, finished)
        engine.send(TurnKnob("reel", "drb_min", 1))
        said = await until(engine, lambda s: s.sequence > before.sequence and bool(s.message))
    assert "real" in said.message
    assert said.stages == before.stages


async def test_a_claim_on_a_real_night_stays_open(make_engine: MakeEngine) -> None:
    """Nobody knows the truth yet, so that the claim counts for nothing."""
    async with running(make_engine()) as engine:
        last = await until(engine, finished)
        engine.send(Claim(last.rows.object_id(0), "riser"))
        claimed = await until(engine, lambda s: bool(s.hunt.claims))
    assert claimed.hunt.claims[0].verdict == "open"
    assert claimed.hunt.score == 0
    assert sum(treasure.suggested for treasure in claimed.hunt.treasures) == len(claimed.rows)


async def test_only_what_comes_through_the_cuts_can_be_claimed(make_engine: MakeEngine) -> None:
    """Otherwise a name that somebody was told would do; a claim that was made stays when the cuts are turned."""
    async with running(make_engine()) as engine:
        last = await until(engine, finished)
        found, lost = last.rows.object_id(0), object_that_is_lost(last)
        for name in (lost, "ZTF24nothing"):
            engine.send(Claim(name, "riser"))
            said = await until(engine, lambda s, name=name: s.message.startswith(name))
            assert said.message == f"{name} does not come through the cuts in force, so that it cannot be claimed."
            assert said.hunt.claims == ()
            assert not said.can_undo
        engine.send(Claim(found, "riser"))
        engine.send(ReplaceCuts(NO_CUTS, "all"))
        engine.send(Claim(lost, "riser"))
        engine.send(Undo())
        engine.send(Undo())
        engine.send(SetKnob("real", "drb_min", 1.0))
        now = await until(engine, lambda s: s.cuts_version == 3)
    assert [claim.object_id for claim in now.hunt.claims] == [found]


def object_that_is_lost(snapshot: Snapshot) -> str:
    """Return an object of the night of which no alert comes through."""
    view = snapshot.view
    assert view is not None
    names = {str(view.value("objectId", row)) for row in range(len(view))}
    return min(names - {snapshot.rows.object_id(row) for row in range(len(snapshot.rows))})


async def test_truth_answers_a_claim_at_once_and_a_wrong_one_goes_on_costing() -> None:
    """The message says what became of the claim, in points, and that taking it back does not help."""
    night = SimulatedSource("20240707", count=600)
    async with running(SynchronousEngine(night, NO_CUTS, small_hunt())) as engine:
        last = await until(engine, finished)
        names = [last.rows.object_id(row) for row in range(len(last.rows))]
        classes = {name: truth["class"] for name, truth in night.truth(names).items()}
        right = next(name for name in names if classes[name] == "supernova Ia")
        wrong = next(name for name in names if classes[name] != "supernova Ia")
        engine.send(Claim(right, "riser"))
        assert engine.latest.message == f"{right} claimed as riser: confirmed, +5 points"
        engine.send(Claim(wrong, "riser"))
        assert engine.latest.message == f"{wrong} claimed as riser: refuted, -5 points"
        assert engine.latest.hunt.score == 0
        engine.send(Undo())
        assert engine.latest.message.endswith("it was refuted, and the 5 points stay lost")
        assert engine.latest.hunt.score == 0
        engine.send(Undo())
        assert engine.latest.hunt.score == -5


@pytest.mark.parametrize("most", [1, 64, 65, 500])
async def test_max_alerts_is_exact(make_engine: MakeEngine, most: int) -> None:
    """The night ends with so many distinct alerts."""
    async with running(make_engine(max_alerts=most)) as engine:
        last = await until(engine, finished)
    assert last.status == "finished"
    assert last.night.alerts == most == last.stages[0].entered


async def test_commands_work_while_the_night_is_paused(packets_dir: Path) -> None:
    """Pausing stops the counting and nothing else."""
    engine = Engine(FolderSource(packets_dir), load_cuts(EXERCISE, kinds()), small_hunt(), rate=400)
    async with running(engine):
        await until(engine, lambda s: s.night.alerts > 0)
        engine.send(Pause())
        paused = await until(engine, lambda s: s.status == "paused")
        engine.send(SwitchStage("real"))
        cut = await until(engine, lambda s: s.cuts_version == 1)
        assert cut.status == "paused"
        assert cut.night.alerts == paused.night.alerts < 907
        engine.send(Pause())
        assert (await until(engine, lambda s: s.night.alerts > paused.night.alerts)).status == "streaming"


async def test_an_engine_can_be_stopped_at_any_moment(packets_dir: Path) -> None:
    """Stopping ends the iteration, right after the start as well as in mid-stream."""
    for wanted in (0, 1):
        engine = Engine(FolderSource(packets_dir), NO_CUTS, small_hunt(), rate=300)
        await engine.start()
        await until(engine, lambda s, least=wanted: s.night.alerts >= least)
        await engine.stop()
        async with asyncio.timeout(10):
            assert [snapshot async for snapshot in engine]


async def test_a_source_that_breaks_is_a_sentence_and_what_was_read_stays(packets_dir: Path) -> None:
    """A failure in mid-night is told, and the counts so far remain."""

    class Breaking(FolderSource):
        def batches(self):  # type: ignore[no-untyped-def]
            yield next(super().batches())
            raise RuntimeError("the disk is gone")

    engine = Engine(Breaking(packets_dir), NO_CUTS, small_hunt())
    async with running(engine):
        last = await until(engine, finished)
    assert last.status == "failed"
    assert "the disk is gone" in last.message
    assert last.night.alerts == 64


@pytest.mark.parametrize("broken", ["huntui.engine.core.Core.__init__", "huntui.engine.core.Core.snapshot"])
async def test_a_mistake_of_huntui_itself_is_a_sentence(
    packets_dir: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Wherever it is made, the engine ends with it, and nobody waits for ever."""

    monkeypatch.setattr(broken, Mock(side_effect=RuntimeError("planted")))
    async with running(Engine(FolderSource(packets_dir), NO_CUTS, small_hunt())) as engine:
        last = await until(engine, finished)
    assert (last.status, last.failure) == ("failed", "huntui itself failed: RuntimeError: planted")
