"""Panels are as they were left: the engine hears where the player is, and the screen goes there the next time."""

from dataclasses import replace
from pathlib import Path

import fake_night
from fake_engine import FakeEngine
from hunting import hunting, settled
from synchronous_engine import SynchronousEngine

from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.treasure import Hunt
from huntui.session.commands import RememberPanels, SortRows
from huntui.session.panels import Panels
from huntui.sources.folder import FolderSource
from huntui.tui.app import HuntApp
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.widgets.checklist import Checklist
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.objects import Objects

LEFT = Panels(
    focus="objects",
    stage="changing",
    object_id=fake_night.object_id(5),
    treasure="dwarf-nova",
    row_filter="magpsf < 19",
    sort="-magpsf",
)


def resumed(panels: Panels) -> FakeEngine:
    """Return the night of a hunt that was left so; nothing is in its table yet."""
    engine = FakeEngine()
    engine.publish(replace(engine.latest, panels=panels, rows=fake_night.rows(0)))
    return engine


def screen(app: HuntApp) -> HuntScreen:
    """Return the screen of the hunt."""
    assert isinstance(app.screen, HuntScreen)
    return app.screen


async def test_a_hunt_that_is_resumed_looks_as_it_was_left() -> None:
    """Stage, treasure, filter and focus at once, and the object as soon as the night has come to it."""
    engine = resumed(LEFT)
    async with hunting(engine) as (app, pilot):
        shown = screen(app)
        stage, treasure = shown.query_one(Funnel).stage, shown.query_one(Checklist).treasure
        assert stage is not None
        assert treasure is not None
        assert (stage.name, treasure.name) == ("changing", "dwarf-nova")
        assert engine.latest.row_filter == "magpsf < 19"
        assert engine.latest.row_order == SortRows("magpsf", descending=True)
        assert app.focused is shown.query_one(Objects)
        assert shown.query_one(Objects).object_id is None
        for rows in (3, 40):
            engine.publish(replace(engine.latest, rows=fake_night.rows(rows), row_filter="", matching=None))
            await settled(pilot)
            found = shown.query_one(Objects).object_id
            assert (found == LEFT.object_id) == (rows == 40)


async def test_whoever_presses_a_key_first_stays_where_they_are() -> None:
    """What was left is not forced upon somebody who is at work already."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("down", "tab")
        before = screen(app)._panels()
        engine.publish(replace(engine.latest, panels=replace(LEFT, focus="checklist")))
        await settled(pilot)
        assert screen(app)._panels() == before


async def test_an_object_that_is_gone_to_is_not_left_for_the_one_of_the_last_time() -> None:
    """The player's own choice goes before what comes in late."""
    engine = resumed(replace(LEFT, row_filter=""))
    async with hunting(engine) as (app, pilot):
        engine.publish(replace(engine.latest, rows=fake_night.rows(3)))
        await settled(pilot)
        await pilot.press("j")
        chosen = screen(app).query_one(Objects).object_id
        engine.publish(replace(engine.latest, rows=fake_night.rows(40)))
        await settled(pilot)
        assert screen(app).query_one(Objects).object_id == chosen


async def test_the_engine_hears_where_the_player_is() -> None:
    """Only what is news, and nothing before it is known where the player was."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("down")
        screen(app).tell_panels()
        assert engine.latest.panels is None
        engine.publish(replace(engine.latest, panels=Panels()))
        await settled(pilot)
        await pilot.press("down", "tab", "j", "j", "tab", "j")
        screen(app).tell_panels()
        heard = engine.latest.panels
        assert heard is not None
        assert heard.focus == "checklist"
        assert heard.object_id == fake_night.object_id(2)
        assert heard.stage == engine.latest.stages[2].name
        assert heard.treasure == engine.latest.hunt.treasures[1].name
        sequence = engine.latest.sequence
        screen(app).tell_panels()
        assert engine.latest.sequence == sequence


async def test_a_real_night_that_is_resumed_goes_to_its_object(packets_dir: Path) -> None:
    """Before the first alert there is nothing to look in, and then there is."""
    engine = SynchronousEngine(FolderSource(packets_dir), NO_CUTS, Hunt("none", "", ()), by_hand=True)
    engine.send(RememberPanels(Panels("objects", object_id="ZTF21abiuvdk")))
    async with hunting(engine) as (app, pilot):
        assert screen(app).query_one(Objects).object_id is None
        while engine.latest.status != "finished":
            engine.feed()
        await settled(pilot)
        assert screen(app).query_one(Objects).object_id == "ZTF21abiuvdk"


async def test_colours_that_the_player_chose_are_those_of_the_next_time() -> None:
    """Where none were chosen, what is configured then holds; a name that no theme has changes nothing."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        engine.publish(replace(engine.latest, panels=Panels()))
        await settled(pilot)
        await pilot.press("t", "q")
        assert engine.latest.panels.theme == app.theme == "light"
    for theme, shown in (("light", "light"), ("", "safe-dark"), ("of another huntui", "safe-dark")):
        engine = FakeEngine()
        async with hunting(engine, theme="safe-dark") as (app, pilot):
            engine.publish(replace(engine.latest, panels=Panels(stage="clean", theme=theme)))
            await settled(pilot)
            assert app.theme == shown


async def test_where_the_player_was_when_they_quit_is_what_counts() -> None:
    """Whatever the clock says: the engine hears of it before the screen is gone."""
    engine = FakeEngine()
    async with hunting(engine) as (_, pilot):
        engine.publish(replace(engine.latest, panels=Panels()))
        await settled(pilot)
        await pilot.press("tab", "j", "q")
        assert engine.latest.panels is not None
        assert engine.latest.panels.object_id == fake_night.object_id(1)
