"""Keys of the funnel that change its stages."""

from dataclasses import replace

import fake_night
import pytest
from editing import REAL, night, said, typing
from fake_engine import FakeEngine
from hunting import hunting, screen_text, text_of

from huntui.funnel.cuts import NO_CUTS
from huntui.session.commands import AddStage, MoveStage, RemoveStage, SetKnob
from huntui.tui.screens.edit_stage import EditStage as Editor
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.type_value import TypeValue
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.hint import Hint


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        (["D"], RemoveStage("real")),
        (["down", "delete"], RemoveStage("clean")),
        (["J"], MoveStage("real", 1)),
        (["shift+down"], MoveStage("real", 1)),
        (["down", "K"], MoveStage("clean", -1)),
        (["down", "shift+up"], MoveStage("clean", -1)),
        (["v", *"0.7", "enter"], SetKnob("real", "drb_min", 0.7)),
        (["v", *"1e-3", "enter"], SetKnob("real", "drb_min", 0.001)),
        (["down", "n", "v", *"12", "enter"], SetKnob("clean", "fwhm_max", 12.0)),
    ],
)
async def test_a_key_of_the_funnel_changes_its_stages(keys: list[str], command: object) -> None:
    """One command each."""
    engine = night()
    async with hunting(engine) as (_, pilot):
        await pilot.press(*keys)
        await pilot.pause()
        assert engine.commands == [command]


async def test_the_cursor_stays_on_the_stage_that_moves() -> None:
    """As often as it moves."""
    async with hunting(night()) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        for key, place in (("J", 1), ("J", 2), ("K", 1)):
            await pilot.press(key)
            await pilot.pause()
            assert funnel.stage is not None
            assert funnel.stage.name == "real"
            assert funnel.snapshot.stages[place].name == "real"


async def test_the_cursor_stays_on_its_stage_whatever_happens_to_the_others() -> None:
    """A stage above is taken away, comes back, or all are others; its own place is kept when it is gone itself."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        await pilot.press("down", "down")
        engine.send(RemoveStage("real"))
        await pilot.pause()
        assert funnel.stage is not None
        assert funnel.stage.name == "not-moving"
        engine.send(AddStage(replace(REAL, name="other")))
        await pilot.pause()
        assert funnel.stage.name == "not-moving"
        await pilot.press("D")
        await pilot.pause()
        assert funnel.stage.name == "not-star"


async def test_a_stage_that_was_removed_can_be_brought_back_and_the_screen_says_how() -> None:
    """With the user's own key."""
    async with hunting(night(), keymap={"undo": "Z"}) as (app, pilot):
        await pilot.press("D")
        await pilot.pause()
        assert app.screen.query_one(Hint).text == "stage real removed; Z brings it back"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.5", "1.5 is out of range. A number from 0 to 1; one step is 0.05."),
        ("nan", "nan is no number."),
        ("1_0", "1_0 is no number."),
        ("[/red]", "[/red] is no number."),
        ("", "Nothing is no number."),
    ],
)
async def test_a_value_that_cannot_be_is_refused_with_the_range(typed: str, words: str) -> None:
    """The dialog stays, and Esc leaves the knob alone."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("v", "backspace", *typed, "enter")
        assert isinstance(app.screen, TypeValue)
        assert words in said(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)
        assert engine.commands == []


async def test_a_stage_without_knobs_asks_for_no_value() -> None:
    """There is nothing to type."""
    async with hunting(night()) as (app, pilot):
        await pilot.press(*["down"] * 4, "v")
        assert isinstance(app.screen, HuntScreen)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
async def test_a_funnel_without_stages_says_how_to_begin_one(size: tuple[int, int]) -> None:
    """And no key of it does any harm."""
    engine = FakeEngine(replace(fake_night.streaming(), stages=(), cuts=NO_CUTS))
    async with hunting(engine, size) as (app, pilot):
        assert "No stage: a adds one." in "\n".join(screen_text(app))
        await pilot.press("up", "down", "left", "L", "n", "v", "D", "J", "K", "space")
        assert engine.commands == []
        assert "a adds one" in app.screen.query_one(Hint).text
        await pilot.press("enter")
        assert isinstance(app.screen, Editor)
        await typing(pilot, "rb > 0.5")
        await pilot.press("enter")
        await pilot.pause()
        assert [stage.name for stage in engine.latest.stages] == ["new"]
        await pilot.press("D")
        await pilot.pause()
        assert "No stage" in "\n".join(text_of(app.screen.query_one(Funnel)))
