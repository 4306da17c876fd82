"""The end of a hunt: claims are over, and what the night held agrees with a recount of its truth file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from engines import MakeEngine, finished, running, until
from synchronous_engine import SynchronousEngine

from huntui import shipped, truth
from huntui.engine.engine import Engine
from huntui.engine.face import EngineFace
from huntui.engine.notebook import Notebook
from huntui.engine.reckoning import Reckoning
from huntui.errors import CallError
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import load_cuts
from huntui.hunt.hunt import load_hunt
from huntui.session.commands import ENDED, Claim, Command, End, ReplaceCuts, Unclaim, Undo
from huntui.session.store import Label
from huntui.simulate.files import write_night
from huntui.simulate.night import SimulatedNight
from huntui.sources.folder import FolderSource

SUPERNOVAE = {"supernova Ia", "supernova II", "supernova Ibc", "superluminous supernova"}
CONFIRMED_BY = {
    "supernova": SUPERNOVAE,
    "asteroid": {"known asteroid"},
    "moving-object": {"unknown mover", "near-Earth object"},
    "comet": {"comet"},
    "dwarf-nova": {"dwarf nova"},
    "quasar": {"AGN", "blazar"},
    "rr-lyrae": {"RR Lyrae"},
    "eclipsing-binary": {"eclipsing binary"},
    "mira": {"Mira"},
    "artefact": {"artefact"},
}
"""The true classes of each treasure of the first night, written down once more."""
POINTS = {"supernova": (5, 5), "moving-object": (5, 2), "comet": (10, 1), "dwarf-nova": (10, 2)}
"""Points and goal of those that bring most."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a simulated night of 2,000 alerts."""
    folder = tmp_path_factory.mktemp("nights") / "night"
    write_night(SimulatedNight("20240707", count=2_000), folder)
    return folder


@pytest.fixture(scope="module")
def classes(night: Path) -> dict[str, str]:
    """Return the true class of every object, in the order of the file."""
    return {row["objectId"]: row["class"] for row in pq.read_table(night / "truth.parquet").to_pylist()}


@asynccontextmanager
async def hunting(kind: Any, night: Path) -> AsyncIterator[EngineFace]:
    """Give an engine that has read the night, keeps all of it, and hunts the treasures of a first night."""
    hunt = load_hunt(shipped.find("hunts", "first-night"), kinds(), truth.kinds())
    async with running(kind(FolderSource(night), NO_CUTS, hunt)) as engine:
        await until(engine, finished)
        yield engine


async def tell(engine: EngineFace, *commands: Command) -> str:
    """Carry out commands one after the other and return what is said of the last one."""
    for command in commands:
        before = engine.latest.sequence
        engine.send(command)
        await until(engine, lambda snapshot, before=before: snapshot.sequence > before)
    return engine.latest.message


def claims_of(classes: dict[str, str]) -> list[Claim]:
    """Return claims of every treasure, right ones and, of each second treasure, wrong ones."""
    made = []
    for k, (name, right) in enumerate(CONFIRMED_BY.items()):
        true = [object_id for object_id, kind in classes.items() if kind in right]
        false = [object_id for object_id, kind in classes.items() if kind not in right]
        made += [Claim(object_id, name) for object_id in true[: 1 + 2 * (k % 3)]]
        made += [Claim(object_id, name) for object_id in false[: 3 * (k % 2)]]
    return made


CUTS = load_cuts(shipped.find("cuts", "transients"), kinds())


@pytest.mark.parametrize("kind", [Engine, SynchronousEngine], ids=["threaded", "synchronous"])
async def test_completeness_and_purity_agree_with_a_recount_of_the_truth_file(
    kind: Any, night: Path, classes: dict[str, str]
) -> None:
    """Of every treasure and every class, with wrong claims, and one that was taken back."""
    claims = claims_of(classes)
    wrong = next(claim for claim in claims if classes[claim.object_id] not in CONFIRMED_BY[claim.treasure])
    async with hunting(kind, night) as engine:
        await tell(engine, *claims, Unclaim(wrong.object_id, wrong.treasure), End())
        found = await engine.reckoning()
    assert found.known
    assert found.objects == len(classes)
    checked = 0
    for line in found.lines:
        claimed = {claim.object_id for claim in claims if claim.treasure == line.treasure.name}
        wanted = CONFIRMED_BY[line.treasure.name] if line.kind is None else {line.kind.name}
        held = {object_id for object_id, kind in classes.items() if kind in wanted}
        right = len(claimed & held)
        counted = line.treasure if line.kind is None else line.kind
        assert (counted.held, counted.right) == (len(held), right), line.treasure.name
        assert counted.completeness == pytest.approx(right / len(held))
        if line.kind is None and claimed:
            assert line.treasure.purity == pytest.approx(right / len(claimed))
            checked += 1
    assert checked == len(CONFIRMED_BY)
    assert sum(one.treasure.wrong for one in found.lines if one.kind is None) == sum(
        classes[claim.object_id] not in CONFIRMED_BY[claim.treasure] for claim in claims
    )


async def test_the_best_missed_is_the_nearest_of_those_with_most_points(night: Path, classes: dict[str, str]) -> None:
    """What every stage makes of it is what an explanation of that alert says; nothing nearer was overlooked."""
    async with hunting(SynchronousEngine, night) as engine:
        dwarf_novae = [name for name, kind in classes.items() if kind == "dwarf nova"]
        comet = next(name for name, kind in classes.items() if kind == "comet")
        await tell(engine, Claim(comet, "comet"), ReplaceCuts(CUTS, "other cuts"), End())
        best = (await engine.reckoning()).best
        assert best is not None
        # The comet is found, so that the dwarf novae bring most.
        assert (best.treasure.name, best.treasure.points, best.missed.kind) == ("dwarf-nova", 10, "dwarf nova")
        assert best.missed.object_id in dwarf_novae
        (alert,) = (await engine.explain(str(best.missed.candid))).alerts
        assert best.explained == alert
        assert alert.rejected_by == best.missed.lost_at != ()
        explained = [one for name in dwarf_novae for one in (await engine.explain(name, every=True)).alerts]
        assert not any(not one.rejected_by for one in explained)
        near = {one.object_id: one.margin for one in (await engine.near_misses(5_000)).alerts}
        assert near[best.missed.object_id] == min(near[name] for name in dwarf_novae if name in near)


async def test_what_came_through_and_was_passed_by_is_told_so(night: Path, classes: dict[str, str]) -> None:
    """With no cuts at all everything was in the table."""
    async with hunting(SynchronousEngine, night) as engine:
        await tell(engine, End())
        found = await engine.reckoning()
        assert found.best is not None
        assert found.best.treasure.points == 10
        assert found.best.missed.in_table
        assert found.best.explained.rejected_by == ()
        for line in found.lines:
            assert line.missed is not None
            assert classes[line.missed.object_id] == line.missed.kind
            assert engine.latest.rows.find(line.missed.object_id) is not None


async def test_where_every_goal_is_reached_nothing_was_missed(night: Path, classes: dict[str, str]) -> None:
    """More of the same are no treasure that was passed by."""
    goals = {"supernova": 5, "asteroid": 5, "moving-object": 2, "comet": 1, "dwarf-nova": 2}
    async with hunting(SynchronousEngine, night) as engine:
        for name, right in CONFIRMED_BY.items():
            true = [object_id for object_id, kind in classes.items() if kind in right]
            await tell(engine, *(Claim(object_id, name) for object_id in true[: goals.get(name, 3)]))
        await tell(engine, End())
        found = await engine.reckoning()
    assert engine.latest.hunt.score == 91 + 30
    assert found.best is None


@pytest.mark.parametrize("kind", [Engine, SynchronousEngine], ids=["threaded", "synchronous"])
async def test_truth_is_not_told_before_the_end_and_no_claim_counts_after_it(
    kind: Any, night: Path, classes: dict[str, str]
) -> None:
    """Cuts may still be changed, and undo takes them back and not the end."""
    first, second = list(classes)[:2]
    async with hunting(kind, night) as engine:
        await tell(engine, Claim(first, "quasar"))
        with pytest.raises(CallError, match="end it first"):
            await engine.reckoning()
        assert "has ended" in await tell(engine, End())
        score = engine.latest.hunt.score
        assert await tell(engine, Claim(second, "quasar")) == ENDED
        assert await tell(engine, Unclaim(first, "quasar")) == ENDED
        await tell(engine, ReplaceCuts(CUTS, "other cuts"), Undo())
        assert (engine.latest.hunt.ended, engine.latest.hunt.score) == (True, score)
        assert [claim.object_id for claim in engine.latest.hunt.claims] == [first]
        assert not engine.latest.can_undo


async def test_the_next_engine_knows_that_the_hunt_has_ended(night: Path, classes: dict[str, str]) -> None:
    """It is kept at once, and said; whoever begins anew may claim again."""
    hunt = load_hunt(shipped.find("hunts", "first-night"), kinds(), truth.kinds())
    label, name = Label("a night", None, "folder", True, "first-night"), next(iter(classes))

    def engine(**how: bool) -> Engine:
        return Engine(FolderSource(night), NO_CUTS, hunt, notebook=Notebook(label, **how))

    async with running(engine()) as first:
        await until(first, finished)
        await tell(first, Claim(name, "quasar"), End())
    async with running(engine()) as second:
        said = (await until(second, lambda snapshot: snapshot.sequence > 0)).message
        assert said.startswith("Resumed: 1 claim, cuts as you left them on ")
        assert said.endswith(ENDED)
        await until(second, finished)
        assert (await second.reckoning()).known
        assert await tell(second, Unclaim(name, "quasar")) == ENDED
    async with running(engine(fresh=True)) as third:
        await until(third, finished)
        assert not third.latest.hunt.ended
        assert "claimed as quasar" in await tell(third, Claim(name, "quasar"))


@pytest.mark.parametrize("damaged", [False, True])
async def test_a_night_whose_truth_is_gone_is_reckoned_by_its_claims_alone(
    night: Path, tmp_path: Path, *, damaged: bool
) -> None:
    """The marker still says that it is simulated; a truth that cannot be read tells as much as none."""
    (tmp_path / "SIMULATED").write_text("invented")
    if damaged:
        (tmp_path / "truth.parquet").write_bytes(b"PAR1 and nothing more")
    for file in sorted(night.glob("*.avro"))[:100]:
        (tmp_path / file.name).symlink_to(file)
    async with hunting(SynchronousEngine, tmp_path) as engine:
        name = engine.latest.rows.object_id(0)
        await tell(engine, Claim(name, "quasar"), End())
        found = await engine.reckoning()
    assert (found.known, found.simulated, found.best) == (False, True, None)
    assert [line.treasure.open for line in found.lines if line.treasure.name == "quasar"] == [1]


async def test_a_night_of_which_nothing_was_read_holds_nothing(night: Path) -> None:
    """The hunt may be ended before the first alert came."""
    hunt = load_hunt(shipped.find("hunts", "first-night"), kinds(), truth.kinds())
    async with running(SynchronousEngine(FolderSource(night), NO_CUTS, hunt, by_hand=True)) as engine:
        await tell(engine, End())
        found: Reckoning = await engine.reckoning()
    assert (found.objects, found.best, len(found.lines)) == (0, None, 10)


async def test_a_real_night_does_not_end_and_its_claims_stay_open(make_engine: MakeEngine) -> None:
    """The reckoning shows them at any time."""
    async with running(make_engine()) as engine:
        await until(engine, finished)
        name = engine.latest.rows.object_id(0)
        await tell(engine, Claim(name, "riser"))
        assert await tell(engine, End()) == (
            "The claims of a real night stay open until they are settled; nothing has ended."
        )
        assert not engine.latest.hunt.ended
        found = await engine.reckoning()
        assert (found.known, found.simulated, found.best) == (False, False, None)
        assert [line.treasure.open for line in found.lines] == [1, 0]
        assert "no longer claimed" in await tell(engine, Unclaim(name, "riser"))
