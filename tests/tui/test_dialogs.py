"""Dialogs: claiming, exporting, quitting, help."""

from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from fake_engine import FakeEngine
from fake_night import FakeRows
from hunting import hunting, screen_text
from textual.widgets import Input, Static

from huntui.session.commands import Claim, Unclaim
from huntui.tui.screens.claim import Choices, ChooseTreasure
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
    async with hunting(FakeEngine(), size=(120, 60)) as (app, pilot):
        await pilot.press("tab", "?")
        text = "\n".join(screen_text(app))
        assert text.index("Go to the object above") < text.index("Claim the selected") < text.index("Go to the stage")
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)
