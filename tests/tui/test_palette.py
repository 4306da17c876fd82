"""The palette: everything by a few letters, and done as its key does it."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, text_of, until
from textual import events
from textual.widgets import Input, Static

from huntui.action import Action
from huntui.actions import ACTIONS, PANELS
from huntui.session.commands import Claim, ClaimAll, Command, Pause, SetKnob, SwitchStage, TurnKnob, Undo
from huntui.tui.app import HuntApp
from huntui.tui.palette.fuzzy import match
from huntui.tui.palette.offers import NeedsValue, narrowed, offers
from huntui.tui.screens.help import Help
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.palette import Palette
from huntui.tui.themes import THEMES
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.objects import Objects
from huntui.tui.widgets.offer_list import OfferList

NOTHING_CLAIMED = replace(fake_night.streaming(), hunt=replace(fake_night.streaming().hunt, claims=()))


def typed(text: str) -> list[str]:
    """Return the keys that type a text."""
    names = {" ": "space", "_": "underscore", ".": "full_stop", "-": "minus"}
    return [names.get(char, char) for char in text]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("set drb_min 0.7", SetKnob("real", "drb_min", 0.7)),
        ("drb_min 0.7", SetKnob("real", "drb_min", 0.7)),
        ("sdm .7", SetKnob("real", "drb_min", 0.7)),
        ("switch clean", SwitchStage("clean")),
        ("take back last change", Undo()),
        ("pause", Pause()),
        ("knob_more", TurnKnob("real", "drb_min", 1)),
        ("claim as infant", Claim(fake_night.object_id(0), "infant")),
    ],
)
async def test_what_is_typed_is_done_as_a_key_does_it(text: str, command: Command) -> None:
    """One command, the same that the key sends."""
    engine = FakeEngine(NOTHING_CLAIMED)
    async with hunting(engine) as (app, pilot):
        await pilot.press(":", *typed(text), "enter")
        await pilot.pause()
        assert engine.commands == [command]
        assert isinstance(app.screen, HuntScreen)


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_both_keys_open_it_and_escape_leaves_everything_as_it_was(key: str) -> None:
    """Also with something typed."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press(key, *typed("pause"))
        assert isinstance(app.screen, Palette)
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)
        assert engine.commands == []


async def test_a_whole_command_in_one_breath_is_done() -> None:
    """As a program or a fast hand types it."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        app.post_message(events.Key("colon", ":"))
        for char in "pause":
            app.post_message(events.Key(char, char))
        app.post_message(events.Key("enter", "\r"))
        await until(pilot, lambda: engine.commands == [Pause()])


async def test_letters_in_the_same_breath_as_the_key_are_typed_into_the_palette() -> None:
    """None is lost, and none means a key of the hunt."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        app.post_message(events.Key("colon", ":"))
        for char in "pause":
            app.post_message(events.Key(char, char))
        await pilot.pause()
        await pilot.pause()
        assert app.screen.query_one(Input).value == "pause"
        assert engine.commands == []


async def test_a_knob_without_a_value_waits_for_it_and_says_its_range() -> None:
    """Enter writes its name; a value out of range is told and changes nothing, the next one is taken."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press(":", *typed("drb"), "enter")
        assert app.screen.query_one(Input).value == "set drb_min "
        assert "A number from 0 to 1; one step is 0.05." in _outcome(app)
        await pilot.press(*typed("7"), "enter")
        assert "7 is out of range. A number from 0 to 1" in _outcome(app)
        assert engine.commands == []
        await pilot.press("backspace", *typed("0.9"), "enter")
        assert engine.commands == [SetKnob("real", "drb_min", 0.9)]


async def test_what_is_no_number_is_told() -> None:
    """With the range, as where the value alone is typed."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press(":", *typed("set drb_min high"))
        assert "high is no number. A number from 0 to 1" in _outcome(app)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36)])
async def test_a_value_out_of_range_says_the_range(size: tuple[int, int]) -> None:
    """In the line itself, and with the step below the list."""
    async with hunting(FakeEngine(), size=size) as (app, pilot):
        await pilot.press(":", *typed("set drb_min 7"))
        await pilot.pause()
        text = " ".join("\n".join(screen_text(app)).split())
        assert "can be 0 to 1" in text
        assert "7 is out of range. A number from 0 to 1; one step is" in text


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_keys_are_never_cut(size: tuple[int, int]) -> None:
    """However long the sentence beside them is."""
    async with hunting(FakeEngine(), size=size) as (app, pilot):
        await pilot.press("2", ":")
        every = [found.offer for found in narrowed(offers(app.screen_stack[1].snapshot, ["objects"], {}, "dark"), "")]  # type: ignore[attr-defined]
        for offer in every:
            if isinstance(offer.deed, Action):
                app.screen.query_one(Input).value = offer.title
                await pilot.pause()
                assert f" {offer.about}" in "\n".join(text_of(app.screen.query_one(OfferList))), offer.about


async def test_what_nothing_is_called_is_told() -> None:
    """Enter does nothing then."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press(":", *typed("zzzzzz"), "enter")
        assert _outcome(app) == "Nothing is called so."
        assert isinstance(app.screen, Palette)


async def test_arrows_and_the_mouse_choose_among_what_was_found() -> None:
    """A click is an Enter."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press(":", *typed("switch off"), "down", "down", "up", "down", "enter")
        await pilot.press(":", *typed("switch off"))
        await pilot.click(OfferList, offset=(4, 2))
        await pilot.pause()
        assert engine.commands == [SwitchStage("clean"), SwitchStage("not-moving")]
        assert isinstance(app.screen, HuntScreen)


async def test_an_action_of_another_panel_brings_the_focus_there() -> None:
    """As if somebody had gone there and pressed its key."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press(":", *typed("last_row"), "enter")
        await pilot.pause()
        assert app.screen.focused.id == "objects"
        assert app.screen.query_one(Objects).object_id == fake_night.object_id(63)


async def test_an_action_that_opens_a_dialog_opens_it() -> None:
    """The help of the panel that had the focus."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press(":", *typed("show what the keys"), "enter")
        await pilot.pause()
        assert isinstance(app.screen, Help)


async def test_a_theme_is_chosen_by_its_name() -> None:
    """And said."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press(":", *typed("theme safe-light"), "enter")
        await pilot.pause()
        assert app.theme == "safe-light"
        assert "safe-light" in app.screen.query_one(Hint).text


async def test_a_range_is_claimed_by_the_name_of_a_treasure() -> None:
    """All of it at once."""
    engine = FakeEngine(NOTHING_CLAIMED)
    async with hunting(engine) as (_, pilot):
        await pilot.press("2", "v", "j", ":", *typed("as supernova"), "enter")
        await pilot.pause()
        assert engine.commands == [ClaimAll((fake_night.object_id(0), fake_night.object_id(1)), "supernova")]


async def test_nothing_is_claimed_after_the_end() -> None:
    """The palette refuses as the key does."""
    engine = FakeEngine(replace(NOTHING_CLAIMED, hunt=replace(NOTHING_CLAIMED.hunt, ended=True)))
    async with hunting(engine) as (app, pilot):
        await pilot.press(":", *typed("as supernova"), "enter")
        await pilot.pause()
        assert engine.commands == []
        assert "has ended" in app.screen.query_one(Hint).text


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
async def test_the_palette_fits_into_every_window(size: tuple[int, int]) -> None:
    """Its foot is in view, and so is what was found first."""
    async with hunting(FakeEngine(), size) as (app, pilot):
        await pilot.press(":", *typed("drb"))
        text = "\n".join(screen_text(app))
        assert "Esc back" in text
        assert "set drb_min" in text


def test_every_action_of_the_panels_and_every_knob_stage_treasure_and_theme_is_offered() -> None:
    """With its own keys."""
    snapshot = fake_night.streaming()
    every = offers(snapshot, list(PANELS), {"undo": "Z"}, "dark")
    done = [offer.deed for offer in every]
    assert [deed for deed in done if deed in ACTIONS] == [
        action for panel in PANELS for action in ACTIONS if action.panel == panel and action.id != "palette"
    ]
    assert sum(isinstance(deed, NeedsValue) for deed in done) == sum(len(stage.knobs) for stage in snapshot.stages)
    assert sum(isinstance(deed, SwitchStage) for deed in done) == len(snapshot.stages)
    titles = {offer.title for offer in every}
    assert {f"claim as {treasure.title}" for treasure in snapshot.hunt.treasures} <= titles
    assert {f"theme {name}" for name in THEMES} <= titles
    assert next(offer for offer in every if offer.title.startswith("Take back the last change")).about == "Z"


def test_a_knob_that_two_stages_have_is_called_by_its_stage() -> None:
    """So that nobody turns another one."""
    snapshot = fake_night.streaming()
    twice = replace(snapshot.stages[0], name="again")
    every = offers(replace(snapshot, stages=(*snapshot.stages, twice)), [], {}, "dark")
    found = narrowed(every, "set again.drb_min 0.3")
    assert found[0].offer.deed == SetKnob("again", "drb_min", 0.3)
    assert "set real.drb_min" in {offer.title for offer in every}


def test_names_from_a_file_can_do_nothing_but_stand_there() -> None:
    """A stage or a treasure with an escape in its name."""
    snapshot = fake_night.streaming()
    hostile = replace(snapshot.hunt.treasures[0], title="\x1b[31m[red]")
    hunt = replace(snapshot.hunt, treasures=(hostile,))
    titles = [offer.title for offer in offers(replace(snapshot, hunt=hunt), [], {}, "dark")]
    assert "claim as ·[31m[red]" in titles


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("drb", "set drb_min", "drb"),
        ("sdm", "set drb_min", "sdm"),
        ("MIN set", "set drb_min", "setmin"),
        ("knob", "Turn the knob", "knob"),
        ("x", "set drb_min", None),
        ("bd", "set drb_min", None),
        ("", "anything", ""),
    ],
)
def test_letters_find_a_text_as_words_or_as_letters_in_order(query: str, text: str, found: str | None) -> None:
    """Of letters in order the first starts a word."""
    fits = match(query, text)
    assert (None if fits is None else "".join(text[place] for place in sorted(fits[1]))) == found


def test_whole_words_come_before_beginnings_and_those_before_parts_and_letters() -> None:
    """Of texts that all fit."""
    texts = ["one", "ones", "bones", "o - n - e"]
    worths = [fits[0] for text in texts if (fits := match("one", text))]
    assert worths == sorted(worths, reverse=True)
    assert len(set(worths)) == 4


def _outcome(app: HuntApp) -> str:
    return str(app.screen.query_one("#outcome", Static).content)


async def test_an_object_is_gone_to_by_the_beginning_of_its_name() -> None:
    """The cursor of the table is on it, in whatever case it was typed; nothing is sent to the engine."""
    engine = FakeEngine()
    wanted = fake_night.object_id(9)
    async with hunting(engine) as (app, pilot):
        await pilot.press(":", *typed(wanted.lower()[:8]), "enter")
        await pilot.pause()
        assert app.screen.query_one(Objects).object_id == wanted
        assert app.focused is app.screen.query_one(Objects)
        assert engine.commands == []
