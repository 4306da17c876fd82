"""A confirmed claim is celebrated beside the table: it covers no cursor, takes no key and moves nothing."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of, until
from textual.pilot import Pilot

from huntui import truth
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.hunt import load_hunt
from huntui.hunt.state import ClaimState, HuntState
from huntui.session.commands import Claim, TurnKnob
from huntui.shipped import find
from huntui.sources.simulated import SimulatedSource
from huntui.tui.app import HuntApp
from huntui.tui.widgets import celebration as celebration_module
from huntui.tui.widgets.celebration import CelebrationBox
from huntui.tui.widgets.objects import Objects

SIZES = [(80, 24), (60, 16), (120, 36), (200, 60)]


@pytest.fixture(autouse=True)
def _long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a celebration last until the test is over."""
    monkeypatch.setattr(celebration_module, "SECONDS", 1000.0)


def confirmed(hunt: HuntState, treasure: str, number: int) -> HuntState:
    """Return the hunt with one more claim, which truth confirms."""
    points = next(one.points for one in hunt.treasures if one.name == treasure)
    claims = (*hunt.claims, ClaimState(fake_night.object_id(number), treasure, "confirmed", points))
    treasures = tuple(
        replace(one, claimed=one.claimed + 1, confirmed=one.confirmed + 1) if one.name == treasure else one
        for one in hunt.treasures
    )
    return replace(hunt, claims=claims, treasures=treasures, score=hunt.score + points)


async def find_one(engine: FakeEngine, pilot: Pilot[None], treasure: str = "tde", number: int = 20) -> CelebrationBox:
    """Have truth confirm a claim, and return what celebrates it."""
    engine.publish(replace(engine.latest, hunt=confirmed(engine.latest.hunt, treasure, number)))
    await settled(pilot)
    return pilot.app.screen.query_one(CelebrationBox)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_says_what_was_found_beside_the_table(size: tuple[int, int]) -> None:
    """Points, treasure and what it is; nothing but what it covers looks different, and the table is not covered."""
    engine = FakeEngine()
    async with hunting(engine, size) as (app, pilot):
        await pilot.press("tab", "j")
        await settled(pilot)
        places = {widget: widget.region for widget in app.screen.query("Panel")}
        box = await find_one(engine, pilot)
        assert box.display
        assert "★★ +40 points" in text_of(box)[0]
        assert box.region.intersection(app.screen.query_one(Objects).region).area == 0
        assert box.region.intersection(app.screen.region) == box.region
        assert {widget: widget.region for widget in places if widget is not box} == {
            widget: region for widget, region in places.items() if widget is not box
        }
        shown = "\n".join(screen_text(app))
        assert "+40 points" in shown
        assert f"▸ {app.screen.query_one(Objects).object_id}" in shown


@pytest.mark.parametrize(("key", "row"), [("j", 1), ("G", 63), ("pagedown", None)])
async def test_the_next_key_takes_it_away_and_does_what_it_always_does(key: str, row: int | None) -> None:
    """A key in the table moves the cursor."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab")
        objects = app.screen.query_one(Objects)
        before = objects.object_id
        box = await find_one(engine, pilot)
        assert box.display
        await pilot.press(key)
        assert not box.display
        assert objects.object_id != before
        if row is not None:
            assert objects.object_id == engine.latest.rows.object_id(row)


@pytest.mark.parametrize("key", ["right", "tab", "c", "u", "?", "p", "t", "slash"])
async def test_no_key_is_swallowed_by_a_celebration(key: str) -> None:
    """What each of them does is the same with and without."""

    async def after(*, celebrating: bool) -> tuple[object, ...]:
        engine = FakeEngine()
        async with hunting(engine) as (app, pilot):
            if celebrating:
                assert (await find_one(engine, pilot)).display
            await pilot.press(key)
            await settled(pilot)
            assert not app.screen_stack[1].query_one(CelebrationBox).display
            focused = app.screen.focused
            return engine.commands, type(app.screen), focused and (type(focused), focused.id), app.theme

    assert await after(celebrating=True) == await after(celebrating=False)


async def test_keys_that_come_in_one_breath_all_arrive() -> None:
    """Many turns of a knob while something is celebrated are as many commands."""
    engine = FakeEngine()
    async with hunting(engine) as (_, pilot):
        await find_one(engine, pilot)
        await pilot.press(*["right"] * 20)
        assert engine.commands == [TurnKnob("real", "drb_min", 1)] * 20


async def test_it_goes_away_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any key."""
    monkeypatch.setattr(celebration_module, "SECONDS", 0.01)
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        box = await find_one(engine, pilot)
        await until(pilot, lambda: not box.display)
        assert "+40 points" not in "\n".join(screen_text(app))


async def test_a_newer_one_takes_the_place_of_an_older_one() -> None:
    """The newest is celebrated."""
    engine = FakeEngine()
    async with hunting(engine) as (_, pilot):
        await find_one(engine, pilot)
        box = await find_one(engine, pilot, "kilonova", 21)
        assert "★★★ +100 points · Kilonova-like" in text_of(box)[0]


async def test_it_waits_for_a_dialog_that_is_open() -> None:
    """And stands beside the table once the dialog is left."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("question_mark")
        engine.publish(replace(engine.latest, hunt=confirmed(engine.latest.hunt, "tde", 20)))
        await settled(pilot)
        box = app.screen_stack[1].query_one(CelebrationBox)
        assert not box.display
        await pilot.press("escape")
        await settled(pilot)
        assert box.display


async def test_it_is_quiet_where_nobody_wants_it() -> None:
    """The line of hints still says what became of a claim."""
    engine = FakeEngine()
    async with hunting(engine, celebrate=False) as (_, pilot):
        assert not (await find_one(engine, pilot)).display


async def test_it_makes_room_when_the_window_changes() -> None:
    """Its place would be another one."""
    engine = FakeEngine()
    async with hunting(engine) as (_, pilot):
        box = await find_one(engine, pilot)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert not box.display


async def test_a_hunt_that_is_gone_on_with_is_not_celebrated_again() -> None:
    """The first snapshot of an engine brings the claims of the session before."""
    blank = replace(fake_night.streaming(), sequence=0, hunt=replace(fake_night.hunt(), claims=()))
    engine = FakeEngine(blank)
    async with hunting(engine) as (_, pilot):
        assert not (await find_one(engine, pilot)).display


async def test_a_name_from_a_packet_is_drawn_and_never_read_as_markup() -> None:
    """Whatever it holds."""
    engine = FakeEngine()
    async with hunting(engine, (120, 36)) as (app, pilot):
        claims = (ClaimState("[red]\x1b[2J界\u202e", "quasar", "confirmed", 10),)
        engine.publish(replace(engine.latest, hunt=replace(engine.latest.hunt, claims=claims)))
        await settled(pilot)
        assert "[red]·[2J界·" in "\n".join(screen_text(app))


async def test_a_true_claim_on_a_simulated_night_is_celebrated() -> None:
    """From the key to the box, through the engine."""
    from synchronous_engine import SynchronousEngine

    source = SimulatedSource("20240707", count=300)
    hunt = load_hunt(find("hunts", "first-night"), kinds(), truth.kinds())
    engine = SynchronousEngine(source, NO_CUTS, hunt)
    async with hunting(engine) as (app, pilot):  # type: ignore[arg-type]
        rows = engine.latest.rows
        names = [rows.object_id(row) for row in range(len(rows))]
        known = source.truth(names)
        artefact = next(name for name in names if known[name]["class"] == "artefact")
        engine.send(Claim(artefact, "artefact"))
        await settled(pilot)
        assert isinstance(app, HuntApp)
        box = app.screen.query_one(CelebrationBox)
        assert box.display
        assert "★ +2 points · Artefact, the enemy" in text_of(box)[0]
