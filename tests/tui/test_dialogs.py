"""Dialogs: claiming, exporting, quitting, help."""

from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from fake_engine import FakeEngine
from fake_night import FakeRows
from hunting import hunting, screen_text
from textual import events
from textual.widgets import Input, Static

from huntui.session.commands import Claim, OpenHint, Unclaim
from huntui.tui.app import HuntApp
from huntui.tui.screens.claim import Choices, ChooseTreasure, claim_choices
from huntui.tui.screens.export import AskFile
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.quit import AskQuit
from huntui.tui.widgets.hint import Hint


async def test_claiming_marks_the_suggestion_first() -> None:
    """Object 9 looks like a dwarf nova, so that Enter alone would claim that."""
    snapshot = fake_night.streaming()
    engine = FakeEngine(replace(snapshot, hunt=replace(snapshot.hunt, claims=())))
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", *["j"] * 9, "c")
        assert app.screen.query_one(Choices).highlighted == 6
        await pilot.press("enter")
        assert engine.commands == [Claim(fake_night.object_id(9), "dwarf-nova")]


async def test_what_is_claimed_already_is_not_suggested_again() -> None:
    """An object that looks like two treasures has the second one marked when the first is claimed."""
    snapshot = fake_night.streaming()
    claim = replace(snapshot.hunt.claims[0], object_id=fake_night.object_id(0))
    engine = FakeEngine(replace(snapshot, hunt=replace(snapshot.hunt, claims=(claim,))))
    async with hunting(engine) as (app, pilot):
        await pilot.press("c")
        assert app.screen.query_one(Choices).highlighted == 1


async def test_escape_claims_nothing() -> None:
    """The hunt is as it was."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("c", "down", "escape")
        assert engine.commands == []
        assert isinstance(app.screen, HuntScreen)


async def test_a_treasure_can_be_chosen_with_the_mouse() -> None:
    """A click is an Enter."""
    engine = FakeEngine()
    async with hunting(engine) as (_, pilot):
        await pilot.press("c")
        await pilot.click(Choices, offset=(3, 4))
        assert engine.commands == [Claim(fake_night.object_id(0), "quasar")]


async def test_an_object_with_two_claims_asks_which_to_take_back() -> None:
    """The second one, here."""
    snapshot = fake_night.streaming()
    claims = tuple(replace(claim, object_id=fake_night.object_id(0)) for claim in snapshot.hunt.claims[1:])
    engine = FakeEngine(replace(snapshot, hunt=replace(snapshot.hunt, claims=claims)))
    async with hunting(engine) as (app, pilot):
        await pilot.press("x")
        assert isinstance(app.screen, ChooseTreasure)
        await pilot.press("down", "enter")
        assert engine.commands == [Unclaim(fake_night.object_id(0), "dwarf-nova")]


@pytest.mark.parametrize("key", ["c", "x", "o"])
async def test_without_an_object_the_keys_for_objects_say_so(key: str) -> None:
    """Nothing came through as yet."""
    engine = FakeEngine(replace(fake_night.streaming(), rows=FakeRows(()), surviving_alerts=0))
    async with hunting(engine) as (app, pilot):
        await pilot.press(key)
        assert "No object is selected" in app.screen.query_one(Hint).text


async def test_exporting_proposes_a_name_with_the_date_and_says_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter writes into the folder that huntui was started in."""
    monkeypatch.chdir(tmp_path)
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("e")
        assert app.screen.query_one(Input).value == "finds-20240707.csv"
        await pilot.press("enter")
        await pilot.pause()
        assert engine.exports == [(Path("finds-20240707.csv"), False)]
        assert app.screen.query_one(Hint).text == "Wrote 64 objects to finds-20240707.csv."


@pytest.mark.parametrize("claims", [False, True])
async def test_a_report_is_of_the_claims_and_of_the_survivors_where_nothing_is_claimed(
    claims: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog says which, and proposes a name with the date."""
    monkeypatch.chdir(tmp_path)
    snapshot = fake_night.streaming()
    engine = FakeEngine(snapshot if claims else replace(snapshot, hunt=replace(snapshot.hunt, claims=())))
    async with hunting(engine) as (app, pilot):
        await pilot.press("R")
        assert app.screen.query_one(Input).value == "hunt-20240707.html"
        note = str(app.screen.query_one("#outcome", Static).content)
        assert ("claimed object" in note) == claims
        await pilot.press("enter")
        await pilot.pause()
        what = "claims" if claims else "survivors"
        assert app.screen.query_one(Hint).text == f"Wrote a report of the {what} to hunt-20240707.html."
    assert engine.exports == [(Path("hunt-20240707.html"), False)]


async def test_a_file_that_exists_is_replaced_only_after_a_second_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first Enter asks."""
    monkeypatch.chdir(tmp_path)
    Path("finds-20240707.csv").write_text("mine")
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("e", "enter")
        await pilot.pause()
        assert engine.exports == []
        assert "exists" in str(app.screen.query_one("#outcome", Static).content)
        await pilot.press("enter")
        await pilot.pause()
        assert engine.exports == [(Path("finds-20240707.csv"), True)]


async def test_an_export_that_fails_says_why_and_leaves_the_name_to_be_mended() -> None:
    """The dialog stays open."""
    engine = FakeEngine()
    engine.export_error = "Cannot write 'x/y.csv': there is no folder 'x'."
    async with hunting(engine) as (app, pilot):
        await pilot.press("e", "enter")
        await pilot.pause()
        assert isinstance(app.screen, AskFile)
        assert str(app.screen.query_one("#outcome", Static).content) == engine.export_error


async def test_quitting_asks_when_something_was_not_exported() -> None:
    """Esc goes on hunting; q twice quits."""
    engine = FakeEngine(replace(fake_night.streaming(), unsaved_claims=True, unsaved_cuts=True))
    async with hunting(engine) as (app, pilot):
        await pilot.press("q")
        assert isinstance(app.screen, AskQuit)
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)
        await pilot.press("q", "q")
        assert app._exit


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
@pytest.mark.parametrize("kept", [False, True])
async def test_quitting_does_not_ask_when_there_is_nothing_to_lose(key: str, kept: bool) -> None:
    """One key and out: nothing was changed, or the hunt is kept as it stands."""
    engine = FakeEngine(replace(fake_night.streaming(), unsaved_claims=kept, unsaved_cuts=kept, kept=kept))
    async with hunting(engine) as (app, pilot):
        await pilot.press(key)
        assert app._exit


async def test_exporting_first_quits_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second way out of the question."""
    monkeypatch.chdir(tmp_path)
    engine = FakeEngine(replace(fake_night.streaming(), unsaved_claims=True, unsaved_cuts=True))
    async with hunting(engine) as (app, pilot):
        await pilot.press("q", "e", "enter")
        await pilot.pause()
        assert engine.exports
        assert app._exit


async def test_the_help_begins_with_the_panel_that_has_the_focus() -> None:
    """Then what works anywhere, then the other panels."""
    async with hunting(FakeEngine(), size=(120, 110)) as (app, pilot):
        await pilot.press("tab", "?")
        text = "\n".join(screen_text(app))
        assert text.index("Go to the object above") < text.index("Claim the selected") < text.index("Go to the stage")
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)


@pytest.mark.parametrize("key", ["b", "C", "r", "w", "d", "f", "m", "c", "?"])
async def test_a_key_in_the_same_breath_as_the_one_that_quits_does_nothing(key: str) -> None:
    """Whoever pastes a text with a q in it is out, and no dialog is opened on the way."""
    async with hunting(FakeEngine()) as (app, pilot):
        app.post_message(events.Key("q", "q"))
        app.post_message(events.Key(key, key))
        await pilot.pause()
        assert app._exit
        assert isinstance(app.screen, HuntScreen)


async def test_the_treasure_to_claim_is_pointed_at_and_enter_alone_claims_nothing() -> None:
    """Where an object looks like nothing the first Enter only marks; a mark needs no colour."""
    engine = FakeEngine()
    rows = engine.latest.rows
    row = next(row for row in range(len(rows)) if not rows.suggestions(row))
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", *["j"] * row, "c")
        assert "▸" not in "".join(_lines_of(app))
        await pilot.press("enter")
        assert _lines_of(app)[0].strip().startswith("▸ Supernova")
        assert engine.commands == []
        await pilot.press("down")
        assert sum("▸" in line for line in _lines_of(app)) == 1
        await pilot.press("enter")
        assert engine.commands == [Claim(rows.object_id(row), "infant")]


async def test_the_treasure_that_is_hunted_comes_first_where_an_object_looks_like_it() -> None:
    """Of those that it looks like: the one under the cursor of the checklist."""
    snapshot = fake_night.streaming()
    row = next(row for row in range(len(snapshot.rows)) if len(snapshot.rows.suggestions(row)) > 1)
    first, second = snapshot.rows.suggestions(row)[:2]
    object_id = snapshot.rows.object_id(row)
    names = [treasure.name for treasure in snapshot.hunt.treasures]
    assert claim_choices(snapshot, object_id)[1] == names.index(first)
    assert claim_choices(snapshot, object_id, second)[1] == names.index(second)
    assert claim_choices(snapshot, object_id, "asteroid")[1] == names.index(first)


def _lines_of(app: HuntApp) -> list[str]:
    """Return the lines of the list of treasures."""
    choices = app.screen.query_one(Choices)
    return [choices.render_line(y).text for y in range(choices.size.height)]


async def test_a_treasure_is_described_and_its_hints_come_one_by_one() -> None:
    """Each says what it costs before it is opened; those that are open are there the next time, of that treasure."""
    engine = FakeEngine()
    hunt = engine.latest.hunt
    hints = ("Look [beside] a galaxy.", "Keep age <= 60.")
    first = replace(hunt.treasures[0], hints=hints, hint_costs=(3, 0), beware="Asteroids.")
    treasures = (first, *hunt.treasures[1:])
    engine.publish(replace(engine.latest, hunt=replace(hunt, treasures=treasures)))
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", "tab", "space")
        text = "\n".join(screen_text(app))
        assert "Beware: Asteroids." in text
        assert "Hints: 0 of 2 · the next one costs 3 points" in text
        await pilot.press("space", "n")
        await pilot.pause()
        text = "\n".join(screen_text(app))
        assert "Hints: 1 of 2 · 3 paid · the next one is free" in text
        assert "1. Look [beside] a galaxy." in text
        assert "Keep age" not in text
        await pilot.press("escape", "space", "n", "n")
        await pilot.pause()
        text = "\n".join(screen_text(app))
        assert "2. Keep age <= 60." in text
        assert "next hint" not in text
        await pilot.press("q", "down", "space")
        assert "There are no hints." in "\n".join(screen_text(app))
    name = hunt.treasures[0].name
    assert engine.commands == [OpenHint(name, 1), OpenHint(name, 2)]


async def test_the_hints_of_a_hunt_that_has_ended_are_open_and_cost_nothing() -> None:
    """There is nothing left to lose."""
    engine = FakeEngine()
    hunt = engine.latest.hunt
    first = replace(hunt.treasures[0], hints=("Look.", "Plain."), hint_costs=(3, 3))
    engine.publish(replace(engine.latest, hunt=replace(hunt, treasures=(first,), ended=True)))
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", "tab", "space", "n")
        text = "\n".join(screen_text(app))
        assert "Hints: 2 of 2" in text
        assert "2. Plain." in text
        assert "next hint" not in text
    assert engine.commands == []
