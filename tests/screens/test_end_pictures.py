"""Pictures of what was found and of the end: each was looked at before it was accepted."""

from dataclasses import replace

import fake_night
import pytest
import textual
from fake_engine import FakeEngine
from test_screens import DRAWN_WITH, SIZES, SnapCompare, app_of, pressing
from textual.pilot import Pilot

from huntui.engine.snapshot import Snapshot
from huntui.hunt.state import ClaimState, SetState
from huntui.tui.app import HuntApp
from huntui.tui.options import ScreenOptions
from huntui.tui.widgets import celebration

pytestmark = pytest.mark.skipif(
    textual.__version__ != DRAWN_WITH,
    reason=f"the pictures are those of Textual {DRAWN_WITH}, not {textual.__version__}",
)

SETS = (
    SetState("explosions", "What flares up and fades", ("supernova", "dwarf-nova"), 15, 1),
    SetState("black-holes", "What black holes do", ("quasar", "tde"), 30, 2),
)


@pytest.fixture(autouse=True)
def _long_celebrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """A celebration lasts until the picture is taken."""
    monkeypatch.setattr(celebration, "SECONDS", 1000.0)


def with_sets(snapshot: Snapshot) -> Snapshot:
    """Return a hunt with two sets of which one is complete."""
    treasures = tuple(
        replace(one, claimed=one.goal, confirmed=one.goal) if one.name in ("quasar", "tde") else one
        for one in snapshot.hunt.treasures
    )
    return replace(snapshot, hunt=replace(snapshot.hunt, treasures=treasures, sets=SETS, score=125))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_confirmed_claim_is_celebrated(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """It completes a treasure and a set, beside the table whose cursor is visible."""
    after = with_sets(fake_night.streaming())
    before = replace(after, hunt=replace(fake_night.hunt(), sets=tuple(replace(one, found=1) for one in SETS)))
    engine = FakeEngine(before)

    async def find(pilot: Pilot[None]) -> None:
        await pressing("tab", "j", "j")(pilot)
        claims = (*after.hunt.claims, ClaimState(fake_night.object_id(2), "tde", "confirmed", 40))
        engine.publish(replace(after, hunt=replace(after.hunt, claims=claims)))
        await pressing()(pilot)

    assert snap_compare(HuntApp(engine, ScreenOptions(browse=lambda _: False)), terminal_size=size, run_before=find)


@pytest.mark.parametrize("size", [(60, 16), *SIZES], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_end_of_a_hunt(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """What was found of each treasure and class, and the best that was missed."""
    app = app_of(with_sets(fake_night.streaming()))
    assert snap_compare(app, terminal_size=size, run_before=pressing("E", "enter", "j"))


def test_a_real_night_so_far(snap_compare: SnapCompare) -> None:
    """Claims, and nothing that truth would have to say."""
    snapshot = fake_night.streaming()
    real = replace(snapshot, night=replace(snapshot.night, simulated=False, source="data/20240707"))
    assert snap_compare(app_of(real), run_before=pressing("E"))


def test_the_end_is_asked_for(snap_compare: SnapCompare) -> None:
    """The night is still being read."""
    assert snap_compare(app_of(fake_night.streaming(0.5)), run_before=pressing("E"))


def test_a_hunt_that_has_ended(snap_compare: SnapCompare) -> None:
    """The checklist says so, and so does a key that claims."""
    snapshot = with_sets(fake_night.streaming())
    ended = replace(snapshot, hunt=replace(snapshot.hunt, ended=True))
    assert snap_compare(app_of(ended), terminal_size=(120, 36), run_before=pressing("tab", "c"))
