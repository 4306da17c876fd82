"""What is exported is chosen below the name: which objects, and as rows, light curves or pictures."""

from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from editing import real_night, typing
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, until
from textual.widgets import Input, Static

from huntui.tui.app import HuntApp
from huntui.tui.screens.export_night import AskExport
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.quit import AskQuit
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.option_line import OptionLine


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write into an empty folder."""
    monkeypatch.chdir(tmp_path)


def note(app: HuntApp) -> str:
    """Return what the dialog says at its foot."""
    return str(app.screen.query_one("#outcome", Static).content)


@pytest.mark.parametrize(
    ("keys", "name", "written"),
    [
        ((), "finds-20240707.csv", ("objects", "survivors")),
        (("down", "right"), "claims-20240707.csv", ("objects", "claims")),
        (("tab", "l", "space", "l"), "night-20240707.csv", ("objects", "night")),
        (("up", "right"), "finds-20240707.csv", ("alerts", "survivors")),
        (
            ("down", "right", "right", "left", "down", "l", "l"),
            "claims-curves-20240707.csv",
            ("light curves", "claims"),
        ),
        (("shift+tab", *["right"] * 5), "finds-pictures-20240707", ("pictures", "survivors")),
    ],
)
async def test_enter_writes_what_is_chosen_under_a_name_for_it(
    keys: tuple[str, ...], name: str, written: tuple[str, str]
) -> None:
    """From any line; at first a row per surviving object."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("e", *keys)
        assert app.screen.query_one(Input).value == name
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, HuntScreen)
    assert engine.exports == [(Path(name), False)]
    assert engine.written == [written]


async def test_a_name_that_was_typed_stays_whatever_is_chosen() -> None:
    """Only a proposal gives way to another."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("e")
        app.screen.query_one(Input).value = ""
        await typing(pilot, "mine.fits")
        await pilot.press("down", "right", "enter")
        await settled(pilot)
    assert engine.exports == [(Path("mine.fits"), False)]
    assert engine.written == [("objects", "claims")]


async def test_the_dialog_says_how_many_there_are_and_what_is_not_there() -> None:
    """Claims that there are none of, a filter that changes nothing, formats that light curves have not."""
    snapshot = fake_night.streaming()
    snapshot = replace(snapshot, row_filter="rate > 0", hunt=replace(snapshot.hunt, claims=()))
    async with hunting(FakeEngine(snapshot), size=(80, 24)) as (app, pilot):
        await pilot.press("e")
        text = "\n".join(screen_text(app))
        assert "▸survivors (64)   claims (0)   whole night (" in text
        assert ".avro" in text
        assert note(app) == "The filter is the table's alone: all 64 survivors are written."
        await pilot.press("down", "right")
        assert note(app) == "Nothing is claimed yet."
        await pilot.press("right", "down", "right", "right")
        assert note(app).startswith("A row per exposure")
        assert ".avro" not in "\n".join(screen_text(app))
        await pilot.press("right")
        assert "Folder for light curves" in "\n".join(screen_text(app))


async def test_a_click_chooses_also_on_a_second_line() -> None:
    """Where the window is too narrow for all of them."""
    engine = FakeEngine()
    async with hunting(engine, size=(60, 20)) as (app, pilot):
        await pilot.press("e")
        line = app.screen.query_one("#export-of", OptionLine)
        assert line.size.height == 2
        await pilot.click("#export-of", offset=(12, 1))
        assert line.chosen == "night"
        await pilot.click("#export-of", offset=(2, 1))
        assert line.chosen == "night"
        await pilot.click("#export-of", offset=(12, 0))
        assert line.chosen == "survivors"


async def test_before_quitting_nothing_is_offered_that_does_not_hold_the_claims() -> None:
    """Pictures do not; whoever wrote only those would lose the claims unasked."""
    engine = FakeEngine(replace(fake_night.streaming(), unsaved_claims=True))
    async with hunting(engine) as (app, pilot):
        await pilot.press("q")
        assert isinstance(app.screen, AskQuit)
        await pilot.press("e")
        assert isinstance(app.screen, AskExport)
        assert "pictures" not in "\n".join(screen_text(app))
        await pilot.press("up", *["right"] * 5, "enter")
        await settled(pilot)
        assert app._exit
    assert engine.written == [("light curves", "survivors")]


async def test_files_are_written_and_pictures_into_a_folder(packets: Path) -> None:
    """For real, and what is there already is asked about."""
    async with real_night(packets) as (engine, app, pilot):
        survivors = engine.latest.surviving_objects
        assert survivors
        for times in range(2):
            await pilot.press("e", "up", *["right"] * 3, "enter")
            await settled(pilot)
            if times:
                assert "exists" in note(app)
                await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, HuntScreen))
            said = app.screen.query_one(Hint).text
            assert said.startswith(f"Figures of {survivors:,} object")
        files = [path.name for path in Path("finds-pictures").iterdir()]
        assert len(files) == 3 * survivors
        assert {Path(name).suffix for name in files} == {".svg", ".png"}
