"""The near misses on the screen."""

from dataclasses import replace

import fake_night
import pytest
from fake_answers import ALERTS, CANDID, CUTS
from fake_engine import FakeEngine
from hunting import hunting, text_of
from test_why_screen import asked, engine_with_cuts
from textual.widgets import Input

from huntui.engine.near_misses import NearAlerts
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.near_misses import NearMisses
from huntui.tui.screens.why import Why
from huntui.tui.widgets.near_miss_list import NearMissList


async def test_the_nearest_come_first_with_what_keeps_them_out() -> None:
    """And below them what lets the marked one in, what a margin is, and how many have none."""
    async with hunting(engine_with_cuts()) as (app, pilot):
        text = await asked(pilot, "m")
        lines = text_of(app.screen.query_one(NearMissList))
        assert lines[1].split()[:3] == ["▸", fake_night.object_id(0), "0.0156"]
        # Another alert of the second one comes through.
        assert lines[2].split()[:3] == [fake_night.object_id(1), "✓", "0.0312"]
        assert "real: drb 0.5, needs ≥ 0.65: short by 0.15; young: age 65.25, needs ≤ 60: over by 5.25 day" in text
        assert "let in by drb_min 0.5 and age_max 66." in text
        assert "Margin 1: as much as lies between the quartiles of this night; stages add up." in text
        assert "Of 1,874 rejected alerts 640 have a margin, 1,234 no number" in text
        assert "Another alert of it comes through." in await asked(pilot, "j")


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_the_cursor_goes_from_the_first_to_the_last_in_a_window_of_any_size(size: tuple[int, int]) -> None:
    """What is marked is always in view, and told below."""
    async with hunting(engine_with_cuts(), size=size) as (app, pilot):
        await asked(pilot, "m")
        misses = app.screen.query_one(NearMissList)
        for keys, row in (("end", 63), ("k", 62), ("home", 0), ("up", 0), ("down", 1), ("G", 63), ("j", 63)):
            await asked(pilot, keys)
            marked = [line for line in text_of(misses) if line.startswith("▸")]
            assert [line.split()[1] for line in marked] == [fake_night.object_id(row)]
        await asked(pilot, "home", "pagedown")
        assert next(line for line in text_of(misses) if line.startswith("▸")).split()[1] != fake_night.object_id(0)
        await asked(pilot, "pageup")
        assert text_of(misses)[1].startswith("▸")


async def test_enter_explains_the_alert_and_letting_it_in_changes_the_list() -> None:
    """That alert, not the object's newest; back at the list the cursor is where it was."""
    engine = engine_with_cuts()
    async with hunting(engine) as (app, pilot):
        await asked(pilot, "m", "j")
        text = await asked(pilot, "enter")
        assert isinstance(app.screen, Why)
        assert app.screen.query_one(Input).value == fake_night.object_id(1)
        assert f"candid {CANDID + ALERTS + 2}" in text
        assert "survives" in await asked(pilot, "ctrl+l")
        await asked(pilot, "escape")
        assert isinstance(app.screen, NearMisses)
        lines = text_of(app.screen.query_one(NearMissList))
        assert "needs ≤ 66" in " ".join(lines)
        assert [line.split()[1] for line in lines if line.startswith("▸")] == [fake_night.object_id(1)]
        await pilot.press("m")
        assert isinstance(app.screen, HuntScreen)


async def test_the_list_does_not_move_while_alerts_stream_in() -> None:
    """It looks again when the cuts change."""
    engine = engine_with_cuts()
    async with hunting(engine) as (app, pilot):
        await asked(pilot, "m")
        before = text_of(app.screen.query_one(NearMissList))
        engine.publish(replace(engine.latest, rows=fake_night.rows(3)))
        await asked(pilot)
        assert text_of(app.screen.query_one(NearMissList)) == before
        engine.publish(replace(engine.latest, cuts_version=9))
        assert "Of 1,264 rejected" in await asked(pilot)


async def test_a_night_without_near_misses_says_so() -> None:
    """And no key does anything to it."""

    class Nothing(FakeEngine):
        async def near_misses(self, most: int) -> NearAlerts:
            del most
            return NearAlerts((), 0, 0)

    async with hunting(Nothing(replace(fake_night.streaming(), cuts=CUTS))) as (app, pilot):
        assert "No alert was rejected." in await asked(pilot, "m")
        await asked(pilot, "down", "end", "enter", "pageup", "home")
        assert isinstance(app.screen, NearMisses)
