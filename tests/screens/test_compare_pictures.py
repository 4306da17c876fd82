"""Pictures of what other cuts would do: each was looked at before it was accepted."""

from collections.abc import Awaitable, Callable
from typing import Any

import fake_night
import pytest
import textual
from fake_engine import FakeEngine
from fake_night import FakeRows
from test_screens import DRAWN_WITH, SIZES, SnapCompare
from textual.pilot import Pilot
from textual.widgets import Static

from huntui.tui.app import HuntApp
from huntui.tui.options import ScreenOptions
from huntui.tui.screens.compare import Compare
from huntui.tui.widgets.cuts_list import CutsList

pytestmark = pytest.mark.skipif(
    textual.__version__ != DRAWN_WITH,
    reason=f"the pictures are those of Textual {DRAWN_WITH}, not {textual.__version__}",
)


def app() -> HuntApp:
    """Return an app over a night of which other cuts would keep nine more objects."""
    engine = FakeEngine(fake_night.streaming())
    table = tuple({**row, "objectId": f"ZTF24new{k:04}"} for k, row in enumerate(fake_night.rows(9).table))
    engine.gained = FakeRows(table)
    return HuntApp(engine, ScreenOptions(browse=lambda _: False))


async def _drawn(pilot: Pilot[Any]) -> None:
    if drawing := [worker for worker in pilot.app.workers if worker.group in ("detail", "cutouts", "cuts", "compare")]:
        await pilot.app.workers.wait_for_complete(drawing)
    await pilot.pause()
    await pilot.pause()


def choosing(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Return what opens the choice and presses keys."""

    async def press(pilot: Pilot[Any]) -> None:
        await pilot.press("d")
        await _drawn(pilot)
        assert pilot.app.screen.query_one(CutsList).entries
        await pilot.press(*keys)
        await _drawn(pilot)

    return press


async def comparing(pilot: Pilot[Any]) -> None:
    """Compare with the first cuts, and open the list of what is lost."""
    await choosing("enter")(pilot)
    assert isinstance(pilot.app.screen, Compare)
    await pilot.press("right", "j")
    await _drawn(pilot)


async def filtering(pilot: Pilot[Any]) -> None:
    """Hold the third object against all filters, the second of them marked."""
    await pilot.press("tab", "j", "j", "f")
    await _drawn(pilot)
    assert "34 alerts" in str(pilot.app.screen.query_one("#outcome", Static).content)
    await pilot.press("down")
    await _drawn(pilot)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_two_sets_of_cuts(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Both funnels, and what is lost."""
    assert snap_compare(app(), terminal_size=size, run_before=comparing)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_object_against_all_filters(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """One of the files cannot be read."""
    assert snap_compare(app(), terminal_size=size, run_before=filtering)


def test_the_choice_of_cuts(snap_compare: SnapCompare) -> None:
    """The marked one cannot be read, and says why."""
    assert snap_compare(app(), run_before=choosing("down", "enter"))
