"""The end of the hunt on the screen: asked for, then told, and claims are over."""

from dataclasses import replace

import fake_night
import fake_reckoning
import pytest
from fake_answers import CANDID
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of, until
from textual.pilot import Pilot
from textual.widgets import Input, Static

from huntui import truth
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import load_cuts
from huntui.hunt.hunt import load_hunt
from huntui.hunt.treasure import Hunt
from huntui.session.commands import ENDED, Claim, End, ReplaceCuts
from huntui.shipped import find
from huntui.sources.simulated import SimulatedSource
from huntui.tui.app import HuntApp
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.reckoning import AskEnd, ShowReckoning
from huntui.tui.screens.why import Why
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.objects import Objects
from huntui.tui.widgets.reckoning_list import ReckoningList


def ended(snapshot: Snapshot) -> Snapshot:
    """Return a hunt that has ended."""
    return replace(snapshot, hunt=replace(snapshot.hunt, ended=True))


def real(snapshot: Snapshot) -> Snapshot:
    """Return a night that is not simulated."""
    return replace(snapshot, night=replace(snapshot.night, simulated=False))


async def reckoned(pilot: Pilot[None], *keys: str) -> str:
    """Press keys and return all lines of the reckoning that they lead to."""
    await pilot.press(*keys)
    await until(pilot, lambda: "Score" in _lines(pilot))
    return _lines(pilot)


def _lines(pilot: Pilot[None]) -> str:
    return "\n".join(text_of(pilot.app.screen.query_one(ReckoningList)))


def marked(pilot: Pilot[None]) -> str:
    """Return the marked line."""
    [line] = [line for line in _lines(pilot).splitlines() if line.startswith("▸")]
    return line


async def test_the_end_is_asked_for_and_then_told() -> None:
    """Completeness and purity of each treasure and class, what is not there, and the best that was missed."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("E")
        assert isinstance(app.screen, AskEnd)
        asked = str(app.screen.query_one(Static).content)
        assert "The truth of this night will be shown, and no claim counts afterwards" in asked
        assert "still being read" in asked
        assert engine.commands == []
        text = await reckoned(pilot, "enter")
        assert engine.commands == [End()]
        assert "Score 35 · claims: 1 right, 1 wrong, 1 open" in text
        lines = {line[4:22].strip(): line[22:].split() for line in text.splitlines()}
        assert lines["Supernova"] == ["10", "9", "1", "11", "%", "1", "50", "%"]
        assert lines["supernova II"] == ["3", "0", "%"]
        assert lines["Kilonova-like"] == ["100", "none", "–", "–"]
        assert "Claimed wrongly as it: 1 AGN." in text
        assert "Best missed: ZTF24missed-tde (tidal disruption) · Tidal disruption, 40 points" in text
        assert "Lost at young: age 65.25, needs ≤ 60: over by 5.25 day. Let in by age_max 66." in text


@pytest.mark.parametrize("key", ["escape", "n", "q"])
async def test_whoever_does_not_want_the_end_hunts_on(key: str) -> None:
    """Nothing is told to the engine."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("E", key)
        assert isinstance(app.screen, HuntScreen)
        assert engine.commands == []


async def test_a_hunt_that_has_ended_shows_again_how_it_ended() -> None:
    """The same key opens it and leaves it."""
    engine = FakeEngine(ended(fake_night.streaming()))
    async with hunting(engine) as (app, pilot):
        await reckoned(pilot, "E")
        await pilot.press("E")
        assert isinstance(app.screen, HuntScreen)
        await reckoned(pilot, "E")
        assert engine.commands == []


@pytest.mark.parametrize("key", ["c", "x"])
async def test_a_key_that_claims_says_that_the_hunt_has_ended(key: str) -> None:
    """Without a dialog."""
    engine = FakeEngine(ended(fake_night.streaming()))
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", key)
        assert isinstance(app.screen, HuntScreen)
        assert app.screen.query_one(Hint).text == ENDED
        assert "ended" in "\n".join(screen_text(app))
        assert engine.commands == []


async def test_enter_goes_to_what_was_passed_by_in_the_table() -> None:
    """The quasar that was missed is its third object."""
    engine = FakeEngine(ended(fake_night.streaming()))
    async with hunting(engine) as (app, pilot):
        await reckoned(pilot, "E")
        while "Flickering quasar" not in marked(pilot):
            await pilot.press("j")
        assert "in your table" in _lines(pilot)
        await pilot.press("enter")
        assert isinstance(app.screen, HuntScreen)
        assert app.screen.query_one(Objects).object_id == fake_night.object_id(2)
        assert app.screen.focused is app.screen.query_one(Objects)


async def test_enter_explains_what_no_stage_kept_and_comes_back() -> None:
    """By that alert of it which came nearest."""
    engine = FakeEngine(ended(fake_night.streaming()))
    async with hunting(engine) as (app, pilot):
        await reckoned(pilot, "E")
        await pilot.press("enter")
        assert isinstance(app.screen, Why)
        await settled(pilot)
        assert app.screen.query_one(Input).value == "ZTF24missed-supernova"
        assert f"candid {CANDID + 2}" in "\n".join(screen_text(app))
        await pilot.press("escape")
        assert isinstance(app.screen, ShowReckoning)


async def test_enter_on_what_the_night_does_not_hold_stays() -> None:
    """The line below says why."""
    engine = FakeEngine(ended(fake_night.streaming()))
    async with hunting(engine) as (app, pilot):
        await reckoned(pilot, "E", "G", "k")
        assert "Kilonova-like" in marked(pilot)
        assert "This night holds none." in _lines(pilot)
        await pilot.press("enter")
        assert isinstance(app.screen, ShowReckoning)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_the_marked_line_is_in_view_in_a_window_of_any_size(size: tuple[int, int]) -> None:
    """From the first to the last, page by page, and after the window became another."""
    engine = FakeEngine(ended(fake_night.streaming()))
    async with hunting(engine, size) as (app, pilot):
        await reckoned(pilot, "E")
        assert "Supernova" in marked(pilot)
        for key, title in (
            ("G", "Pulsating star"),
            ("down", "Pulsating star"),
            ("home", "Supernova"),
            ("k", "Superno"),
        ):
            await pilot.press(key)
            assert title in marked(pilot)
        await pilot.press("pagedown", "pagedown")
        assert "Supernova" not in marked(pilot)
        await pilot.press("G")
        await pilot.resize_terminal(70, 18)
        await settled(pilot)
        await pilot.press("j")
        assert "Pulsating star" in marked(pilot)
        assert "Best missed" in "\n".join(screen_text(app))


async def test_a_class_from_a_file_is_drawn_and_never_read_as_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may have written the truth of a night."""
    monkeypatch.setitem(fake_reckoning.CLASSES, "supernova", (("\x1b[2J[red]\u202e界", 3), ("x" * 5000, 2)))
    engine = FakeEngine(ended(fake_night.streaming()))
    async with hunting(engine) as (app, pilot):
        await reckoned(pilot, "E", "j")
        assert "·[2J[red]·界" in marked(pilot)
        assert "\x1b" not in "\n".join(screen_text(app))


async def test_a_real_night_ends_nothing_and_shows_what_is_open() -> None:
    """Without asking."""
    engine = FakeEngine(real(fake_night.streaming()))
    async with hunting(engine) as (_, pilot):
        text = await reckoned(pilot, "E")
        assert engine.commands == []
        lines = {line[4:22].strip(): line[22:].split() for line in text.splitlines()}
        assert lines["treasure"] == ["points", "goal", "right", "wrong", "open"]
        assert lines["Dwarf nova"] == ["15", "2", "1"]
        assert "On a real night a claim stays open until it is settled" in text


async def test_the_reckoning_follows_claims_and_cuts() -> None:
    """A claim that is made meanwhile, as by a resumed command, is in it."""
    engine = FakeEngine(real(fake_night.streaming()))
    async with hunting(engine) as (_, pilot):
        await reckoned(pilot, "E")
        engine.send(Claim(fake_night.object_id(1), "kilonova"))
        await until(pilot, lambda: "claims: 1 right, 1 wrong, 2 open" in _lines(pilot))


@pytest.mark.parametrize("simulated", [True, False])
async def test_the_end_is_offered_where_everything_is_done(simulated: bool) -> None:
    """In one line, once somebody looks at objects or treasures; not any more after the end."""
    snapshot = fake_night.streaming()
    treasures = tuple(replace(one, claimed=one.goal, confirmed=one.goal, refuted=0) for one in snapshot.hunt.treasures)
    snapshot = replace(snapshot, hunt=replace(snapshot.hunt, treasures=treasures))
    engine = FakeEngine(snapshot if simulated else real(snapshot))
    async with hunting(engine, keymap={"end_hunt": "Z"}) as (app, pilot):
        hint = app.screen.query_one(Hint)
        await pilot.press("tab")
        assert hint.text.startswith("Every treasure is done: Z ")
        assert ("ends the hunt" in hint.text) == simulated
        engine.publish(ended(engine.latest))
        await settled(pilot)
        assert "Every treasure is done" not in hint.text


async def test_a_hunt_without_treasures_and_a_night_without_alerts_have_an_end_as_well() -> None:
    """There is little to say of either."""
    from synchronous_engine import SynchronousEngine

    source, first_night = SimulatedSource("20240707", count=20), find("hunts", "first-night")
    for hunt in (Hunt("none", "", ()), load_hunt(first_night, kinds(), truth.kinds())):
        engine = SynchronousEngine(source, NO_CUTS, hunt, by_hand=True)
        async with hunting(engine, (60, 16)) as (_, pilot):  # type: ignore[arg-type]
            text = await reckoned(pilot, "E", "enter", "G", "j", "k", "pageup", "enter")
            assert "Score 0 · claims: 0 right, 0 wrong" in text
            assert ("Nothing of this night has been read." in text) == bool(hunt.treasures)


async def test_a_simulated_night_is_hunted_to_its_end() -> None:
    """From the first claim to the object that was passed by, through the engine."""
    from synchronous_engine import SynchronousEngine

    source = SimulatedSource("20240707", count=300)
    hunt = load_hunt(find("hunts", "first-night"), kinds(), truth.kinds())
    engine = SynchronousEngine(source, NO_CUTS, hunt)
    async with hunting(engine) as (app, pilot):  # type: ignore[arg-type]
        assert isinstance(app, HuntApp)
        name = engine.latest.rows.object_id(0)
        engine.send(Claim(name, "artefact"))
        text = await reckoned(pilot, "E", "enter")
        assert "It was in your table, and you passed by it." in text
        assert engine.latest.hunt.ended
        await pilot.press("enter")
        assert isinstance(app.screen, HuntScreen)
        known = source.truth([str(app.screen.query_one(Objects).object_id)])
        [found] = known.values()
        assert found["class"] in {"supernova Ia", "supernova II", "supernova Ibc", "superluminous supernova"}
        await reckoned(pilot, "E")
        engine.send(ReplaceCuts(load_cuts(find("cuts", "transients"), kinds()), "other cuts"))
        await until(pilot, lambda: "lost at" in _lines(pilot) or "Lost at" in _lines(pilot))


async def test_a_key_copies_the_hunt_to_share_it_and_says_so() -> None:
    """Score, squares and hints, without the name of any treasure or object."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await reckoned(pilot, "E", "enter")
        await pilot.press("y")
        await until(pilot, lambda: " copied" in "\n".join(screen_text(app)))
        text = app.clipboard
        assert text.startswith("huntui · ")
        assert "35 of " in text
        assert not any(one.title in text or one.name in text for one in engine.latest.hunt.treasures)
        assert f"{text.splitlines()[2]} copied" in "\n".join(screen_text(app))
