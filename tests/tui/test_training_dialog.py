"""The key that trains a model: what the dialog tells, and what is said while and after it is done."""

from dataclasses import replace

from fake_engine import FakeEngine
from hunting import hunting, screen_text, until
from textual.pilot import Pilot

from huntui.tui.app import HuntApp
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.train import AskTraining


def without_claims() -> FakeEngine:
    """Return an engine that has nothing to learn from; the usual one has three claims."""
    engine = FakeEngine()
    engine.publish(replace(engine.latest, hunt=replace(engine.latest.hunt, claims=())))
    return engine


async def opened(app: HuntApp, pilot: Pilot[None], words: str) -> None:
    """Open the dialog and wait until it has looked."""
    await pilot.press("T")
    await until(pilot, lambda: isinstance(app.screen, AskTraining) and any(words in line for line in screen_text(app)))


async def test_what_is_missing_is_said_with_the_keys_that_help() -> None:
    """Nothing begins before; Esc goes back."""
    async with hunting(without_claims()) as (app, pilot):
        await opened(app, pilot, "Nothing is claimed. Key c claims an object, - hides")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: isinstance(app.screen, HuntScreen))
        assert not any("is a column now" in line for line in screen_text(app))


async def test_a_model_is_trained_under_the_typed_name() -> None:
    """Its classes are counted first; what the engine says stands above the footer."""
    async with hunting(FakeEngine()) as (app, pilot):
        await opened(app, pilot, "3  supernova")
        await pilot.press(*"first", "enter")
        await until(pilot, lambda: any("first is a column now." in line for line in screen_text(app)))
        assert isinstance(app.screen, HuntScreen)


async def test_a_model_is_replaced_only_after_it_was_told() -> None:
    """Enter once more goes on."""
    async with hunting(FakeEngine()) as (app, pilot):
        await opened(app, pilot, "3  supernova")
        await pilot.press("enter")
        await until(pilot, lambda: any("There is a model mine already" in line for line in screen_text(app)))
        await pilot.press("enter")
        await until(pilot, lambda: any("column now, in the place of another." in line for line in screen_text(app)))
