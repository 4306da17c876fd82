"""A night that was read comes in again as it was observed, and every moment of it is a night of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from engines import EXERCISE, MakeEngine, running, small_hunt, until
from synchronous_engine import SynchronousEngine

from huntui.engine.arrivals import Arrivals
from huntui.engine.engine import Engine
from huntui.engine.night_clock import BEGUN
from huntui.engine.replayed import Replayed
from huntui.engine.shortfall import shortfall
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import kinds
from huntui.funnel.compare import outcome
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.language.table import ChosenRows
from huntui.session.commands import (
    ChangeSpeed,
    Claim,
    FilterRows,
    JumpTo,
    Pause,
    Replay,
    SetKnob,
    Step,
    SwitchStage,
    WholeNight,
)
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource

TRANSIENTS = Path(__file__).parents[2] / "cuts" / "transients.yaml"
COUNT = 1200


def simulated(cuts: Cuts | None = None) -> SynchronousEngine:
    """Return an engine on a small simulated night."""
    cuts = cuts or load_cuts(TRANSIENTS, kinds())
    return SynchronousEngine(SimulatedSource("20240707", count=COUNT), cuts, small_hunt(), date="20240707")


def survivors(snapshot: Snapshot) -> list[tuple[object, object]]:
    """Return the rows of the table: the name and the alert of each object."""
    rows = snapshot.rows
    return [(rows.object_id(row), rows.value("candid", row)) for row in range(len(rows))]


def counts(snapshot: Snapshot) -> tuple[object, ...]:
    """Return every number that a snapshot has of its night, but for those of packets."""
    suggested = [treasure.suggested for treasure in snapshot.hunt.treasures]
    return snapshot.stages, snapshot.surviving_alerts, snapshot.night.alerts, snapshot.night.objects, suggested


async def test_a_replayed_night_is_at_its_end_what_a_night_without_a_screen_is() -> None:
    """The same counts and survivors, as many steps as it took, and the clock is gone."""
    async with running(simulated()) as read, running(simulated()) as engine:
        engine.send(Replay(1000.0))
        seen = [engine.latest.night.alerts]
        while engine.latest.clock is not None:
            engine.let_pass(1.5)
            seen.append(engine.latest.night.alerts)
        assert counts(engine.latest) == counts(read.latest)
        assert survivors(engine.latest) == survivors(read.latest)
        assert engine.latest.status == read.latest.status == "finished"
        assert shortfall(engine.latest) == shortfall(read.latest) == ""
    assert seen == sorted(seen)
    assert seen[0] < seen[len(seen) // 2] < seen[-1] == COUNT


@pytest.mark.parametrize("share", [0.0, 0.13, 0.5, 0.97])
async def test_a_moment_of_a_night_is_a_night_with_these_alerts_only(share: float) -> None:
    """Counts, survivors and objects are those of the alerts taken until then, whatever was looked at before."""
    cuts = load_cuts(TRANSIENTS, kinds())
    async with running(simulated(cuts)) as engine:
        whole = engine.latest.view
        assert whole is not None
        assert engine.latest.span is not None
        first, last = engine.latest.span
        for jd in (last, first, first + share * (last - first)):
            engine.send(JumpTo(jd))
        now = engine.latest
        assert now.clock is not None
        assert now.clock.now == jd
        taken = np.flatnonzero(whole.column("jd") <= jd)
        alone = outcome(cuts, ChosenRows(whole, taken))
        assert now.stages == alone.stages
        assert now.night.alerts == len(taken) == len(now.view or ())
        assert now.night.objects == len(np.unique(whole.object_of[taken]))
        kept = taken[alone.survives]
        assert {candid for _, candid in survivors(now)} <= set(whole.column("candid")[kept].tolist())
        assert len(now.rows) == len(np.unique(whole.object_of[kept]))


async def test_knobs_turned_while_a_night_comes_in_count_what_is_there() -> None:
    """Cuts are changed, time goes back and on: all of it comes out as if nothing had been remembered."""
    async with running(simulated()) as engine, running(simulated()) as other:
        engine.send(FilterRows("fid == 1"))
        other.send(FilterRows("fid == 1"))
        first, last = engine.latest.span or (0.0, 0.0)
        jds = [first + share * (last - first) for share in (0.8, 0.3, 0.6)]
        changes = [SetKnob("real", "drb_min", 0.9), SwitchStage("clean"), SetKnob("real", "drb_min", 0.2)]
        for jd, change in zip(jds, changes, strict=True):
            engine.send(JumpTo(jd))
            engine.send(change)
            other.send(change)
        other.send(JumpTo(jds[-1]))
        assert counts(engine.latest) == counts(other.latest)
        assert survivors(engine.latest) == survivors(other.latest)
        assert engine.latest.matching is not None
        assert len(engine.latest.matching) == len(other.latest.matching or ()) < len(engine.latest.rows)


async def test_light_curves_and_packets_stay_with_their_alerts() -> None:
    """In the order of time every row has its own history, forced photometry and packet."""
    engine = simulated(NO_CUTS)
    async with running(engine) as read:
        name = next(
            read.latest.rows.object_id(row)
            for row in range(len(read.latest.rows))
            if (read.latest.rows.value("ndethist", row) or 0) > 3
        )
        before, images = await read.detail(name), await read.cutouts(name)
        read.send(JumpTo((engine.latest.span or (0.0, 0.0))[1]))
        after, again = await read.detail(name), await read.cutouts(name)
        assert before is not None
        assert after is not None
        assert before.values == after.values
        for column in ("jd", "mag", "sigma", "fid"):
            np.testing.assert_array_equal(
                getattr(before.light_curve, column), getattr(after.light_curve, column), strict=True
            )
        assert images is not None
        assert again is not None
        np.testing.assert_array_equal(images[0].image, again[0].image)


async def test_the_clock_steps_by_exposures_in_both_directions() -> None:
    """The first step leads to the first exposure, and one back from the whole night to the last but one."""
    async with running(simulated(NO_CUTS)) as engine:
        view = engine.latest.view
        assert view is not None
        exposures = np.unique(view.column("jd"))
        engine.send(Step(-1))
        assert engine.latest.clock is not None
        assert engine.latest.clock.now == exposures[-2]
        engine.send(WholeNight())
        assert engine.latest.clock is None
        assert engine.latest.night.alerts == COUNT
        engine.send(Step())
        seen = []
        for step in (1, 1, 5, -1, -9, -1):
            clock = engine.latest.clock
            assert clock is not None
            seen.append(clock.now)
            assert clock.exposures == len(exposures)
            assert engine.latest.status == "paused"
            engine.send(Step(step))
        np.testing.assert_array_equal(seen, exposures[[0, 1, 2, 7, 6, 0]])


async def test_the_clock_keeps_its_speed_and_stands_still_when_told() -> None:
    """A minute is an hour at ×60; nothing comes while it is paused."""
    async with running(simulated(NO_CUTS)) as engine:
        first, _ = engine.latest.span or (0.0, 0.0)
        engine.send(ChangeSpeed(1))
        assert (engine.latest.status, engine.latest.clock and engine.latest.clock.speed) == ("replaying", 60.0)
        assert engine.latest.message.startswith(BEGUN)
        engine.let_pass(60.0)
        clock = engine.latest.clock
        assert clock is not None
        assert (clock.now - first) * 24 == pytest.approx(1.0)
        engine.send(Pause())
        paused = engine.latest
        assert paused.status == "paused"
        engine.let_pass(1000.0)
        assert counts(engine.latest) == counts(paused)
        assert BEGUN not in paused.message
        engine.send(ChangeSpeed(-1))
        engine.send(Pause())
        engine.let_pass(360.0)
        assert engine.latest.clock is not None
        assert engine.latest.clock.speed == 10.0
        assert (engine.latest.clock.now - first) * 24 == pytest.approx(2.0)
        for _ in range(9):
            engine.send(ChangeSpeed(-1))
        assert engine.latest.clock.speed == 1.0
        engine.send(ChangeSpeed(5))
        assert engine.latest.clock is None
        assert engine.latest.message == "all of the night is shown"


async def test_only_what_has_come_can_be_claimed() -> None:
    """An object of later in the night is not there yet; at its time it is."""
    async with running(simulated(NO_CUTS)) as engine:
        first, last = engine.latest.span or (0.0, 0.0)
        latest = engine.latest.rows.object_id(0)
        engine.send(JumpTo(first))
        assert engine.latest.rows.find(latest) is None
        engine.send(Claim(latest, "riser"))
        assert engine.latest.hunt.claims == ()
        assert latest in engine.latest.message
        engine.send(JumpTo(last))
        engine.send(Claim(latest, "riser"))
        assert [claim.object_id for claim in engine.latest.hunt.claims] == [latest]


async def test_times_that_are_not_of_the_night_are_told() -> None:
    """Before the first alert, after the last, no time at all, and a speed that is none: nothing changes."""
    async with running(simulated(NO_CUTS)) as engine:
        first, last = engine.latest.span or (0.0, 0.0)
        for command, word in (
            (JumpTo(first - 0.1), "before the first alert"),
            (JumpTo(last + 30.0), "after the last alert"),
            (JumpTo(float("nan")), "no Julian date"),
            (JumpTo(1e300), "no Julian date"),
            (Replay(0.0), "above 0"),
            (Replay(float("nan")), "above 0"),
        ):
            engine.send(command)
            assert word in engine.latest.message
            assert engine.latest.clock is None
            assert engine.latest.night.alerts == COUNT


async def test_a_night_that_is_whole_cannot_be_paused() -> None:
    """That is said, and nothing else changes."""
    async with running(simulated(NO_CUTS)) as engine:
        engine.send(Pause())
        assert "nothing to stop" in engine.latest.message
        assert (engine.latest.status, engine.latest.clock) == ("finished", None)


async def test_an_export_of_a_replayed_night_says_what_it_lacks(tmp_path: Path) -> None:
    """Whoever finds the file later knows that it is not the whole night."""
    async with running(simulated(NO_CUTS)) as engine:
        engine.send(Step())
        await engine.export(tmp_path / "early.csv")
        assert "INCOMPLETE" in (tmp_path / "early.csv").read_text()
        assert "the night was replayed" in shortfall(engine.latest)


async def test_a_night_is_replayed_by_a_thread(make_engine: MakeEngine) -> None:
    """Asked for before anything is read, it begins when all of it is, and at its end all of it is there."""
    async with running(make_engine(NO_CUTS)) as engine:
        engine.send(Replay(1e12))
        if isinstance(engine, SynchronousEngine):
            engine.let_pass(0.0)
            engine.send(Replay(1e12))
            engine.let_pass(1.0)
        await until(engine, lambda s: "come to the end" in s.message)
        last = engine.latest
        assert last.status == "finished"
        assert last.night.alerts == 907


async def test_a_replay_that_is_over_before_anybody_looks_has_come_to_its_end_all_the_same() -> None:
    """As for a night of a moment at a high speed: it is told with the first look, and once."""
    async with running(simulated(NO_CUTS)) as engine:
        assert engine.latest.view is not None
        replayed = Replayed(engine.latest.view, count(start=0, step=1).__next__)
        assert replayed.apply(Replay(1e12)).startswith(BEGUN)
        assert not replayed.ran_out()
        assert len(replayed.look()) == COUNT
        assert [replayed.state, replayed.ran_out(), replayed.ran_out()] == [None, True, False]


@contextmanager
def reading(packets_dir: Path) -> Iterator[SynchronousEngine]:
    """Give an engine that reads its batches when it is told to."""
    yield SynchronousEngine(
        FolderSource(packets_dir), load_cuts(EXERCISE, kinds()), small_hunt(), by_hand=True, date="20240707"
    )


async def test_a_night_that_is_being_read_is_replayed_when_it_is(packets_dir: Path) -> None:
    """What cannot be done yet is told; a step takes in what comes next and stands still."""
    with reading(packets_dir) as engine:
        await engine.start()
        engine.send(JumpTo(2460498.9))
        assert "not read yet" in engine.latest.message
        engine.send(Replay(60.0))
        assert "as soon as" in engine.latest.message
        while engine.latest.status == "streaming":
            engine.feed()
        assert engine.latest.status == "replaying"
        assert engine.latest.clock is not None
        assert engine.latest.clock.alerts == 907 > engine.latest.night.alerts


async def test_a_step_while_reading_takes_in_the_next_packets(packets_dir: Path) -> None:
    """The threaded engine stands still after them, and each step brings more."""
    engine = Engine(FolderSource(packets_dir), NO_CUTS, small_hunt(), rate=400)
    async with running(engine):
        await until(engine, lambda s: s.night.alerts > 0)
        engine.send(Step())
        before = (await until(engine, lambda s: s.status == "paused")).night.alerts
        engine.send(Step())
        after = await until(engine, lambda s: s.night.alerts > before)
        assert after.status == "paused"
        assert after.night.alerts < 907


async def test_a_night_without_times_cannot_be_replayed(packets_dir: Path) -> None:
    """That is a sentence, and the night stays as it is."""
    with reading(packets_dir) as engine:
        while engine.latest.status in ("starting", "streaming"):
            await engine.start()
            engine._batches = iter(())
            engine.feed()
        engine.send(Replay(60.0))
        assert "cannot be replayed" in engine.latest.message
        assert (engine.latest.status, engine.latest.clock, engine.latest.span) == ("finished", None, None)


async def test_rates_are_those_of_the_last_half_minute() -> None:
    """They add up to the alerts that came, in all and through each stage, and are gone when nothing comes any more."""
    async with running(simulated()) as engine:
        assert engine.latest.rates == ()
        engine.send(Replay(1000.0))
        before = engine.latest
        for _ in range(24):
            engine.let_pass(0.75)
        now = engine.latest
        assert len(now.rates) == 36
        assert 0.5 * sum(now.rates) == now.night.alerts - before.night.alerts > 0
        for place, stage in enumerate(now.stages):
            assert sum(now.passed_lately(place)) == stage.passed - before.stages[place].passed
        engine.send(WholeNight())
        assert engine.latest.rates == engine.latest.passed_lately(0) == ()


def test_arrivals_between_two_looks_are_spread_evenly() -> None:
    """A count that fell, or a long time without a look, begins anew."""
    arrivals = Arrivals()
    arrivals.note(10.0, 100)
    assert arrivals.edges == ()
    arrivals.note(10.25, 150)
    arrivals.note(11.5, 400)
    assert arrivals.edges == (100, 200, 300, 400)
    arrivals.note(12.0, 50)
    assert arrivals.edges == ()
    arrivals.note(12.5, 60)
    arrivals.note(99.0, 70)
    assert arrivals.edges == ()
    for tick in range(200):
        arrivals.note(100.0 + tick / 10, 70 + tick)
    assert arrivals.edges[-1] == 265
    for tick in range(200, 1000):
        arrivals.note(100.0 + tick / 10, 70 + tick)
    assert len(arrivals.edges) == 61
