"""Objects that are taken elsewhere: copied, and opened in pages of the browser."""

import os
from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, until
from textual.widgets import Static

from huntui.engine.snapshot import Snapshot
from huntui.pages import PAGES
from huntui.tui.clipboard import copy_with_tool
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.pages import ChoosePage
from huntui.tui.widgets.hint import Hint


@pytest.fixture(autouse=True)
def _no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy into nobody's clipboard."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)


def real_night() -> Snapshot:
    """Return a night that is not invented."""
    snapshot = fake_night.streaming()
    return replace(snapshot, night=replace(snapshot.night, simulated=False))


async def test_a_key_copies_the_name_and_pressed_again_the_coordinates() -> None:
    """In degrees, then in hours and degrees, then the name again; and it says what it did each time."""
    async with hunting(FakeEngine()) as (app, pilot):
        seen = []
        for _ in range(4):
            app.copy_to_clipboard("")
            await pilot.press("y")
            await until(pilot, lambda: "Copied" in app.screen.query_one(Hint).text)
            seen.append(app.clipboard)
            assert seen[-1] in app.screen.query_one(Hint).text
        name = fake_night.object_id(0)
        assert seen == [name, "217.500000 -3.250000", "14:30:00.00 -03:15:00.0", name]


async def test_another_object_is_copied_by_its_name_first() -> None:
    """However often the key was pressed before."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("2", "y", "j", "y")
        await until(pilot, lambda: fake_night.object_id(1) in app.screen.query_one(Hint).text)
        assert app.clipboard == fake_night.object_id(1)


async def test_of_a_range_all_names_are_copied_a_line_each() -> None:
    """For a spreadsheet."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("2", "v", "j", "j", "y")
        await until(pilot, lambda: "Copied" in app.screen.query_one(Hint).text)
        assert app.clipboard.split("\n") == [fake_night.object_id(row) for row in range(3)]
        assert "the name of 3 objects" in app.screen.query_one(Hint).text


async def test_it_says_that_the_terminal_may_not_have_taken_it() -> None:
    """Nobody can know: OSC 52 has no answer."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("y")
        await until(pilot, lambda: "Copied" in app.screen.query_one(Hint).text)
        assert "if your terminal allows" in app.screen.query_one(Hint).text


async def test_a_page_is_opened_by_the_browser_that_shows_the_hunt(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not on the computer that serves it."""
    opened: list[str] = []
    async with hunting(FakeEngine(real_night()), browse=opened.append) as (app, pilot):
        asked: list[str] = []
        monkeypatch.setattr(type(app), "is_web", True)
        monkeypatch.setattr(app, "open_url", asked.append)
        await pilot.press("o")
        assert len(asked) == 1
        assert opened == []


def test_a_tool_of_the_desktop_gets_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real program that is called as the tool is; over ssh and on a page it is not asked."""
    tool, heard = tmp_path / "wl-copy", tmp_path / "heard"
    tool.write_text(f"#!/bin/sh\ncat > '{heard}'\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert not copy_with_tool("nobody is there")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert copy_with_tool("ZTF18abc\n10.0 -5.0")
    assert heard.read_text() == "ZTF18abc\n10.0 -5.0"
    for name in ("SSH_CONNECTION", "TEXTUAL_DRIVER"):
        monkeypatch.setenv(name, "somewhere else")
        assert not copy_with_tool("elsewhere")
        monkeypatch.delenv(name)
    tool.write_text("#!/bin/sh\nexit 1\n")
    assert not copy_with_tool("it fails")


async def test_all_pages_are_offered_and_the_chosen_one_is_opened() -> None:
    """A page of one's own is among them."""
    opened: list[str] = []
    pages = {**PAGES, "Mine": "https://example.org/{objectId}"}
    options = {"browse": lambda url: not opened.append(url), "pages": pages}
    async with hunting(FakeEngine(real_night()), **options) as (app, pilot):
        await pilot.press("O")
        text = "\n".join(screen_text(app))
        assert all(name in text for name in pages)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert opened == [f"https://lasair-ztf.lsst.ac.uk/objects/{fake_night.object_id(0)}/"]
        assert isinstance(app.screen, HuntScreen)
        assert f"Opened {opened[0]}" in app.screen.query_one(Hint).text


async def test_without_a_browser_the_whole_address_is_shown_and_can_be_copied() -> None:
    """Also one that is longer than a line."""
    async with hunting(FakeEngine(real_night()), (80, 24)) as (app, pilot):
        await pilot.press("O", *["down"] * 5, "enter")
        assert isinstance(app.screen, ChoosePage)
        outcome = app.screen.query_one("#outcome", Static)
        assert str(outcome.content).startswith("No browser here. The page is https://ned.ipac")
        assert outcome.size.height > 1
        assert app.screen.region.contains_region(outcome.region)
        assert "radius=0.2" in "\n".join(screen_text(app))
        await pilot.press("y")
        await until(pilot, lambda: "ned.ipac" in app.clipboard)
        assert app.clipboard.startswith("https://ned.ipac.caltech.edu/conesearch?")


async def test_an_invented_object_is_in_no_page() -> None:
    """The sentence is that of the key that opens one page."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("O")
        assert isinstance(app.screen, HuntScreen)
        assert "is invented: there is no page about it" in app.screen.query_one(Hint).text
