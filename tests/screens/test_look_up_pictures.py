"""Pictures of what public services say of an object."""

from dataclasses import replace

import fake_night
import pytest
import textual
from fake_engine import FakeEngine
from test_screens import DRAWN_WITH, SnapCompare, pressing

from huntui.hunt.state import ClaimState
from huntui.tui.app import HuntApp
from huntui.tui.options import ScreenOptions

pytestmark = pytest.mark.skipif(
    textual.__version__ != DRAWN_WITH,
    reason=f"the pictures are those of Textual {DRAWN_WITH}, not {textual.__version__}",
)

SIZES = [(80, 24), (120, 36), (200, 60)]


def claimed() -> FakeEngine:
    """Return an engine on a real night, whose first object is claimed as two treasures."""
    snapshot = fake_night.streaming()
    name = fake_night.object_id(0)
    claims = (ClaimState(name, "supernova", "open", 0), ClaimState(name, "dwarf-nova", "open", 0))
    night = replace(snapshot.night, simulated=False)
    return FakeEngine(replace(snapshot, night=night, hunt=replace(snapshot.hunt, claims=claims)))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("settled", [False, True], ids=["asked", "settled"])
def test_what_services_say(snap_compare: SnapCompare, size: tuple[int, int], settled: bool) -> None:
    """One is waited for; then all have answered, and the claim is settled by what they say."""
    engine = claimed()
    if settled:
        engine.last_answer.set()
    keys = ("I", "y", "j") if settled else ("I",)
    assert snap_compare(
        HuntApp(engine, ScreenOptions(browse=lambda _: False)), terminal_size=size, run_before=pressing(*keys)
    )
