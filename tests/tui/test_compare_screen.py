"""Comparing the cuts in force with others on the screen."""

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

from huntui.funnel.cuts import Cuts
from huntui.session.commands import ReplaceCuts
from huntui.session.history import Past, Timeline
from huntui.tui.screens.choose_cuts import ChooseCuts
from huntui.tui.screens.compare import Compare
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.widgets.compared import Compared
from huntui.tui.widgets.cuts_list import CutsList
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.objects import Objects


def gaining(engine: FakeEngine, number: int = 3) -> FakeEngine:
    """Let B keep objects that A does not."""
    table = tuple({**row, "objectId": f"ZTF24new{k:05}"} for k, row in enumerate(fake_night.rows(number).table))
    engine.gained = FakeRows(table)
    return engine


async def choosing(pilot: Pilot[Any]) -> CutsList:
    """Open the choice and return its list once it was read."""
    await pilot.press("d")
    found = pilot.app.screen.query_one(CutsList)
    await until(pilot, lambda: bool(found.entries))
    return found


async def comparing(pilot: Pilot[Any], *keys: str) -> Compared:
    """Compare with the first cuts at hand and press keys."""
    await choosing(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, Compare))
    found = pilot.app.screen.query_one(Compared)
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()
    return found


def said(pilot: Pilot[Any]) -> str:
    """Return the sentence at the foot of the dialog."""
    return str(pilot.app.screen.query_one("#outcome", Static).content)


async def test_both_funnels_and_three_lists_are_shown() -> None:
    """The first list that has objects is open; its title has all counts, and each object says where it is lost."""
    async with hunting(FakeEngine()) as (app, pilot):
        compared = await comparing(pilot)
        text = "\n".join(screen_text(app))
        for stage in app.screen.query_one(Compared).found.a.stages:
            assert f" {stage.name} " in text
        assert "gained 0   ▸lost 21    common 43" in text
        assert fake_night.object_id(0) in text
        assert said(pilot) == f"B loses {fake_night.object_id(0)} at seen-before (its newest alert that A keeps)."
        await pilot.press("right")
        assert compared.side == "common"
        assert "both keep these objects" in said(pilot)
        await pilot.press("tab")
        assert compared.side == "gained"
        assert "none" in "\n".join(text_of(compared))
        await pilot.press("enter")
        assert said(pilot) == "There is no object in this list."
        await pilot.press("h", "j", "k", "left")
        assert compared.side == "lost"


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_a_hundred_thousand_objects_are_read_only_where_they_are_seen(size: tuple[int, int]) -> None:
    """To the end and back, in windows of any size."""
    snapshot = fake_night.streaming()
    row = dict(snapshot.rows.table[0])  # type: ignore[attr-defined]
    many = FakeRows(tuple({**row, "objectId": f"ZTF24{k:07}"} for k in range(100_000)))
    async with hunting(FakeEngine(replace(snapshot, rows=many)), size=size) as (_, pilot):
        compared = await comparing(pilot, "right")
        read = len(compared.objects.reads)  # type: ignore[attr-defined]
        await pilot.press("end")
        assert "ZTF240099999" in text_of(compared)[-1]
        await pilot.press("pageup", "home")
        assert compared.row == 0
        assert compared.page >= 3
        assert len(compared.objects.reads) - read < 60 * size[1]  # type: ignore[attr-defined]


async def test_stages_that_find_no_room_can_be_seen() -> None:
    """s gives all of it to them, and again to the objects."""
    snapshot = fake_night.streaming()
    stages = tuple(replace(snapshot.stages[0], name=f"stage_{k}") for k in range(17))
    async with hunting(FakeEngine(replace(snapshot, stages=stages)), size=(80, 24)) as (_, pilot):
        compared = await comparing(pilot)
        before = "\n".join(text_of(compared))
        assert "more stages (s)" in before
        assert "stage_16" not in before
        await pilot.press("s")
        for stage in stages:
            assert f" {stage.name} " in "\n".join(text_of(compared))
        assert "objectId" not in "\n".join(text_of(compared))
        await pilot.press("s")
        assert "\n".join(text_of(compared)) == before


async def test_an_object_that_survives_is_gone_to_in_the_table() -> None:
    """The dialog closes, and the cursor of the table is on it."""
    async with hunting(FakeEngine()) as (app, pilot):
        await comparing(pilot, "j", "j", "enter")
        await until(pilot, lambda: isinstance(app.screen, HuntScreen))
        assert app.screen.query_one(Objects).object_id == fake_night.object_id(2)
        assert app.screen.query_one(Objects).has_focus


async def test_an_object_that_is_gained_says_where_the_cuts_in_force_lose_it() -> None:
    """Enter opens nothing."""
    async with hunting(gaining(FakeEngine())) as (app, pilot):
        await comparing(pilot, "j", "enter")
        assert isinstance(app.screen, Compare)
        expected = "Your cuts lose ZTF24new00001 at young (its newest alert that B keeps)."
        assert said(pilot).startswith(expected)


async def test_b_can_be_adopted() -> None:
    """It is a command, so that undo brings the cuts back."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await comparing(pilot, "a")
        assert isinstance(app.screen, HuntScreen)
        (command,) = engine.commands
        assert isinstance(command, ReplaceCuts)
        assert (command.cuts.name, command.why) == ("bright", "bright put in force")


async def test_the_choice_is_narrowed_by_typing_and_a_file_can_be_named() -> None:
    """What cannot be read says why, and the choice stays open."""
    async with hunting(FakeEngine()) as (app, pilot):
        listed = await choosing(pilot)
        assert [entry.name for entry in listed.entries] == ["bright", "broken", "kilonova", "none"]
        await pilot.press("down", "enter")
        assert said(pilot) == fake_answers.AT_HAND[1].error
        await pilot.press(*"fades")
        assert [entry.name for entry in listed.entries] == ["kilonova"]
        app.screen.query_one(Input).value = "my/own.yaml"
        await pilot.pause()
        assert said(pilot).startswith("Nothing here is called so")
        await pilot.press("enter")
        await until(pilot, lambda: "There is no file my/own.yaml" in said(pilot))
        assert isinstance(app.screen, ChooseCuts)
        await pilot.press("pagedown", "pageup", "up", "escape")
        assert isinstance(app.screen, HuntScreen)


async def test_earlier_states_of_ones_own_can_be_compared_with() -> None:
    """Newest first, each once, and without those that have the cuts in force; undone ones say so."""
    now, *others = (Cuts(f"state {k}", "", ()) for k in range(4))
    states = [("as it began", others[0]), ("drb_min 0.65", others[1]), ("claimed", others[1]), ("young off", now)]
    past = tuple(Past(what, cuts) for what, cuts in [*states, ("real off", others[2])])
    engine = FakeEngine(replace(fake_night.streaming(), cuts=now, timeline=Timeline(past, 3)))
    async with hunting(engine) as (app, pilot):
        listed = await choosing(pilot)
        told = [(entry.name, entry.about) for entry in listed.entries[len(fake_answers.AT_HAND) :]]
        assert told == [
            ("real off", "undone, state 5 of 5"),
            ("claimed", "earlier, state 3 of 5"),
            ("as it began", "earlier, state 1 of 5"),
        ]
        await pilot.press(*"began", "enter")
        await until(pilot, lambda: isinstance(app.screen, Compare))
        assert app.screen.query_one(Compared).found.b.cuts == others[0]


async def test_a_comparison_follows_the_cuts_and_the_night_while_it_is_open() -> None:
    """The cursor stays on its object, and the list that was chosen stays open."""
    engine = gaining(FakeEngine(fake_night.streaming(0.5)))
    async with hunting(engine) as (app, pilot):
        compared = await comparing(pilot, "right", "j", "j")
        name = compared.objects.object_id(compared.row or 0)
        engine.publish(replace(fake_night.streaming(), cuts_version=1))
        await until(pilot, lambda: len(compared.found.lost) == 21)
        assert compared.side == "lost"
        assert compared.objects.object_id(compared.row or 0) == name
        engine.publish(replace(fake_night.streaming(), cuts_version=2, rows=FakeRows(()), surviving_alerts=0))
        await until(pilot, lambda: len(compared.found.lost) == 0)
        assert compared.row is None
        await pilot.press("down", "end", "home", "pagedown", "enter")
        assert isinstance(app.screen, Compare)


async def test_an_object_that_was_lost_meanwhile_is_said_to_be_lost() -> None:
    """The table has it no more when the key arrives."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await comparing(pilot)
        app.screen.dismiss("ZTF24gone")
        await until(pilot, lambda: isinstance(app.screen, HuntScreen))
        assert "ZTF24gone is not in the table" in app.screen.query_one(Hint).text


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_names_from_packets_and_files_cannot_break_the_comparison(size: tuple[int, int]) -> None:
    """Escapes, markup and wide characters fill their cells exactly."""
    hostile = "\x1b[2J\n[red]界界界" * 20
    snapshot = fake_night.streaming()
    rows = FakeRows(tuple({**row, "objectId": f"{hostile}{k}"} for k, row in enumerate(fake_night.rows(9).table)))
    stages = tuple(replace(stage, name=hostile, title=hostile, keep=hostile) for stage in snapshot.stages)
    engine = FakeEngine(replace(snapshot, rows=rows, stages=stages, cuts=Cuts(hostile, hostile, ())))
    engine.gained = rows
    async with hunting(engine, size=size) as (app, pilot):
        listed = await choosing(pilot)
        listed.take([replace(listed.entries[0], name=hostile, about=hostile)])
        screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Compare))
        for key in ("right", "right", "end", "enter"):
            await pilot.press(key)
            assert "\x1b" not in "".join(screen_text(app))
