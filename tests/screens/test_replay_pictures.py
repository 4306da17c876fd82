"""Pictures of a night that is replayed: each was looked at before it was accepted."""

import fake_clock
import pytest
import textual
from test_screens import DRAWN_WITH, SIZES, SnapCompare, app_of, pressing

pytestmark = pytest.mark.skipif(
    textual.__version__ != DRAWN_WITH,
    reason=f"the pictures are those of Textual {DRAWN_WITH}, not {textual.__version__}",
)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_night_is_replayed(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """A third of the night, at ×60."""
    assert snap_compare(app_of(fake_clock.at(0.34)), terminal_size=size, run_before=pressing())


def test_a_replay_stands_still(snap_compare: SnapCompare) -> None:
    """Between two exposures, with the keys that go on."""
    assert snap_compare(app_of(fake_clock.at(0.34)), terminal_size=(120, 36), run_before=pressing("."))


def test_a_time_to_jump_to(snap_compare: SnapCompare) -> None:
    """Typed, and not one of the night."""
    app = app_of(fake_clock.at(0.34))
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing("@", *"13:00", "enter"))
