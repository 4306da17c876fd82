"""Stages are written on the screen: every key is checked, what is right runs, and one undo takes it all back."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from editing import REAL, counts, night, real_night, said, typing, write
from hunting import hunting

from huntui.features.registry import kinds
from huntui.funnel.counts import KnobState
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.draft import Draft
from huntui.session.commands import EditStage, ReplaceCuts
from huntui.tui.screens.edit_stage import EditStage as Editor
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.widgets.condition import Condition
from huntui.tui.widgets.funnel import Funnel


async def test_counts_follow_what_is_typed_and_one_undo_takes_it_back(packets: Path) -> None:
    """A threshold of 0.9 instead of the knob, digit by digit."""
    async with real_night(packets) as (engine, app, pilot):
        before = engine.latest
        await pilot.press("enter", "end")
        await write(pilot, "rb >= 0")
        everything = counts(app)
        assert f"{before.night.alerts} in → {before.night.alerts} kept" in everything
        await typing(pilot, ".9")
        stage = engine.latest.stages[0]
        assert stage.keep == "rb >= 0.9"
        assert stage.passed < before.night.alerts
        assert counts(app).startswith(f"{stage.entered} in → {stage.passed} kept")
        await pilot.press("enter", "u")
        await pilot.pause()
        assert engine.latest.cuts == before.cuts
        assert engine.latest.stages == before.stages
        assert not engine.latest.can_undo


async def test_what_is_wrong_is_said_and_the_last_good_condition_runs_on(packets: Path) -> None:
    """The place is marked in the condition."""
    async with real_night(packets) as (engine, app, pilot):
        await pilot.press("enter")
        await write(pilot, "rb >= 0.5")
        good = engine.latest.stages[0]
        await write(pilot, "rb >= 0.5 and drbb > 0.5")
        assert said(app) == (
            "Unknown column 'drbb' at character 15. Did you mean 'drb'? F2 makes drbb a knob. The last good condition "
            "runs on."
        )
        line = app.screen.query_one(Condition).get_line(0)
        assert [(span.start, span.end) for span in line.spans] == [(14, 18)]
        assert engine.latest.stages[0] == good
        await pilot.press("enter")
        assert said(app).endswith("Enter again keeps the last good condition.")
        await pilot.press("enter")
        assert isinstance(app.screen, HuntScreen)
        assert engine.latest.stages[0] == good


async def test_escape_leaves_everything_as_it_was(packets: Path) -> None:
    """Not a step to undo is left, and what was done before is still there to be undone."""
    async with real_night(packets) as (engine, _, pilot):
        await pilot.press("right")
        await pilot.pause()
        before = engine.latest
        await pilot.press("enter")
        await write(pilot, "rb >= 0.5")
        await typing(pilot, "5 and")
        await pilot.press("escape")
        await pilot.pause()
        assert engine.latest.cuts == before.cuts
        assert [past.what for past in engine.latest.timeline.states] == [past.what for past in before.timeline.states]


@pytest.mark.parametrize("leave", ["enter", "escape"])
async def test_looking_at_a_stage_changes_nothing(packets: Path, leave: str) -> None:
    """Nothing is sent, so that nothing else is undone."""
    async with real_night(packets) as (engine, _, pilot):
        await pilot.press("space")
        before = engine.latest
        await pilot.press("enter", "tab", "tab", leave)
        await pilot.pause()
        assert engine.latest.cuts == before.cuts
        assert engine.latest.cuts_version == before.cuts_version
        assert len(engine.latest.timeline.states) == 2


async def test_a_new_stage_stands_behind_the_selected_one_and_has_the_cursor(packets: Path) -> None:
    """It is one step back, however many keys it took."""
    async with real_night(packets) as (engine, app, pilot):
        before = engine.latest
        await pilot.press("down", "a")
        await typing(pilot, "magpsf < 19")
        await pilot.press("enter")
        await pilot.pause()
        names = [stage.name for stage in engine.latest.stages]
        assert names[:3] == ["real", "clean", "new"]
        assert app.screen.query_one(Funnel).stage.name == "new"
        assert [past.what for past in engine.latest.timeline.states] == ["as it began", "stage new added"]
        await pilot.press("u")
        await pilot.pause()
        assert engine.latest.cuts == before.cuts
        await pilot.press("U")
        await pilot.pause()
        assert engine.latest.stages[2].keep == "magpsf < 19"


async def test_a_new_stage_that_is_given_up_was_never_there(packets: Path) -> None:
    """Neither in the funnel nor among the past states."""
    async with real_night(packets) as (engine, app, pilot):
        before = engine.latest.cuts
        await pilot.press("a")
        await typing(pilot, "magpsf < 19")
        assert len(engine.latest.stages) == 9
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HuntScreen)
        assert engine.latest.cuts == before
        assert not engine.latest.can_undo


async def test_a_renamed_stage_keeps_its_place_and_its_knobs() -> None:
    """And the cursor."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("down", "enter", "shift+tab", "shift+tab", "end", *"er")
        assert engine.commands == []
        await pilot.press("enter")
        await pilot.pause()
        stage = engine.latest.stages[1]
        assert (stage.name, [knob.name for knob in stage.knobs]) == ("cleaner", ["bad_max", "fwhm_max"])
        assert app.screen.query_one(Funnel).stage == stage


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("real", "Another stage has the name 'real'; give this one another."),
        ("no name", "'no name' cannot be the name of a stage"),
        ("", "'' cannot be the name of a stage"),
        ("in", "'in' cannot be the name of a stage"),
    ],
)
async def test_a_name_that_cannot_be_is_said_and_the_condition_runs_all_the_same(name: str, words: str) -> None:
    """Enter asks, and a second one keeps the old name."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("down", "enter", "shift+tab", "shift+tab", "ctrl+u", *name)
        assert words in said(app)
        await write(pilot, "nbad <= bad_max")
        assert engine.latest.stages[1].keep == "nbad <= bad_max"
        await pilot.press("enter")
        assert isinstance(app.screen, Editor)
        await pilot.press("enter")
        await pilot.pause()
        assert engine.latest.stages[1].name == "clean"


async def test_an_unknown_word_becomes_a_knob_that_suits_what_it_is_compared_with() -> None:
    """A magnitude here; it can be typed at once, and out of its range that is said."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("a")
        await typing(pilot, "magpsf < limit")
        await pilot.press("f2")
        await pilot.pause()
        assert engine.latest.stages[1].knobs == (KnobState("limit", 19.0, 10.0, 25.0, 0.1),)
        await pilot.press("tab", *"18.5")
        assert engine.latest.stages[1].knobs[0].value == 18.5
        await pilot.press("backspace", "backspace", "backspace", "backspace")
        assert said(app) == "The knob 'limit': its value must be a number such as 0.65, not ''."
        await pilot.press(*"99")
        assert said(app) == "The knob 'limit': value must be within 10 to 25, not 99."
        assert engine.latest.stages[1].knobs[0].value == 18.0


async def test_a_knob_under_another_name_keeps_its_numbers_and_one_that_is_not_used_goes() -> None:
    """It comes back for as long as the editor is open."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("enter")
        await write(pilot, "drb >= 0.5")
        assert "drb_min: not used, and gone when you are done." in said(app)
        assert engine.latest.stages[0].knobs == ()
        await write(pilot, "drb >= drb_min")
        assert engine.latest.stages[0].knobs == REAL.knobs
        await write(pilot, "drb >= least")
        await pilot.press("f2")
        await pilot.pause()
        assert engine.latest.stages[0].knobs == (replace(REAL.knobs[0], name="least"),)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Editor)  # The second Enter opened it again: the first one had closed it.
        assert [knob.name for knob in app.screen._knobs.knobs] == ["least"]


async def test_f2_without_an_unknown_word_says_what_it_is_for() -> None:
    """And makes nothing."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("enter", "f2")
        assert said(app).startswith("F2 makes a word that is no column a knob")
        assert engine.commands == []


async def test_what_becomes_of_the_unknown_can_be_changed() -> None:
    """Reject or keep."""
    engine = night()
    async with hunting(engine) as (_, pilot):
        await pilot.press("enter", "f3")
        await pilot.pause()
        assert engine.commands == [EditStage("real", replace(REAL, missing="keep"))]


async def test_a_stage_that_a_reload_took_away_is_said_and_nothing_more_is_sent(packets: Path) -> None:
    """Enter and Esc both leave."""
    async with real_night(packets) as (engine, app, pilot):
        await pilot.press("enter")
        await write(pilot, "rb >= 0.5")
        engine.send(ReplaceCuts(NO_CUTS, "other cuts"))
        await pilot.pause()
        assert "not in the funnel any more" in said(app)
        await write(pilot, "rb >= 0.6")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HuntScreen)
        assert engine.latest.cuts == NO_CUTS


async def test_a_stage_that_a_reload_changed_is_what_escape_goes_back_to(packets: Path) -> None:
    """What was typed before the reload is not put in its place."""
    async with real_night(packets) as (engine, app, pilot):
        await pilot.press("enter")
        await write(pilot, "rb >= 0.5")
        cuts = engine.latest.cuts
        assert cuts is not None
        others = cuts.edit("real", Draft("real", "rb > 0.1").build(kinds()))
        engine.send(ReplaceCuts(others, "other cuts"))
        await pilot.pause()
        assert "written anew meanwhile" in said(app)
        await write(pilot, "rb >= 0.7")
        assert engine.latest.cuts.stage("real").keep == "rb >= 0.7"
        await pilot.press("escape")
        await pilot.pause()
        assert engine.latest.cuts == others


async def test_stages_can_be_worked_on_before_the_first_alert(packets: Path) -> None:
    """Reading has begun and nothing has come; then it comes."""
    async with real_night(packets, by_hand=True) as (engine, app, pilot):
        await pilot.press("right", "down", "J", "enter")
        await write(pilot, "nbad <= 0")
        assert counts(app).startswith("0 in → 0 kept")
        await asyncio.sleep(0.1)  # The picture of the stage is asked for a moment after the key.
        while engine.latest.status == "streaming":
            engine.feed()
        await pilot.pause()
        assert f"{engine.latest.stages[2].passed} kept" in counts(app)
        assert engine.latest.stages[2].passed > 0
