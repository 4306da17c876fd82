"""Pictures of the start screen."""

from typing import Any

import fake_night
import pytest
from fake_engine import FakeEngine
from fake_start import ALL, FakeStart
from test_screens import SIZES, SnapCompare, pressing, pytestmark  # noqa: F401

from huntui.engine.beginning import AtHand
from huntui.tui.app import HuntApp
from huntui.tui.options import ScreenOptions


@pytest.fixture(autouse=True)
def _a_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days do not depend on where the tests run."""
    monkeypatch.setenv("TZ", "UTC")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_where_a_hunt_begins(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Hunts to go on with, nights, and a night marked for the second hunt."""
    app: Any = HuntApp(FakeStart(ALL))
    assert snap_compare(app, terminal_size=size, run_before=pressing("down", "down", "down", "left"))


@pytest.mark.parametrize("size", SIZES[:1], ids=lambda size: f"{size[0]}x{size[1]}")
def test_who_is_new_here_begins_with_the_guide(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Nothing is kept."""
    app: Any = HuntApp(FakeStart(AtHand((), ALL.nights[2:], ALL.hunts)))
    assert snap_compare(app, terminal_size=size, run_before=pressing())


def test_a_date_is_typed(snap_compare: SnapCompare) -> None:
    """Six digits so far."""
    app: Any = HuntApp(FakeStart(ALL), ScreenOptions(theme="light"))
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing(*"202407"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_somebody_is_guided(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """To the first knob, on a night that is read."""
    app: Any = HuntApp(FakeStart(AtHand((), ALL.nights[2:], ALL.hunts)))
    assert snap_compare(app, terminal_size=size, run_before=pressing("enter", "tab", "shift+tab"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_words_mean(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """The columns of the marked stage and the words of the funnel first."""
    app: Any = HuntApp(FakeEngine(fake_night.streaming(0.66)))
    assert snap_compare(app, terminal_size=size, run_before=pressing("down", "i"))
