"""What every engine answers about stages, alerts and other cuts, the threaded one and the synchronous one alike."""

import pytest
from engines import MakeEngine, finished, running, until

from huntui.engine.snapshot import Snapshot
from huntui.errors import CutsError
from huntui.session.commands import ReplaceCuts, SetKnob, TurnKnob


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
        assert matrix.rows[0].name == "ztf-summer-school-2024"
        assert "ztf-summer-school-2024" not in rows
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
