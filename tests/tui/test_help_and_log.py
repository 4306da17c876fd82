"""The help and the messages: pages to scroll and to search."""

from dataclasses import replace

from fake_engine import FakeEngine
from hunting import hunting, screen_text, text_of

from huntui.tui.said import MOST, Said
from huntui.tui.screens.help import Help
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.log import Log
from huntui.tui.widgets.help_page import HelpPage
from huntui.tui.widgets.log_page import LogPage


async def test_the_help_is_searched_by_what_a_key_does() -> None:
    """Letters of the words mean no key of the help; Esc shows all again, and then leaves."""
    async with hunting(FakeEngine(), (80, 24)) as (app, pilot):
        await pilot.press("question_mark", "slash", *"quit")
        lines = text_of(app.screen.query_one(HelpPage))
        assert any("Leave huntui" in line for line in lines)
        assert not any("Turn the knob" in line for line in lines)
        await pilot.press("escape")
        assert any("Turn the knob" in line for line in text_of(app.screen.query_one(HelpPage)))
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)


async def test_the_help_shows_the_keys_as_the_user_has_them() -> None:
    """A remapped one with its new key, and not with the old one."""
    async with hunting(FakeEngine(), (120, 36), keymap={"pause": "P,f9"}) as (app, pilot):
        await pilot.press("question_mark", "slash", *"stop", "space", *"reading")
        found = [line for line in text_of(app.screen.query_one(HelpPage)) if "Stop reading" in line]
        assert len(found) == 1
        assert found[0].split()[:2] == ["P", "F9"]


async def test_the_help_of_the_focused_panel_fits_into_the_smallest_window_by_scrolling() -> None:
    """To its last line, which is about a sign."""
    async with hunting(FakeEngine(), (60, 16)) as (app, pilot):
        await pilot.press("8", "question_mark")
        assert isinstance(app.screen, Help)
        assert "Inspector" in text_of(app.screen.query_one(HelpPage))[1]
        await pilot.press(*["pagedown"] * 40)
        assert "where cuts are compared" in " ".join(" ".join(screen_text(app)).split())


async def test_nothing_that_was_said_is_lost() -> None:
    """The newest first, with the time; the next key takes it from the hint, not from the log."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("o", "down", "t", "down", "M")
        lines = text_of(app.screen.query_one(LogPage))
        theme = next(place for place, line in enumerate(lines) if "Theme light" in line)
        page = next(place for place, line in enumerate(lines) if "is invented: there is no page about it" in line)
        assert theme < page
        assert lines[theme][2] == lines[theme][5] == ":"
        await pilot.press("slash", *"theme")
        assert not any("invented" in line for line in text_of(app.screen.query_one(LogPage)))
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, HuntScreen)


async def test_what_the_engine_says_is_there_and_can_do_nothing_else() -> None:
    """Of any length, and with whatever is in it."""
    engine = FakeEngine()
    async with hunting(engine, (80, 24)) as (app, pilot):
        engine.publish(replace(engine.latest, message="\x1b[2J[bold] " + "a long sentence " * 40))
        await pilot.pause()
        await pilot.press("M")
        lines = text_of(app.screen.query_one(LogPage))
        assert isinstance(app.screen, Log)
        assert any("·[2J[bold] a long sentence" in line for line in lines)
        assert sum("a long sentence" in line for line in lines) > 5


async def test_before_anything_was_said_the_log_says_so() -> None:
    """It is not an empty box."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("M")
        assert "Nothing was said yet." in " ".join(text_of(app.screen.query_one(LogPage)))


def test_the_log_is_bounded() -> None:
    """The oldest sentences go first."""
    said = Said()
    for number in range(MOST + 5):
        said.add(str(number), loud=False)
    kept = [sentence.text for sentence in said]
    assert (len(kept), kept[0], kept[-1]) == (MOST, "5", str(MOST + 4))
