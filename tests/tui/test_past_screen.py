"""The list of past states on the screen."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of
from synchronous_engine import SynchronousEngine

from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.draft import Draft
from huntui.hunt.treasure import Hunt
from huntui.session.commands import AddStage, Jump, SwitchStage
from huntui.session.history import Past, Timeline
from huntui.sources.simulated import SimulatedSource
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.past import PastStates
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.past_list import PastList


def engine_with(states: int, place: int) -> FakeEngine:
    """Return a hunt with so many states, of which one is in force."""
    return FakeEngine(fake_night.with_past(fake_night.streaming(), states, place))


async def test_every_state_is_listed_with_its_change_and_its_stages() -> None:
    """The newest above; the one in force says so, and the cursor is on it."""
    async with hunting(engine_with(12, 9), size=(80, 24)) as (app, pilot):
        await pilot.press("r")
        await settled(pilot)
        lines = [" ".join(line.split()) for line in text_of(app.screen.query_one(PastList))]
        assert lines[0] == "12 drb_min 0.011 → 0.012 3 stages"
        assert lines[1] == "11 stage s2 added 3 stages"
        assert lines[2] == "▸ 10 now drb_min 0.009 → 0.010 2 stages"
        assert lines[-1] == "1 as it began 1 stage"
        assert len(lines) == 12
        assert "Past states · 10 of 12 in force" in "\n".join(screen_text(app))


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["down"], 8),
        (["j", "j"], 7),
        (["up"], 10),
        (["k"] * 9, 11),
        (["home"], 11),
        (["g"], 11),
        (["end"], 0),
        (["G"], 0),
        (["end", "pageup"], 7),
        (["home", "pagedown"], 4),
    ],
    ids=str,
)
async def test_enter_goes_to_the_state_under_the_cursor(keys: list[str], place: int) -> None:
    """And the hint says what led to it."""
    engine = engine_with(12, 9)
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press("r")
        app.screen.query_one(PastList).styles.height = 8
        await settled(pilot)
        await pilot.press(*keys, "enter")
        await settled(pilot)
        assert engine.commands == [Jump(place)]
        assert isinstance(app.screen, HuntScreen)
        assert app.screen.query_one(Hint).text == f"back to: {engine.latest.timeline.states[place].what}"


@pytest.mark.parametrize("keys", [["j", "escape"], ["j", "q"], ["j", "r"], ["j", "ctrl+c"], ["enter"]], ids=str)
async def test_nothing_is_gone_to_without_wanting(keys: list[str]) -> None:
    """Nor is the state that is in force already."""
    engine = engine_with(12, 9)
    async with hunting(engine) as (app, pilot):
        await pilot.press("r", *keys)
        assert engine.commands == []
        assert isinstance(app.screen, HuntScreen)


async def test_a_state_can_be_chosen_with_the_mouse() -> None:
    """A click is an Enter."""
    engine = engine_with(12, 9)
    async with hunting(engine) as (_, pilot):
        await pilot.press("r")
        await settled(pilot)
        await pilot.click(PastList, offset=(5, 0))
        await settled(pilot)
        assert engine.commands == [Jump(11)]


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_a_thousand_states_fit_any_window(size: tuple[int, int]) -> None:
    """To the end and back; the cursor is always in view."""
    async with hunting(engine_with(1001, 1000), size=size) as (app, pilot):
        await pilot.press("r")
        await settled(pilot)
        states = app.screen.query_one(PastList)
        assert text_of(states)[0].startswith("▸ 1,001 now")
        await pilot.press("end")
        assert text_of(states)[-1].startswith("▸     1     as it began")
        await pilot.press("pageup", "k")
        assert sum(line.startswith("▸") for line in text_of(states)) == 1
        await pilot.press("home")
        assert text_of(states)[0].startswith("▸ 1,001 now")
        assert len(text_of(states)) <= size[1] - 2


async def test_the_list_follows_the_hunt_while_it_is_open() -> None:
    """A new state comes in above; the cursor goes with the state in force until somebody moves it."""
    engine = engine_with(2, 1)
    async with hunting(engine) as (app, pilot):
        await pilot.press("r")
        for states in (3, 4):
            engine.publish(fake_night.with_past(engine.latest, states, states - 1))
            await settled(pilot)
            lines = text_of(app.screen.query_one(PastList))
            assert len(lines) == states
            assert lines[0].startswith(f"▸ {states} now")
        await pilot.press("j")
        engine.publish(fake_night.with_past(engine.latest, 5, 4))
        await settled(pilot)
        assert [line[0] for line in text_of(app.screen.query_one(PastList))] == [" ", " ", "▸", " ", " "]
        engine.publish(fake_night.with_past(engine.latest, 1, 0))
        await settled(pilot)
        assert [line[0] for line in text_of(app.screen.query_one(PastList))] == ["▸"]


async def test_words_of_a_change_cannot_break_the_list() -> None:
    """Names of stages and objects come from anywhere."""
    snapshot = fake_night.streaming()
    hostile = tuple(Past(text, NO_CUTS) for text in ("\x1b[2J[red]", "界" * 200, "e" + "\u0301" * 60, "a\nb", "[/x]"))
    async with hunting(FakeEngine(replace(snapshot, timeline=Timeline(hostile, 2))), size=(80, 24)) as (app, pilot):
        await pilot.press("r")
        await settled(pilot)
        assert isinstance(app.screen, PastStates)
        text = "\n".join(screen_text(app))
        assert "·[2J[red]" in text
        assert "\x1b" not in text


async def test_a_real_hunt_goes_back_and_forth() -> None:
    """With the counts of the state that was gone to, and what was undone still there."""
    engine = SynchronousEngine(SimulatedSource("20240707", count=100), NO_CUTS, Hunt("none", "", ()))
    async with hunting(engine) as (app, pilot):
        engine.send(AddStage(Draft("bright", "magpsf < 18")))
        bright = engine.latest.surviving_alerts
        engine.send(SwitchStage("bright"))
        await settled(pilot)
        await pilot.press("r", "j", "enter")
        await settled(pilot)
        assert engine.latest.surviving_alerts == bright < 100
        assert app.screen.query_one(Hint).text == "back to: stage bright added"
        await pilot.press("r", "k", "enter")
        await settled(pilot)
        assert engine.latest.surviving_alerts == 100
        assert engine.latest.timeline.place == 2
