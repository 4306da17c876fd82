"""What keys do, from the key to the command that the engine gets."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, settled, text_of
from textual import events

from huntui.actions import PANELS
from huntui.session.commands import Claim, Command, Pause, Redo, SwitchStage, TurnKnob, Unclaim, Undo
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.objects import Objects


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        (["right"], TurnKnob("real", "drb_min", 1)),
        (["l"], TurnKnob("real", "drb_min", 1)),
        (["left"], TurnKnob("real", "drb_min", -1)),
        (["h"], TurnKnob("real", "drb_min", -1)),
        (["shift+right"], TurnKnob("real", "drb_min", 10)),
        (["H"], TurnKnob("real", "drb_min", -10)),
        (["down", "right"], TurnKnob("clean", "bad_max", 1)),
        (["j", "n", "right"], TurnKnob("clean", "fwhm_max", 1)),
        (["j", "n", "n", "right"], TurnKnob("clean", "bad_max", 1)),
        (["j", "k", "right"], TurnKnob("real", "drb_min", 1)),
        (["down", "space"], SwitchStage("clean")),
        (["u"], Undo()),
        (["U"], Redo()),
        (["ctrl+r"], Redo()),
        (["p"], Pause()),
        (["c", "enter"], Claim(fake_night.object_id(0), "supernova")),
        (["c", "down", "enter"], Claim(fake_night.object_id(0), "infant")),
        (["tab", "j", "j", "j", "x"], Unclaim(fake_night.object_id(3), "supernova")),
    ],
)
async def test_a_key_sends_its_command(keys: list[str], command: Command) -> None:
    """Every key of the funnel, the claims and the journal ends in exactly one command."""
    engine = FakeEngine()
    async with hunting(engine) as (_, pilot):
        await pilot.press(*keys)
        assert engine.commands == [command]


async def test_a_turned_knob_shows_its_new_value() -> None:
    """The funnel follows the snapshot that the command makes."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("right", "right")
        assert "0.75" in text_of(app.screen.query_one("#funnel"))[1]


async def test_a_stage_that_is_off_says_so_in_words_and_by_its_glyph() -> None:
    """Colour is never the only sign."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("space")
        line = text_of(app.screen.query_one("#funnel"))[1]
        assert "○" in line
        assert "off" in line
        assert "█" not in line


async def test_tab_goes_round_the_panels_in_both_directions() -> None:
    """In the order of their numbers, of those that are in view."""
    async with hunting(FakeEngine()) as (app, pilot):
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            await pilot.press(key)
            seen.append(app.screen.focused.id)
        assert seen == ["objects", "checklist", "light-curve", "checklist"]


@pytest.mark.parametrize(
    ("burst", "command"),
    [
        (["tab", "j", "j", "j", "x"], Unclaim(fake_night.object_id(3), "supernova")),
        (["j", "tab", "shift+tab", "right"], TurnKnob("clean", "bad_max", 1)),
        (["tab", "j", "shift+tab", "j", "l"], TurnKnob("clean", "bad_max", 1)),
    ],
)
async def test_keys_typed_in_one_breath_go_where_the_eye_is(burst: list[str], command: Command) -> None:
    """A key after Tab is for the next panel, though nothing was painted in between."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        for key in burst:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settled(pilot)
        assert engine.commands == [command]


async def test_the_help_scrolls_by_lines_and_pages() -> None:
    """To the end and back."""
    async with hunting(FakeEngine(), size=(80, 24)) as (app, pilot):
        await pilot.press("?", "down")
        page = app.screen.query_one("#help-text")
        assert any("↑ 1 more" in line for line in text_of(page))
        await pilot.press("pagedown")
        assert not any("↑ 1 more" in line for line in text_of(page))
        await pilot.press("pageup", "up")
        assert PANELS["funnel"] in text_of(page)[1]


async def test_home_end_and_pages_move_in_the_table() -> None:
    """The cursor stops at both ends."""
    async with hunting(FakeEngine()) as (app, pilot):
        objects = app.screen.query_one(Objects)
        await pilot.press("tab", "end")
        assert objects.object_id == fake_night.object_id(63)
        await pilot.press("down")
        assert objects.object_id == fake_night.object_id(63)
        await pilot.press("home", "pagedown")
        assert objects.object_id == fake_night.object_id(objects.size.height - 2)
        await pilot.press("pageup", "up")
        assert objects.object_id == fake_night.object_id(0)


async def test_the_light_curve_follows_the_cursor_and_is_asked_for_once() -> None:
    """Moving fast over objects asks for the last one only."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        engine.asked.clear()
        objects = app.screen.query_one(Objects)
        for _ in range(5):
            objects.action_row_down()
        await settled(pilot)
        assert engine.asked == [fake_night.object_id(5)]
        assert app.screen.query_one("#light-curve").object_id == fake_night.object_id(5)


async def test_an_invented_object_has_no_page() -> None:
    """On a simulated night nothing is looked up."""
    opened: list[str] = []
    async with hunting(FakeEngine(), browse=lambda url: bool(opened.append(url))) as (app, pilot):
        await pilot.press("o")
        assert not opened
        assert "is invented" in app.screen.query_one(Hint).text


@pytest.mark.parametrize("browser", [True, False])
async def test_the_page_of_a_real_object_is_shown_whether_or_not_there_is_a_browser(browser: bool) -> None:
    """The address stands on the screen, so that it can be copied."""
    snapshot = fake_night.streaming()
    engine = FakeEngine(replace(snapshot, night=replace(snapshot.night, simulated=False)))
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return browser

    async with hunting(engine, browse=browse) as (app, pilot):
        await pilot.press("o")
        url = f"https://alerce.online/object/{fake_night.object_id(0)}"
        assert opened == [url]
        assert url in app.screen.query_one(Hint).text
        assert ("No browser" in app.screen.query_one(Hint).text) is not browser


async def test_a_key_can_be_remapped_by_the_name_of_its_action() -> None:
    """The new key works, the old one does not, and the footer shows the new one."""
    engine = FakeEngine()
    async with hunting(engine, (200, 60), keymap={"pause": "P"}) as (app, pilot):
        await pilot.press("p")
        assert engine.commands == []
        await pilot.press("P")
        assert engine.commands == [Pause()]
        assert "P pause" in text_of(app.screen.query_one("Footer"))[0]


async def test_a_message_of_the_engine_stands_above_the_footer_until_the_next_key() -> None:
    """What was undone is said in words."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("u")
        assert app.screen.query_one(Hint).text.startswith("Undone")
        await pilot.press("down")
        assert "Undone" not in app.screen.query_one(Hint).text


async def test_the_colours_change_with_a_key() -> None:
    """And that is said."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("t")
        assert app.theme == "light"
        assert "Theme light" in app.screen.query_one(Hint).text
