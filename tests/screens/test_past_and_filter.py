"""Pictures of the list of past states, the line for the filter and the dialog that saves cuts."""

from dataclasses import replace

import fake_night
import pytest
import textual
from test_screens import DRAWN_WITH, SnapCompare, app_of, pressing

pytestmark = pytest.mark.skipif(
    textual.__version__ != DRAWN_WITH,
    reason=f"the pictures are those of Textual {DRAWN_WITH}, not {textual.__version__}",
)

SIZES = [(80, 24), (120, 36)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_past_states(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """More than there is room for; three were undone, and the cursor is further back."""
    snapshot = fake_night.with_past(fake_night.streaming(), 60, 56)
    assert snap_compare(app_of(snapshot), terminal_size=size, run_before=pressing("r", "j", "j"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_filter_is_typed(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """With a mistake in it, and what the word at the cursor may become."""
    keys = pressing("slash", *"magpsf < 18 and dr")
    assert snap_compare(app_of(fake_night.streaming()), terminal_size=size, run_before=keys)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_filter_is_kept(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """It stands in the frame of the table."""
    keys = pressing("slash", *"magpsf < 18", "enter")
    assert snap_compare(app_of(fake_night.streaming()), terminal_size=size, run_before=keys)


def test_cuts_are_saved(snap_compare: SnapCompare) -> None:
    """Into a file that is proposed."""
    assert snap_compare(app_of(fake_night.streaming()), run_before=pressing("s"))


def test_quitting_with_claims(snap_compare: SnapCompare) -> None:
    """Which no file of cuts can hold."""
    snapshot = replace(fake_night.streaming(), unsaved_claims=True)
    assert snap_compare(app_of(snapshot), run_before=pressing("q"))
