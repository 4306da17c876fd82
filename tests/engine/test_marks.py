"""Marks, ranges and settling through an engine: they change what is said and shown, and no count."""

import csv
import json
from itertools import islice
from pathlib import Path

import pytest
from engines import MakeEngine, finished, running, small_hunt, until
from synchronous_engine import SynchronousEngine

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.funnel.cuts import NO_CUTS
from huntui.session.commands import (
    Claim,
    ClaimAll,
    Command,
    FilterRows,
    Hide,
    Settle,
    Star,
    SwitchStage,
    Unclaim,
    UnclaimAll,
    Undo,
    WriteNote,
)
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource


async def after(engine: EngineFace, command: Command) -> Snapshot:
    """Send a command and return the first snapshot that has it."""
    before = engine.latest.sequence
    engine.send(command)
    return await until(engine, lambda snapshot: snapshot.sequence > before)


def names(snapshot: Snapshot) -> list[str]:
    """Return the surviving objects in the order of the table."""
    return [snapshot.rows.object_id(row) for row in range(len(snapshot.rows))]


def in_view(snapshot: Snapshot) -> list[str]:
    """Return the objects that a table shows without the hidden ones."""
    rows = snapshot.shown if snapshot.unhidden is None else snapshot.unhidden
    return [rows.object_id(row) for row in range(len(rows))]


async def test_hiding_leaves_objects_out_of_the_table_and_of_nothing_else(make_engine: MakeEngine) -> None:
    """Counts, rows, suggestions and the score are those of before; undo shows them again."""
    async with running(make_engine()) as engine:
        before = await until(engine, finished)
        objects = names(before)
        hidden = (objects[1], objects[3], "ZTF99zzzzzz")
        now = await after(engine, Hide(hidden))
        assert in_view(now) == [name for name in objects if name not in hidden]
        assert (names(now), now.hidden, now.marks.hidden) == (objects, 2, hidden)
        assert now.unhidden is not None
        assert now.unhidden.find(objects[1]) is None
        assert (now.stages, now.surviving_alerts, now.surviving_objects, now.hunt) == (
            before.stages, before.surviving_alerts, before.surviving_objects, before.hunt,
        )  # fmt: skip
        assert (now.unsaved_claims, now.unsaved_cuts, now.cuts_version) == (True, False, before.cuts_version)
        again = await after(engine, Undo())
        assert (again.unhidden, again.message) == (None, "undone: 3 objects hidden")


async def test_a_filter_and_hidden_objects_go_together(make_engine: MakeEngine) -> None:
    """The table has what meets the filter and is not hidden, also when other cuts let more through."""
    async with running(make_engine()) as engine:
        await until(engine, finished)
        filtered = await after(engine, FilterRows("magpsf < 18.5"))
        bright = in_view(filtered)
        now = await after(engine, Hide(tuple(names(filtered)[:40:2])))
        hidden = set(now.marks.hidden)
        assert in_view(now) == [name for name in bright if name not in hidden]
        assert now.hidden == len(set(bright) & hidden) > 0
        wider = await after(engine, SwitchStage("real"))
        assert not set(in_view(wider)) & hidden
        assert len(in_view(wider)) + wider.hidden == len(wider.shown)


async def test_what_was_hidden_before_the_night_is_left_out_as_soon_as_it_comes(packets_dir: Path) -> None:
    """Objects are hidden by name; the engine learns which they are when their alerts arrive."""
    whole = SynchronousEngine(FolderSource(packets_dir), NO_CUTS, small_hunt())
    async with running(whole):
        objects = names(await until(whole, finished))
    engine = SynchronousEngine(FolderSource(packets_dir), NO_CUTS, small_hunt(), by_hand=True)
    hidden = tuple(objects[::3])
    engine.send(Hide(hidden))
    async with running(engine):
        for _ in range(15):
            engine.feed()
            now = engine.latest
            assert in_view(now) == [name for name in names(now) if name not in set(hidden)]
            assert now.hidden == len(set(names(now)) & set(hidden))
    assert now.hidden > 200


async def test_stars_and_notes_are_in_the_snapshot(make_engine: MakeEngine) -> None:
    """With a sentence about each."""
    async with running(make_engine()) as engine:
        first, second, *_ = names(await until(engine, finished))
        assert (await after(engine, Star((first, second)))).message == "2 objects starred"
        now = await after(engine, WriteNote(second, " a [b]host[/b]\nnearby "))
        assert (now.marks.starred, now.marks.note_of(second)) == ((first, second), "a [b]host[/b] nearby")
        assert now.message == f"note on {second} written"
        assert now.timeline.states[-1].what == now.message


async def test_a_claim_on_a_real_night_is_settled_by_hand(make_engine: MakeEngine) -> None:
    """It scores as if truth had answered, and what was refuted goes on costing when it is taken back."""
    async with running(make_engine()) as engine:
        first, second, *_ = names(await until(engine, finished))
        claimed = await after(engine, ClaimAll((first, second), "riser"))
        assert claimed.message == "2 objects claimed as riser"
        right = await after(engine, Settle(first, "riser", "confirmed"))
        assert right.message == f"{first} as riser confirmed, +5 points"
        assert (right.hunt.score, right.hunt.treasures[0].confirmed) == (5, 1)
        wrong = await after(engine, Settle(second, "riser", "refuted"))
        assert wrong.message == f"{second} as riser refuted, -5 points"
        assert [(claim.verdict, claim.points) for claim in wrong.hunt.claims] == [("confirmed", 5), ("refuted", -5)]
        gone = await after(engine, Unclaim(second, "riser"))
        assert gone.message.endswith("it was refuted, and the 5 points stay lost")
        assert (gone.hunt.score, [claim.stands for claim in gone.hunt.claims]) == (0, [True, False])
        opened = await after(engine, Settle(second, "riser", "open"))
        assert (opened.message, opened.hunt.score) == (f"{second} as riser open again", 5)
        assert [claim.object_id for claim in opened.hunt.claims] == [first]
        await after(engine, Undo())
        await after(engine, Undo())
        undone = await after(engine, Undo())
        assert undone.message == f"undone: {second} as riser refuted"
        assert [claim.verdict for claim in undone.hunt.claims] == ["confirmed", "open"]
        unknown = await after(engine, Settle(first, "fader", "confirmed"))
        assert unknown.message == f"{first} is not claimed as fader, so that there is nothing to settle."
        assert unknown.hunt == undone.hunt


async def test_truth_is_not_overruled() -> None:
    """On a simulated night it has answered, and settling is refused in one sentence."""
    async with running(SynchronousEngine(SimulatedSource("20240707", count=100), NO_CUTS, small_hunt())) as engine:
        name = names(await until(engine, finished))[0]
        claimed = await after(engine, Claim(name, "riser"))
        verdict = claimed.hunt.claims[0].verdict
        for wish in ("confirmed", "refuted", "open"):
            now = await after(engine, Settle(name, "riser", wish))
            assert now.message == f"Truth has answered this claim already: {name} as riser is {verdict}."
            assert (now.hunt, now.timeline) == (claimed.hunt, claimed.timeline)


async def test_truth_answers_many_claims_in_one_sentence_and_one_undo_takes_them_back() -> None:
    """So many confirmed, so many refuted, and what it is worth."""
    night = SimulatedSource("20240707", count=1500)
    async with running(SynchronousEngine(night, NO_CUTS, small_hunt())) as engine:
        objects = names(await until(engine, finished))
        classes = {name: truth["class"] for name, truth in night.truth(objects).items()}
        right = list(islice((name for name in objects if classes[name] == "supernova Ia"), 2))
        wrong = list(islice((name for name in objects if classes[name] != "supernova Ia"), 3))
        await after(engine, Claim(wrong[0], "riser"))
        now = await after(engine, ClaimAll((*wrong, *right), "riser"))
        assert now.message == "4 objects claimed as riser (1 was already): 2 confirmed, 2 refuted, -5 points"
        assert now.hunt.score == -10
        back = await after(engine, UnclaimAll((*wrong, *right, objects[-1]), "riser"))
        assert back.message == (
            "5 objects no longer claimed as riser (1 was not); 3 were refuted, and the 15 points stay lost"
        )
        assert (await after(engine, Undo())).hunt == now.hunt
        undone = await after(engine, Undo())
        assert undone.message == "undone: 4 objects claimed as riser; 2 were refuted, and the 10 points stay lost"
        assert [claim.object_id for claim in undone.hunt.claims if claim.stands] == [wrong[0]]


@pytest.mark.parametrize("ending", ["json", "csv"])
async def test_an_export_has_every_survivor_and_the_marks_beside_the_claims(
    packets_dir: Path, tmp_path: Path, ending: str
) -> None:
    """Hidden objects too: hiding is for the eye. Marks that were exported are in a file."""
    async with running(SynchronousEngine(FolderSource(packets_dir), NO_CUTS, small_hunt())) as engine:
        objects = names(await until(engine, finished))
        for command in (Star((objects[0],)), Hide(tuple(objects[:2])), WriteNote(objects[2], "a\n# host")):
            engine.send(command)
        path = tmp_path / f"finds.{ending}"
        await engine.export(path)
        assert not engine.latest.unsaved
    text = path.read_text()
    if ending == "json":
        found = json.loads(text)
        assert found["marks"] == [
            {"objectId": objects[0], "starred": True, "hidden": True, "note": None},
            {"objectId": objects[1], "starred": False, "hidden": True, "note": None},
            {"objectId": objects[2], "starred": False, "hidden": False, "note": "a # host"},
        ]
        rows = found["rows"]
    else:
        comments = [line for line in text.splitlines() if line.startswith("# mark")]
        assert comments == [
            f"# mark {objects[0]}: starred, hidden",
            f"# mark {objects[1]}: hidden",
            f"# mark {objects[2]}: note: a # host",
        ]
        rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("# ")))
    assert [row["objectId"] for row in rows] == objects
