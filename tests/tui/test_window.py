"""Windows of all sizes, and the end of the program."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled

from huntui.tui.app import HuntApp
from huntui.tui.screens.claim import ChooseTreasure
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.too_small import TooSmall
from huntui.tui.widgets.hint import Hint


async def test_a_window_that_is_too_small_says_so_and_recovers() -> None:
    """The hunt behind it is where it was."""
    async with hunting(FakeEngine(), (20, 10)) as (app, pilot):
        assert isinstance(app.screen, TooSmall)
        assert "20×10" in " ".join(" ".join(screen_text(app)).split())
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert isinstance(app.screen, HuntScreen)
        assert "Funnel" in "\n".join(screen_text(app))


async def test_a_dialog_survives_a_window_that_was_too_small_meanwhile() -> None:
    """It lies under the sentence about the size."""
    async with hunting(FakeEngine(), (80, 24)) as (app, pilot):
        await pilot.press("c")
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert isinstance(app.screen, ChooseTreasure)


async def test_in_a_window_that_is_too_small_q_quits() -> None:
    """At once when nothing is lost."""
    async with hunting(FakeEngine(), (20, 10)) as (app, pilot):
        await pilot.press("q")
        assert app._exit


async def test_in_a_window_that_is_too_small_q_asks_twice_when_something_would_be_lost() -> None:
    """There is no room for a dialog."""
    async with hunting(
        FakeEngine(replace(fake_night.streaming(), unsaved_claims=True, unsaved_cuts=True)), (20, 10)
    ) as (app, pilot):
        await pilot.press("q")
        assert not app._exit
        await pilot.press("q")
        assert app._exit


@pytest.mark.parametrize("size", [(60, 16), (61, 17), (80, 24), (99, 25), (100, 24), (133, 40), (160, 30), (250, 80)])
async def test_every_panel_has_room_at_any_size(size: tuple[int, int]) -> None:
    """Each panel shows at least a line, and none leaves the screen."""
    async with hunting(FakeEngine(), size) as (app, _):
        for name in ("#funnel", "#checklist", "#objects", "#light-curve"):
            panel = app.screen.query_one(name)
            assert panel.size.height >= 3
            assert panel.size.width >= 20
            assert panel.region in app.screen.region


async def test_every_size_on_the_way_to_nothing_is_survived() -> None:
    """Dragging the corner of a window makes sizes that nobody thought of."""
    async with hunting(FakeEngine(), (80, 24)) as (app, pilot):
        for width, height in ((1, 1), (59, 16), (60, 15), (2, 80), (300, 2), (60, 16)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
        assert isinstance(app.screen, HuntScreen)


async def test_a_night_that_fails_says_why_and_leaves_what_there_is() -> None:
    """The reason comes when a key took the latest message away."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        engine.publish(replace(engine.latest, status="failed", message="Undone.", failure="The folder is gone."))
        await settled(pilot)
        assert app.screen.query_one(Hint).text == "Undone."
        assert fake_night.object_id(0) in "\n".join(screen_text(app))
        await pilot.press("down")
        assert app.screen.query_one(Hint).text == "The folder is gone."


async def test_the_app_starts_the_engine() -> None:
    """Nothing else does."""
    engine = FakeEngine()
    async with hunting(engine):
        assert engine.started


async def test_a_failing_engine_ends_the_app_with_its_error() -> None:
    """Rather than standing still."""

    class Broken(FakeEngine):
        async def start(self) -> None:
            raise RuntimeError("no threads left")

    app = HuntApp(Broken())
    with pytest.raises(RuntimeError, match="no threads left"):
        async with app.run_test():
            pass
