"""What every engine does, the threaded one and the synchronous one that stands in for it on test screens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest
from oracles import plain_filter
from synchronous_engine import SynchronousEngine

from huntui.engine.engine import Engine
from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.errors import CutsError
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.hunt.hunt import hunt_from_mapping
from huntui.hunt.treasure import Hunt
from huntui.session.commands import Claim, Pause, Redo, ReplaceCuts, SetKnob, SwitchStage, TurnKnob, Undo
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "cuts" / "ztf-summer-school-2024.yaml"

HUNT = {
    "name": "test",
    "about": "two treasures",
    "treasures": [
        {
            "name": name,
            "title": name,
            "about": "what it is",
            "looks_like": looks_like,
            "confirmed_by": "class == 'supernova Ia'",
            "points": 5,
            "goal": 1,
            "beware": "what imitates it",
        }
        for name, looks_like in (("riser", "rate < 0"), ("fader", "rate > 0"))
    ],
}

MakeEngine = Callable[..., EngineFace]


@pytest.fixture(params=[Engine, SynchronousEngine], ids=["threaded", "synchronous"])
def make_engine(request: pytest.FixtureRequest, packets_dir: Path) -> MakeEngine:
    """Return a function that makes an engine over the real packets."""

    def make(cuts: Cuts | None = None, **options: object) -> EngineFace:
        engine: EngineFace = request.param(
            FolderSource(packets_dir), cuts or load_cuts(EXERCISE, kinds()), small_hunt(), **options
        )
        return engine

    return make


def small_hunt() -> Hunt:
    """Return a hunt with two treasures."""
    return hunt_from_mapping(HUNT, "test", kinds(), {"class": "text"})


@asynccontextmanager
async def running(engine: EngineFace) -> AsyncIterator[EngineFace]:
    """Start an engine and stop it whatever happens."""
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def until(engine: EngineFace, wanted: Callable[[Snapshot], bool]) -> Snapshot:
    """Return the first snapshot that is as wanted."""
    async with asyncio.timeout(60):
        async for snapshot in engine:
            if wanted(snapshot):
                return snapshot
    raise AssertionError("the engine stopped before")


def finished(snapshot: Snapshot) -> bool:
    """Return whether the night is read."""
    return snapshot.status in ("finished", "failed")


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


async def test_a_stage_is_looked_at_through_its_knob(make_engine: MakeEngine) -> None:
    """What it cuts on is distributed as its counts say, and what a step would change is what it changes."""
    async with running(make_engine()) as engine:
        before = await until(engine, finished)
        place, stage = next((k, one) for k, one in enumerate(before.stages) if one.knobs and one.rejected_only_here)
        knob = stage.knobs[0].name
        view = await engine.stage_view(stage.name, knob, 40)
        assert view is not None
        assert view.distribution is not None
        assert view.more is not None
        shown = view.distribution
        everybody = int(shown.reach.sum()) + shown.below + shown.above + shown.no_match + shown.unknown
        assert everybody == stage.entered
        assert shown.threshold == stage.knobs[0].value
        engine.send(TurnKnob(stage.name, knob, 1))
        after = await until(engine, lambda snapshot: snapshot.cuts_version == 1)
        assert after.stages[place].knobs[0].value == view.more.value
        assert after.surviving_alerts - before.surviving_alerts == view.more.alerts
        assert after.surviving_objects - before.surviving_objects == view.more.objects
        assert await engine.stage_view("nothing", None, 40) is None


async def test_an_alert_is_explained_and_what_would_let_it_in_does(make_engine: MakeEngine) -> None:
    """By its object or its own number, oldest first; the turns that are named, made together, make it survive."""
    async with running(make_engine()) as engine:
        await until(engine, finished)
        every = (await engine.explain("ZTF21abiuvdk", every=True)).alerts
        assert len(every) == 34
        assert (await engine.explain("ZTF21abiuvdk")).alerts == every[-1:]
        assert (await engine.explain(str(every[0].candid))).alerts == every[:1]
        alert = next(one for one in every if one.rejected_by and one.rescue)
        assert {stage for stage, _ in alert.rescue or ()} == set(alert.rejected_by)
        for stage, turn in alert.rescue or ():
            engine.send(SetKnob(stage, turn.knob, turn.value))
        await until(engine, lambda snapshot: snapshot.cuts_version == len(alert.rescue or ()))
        (again,) = (await engine.explain(str(alert.candid))).alerts
        assert again.rejected_by == ()
        assert again.rescue == ()
        assert (await engine.explain("nothing")).alerts == ()


async def test_near_misses_are_rejected_alerts_each_with_what_lets_it_in(make_engine: MakeEngine) -> None:
    """An object once, the nearest first; the same as explain says of them, and what is turned lets the alert in."""
    async with running(make_engine()) as engine:
        last = await until(engine, finished)
        found = await engine.near_misses(10)
        assert len(found.alerts) == len({alert.object_id for alert in found.alerts}) == 10
        margins = [alert.margin for alert in found.alerts]
        assert margins == sorted(margins)
        assert found.by_degree + found.otherwise == last.night.alerts - last.surviving_alerts
        for alert in found.alerts:
            (said,) = (await engine.explain(str(alert.candid))).alerts
            assert said.object_id == alert.object_id
            assert tuple(missed.explained for missed in alert.stages) == tuple(s for s in said.stages if s.rejects)
            assert said.rescue == alert.rescue
            assert alert.object_survives is (last.rows.find(alert.object_id) is not None)
        alert = next(one for one in found.alerts if one.rescue)
        for stage, turn in alert.rescue or ():
            engine.send(SetKnob(stage, turn.knob, turn.value))
        await until(engine, lambda snapshot: snapshot.cuts_version == len(alert.rescue or ()))
        assert (await engine.explain(str(alert.candid))).alerts[0].rejected_by == ()
        assert alert.candid not in [one.candid for one in (await engine.near_misses(1000)).alerts]


async def test_before_anything_is_read_nothing_missed(make_engine: MakeEngine) -> None:
    """And nothing is known of any name."""
    engine = make_engine()
    assert (await engine.near_misses(10)).alerts == ()
    assert (await engine.explain("ZTF21abiuvdk")).alerts == ()


async def test_a_name_is_found_in_letters_of_any_case_and_knows_all_its_alerts(make_engine: MakeEngine) -> None:
    """Whoever types need not know how ZTF writes its names."""
    async with running(make_engine()) as engine:
        await until(engine, finished)
        (alert,) = (await engine.explain("ztf21ABIUVDK")).alerts
        assert alert.object_id == "ZTF21abiuvdk"
        every = (await engine.explain("ZTF21abiuvdk", every=True)).alerts
        assert alert.candids == tuple(one.candid for one in every)
        assert alert.candid == alert.candids[-1]
        assert (await engine.explain("9" * 5000)).alerts == ()


async def test_other_cuts_are_compared_with_those_in_force(make_engine: MakeEngine) -> None:
    """By the name or file of others, or as a state of the past; what is counted is what they give when adopted."""
    async with running(make_engine()) as engine:
        before = await until(engine, finished)
        assert before.cuts is not None
        found = await engine.compare("ampel-simple-decent")
        assert (found.a.cuts, found.a.stages, found.a.alerts) == (before.cuts, before.stages, before.surviving_alerts)
        assert len(found.common) + len(found.lost) == before.surviving_objects
        assert found.alerts_common + found.alerts_lost == before.surviving_alerts
        ours = [before.rows.object_id(row) for row in range(len(before.rows))]
        lost, common = ([rows.object_id(row) for row in range(len(rows))] for rows in (found.lost, found.common))
        assert sorted(lost + common) == sorted(ours)
        assert engine.latest is before
        engine.send(ReplaceCuts(found.b.cuts, "adopted"))
        after = await until(engine, lambda s: s.cuts_version == 1)
        theirs = [after.rows.object_id(row) for row in range(len(after.rows))]
        gained = [found.gained.object_id(row) for row in range(len(found.gained))]
        assert (after.stages, after.surviving_alerts) == (found.b.stages, found.b.alerts)
        assert sorted(gained + common) == sorted(theirs)
        assert {after.fates.first[row] for row in _rows_of(after, lost)} <= set(range(len(after.stages)))
        back = await engine.compare(after.timeline.states[0].cuts)
        assert (back.b.cuts, len(back.gained), len(back.lost)) == (before.cuts, len(lost), len(gained))
        for row, name in enumerate(lost):
            assert found.lost.find(name) == row
            assert found.lost.rejected_by(row) in [stage.name for stage in found.b.stages]
        with pytest.raises(CutsError, match="Did you mean 'ampel-simple-decent'"):
            await engine.compare("ampel-simple-decant")


def _rows_of(snapshot: Snapshot, names: list[str]) -> list[int]:
    assert snapshot.view is not None
    return [int(row) for name in names for row in snapshot.view.rows_of(name)]


async def test_an_object_is_held_against_all_filters(make_engine: MakeEngine) -> None:
    """The supernova is lost where its packets say, whatever the cuts in force are; so is one of its alerts."""
    async with running(make_engine()) as engine:
        last = await until(engine, finished)
        matrix = await engine.against_all("ZTF21abiuvdk")
        assert (matrix.object_id, matrix.alerts) == ("ZTF21abiuvdk", 34)
        rows = {row.name: row for row in matrix.rows[1:]}
        assert matrix.rows[0].in_force
        assert matrix.rows[0].tally == rows["ztf-summer-school-2024"].tally
        ampel = rows["ampel-simple-decent"]
        assert ampel.tally is not None
        assert (ampel.tally.kept, ampel.tally.losses) == (6, (("detected", 1), ("time_span", 23), ("sharp", 4)))
        assert ampel.why == "time_span: points_span 27.0387, needs ≤ 25: over by 2.03868 day"
        assert rows["bright-transient-survey"].why == ""
        row = _rows_of(last, ["ZTF21abiuvdk"])[0]
        assert last.view is not None
        one = await engine.against_all(str(last.view.value("candid", row)))
        assert (one.object_id, one.alerts) == ("ZTF21abiuvdk", 1)
        assert (await engine.against_all("nothing")).rows == ()
