"""NO_COLOR: no colour is drawn, and what colours told is told by glyphs and reversed text."""

import pytest
from all_screens import SCREENS
from fake_engine import FakeEngine
from hunting import hunting, settled
from rich.style import Style

from huntui.tui.app import HuntApp


def styles(app: HuntApp) -> list[tuple[str, Style]]:
    """Return every piece of text on the screen with its style."""
    strips = app.screen._compositor.render_strips()
    return [(text, style) for strip in strips for text, style, _ in strip if style is not None]


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_no_screen_has_a_colour(keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a terminal uses its own two, and nothing is black on black."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with hunting(FakeEngine(), (160, 48)) as (app, pilot):
        await pilot.press(*keys)
        await settled(pilot)
        assert app.colourless
        assert [(text, style) for text, style in styles(app) if style.color or style.bgcolor] == []


async def test_the_line_under_the_cursor_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the only one in the funnel."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("down")
        reversed_text = "".join(text for text, style in styles(app) if style.reverse)
        assert "clean" in reversed_text
        assert "SIMULATED" in reversed_text
        assert "young" not in reversed_text


async def test_where_something_is_typed_the_cursor_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The field of the palette has one reversed cell, and its first line is marked."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("colon", "p")
        assert " " in [text for text, style in styles(app) if style.reverse]


@pytest.mark.parametrize("value", [None, ""])
async def test_without_it_or_where_it_is_empty_there_are_colours(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As no-color.org has it."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    if value is not None:
        monkeypatch.setenv("NO_COLOR", value)
    async with hunting(FakeEngine()) as (app, _):
        assert not app.colourless
        assert len({style.color.triplet for _, style in styles(app) if style.color}) > 5
