"""Stages are written on the screen: every key is checked, what is right runs, and one undo takes it all back."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import fake_night
import pytest
from fake_cuts import cuts_of
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of
from synchronous_engine import SynchronousEngine
from textual import events
from textual.pilot import Pilot

from huntui.features.registry import kinds
from huntui.funnel.counts import KnobState
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.draft import Draft, draft_of
from huntui.hunt.treasure import Hunt
from huntui.session.commands import AddStage, EditStage, MoveStage, RemoveStage, ReplaceCuts, SetKnob
from huntui.sources.folder import FolderSource
from huntui.tui.app import HuntApp
from huntui.tui.screens.edit_stage import EditStage as Editor
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.type_value import TypeValue
from huntui.tui.widgets.completion_list import CompletionList
from huntui.tui.widgets.condition import Condition
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.hint import Hint

CUTS = Path(__file__).parents[2] / "cuts" / "transients.yaml"
REAL = Draft("real", "drb >= drb_min", "Real, not an artefact", (KnobState("drb_min", 0.65, 0.0, 1.0, 0.05),))


def night() -> FakeEngine:
    """Return an engine on a night by hand whose stages can be edited."""
    snapshot = fake_night.streaming()
    return FakeEngine(replace(snapshot, cuts=cuts_of(snapshot.stages)))


@pytest.fixture
def packets(packet_files: list[Path], tmp_path: Path) -> Path:
    """Return a folder of 80 real packets."""
    for file in packet_files[:80]:
        shutil.copy(file, tmp_path)
    return tmp_path


@asynccontextmanager
async def real_night(
    packets: Path, cuts: Cuts | None = None, *, by_hand: bool = False
) -> AsyncIterator[tuple[SynchronousEngine, HuntApp, Pilot[None]]]:
    """Give a screen on real packets that were read to the end."""
    cuts = cuts or load_cuts(CUTS, kinds())
    engine = SynchronousEngine(FolderSource(packets), cuts, Hunt("none", "", ()), by_hand=by_hand)
    app = HuntApp(engine, browse=lambda _: False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        yield engine, app, pilot
    await engine.stop()


async def typing(pilot: Pilot[None], text: str) -> None:
    """Type a text, key by key."""
    for char in text:
        pilot.app.post_message(events.Key("enter" if char == "\n" else char, char))
    await pilot.pause()


async def pasting(pilot: Pilot[None], text: str) -> None:
    """Paste a text into what has the focus."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def write(pilot: Pilot[None], text: str) -> None:
    """Put a condition in the place of what is in the field, cursor at its end."""
    condition = pilot.app.screen.query_one(Condition)
    condition.put(text, len(text))
    await pilot.pause()


def said(app: HuntApp) -> str:
    """Return what the editor says about what is typed."""
    return " ".join(" ".join(text_of(app.screen.query_one("#outcome"))).split())


def counts(app: HuntApp) -> str:
    """Return what the editor says about what the stage does."""
    return "\n".join(line.strip() for line in text_of(app.screen.query_one("#stage-counts")))


# In the funnel


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        (["D"], RemoveStage("real")),
        (["down", "delete"], RemoveStage("clean")),
        (["J"], MoveStage("real", 1)),
        (["shift+down"], MoveStage("real", 1)),
        (["down", "K"], MoveStage("clean", -1)),
        (["down", "shift+up"], MoveStage("clean", -1)),
        (["v", *"0.7", "enter"], SetKnob("real", "drb_min", 0.7)),
        (["v", *"1e-3", "enter"], SetKnob("real", "drb_min", 0.001)),
        (["down", "n", "v", *"12", "enter"], SetKnob("clean", "fwhm_max", 12.0)),
    ],
)
async def test_a_key_of_the_funnel_changes_its_stages(keys: list[str], command: object) -> None:
    """One command each."""
    engine = night()
    async with hunting(engine) as (_, pilot):
        await pilot.press(*keys)
        await pilot.pause()
        assert engine.commands == [command]


async def test_the_cursor_stays_on_the_stage_that_moves() -> None:
    """As often as it moves."""
    async with hunting(night()) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        for key, place in (("J", 1), ("J", 2), ("K", 1)):
            await pilot.press(key)
            await pilot.pause()
            assert funnel.stage is not None
            assert funnel.stage.name == "real"
            assert funnel.snapshot.stages[place].name == "real"


async def test_the_cursor_stays_on_its_stage_whatever_happens_to_the_others() -> None:
    """A stage above is taken away, comes back, or all are others; its own place is kept when it is gone itself."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        await pilot.press("down", "down")
        engine.send(RemoveStage("real"))
        await pilot.pause()
        assert funnel.stage is not None
        assert funnel.stage.name == "not-moving"
        engine.send(AddStage(replace(REAL, name="other")))
        await pilot.pause()
        assert funnel.stage.name == "not-moving"
        await pilot.press("D")
        await pilot.pause()
        assert funnel.stage.name == "not-star"


async def test_a_stage_that_was_removed_can_be_brought_back_and_the_screen_says_how() -> None:
    """With the user's own key."""
    async with hunting(night(), keymap={"undo": "z"}) as (app, pilot):
        await pilot.press("D")
        await pilot.pause()
        assert app.screen.query_one(Hint).text == "stage real removed; z brings it back"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.5", "1.5 is out of range. A number from 0 to 1; one step is 0.05."),
        ("nan", "nan is no number."),
        ("1_0", "1_0 is no number."),
        ("[/red]", "[/red] is no number."),
        ("", "Nothing is no number."),
    ],
)
async def test_a_value_that_cannot_be_is_refused_with_the_range(typed: str, words: str) -> None:
    """The dialog stays, and Esc leaves the knob alone."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("v", "backspace", *typed, "enter")
        assert isinstance(app.screen, TypeValue)
        assert words in said(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)
        assert engine.commands == []


async def test_a_stage_without_knobs_asks_for_no_value() -> None:
    """There is nothing to type."""
    async with hunting(night()) as (app, pilot):
        await pilot.press(*["down"] * 4, "v")
        assert isinstance(app.screen, HuntScreen)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
async def test_a_funnel_without_stages_says_how_to_begin_one(size: tuple[int, int]) -> None:
    """And no key of it does any harm."""
    engine = FakeEngine(replace(fake_night.streaming(), stages=(), cuts=NO_CUTS))
    async with hunting(engine, size) as (app, pilot):
        assert "No stage: a adds one." in "\n".join(screen_text(app))
        await pilot.press("up", "down", "left", "L", "n", "v", "D", "J", "K", "space")
        assert engine.commands == []
        assert "a adds one" in app.screen.query_one(Hint).text
        await pilot.press("enter")
        assert isinstance(app.screen, Editor)
        await typing(pilot, "rb > 0.5")
        await pilot.press("enter")
        await pilot.pause()
        assert [stage.name for stage in engine.latest.stages] == ["new"]
        await pilot.press("D")
        await pilot.pause()
        assert "No stage" in "\n".join(text_of(app.screen.query_one(Funnel)))


# In the editor


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


# Completion


async def test_a_word_is_completed_with_tab_or_enter_and_both_keep_their_other_meaning() -> None:
    """A function gets its parenthesis."""
    async with hunting(night()) as (app, pilot):
        await pilot.press("a")
        condition, completions = app.screen.query_one(Condition), app.screen.query_one(CompletionList)
        await typing(pilot, "magp")
        assert completions.is_open
        assert "magpsf" in "\n".join(text_of(completions))
        await pilot.press("enter")
        assert condition.written == "magpsf"
        assert not completions.is_open
        await typing(pilot, " < 19 and coal")
        await pilot.press("tab")
        assert condition.written == "magpsf < 19 and coalesce("
        await pilot.press("tab")
        assert not condition.has_focus


async def test_the_list_is_walked_and_closed_without_leaving_the_editor() -> None:
    """Esc closes the list first; it says what each name is and in which unit."""
    async with hunting(night()) as (app, pilot):
        await pilot.press("a")
        condition, completions = app.screen.query_one(Condition), app.screen.query_one(CompletionList)
        await typing(pilot, "mag")
        assert any("mag " in line and "aperture magnitude" in line for line in text_of(completions))
        await pilot.press("down", "down", "up", "enter")
        assert condition.written == "magapbig"
        await pilot.press("backspace")
        assert completions.is_open
        await pilot.press("escape")
        assert not completions.is_open
        assert isinstance(app.screen, Editor)
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)


async def test_enter_after_a_whole_name_is_done() -> None:
    """Though longer names begin with it, and the list shows what it is."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("a")
        await typing(pilot, "0.5 < rb")
        assert app.screen.query_one(CompletionList).is_open
        assert "rb" in text_of(app.screen.query_one(CompletionList))[0]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HuntScreen)
        assert engine.latest.stages[1].keep == "0.5 < rb"


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_the_list_hides_neither_what_is_wrong_nor_the_counts(size: tuple[int, int]) -> None:
    """The error, the list and the counts stand below each other within the window."""
    async with hunting(night(), size) as (app, pilot):
        await pilot.press("enter", "end")
        await typing(pilot, " and mag")
        places = [
            app.screen.query_one(name).region for name in ("#condition", "#outcome", "#completions", "#stage-counts")
        ]
        assert all(above.bottom <= below.y for above, below in pairwise(places))
        assert all(place.height >= 2 and place.bottom < size[1] for place in places)
        text = "\n".join(screen_text(app))
        assert "Unknown column 'mag'" in text
        assert "aperture magnitude" in text
        assert "survivors" in text


# Meanwhile, elsewhere


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


# Whatever is typed

HOSTILE = (
    "'", '"', "((((((((((", ")", "[/red]", "[bold]x[/]", "\n", "a\r\nb\tc", "\x00", "\x1b[2J", "\ud800", "\u202e",
    "drb >= 0.5\nand rb > 0.5", "x" * 3000, "magpsf < " * 400, "👩‍👩‍👧‍👦", "e\u0301", "宽宽宽 < 宽", "# comment",
    "1e999 < rb", "drb.__class__", "lambda: 0", "f'{drb}' == 't'", "not " * 80 + "drb > 0", "", " ", "\u2028",
    "\x0b", "drb_min",
)  # fmt: skip
KEYS = (
    "enter", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "backspace", "delete", "f2", "f3",
    "ctrl+z", "ctrl+y", "ctrl+u", "ctrl+k", "ctrl+w", "pageup", "pagedown", "shift+left", "space",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_no_text_and_no_key_brings_the_editor_down(seed: int) -> None:
    """Pasted or typed into whatever has the focus, in any order; nothing leaves its line."""
    engine, chance = night(), random.Random(seed)
    async with hunting(engine, (80, 24)) as (app, pilot):
        await pilot.press("enter")
        for _ in range(40):
            if not isinstance(app.screen, Editor):
                await pilot.press("u", "enter")
            if chance.random() < 0.4:
                await pasting(pilot, chance.choice(HOSTILE))
            elif chance.random() < 0.4:
                await typing(pilot, "".join(char for char in chance.choice(HOSTILE)[:12] if char.isprintable()))
            else:
                await pilot.press(chance.choice(KEYS))
            lines = screen_text(app)
            assert not any(char < " " or "\x7f" <= char < "\xa0" for line in lines for char in line)
        while isinstance(app.screen, Editor):
            await pilot.press("escape")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_whatever_is_pasted_as_a_condition_is_taken_or_refused_in_words(text: str) -> None:
    """And what ran before runs on where it is refused."""
    engine = night()
    async with hunting(engine, (80, 24)) as (app, pilot):
        await pilot.press("enter")
        app.screen.query_one(Condition).select_all()
        await pasting(pilot, text)
        assert said(app)
        kept = engine.latest.stages[0].keep
        assert kept == "drb >= drb_min" or draft_of(engine.latest.cuts.stages[0]).build(kinds())
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, HuntScreen)
        assert engine.latest.stages[0].keep == "drb >= drb_min"


async def test_lines_that_are_pasted_are_one_condition() -> None:
    """As in a cuts file."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("a")
        await pasting(pilot, "drb >= 0.5\r\nand magpsf\t< 19\n")
        assert said(app).startswith("It runs")
        assert engine.latest.stages[1].keep == "drb >= 0.5 and magpsf < 19"
        await pilot.press("home", *"(", "end")
        await pasting(pilot, ") # bright\n")


async def test_undo_on_the_screen_goes_back_over_everything_that_was_edited(packets: Path) -> None:
    """A stage added, one renamed, one moved, one removed, a value typed: five steps and back."""
    async with real_night(packets) as (engine, _, pilot):
        before = engine.latest
        await pilot.press("a")
        await typing(pilot, "magpsf < 20")
        await pilot.press("enter", "enter", "shift+tab", "shift+tab", *"x", "enter", "J", "up", "v", *"3", "enter", "D")
        await pilot.pause()
        after = engine.latest
        assert after.timeline.place == 5, [past.what for past in after.timeline.states]
        await pilot.press(*"uuuuu")
        await pilot.pause()
        assert engine.latest.cuts == before.cuts
        assert engine.latest.stages == before.stages
        await pilot.press(*"UUUUU")
        await pilot.pause()
        assert engine.latest.cuts == after.cuts
