"""Pictures of the editor of a stage, and of what leads to it: each was looked at before it was accepted."""

from dataclasses import replace

import fake_night
import pytest
import textual
from fake_cuts import cuts_of
from test_screens import DRAWN_WITH, SnapCompare, app_of, pressing

from huntui.engine.snapshot import Snapshot
from huntui.funnel.cuts import NO_CUTS

pytestmark = pytest.mark.skipif(
    textual.__version__ != DRAWN_WITH,
    reason=f"the pictures are those of Textual {DRAWN_WITH}, not {textual.__version__}",
)
SIZES = [(80, 24), (120, 36)]
LONG = (
    "not (neargaia >= 0 and neargaia < gaia_arcsec and maggaia < gaia_mag) and coalesce(drb, rb) >= score_min and "
    "abs(magdiff) <= 0.4 and nbad <= 0 and (isdiffpos == 't' or isdiffpos == '1')"
)


def night() -> Snapshot:
    """Return a night whose stages can be edited, the first of them long."""
    snapshot = fake_night.streaming()
    real = replace(
        snapshot.stages[0],
        keep=LONG,
        knobs=tuple(
            replace(snapshot.stages[0].knobs[0], name=name, value=value, maximum=maximum)
            for name, value, maximum in (("gaia_arcsec", 2.5, 10.0), ("gaia_mag", 16.0, 20.0), ("score_min", 0.65, 1.0))
        ),
    )
    stages = (real, *snapshot.stages[1:])
    return replace(snapshot, stages=stages, cuts=cuts_of(stages))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_long_condition_is_edited(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Three knobs, and nothing wrong."""
    assert snap_compare(app_of(night()), terminal_size=size, run_before=pressing("enter"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_word_is_completed(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """The word is marked as wrong for as long as it is no column."""
    assert snap_compare(app_of(night()), terminal_size=size, run_before=pressing("enter", *" and mag", "down"))


def test_an_error_in_the_middle_on_a_light_screen(snap_compare: SnapCompare) -> None:
    """The place is underlined, and the last good condition runs on."""
    keys = ("down", "enter", "home", *["right"] * 6, "x", "escape")
    assert snap_compare(app_of(night(), theme="light"), run_before=pressing(*keys))


def test_the_smallest_window_has_room_for_the_editor(snap_compare: SnapCompare) -> None:
    """Two lines of the condition and three knobs."""
    assert snap_compare(app_of(night()), terminal_size=(60, 16), run_before=pressing("enter", "tab"))


def test_a_value_is_typed(snap_compare: SnapCompare) -> None:
    """Out of its range."""
    assert snap_compare(app_of(night()), run_before=pressing("v", *"11", "enter"))


def test_a_funnel_without_stages(snap_compare: SnapCompare) -> None:
    """It says how to begin."""
    app = app_of(replace(fake_night.streaming(), stages=(), cuts=NO_CUTS))
    assert snap_compare(app, run_before=pressing("down"))
