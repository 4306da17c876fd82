"""An engine reads its cuts again when their file was written, saves them, and filters its table."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from engines import EXERCISE, MakeEngine, finished, running, small_hunt, until
from synchronous_engine import SynchronousEngine

from huntui.engine.engine import Engine
from huntui.engine.face import EngineFace
from huntui.engine.rows import SurvivorRows
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import load_cuts
from huntui.session.commands import Claim, FilterRows, SetKnob, SwitchStage, Undo
from huntui.sources.simulated import SimulatedSource

TEXT = EXERCISE.read_text()
TURNED = TEXT.replace("value: 0.7", "value: 0.8")


@pytest.fixture
def cuts_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of cuts, at which engines look without waiting."""
    monkeypatch.setattr("huntui.engine.engine._LOOK_SECONDS", 0.01)
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT)
    return path


async def looked(engine: EngineFace, wanted: Callable[[Snapshot], bool]) -> Snapshot:
    """Return the first snapshot as wanted after the engine has looked at its file."""
    if isinstance(engine, SynchronousEngine):
        engine.look_at_cuts()
        if not wanted(engine.latest):
            engine.look_at_cuts()
    return await until(engine, wanted)


async def test_cuts_are_read_again_when_their_file_was_written(make_engine: MakeEngine, cuts_file: Path) -> None:
    """They count as saved, and one undo takes them back."""
    async with running(make_engine(load_cuts(cuts_file, kinds()), cuts_file=cuts_file)) as engine:
        before = await until(engine, finished)
        cuts_file.write_text(TURNED)
        after = await looked(engine, lambda s: s.cuts_version == 1)
        assert after.message == "mine.yaml was written: its cuts are in force"
        assert after.cuts == load_cuts(cuts_file, kinds())
        assert after.stages[0].passed < before.stages[0].passed
        assert after.can_undo
        assert not after.unsaved
        engine.send(Undo())
        again = await until(engine, lambda s: s.cuts_version == 2)
        assert again.stages == before.stages
        assert again.unsaved_cuts


async def test_what_was_not_saved_comes_back_by_undo(make_engine: MakeEngine, cuts_file: Path) -> None:
    """And the message says so."""
    async with running(make_engine(load_cuts(cuts_file, kinds()), cuts_file=cuts_file)) as engine:
        await until(engine, finished)
        engine.send(SwitchStage("real"))
        mine = await until(engine, lambda s: s.cuts_version == 1)
        cuts_file.write_text(TURNED)
        theirs = await looked(engine, lambda s: s.cuts_version == 2)
        assert theirs.message.endswith("its cuts are in force; undo brings yours back")
        assert [past.what for past in theirs.timeline.states] == [
            "as it began", "real off", "mine.yaml was written: its cuts are in force",
        ]  # fmt: skip
        engine.send(Undo())
        assert (await until(engine, lambda s: s.cuts_version == 3)).cuts == mine.cuts


async def test_a_file_without_cuts_is_told_and_the_cuts_stay(make_engine: MakeEngine, cuts_file: Path) -> None:
    """As while somebody is in the middle of writing it."""
    async with running(make_engine(load_cuts(cuts_file, kinds()), cuts_file=cuts_file)) as engine:
        before = await until(engine, finished)
        cuts_file.write_text("stages: [")
        told = await looked(engine, lambda s: "mine.yaml" in s.message)
        assert told.message.endswith("The cuts stay as they were.")
        assert told.stages == before.stages
        assert not told.can_undo


async def test_saved_cuts_are_what_the_file_holds_and_no_news(make_engine: MakeEngine, cuts_file: Path) -> None:
    """Only claims are left to lose then; the file that they came from is proposed."""
    async with running(make_engine(load_cuts(cuts_file, kinds()), cuts_file=cuts_file)) as engine:
        last = await until(engine, finished)
        assert engine.where_to_save_cuts() == cuts_file
        engine.send(SetKnob("real", "drb_min", 0.8))
        engine.send(Claim(last.rows.object_id(0), "riser"))
        changed = await until(engine, lambda s: s.unsaved_cuts and s.unsaved_claims)
        said = await engine.save_cuts(cuts_file, overwrite=True)
        assert said.startswith("8 stages written to")
        assert cuts_file.read_text() == TURNED
        saved = await until(engine, lambda s: not s.unsaved_cuts)
        assert saved.unsaved_claims
        engine.send(SwitchStage("real"))
        assert (await looked(engine, lambda s: s.cuts_version == 2)).cuts != changed.cuts


async def test_the_table_can_be_filtered_and_nothing_else_is(make_engine: MakeEngine) -> None:
    """The newest surviving alert of an object decides; the counts are those of all survivors."""
    async with running(make_engine()) as engine:
        before = await until(engine, finished)
        assert before.shown is before.rows
        engine.send(FilterRows("magpsf < 18.5"))
        after = await until(engine, lambda s: s.row_filter == "magpsf < 18.5")
        bright = [
            before.rows.object_id(row) for row in range(len(before.rows)) if before.rows.value("magpsf", row) < 18.5
        ]
        assert [after.shown.object_id(row) for row in range(len(after.shown))] == bright
        assert 0 < len(bright) < len(before.rows) == len(after.rows) == after.surviving_objects
        assert after.stages == before.stages
        assert after.cuts_version == before.cuts_version
        assert not after.can_undo
        assert after.shown.find(bright[-1]) == len(bright) - 1
        engine.send(FilterRows("magpfs < 18.5"))
        wrong = await until(engine, lambda s: bool(s.message))
        assert "Did you mean 'magpsf'?" in wrong.message
        assert wrong.row_filter == "magpsf < 18.5"
        engine.send(FilterRows("  "))
        assert (await until(engine, lambda s: not s.row_filter)).matching is None


async def test_a_filter_goes_on_while_alerts_come_and_knobs_are_turned() -> None:
    """Every snapshot shows the rows of its own survivors that meet the condition, and no other."""
    engine = Engine(SimulatedSource("20240707", count=1500), NO_CUTS, small_hunt())
    async with running(engine):
        engine.send(FilterRows("magpsf < 19 and fid == 1"))
        counted = []
        async for snapshot in engine:
            if isinstance(snapshot.rows, SurvivorRows) and snapshot.row_filter and snapshot.night.alerts:
                view, alerts = snapshot.rows.view, snapshot.rows.alerts
                meets = (view.column("magpsf")[alerts] < 19) & (view.column("fid")[alerts] == 1)
                assert isinstance(snapshot.matching, SurvivorRows)
                assert np.array_equal(snapshot.matching.alerts, alerts[meets])
                counted.append(int(meets.sum()))
            if finished(snapshot):
                break
    assert counted[-1] > counted[0]
