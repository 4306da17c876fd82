"""The checklist: many treasures in a small window, and the cuts to begin each with."""

from collections.abc import Sequence
from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of
from synchronous_engine import SynchronousEngine

from huntui import shipped, truth
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import load_cuts
from huntui.hunt.hunt import load_hunt
from huntui.hunt.state import SetState
from huntui.session.commands import ReplaceCuts, TurnKnob
from huntui.sources.simulated import SimulatedSource
from huntui.tui.app import HuntApp
from huntui.tui.screens.claim import Choices
from huntui.tui.widgets.checklist import Checklist
from huntui.tui.widgets.hint import Hint

RARE = load_hunt(shipped.find("hunts", "rare-finds"), kinds(), truth.kinds())
CUTS = load_cuts(shipped.find("cuts", "transients"), kinds())
SIZES = [(60, 16), (80, 24), (120, 36), (200, 60)]


def engine() -> SynchronousEngine:
    """Return a small night with the longest hunt."""
    return SynchronousEngine(SimulatedSource("20240707", count=300), CUTS, RARE)


def marked(app: HuntApp) -> list[str]:
    """Return the lines of the checklist that the cursor is on."""
    return [line for line in text_of(app.screen.query_one(Checklist)) if line.startswith("▸")]


def title(app: HuntApp) -> str:
    """Return what stands in the checklist's frame."""
    return str(app.screen.query_one(Checklist).border_title)


def numbers(app: HuntApp) -> tuple[int, int]:
    """Return how many treasures the frame says are above and below."""
    words = title(app).split()
    above, below = (sum(int(word[1:]) for word in words if word[0] == arrow) for arrow in "↑↓")
    return above, below


def said(app: HuntApp) -> str:
    """Return the line above the footer."""
    return app.screen.query_one(Hint).text


@pytest.mark.parametrize("size", SIZES)
async def test_every_treasure_of_a_long_hunt_can_be_reached(size: tuple[int, int]) -> None:
    """The cursor stays in view, one line at a time and by pages, and the frame counts what is out of view."""
    async with hunting(engine(), size=size) as (app, pilot):
        await pilot.press("3")
        seen = []
        for _ in RARE.treasures:
            above, below = numbers(app)
            [line] = marked(app)
            seen.append(app.screen.query_one(Checklist).treasure)
            shown = [line for line in text_of(app.screen.query_one(Checklist)) if line[1:3] in ("✓ ", "· ")]
            assert line in shown
            assert above + len(shown) + below == len(RARE.treasures)
            await pilot.press("down")
        assert [treasure.name for treasure in seen if treasure] == list(RARE.names)
        assert numbers(app)[1] == 0
        await pilot.press("home")
        first = app.screen.query_one(Checklist).treasure
        assert first is not None
        assert first.name == "supernova"
        assert numbers(app)[0] == 0
        await pilot.press("pagedown")
        after = app.screen.query_one(Checklist).treasure
        await pilot.press("pageup", "end")
        assert after is not None
        assert after.name != "supernova"
        assert app.screen.query_one(Checklist).treasure == engine().latest.hunt.treasures[-1]


async def test_a_short_hunt_has_no_marks_where_all_of_it_is_in_view() -> None:
    """Ten treasures in a large window."""
    async with hunting(FakeEngine(), size=(200, 60)) as (app, _):
        assert numbers(app) == (0, 0)


async def test_the_choice_of_a_claim_scrolls_to_the_last_treasure() -> None:
    """The marked treasure of a long hunt is in view in a small window."""
    async with hunting(engine(), size=(80, 24)) as (app, pilot):
        await pilot.press(*["space", "down"] * len(CUTS.stages))
        await settled(pilot)
        await pilot.press("c", *["down"] * len(RARE.treasures))
        await settled(pilot)
        assert app.screen.query_one(Choices).highlighted == len(RARE.treasures) - 1
        assert RARE.treasures[-1].title in "\n".join(screen_text(app))


async def press(keys: Sequence[str], on: SynchronousEngine) -> str:
    """Press keys in the checklist and return the last sentence."""
    async with hunting(on, size=(80, 24)) as (app, pilot):
        app.screen.set_focus(app.screen.query_one(Checklist))  # a hunt that goes on may be there already
        await pilot.press(*keys)
        await settled(pilot)
        return said(app)


async def test_enter_puts_the_starter_in_force_and_says_which_key_comes_back() -> None:
    """In one sentence that fits a small window, also where the cuts of before are in no file."""
    for turned in (False, True):
        on = engine()
        if turned:
            on.send(TurnKnob("real", "drb_min", 1))
        sentence = await press(["end", "enter"], on)
        assert sentence == "starter of Artefact, the enemy; Enter again: back to yours"
        assert on.latest.cuts == RARE.treasures[-1].starter


async def test_enter_again_comes_back_to_the_cuts_of_before_in_one_step() -> None:
    """Also after knobs were turned under the starter, and by way of another starter; one undo leads to it again."""
    on = engine()
    on.send(TurnKnob("real", "drb_min", 1))
    own = on.latest.cuts
    async with hunting(on, size=(80, 24)) as (app, pilot):
        await pilot.press("3", "enter", "end", "enter")
        on.send(TurnKnob("unreal", "real_max", -3))
        under = on.latest.cuts
        assert under != RARE.treasures[-1].starter
        await pilot.press("enter")
        await settled(pilot)
        assert on.latest.cuts == own
        assert said(app) == "back to your cuts"
        await pilot.press("u")
        assert on.latest.cuts == under
        await pilot.press("enter")
        assert on.latest.cuts == own


async def test_what_was_undone_is_not_taken_for_a_starter_in_force() -> None:
    """After an undo the key loads the starter again."""
    on = engine()
    await press(["enter", "u", "enter"], on)
    assert on.latest.cuts == RARE.treasures[0].starter


async def test_cuts_that_are_a_starter_from_the_beginning_are_the_players_own() -> None:
    """As when a starter was turned, saved, and named by --cuts: it is come back to, and its beginning is at hand."""
    starter = RARE.treasures[0].starter
    assert starter is not None
    turned = starter.turn("real", "drb_min", 1)
    on = SynchronousEngine(SimulatedSource("20240707", count=300), turned, RARE)
    await press(["end", "enter", "enter"], on)
    assert on.latest.cuts == turned
    await press(["home", "enter"], on)
    assert on.latest.cuts == starter


async def test_a_treasure_without_starter_says_so() -> None:
    """Nothing is changed then."""
    on = FakeEngine()
    async with hunting(on, size=(80, 24)) as (app, pilot):
        await pilot.press("3", "enter")
        await settled(pilot)
        assert said(app).startswith("Supernova has no starter")
        assert on.commands == []


async def test_the_key_that_was_chosen_for_it_is_the_one_that_is_named() -> None:
    """Keys can be changed in the configuration."""
    on = engine()
    async with hunting(on, size=(80, 24), keymap={"starter": "Z"}) as (app, pilot):
        await pilot.press("3", "Z")
        await settled(pilot)
        assert said(app).endswith("; Z again: back to yours")


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "Hints: 2, the first costs 1 point."), (1, "Hint 1 of 2: Look beside galaxies."), (2, "Hint 2 of 2: Plain.")],
)
async def test_the_hint_that_was_opened_last_is_shown_where_there_is_room(number: int, words: str) -> None:
    """Below what the treasure is and what imitates it; before that what the first one costs, and nothing for free."""
    snapshot = fake_night.streaming()
    first, *others = snapshot.hunt.treasures
    first = replace(first, hints=("Look beside galaxies.", "Plain."), hint_costs=(1, 1), hints_open=number)
    hunt = replace(snapshot.hunt, treasures=(first, *others))
    async with hunting(FakeEngine(replace(snapshot, hunt=hunt)), size=(200, 60)) as (app, _):
        text = "\n".join(text_of(app.screen.query_one(Checklist)))
        assert words in text
        assert ("Look beside" in text) == (number == 1)
        assert (f"hints −{number}" in str(app.screen.query_one(Checklist).border_title)) == (number > 0)


async def test_a_starter_of_a_night_that_has_not_begun_is_only_loaded() -> None:
    """There is no past to come back to as yet."""
    on = FakeEngine()
    starter = RARE.treasures[0].starter
    hunt = replace(on.latest.hunt, treasures=(replace(on.latest.hunt.treasures[0], starter=starter),))
    on.publish(replace(on.latest, hunt=hunt))
    async with hunting(on) as (_, pilot):
        await pilot.press("3", "enter")
        assert on.commands == [ReplaceCuts(starter, "starter of Supernova")]


SETS = (
    SetState("explosions", "What flares up and fades", ("supernova", "dwarf-nova"), 15, 1),
    SetState("holes", "What black holes do", ("quasar", "tde"), 30, 2),
)


@pytest.mark.parametrize("keys", [[], ["3", "z"]])
async def test_sets_stand_below_the_treasures_with_points_and_how_much_is_found(keys: list[str]) -> None:
    """And in the title how many of them are complete; a small window has the room when the checklist is zoomed."""
    snapshot = fake_night.streaming()
    engine = FakeEngine(replace(snapshot, hunt=replace(snapshot.hunt, sets=SETS)))
    async with hunting(engine, (120, 36) if keys else (200, 60)) as (app, pilot):
        await pilot.press(*keys)
        checklist = app.screen.query_one(Checklist)
        lines = [line.split() for line in text_of(checklist)]
        [explosions] = [line for line in lines if line[:2] == ["◇", "What"]]
        [holes] = [line for line in lines if line[:2] == ["✓", "What"]]
        assert (explosions[-2:], holes[-2:]) == (["+15", "1/2"], ["+30", "2/2"])
        assert "sets 1/2" in str(checklist.border_title)


async def test_a_small_window_says_to_which_set_a_treasure_belongs() -> None:
    """Above the footer, where there is no room for a line per set."""
    snapshot = fake_night.streaming()
    engine = FakeEngine(replace(snapshot, hunt=replace(snapshot.hunt, sets=SETS)))
    async with hunting(engine, (80, 24)) as (app, pilot):
        assert "sets 1/2" in str(app.screen.query_one(Checklist).border_title)
        await pilot.press("3")
        assert app.screen.query_one(Hint).text.startswith("Supernova (set: What flares up and fades +15): A star")
        await pilot.press("down")
        assert app.screen.query_one(Hint).text.startswith("Infant supernova: Seen within")


async def test_the_checklist_stays_as_high_as_it_is_whatever_cuts_are_in_force() -> None:
    """A starter of few stages makes the funnel no smaller, so that nothing on the screen jumps."""
    on = FakeEngine()
    async with hunting(on) as (app, pilot):
        before = [panel.region for panel in app.screen.query("#funnel, #checklist, #objects")]
        on.publish(replace(on.latest, stages=on.latest.stages[:1]))
        await settled(pilot)
        assert [panel.region for panel in app.screen.query("#funnel, #checklist, #objects")] == before


@pytest.mark.parametrize("name", ["first-night", "rare-finds", "solar-system", "ztf-summer-school-2024"])
@pytest.mark.parametrize("size", [(120, 36), (200, 60)])
async def test_no_title_is_cut_where_numbers_can_go(name: str, size: tuple[int, int]) -> None:
    """Those of treasures and of sets; numbers that matter less make room."""
    hunt = load_hunt(shipped.find("hunts", name), kinds(), truth.kinds())
    night = SynchronousEngine(SimulatedSource("20240707", count=5), CUTS, hunt)
    async with hunting(night, size=size) as (app, pilot):
        await pilot.press("3", "z")
        whole = "\n".join(text_of(app.screen.query_one(Checklist)))
        await pilot.press("z")
        lines = text_of(app.screen.query_one(Checklist))
        assert not [line for line in lines if line[2:3].strip() in ("·", "◇") and "…" in line]
        assert all(treasure.title in whole for treasure in hunt.treasures)


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_screen_says_that_a_treasure_has_a_starter_and_how_it_is_loaded(size: tuple[int, int]) -> None:
    """Above the footer and in the frame of the treasures, with the player's own keys, and again on the treasure."""
    night = SynchronousEngine(SimulatedSource("20240707", count=5), NO_CUTS, RARE)
    async with hunting(night, size=size, keymap={"starter": "L"}) as (app, pilot):
        text = "\n".join(screen_text(app))
        assert "3, then L: begin with a treasure's starter" in text
        assert ("3 L: its starter" in text) == (size[0] >= 100)
        await pilot.press("3")
        await settled(pilot)
        assert said(app).startswith("L loads its starter. ")
        assert "L starter" in "\n".join(screen_text(app))
        assert ("3 L: its starter" in "\n".join(screen_text(app))) is False
