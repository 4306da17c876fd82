"""A hunt that is kept: the next engine on the night goes on where the last one was, however that one ended."""

import subprocess
import sys
from pathlib import Path

import pytest
from engines import EXERCISE, finished, running, small_hunt, until

from huntui.engine.engine import Engine
from huntui.engine.notebook import Notebook
from huntui.engine.snapshot import Snapshot
from huntui.errors import StoreError
from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.session.commands import Claim, Hide, RememberPanels, Settle, Star, SwitchStage, Undo, WriteNote
from huntui.session.panels import Panels
from huntui.session.store import FILE, Label, Store
from huntui.sources.folder import FolderSource

LABEL = Label("a night", None, "packets", False, "test")
FOUND = "ZTF21abiuvdk"
"""An object that comes through the cuts of the exercise, whichever of its stages is off."""


@pytest.fixture
def few(tmp_path: Path, packet_files: list[Path]) -> Path:
    """Return a folder of a few real packets."""
    folder = tmp_path / "packets"
    folder.mkdir()
    for path in {*packet_files[::60], *(path for path in packet_files if _is_of(path, FOUND))}:
        (folder / path.name).symlink_to(path)
    return folder


def _is_of(path: Path, object_id: str) -> bool:
    return object_id.encode() in path.read_bytes()


def engine(few: Path, cuts: Cuts | None = None, **how: bool) -> Engine:
    """Return an engine that keeps its hunt."""
    cuts = cuts or load_cuts(EXERCISE, kinds())
    return Engine(FolderSource(few), cuts, small_hunt(), notebook=Notebook(LABEL, **how))


async def played(few: Path, *commands: object, cuts: Cuts | None = None, **how: bool) -> tuple[str, Snapshot]:
    """Run an engine to the end of the night, carry out commands, and return what it said first and how it ended."""
    async with running(engine(few, cuts, **how)) as hunting:
        first = (await until(hunting, lambda snapshot: snapshot.sequence > 0)).message
        await until(hunting, finished)
        for command in commands:
            before = hunting.latest.sequence
            hunting.send(command)
            await until(hunting, lambda snapshot, before=before: snapshot.sequence > before)
        return first, hunting.latest


def first_stage(snapshot: Snapshot) -> bool:
    """Return whether the first stage is on."""
    assert snapshot.cuts is not None
    return snapshot.cuts.stages[0].enabled


STAGE = load_cuts(EXERCISE, kinds()).stages[0].name


async def test_the_next_engine_goes_on_where_the_last_one_was(few: Path, user_hunts: Path) -> None:
    """It says so in one sentence, and undo goes back over what was done before."""
    said, before = await played(few, SwitchStage(STAGE), Claim(FOUND, "riser"))
    assert said == ""
    said, after = await played(few)
    assert said.startswith("Resumed: 1 claim, cuts as you left them on ")
    assert said.endswith("; undo still goes back.")
    assert (after.cuts, after.timeline, after.hunt.claims) == (before.cuts, before.timeline, before.hunt.claims)
    assert after.unsaved_cuts
    assert not after.unsaved
    assert after.surviving_alerts == before.surviving_alerts
    _, undone = await played(few, Undo(), Undo())
    assert undone.hunt.claims == ()
    assert first_stage(undone)
    assert [path.name for path in user_hunts.iterdir()] == [FILE]


async def test_marks_and_what_was_settled_are_there_again(few: Path) -> None:
    """What was refuted costs as it did, and undo goes back over it."""
    marks = Star(("ZTF24aa",)), Hide(("ZTF24bb",)), WriteNote("ZTF24aa", "a host")
    _, before = await played(few, Claim(FOUND, "riser"), Settle(FOUND, "riser", "refuted"), *marks)
    _, after = await played(few)
    assert (after.marks, after.hunt.claims, after.hunt.score) == (before.marks, before.hunt.claims, -5)
    assert after.marks.note_of("ZTF24aa") == "a host"
    _, undone = await played(few, *[Undo()] * 4)
    assert (undone.marks.starred, undone.marks.hidden, undone.hunt.score) == ((), (), 0)
    assert [claim.verdict for claim in undone.hunt.claims] == ["open"]


async def test_a_hunt_in_which_nothing_was_changed_is_not_kept(few: Path) -> None:
    """Whoever only looks leaves nothing behind."""
    await played(few)
    assert Store.of_user().hunts() == []


async def test_a_fresh_hunt_leaves_the_kept_one_as_it_is(few: Path) -> None:
    """It is another one in the list as soon as something is changed, and the next to be gone on with."""
    await played(few, SwitchStage(STAGE))
    said, fresh = await played(few, fresh=True)
    assert (said, first_stage(fresh)) == ("", True)
    assert not first_stage((await played(few))[1])
    await played(few, Claim(FOUND, "riser"), fresh=True)
    _, newest = await played(few)
    assert first_stage(newest)
    assert len(newest.hunt.claims) == 1
    assert len(Store.of_user().hunts()) == 2


@pytest.mark.parametrize("how", ["by an option", "in a file"])
async def test_cuts_that_were_asked_for_win_and_undo_brings_back_the_kept_ones(few: Path, how: str) -> None:
    """Claims are resumed all the same."""
    await played(few, SwitchStage(STAGE), Claim(FOUND, "riser"))
    asked = load_cuts(EXERCISE, kinds())
    if how == "in a file":
        asked = asked.remove(asked.stages[1].name)
    said, now = await played(few, cuts=asked, cuts_win=how == "by an option")
    assert said == "Resumed: 1 claim, with the cuts that were asked for; undo brings back yours."
    assert now.cuts is not None
    assert now.cuts.stages == asked.stages
    assert not now.unsaved_cuts
    assert len(now.hunt.claims) == 1
    assert not first_stage((await played(few, Undo(), cuts=asked, cuts_win=how == "by an option"))[1])


async def test_two_engines_on_one_night_keep_a_hunt_each(few: Path) -> None:
    """The second says so, and whoever wrote last is gone on with."""
    pytest.importorskip("fcntl")
    await played(few, SwitchStage(STAGE))
    async with running(engine(few)) as first:
        await until(first, finished)
        said, second = await played(few, Claim(FOUND, "riser"))
        assert "This night is open in another huntui as well" in said
        assert len(second.hunt.claims) == 1
        assert first.latest.hunt.claims == ()
    said, resumed = await played(few)
    assert "another huntui" not in said
    assert len(resumed.hunt.claims) == 1
    assert len(Store.of_user().hunts()) == 2


async def test_a_store_that_cannot_be_used_is_told_and_the_hunt_goes_on(few: Path, user_hunts: Path) -> None:
    """In memory, with undo."""
    user_hunts.write_text("a file where the folder should be")
    said, now = await played(few, SwitchStage(STAGE))
    assert "hunts cannot be kept there" in said
    assert not first_stage(now)
    assert now.unsaved


async def test_a_damaged_store_is_told_and_the_hunt_is_kept_in_a_new_one(few: Path, user_hunts: Path) -> None:
    """The damaged one is still there."""
    user_hunts.mkdir(parents=True)
    (user_hunts / FILE).write_bytes(b"no database" * 1000)
    said, _ = await played(few, SwitchStage(STAGE))
    assert "was damaged: it was moved to" in said
    assert not first_stage((await played(few))[1])


async def test_a_hunt_that_can_no_longer_be_kept_is_told_once_and_kept_when_it_can_be_again(few: Path) -> None:
    """As when a disk is full for a while."""

    class Fragile(Store):
        full = False

        def write(self, *arguments: object) -> int:
            if self.full:
                raise StoreError("the disk is full.")
            return super().write(*arguments)

    store = Fragile.of_user()
    hunting = Engine(
        FolderSource(few), load_cuts(EXERCISE, kinds()), small_hunt(), notebook=Notebook(LABEL, store=lambda: store)
    )
    async with running(hunting):
        await until(hunting, finished)
        store.full = True
        hunting.send(SwitchStage(STAGE))
        told = await until(hunting, lambda snapshot: "the disk is full." in snapshot.message)
        assert told.unsaved
        store.full = False
        hunting.send(Claim(FOUND, "riser"))
        await until(hunting, lambda snapshot: snapshot.message == "The hunt is kept again.")
    assert hunting.latest.unkept == ""
    _, resumed = await played(few)
    assert not first_stage(resumed)
    assert len(resumed.hunt.claims) == 1


async def test_a_hunt_that_cannot_be_kept_at_the_very_end_is_told_then(few: Path) -> None:
    """When nobody looks at the screen any more, it is left in the last snapshot."""

    class Full(Store):
        def write(self, *_: object) -> int:
            raise StoreError("the disk is full.")

    hunting = Engine(
        FolderSource(few), load_cuts(EXERCISE, kinds()), small_hunt(), notebook=Notebook(LABEL, store=Full.of_user)
    )
    async with running(hunting):
        await until(hunting, finished)
        hunting.send(SwitchStage(STAGE))
    assert hunting.latest.unkept == "the disk is full. What was done last in this hunt is lost."


CHILD = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_notebook import *

async def main():
    async with running(engine(Path(sys.argv[1]))) as hunting:
        await until(hunting, finished)
        for k in range(100_000):
            hunting.send(SwitchStage(STAGE))
            await until(hunting, lambda snapshot: snapshot.cuts_version > k)
            print(k + 1, flush=True)
            await asyncio.sleep(0.05)

asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder of another process cannot be chosen")
async def test_a_killed_huntui_loses_no_more_than_the_last_second(few: Path) -> None:
    """It changes the cuts about twenty times a second, and is killed in the middle of it."""
    arguments = [sys.executable, "-c", CHILD, str(few), str(Path(__file__).parent)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) == 60:
                break
        child.kill()
        changed = [60, *map(int, child.stdout.read().split())][-1]
    said, resumed = await played(few)
    assert said.startswith("Resumed: ")
    assert "another huntui" not in said
    past = resumed.timeline
    assert changed - 20 <= past.forgotten + past.place <= changed + 1


async def test_panels_are_kept_with_a_hunt_and_begin_none(few: Path, user_hunts: Path) -> None:
    """Whoever only looked around has no hunt to resume; after a claim the last place counts."""
    there, elsewhere = Panels(focus="objects", object_id=FOUND), Panels(focus="checklist")
    await played(few, RememberPanels(there))
    store = Store(user_hunts / FILE)
    assert store.hunts() == []
    store.close()
    await played(few, Claim(FOUND, "riser"), RememberPanels(there), RememberPanels(elsewhere))
    async with running(engine(few)) as hunting:
        resumed = await until(hunting, lambda snapshot: snapshot.sequence > 0)
    assert resumed.panels == elsewhere


async def test_what_is_done_in_the_last_moment_is_kept(few: Path, user_hunts: Path) -> None:
    """A key that is pressed right before the one that quits counts as well."""
    async with running(engine(few)) as hunting:
        await until(hunting, finished)
        hunting.send(Claim(FOUND, "riser"))
    store = Store(user_hunts / FILE)
    assert [store.memory(kept.number).now.standing for kept in store.hunts()] == [((FOUND, "riser"),)]
    store.close()
