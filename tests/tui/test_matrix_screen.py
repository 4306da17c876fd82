"""One object against all filters on the screen."""

from dataclasses import replace
from typing import Any

import fake_answers
import fake_night
import pytest
from fake_engine import FakeEngine
from fake_night import FakeRows
from hunting import hunting, screen_text, text_of, until
from textual.pilot import Pilot
from textual.widgets import Input, Static

from huntui.tui.screens.compare import Compare
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.matrix import Filters
from huntui.tui.widgets.compared import Compared
from huntui.tui.widgets.hint import about_object
from huntui.tui.widgets.matrix import MatrixLines


async def asking(pilot: Pilot[Any], *keys: str) -> MatrixLines:
    """Open the filters and return them once they were asked."""
    await pilot.press(*keys, "f")
    found = pilot.app.screen.query_one(MatrixLines)
    await until(pilot, lambda: said(pilot) not in ("", "Asking …"))
    return found


def said(pilot: Pilot[Any]) -> str:
    """Return the sentence at the foot of the dialog."""
    return str(pilot.app.screen.query_one("#outcome", Static).content)


async def test_each_filter_says_what_it_keeps_and_where_it_loses_the_others() -> None:
    """A mark, a count, the stages with their numbers, and what the newest alert lacks; a broken file says why."""
    async with hunting(FakeEngine()) as (_, pilot):
        lines = [line.strip() for line in text_of(await asking(pilot))]
        assert lines[0].split() == ["filter", "kept", "lost", "at"]
        assert lines[1].split() == ["▸", "✓", "mine", "(yours)", "33", "of", "34", "young", "1"]
        assert lines[2].split("of 34")[1].strip() == "detected 1 · time_span 23 · sharp 4"
        assert lines[3] == "newest alert, young: age 65.25, needs ≤ 60: over by 5.25 day"
        assert lines[4].split() == ["!", "broken"]
        assert lines[5] == f"cannot be read: {fake_answers.AT_HAND[1].error}"
        assert lines[6].startswith("✗ kilonova")
        assert said(pilot) == f"{fake_night.object_id(0)}: 34 alerts, and 1 of 2 filters keep at least one of them."


async def test_the_selected_object_is_asked_about_and_any_other_can_be_typed() -> None:
    """Its name is selected, so that the first letter replaces it; what is not in the night is said not to be."""
    async with hunting(FakeEngine()) as (app, pilot):
        lines = await asking(pilot, "tab", "j", "j")
        field = app.screen.query_one(Input)
        assert field.value == fake_night.object_id(2)
        await pilot.press(*"ZTF")
        assert field.value == "ZTF"
        await until(pilot, lambda: said(pilot) == "No alert of this night has the objectId or candid ZTF.")
        assert lines.rows == ()
        await pilot.press("down", "pagedown", "enter")
        assert isinstance(app.screen, Filters)
        field.value = fake_night.object_id(7)
        await until(pilot, lambda: said(pilot).startswith(fake_night.object_id(7)))
        field.value = ""
        await until(pilot, lambda: said(pilot) == "")
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)


async def test_where_nothing_survives_a_name_can_be_typed() -> None:
    """There is none to begin with."""
    engine = FakeEngine(replace(fake_night.streaming(), rows=FakeRows(()), surviving_alerts=0))
    async with hunting(engine) as (app, pilot):
        await pilot.press("f")
        assert app.screen.query_one(Input).value == ""
        await pilot.press("enter", "up", "escape")
        assert isinstance(app.screen, HuntScreen)


async def test_enter_compares_with_the_marked_filter() -> None:
    """Not with the cuts in force, nor with a file that cannot be read."""
    async with hunting(FakeEngine()) as (app, pilot):
        await asking(pilot)
        await pilot.press("enter")
        assert said(pilot).startswith("These are the cuts in force")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: said(pilot).startswith("There is no file broken"))
        await pilot.press("pagedown", "enter")
        await until(pilot, lambda: isinstance(app.screen, Compare))
        assert app.screen.query_one(Compared).found.b.cuts.name == "kilonova"


async def test_the_filters_follow_the_cuts_while_they_are_shown() -> None:
    """An object that came through meanwhile is found."""
    engine = FakeEngine(replace(fake_night.streaming(), rows=FakeRows(())))
    async with hunting(engine) as (app, pilot):
        await pilot.press("f", *fake_night.object_id(0))
        await until(pilot, lambda: said(pilot).startswith("No alert"))
        engine.publish(replace(fake_night.streaming(), cuts_version=1))
        await until(pilot, lambda: bool(app.screen.query_one(MatrixLines).rows))


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
async def test_names_from_packets_cannot_break_the_filters(size: tuple[int, int]) -> None:
    """A name that cannot be typed is asked about as it is."""
    hostile = "\x1b[2J\n[red]界界"
    rows = FakeRows(tuple({**row, "objectId": hostile} for row in fake_night.rows(1).table))
    async with hunting(FakeEngine(replace(fake_night.streaming(), rows=rows)), size=size) as (app, pilot):
        lines = await asking(pilot)
        assert len(lines.rows) == 4
        for _ in range(4):
            assert "\x1b" not in "".join(screen_text(app))
            await pilot.press("down")
        assert "▸" in "".join(text_of(lines))


def test_the_hint_about_an_object_leads_to_the_filters() -> None:
    """Whatever it looks like."""
    snapshot = fake_night.streaming()
    for number in (0, 1):
        assert "f: what other filters make of it." in about_object(snapshot, fake_night.object_id(number))
