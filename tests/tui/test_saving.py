"""Cuts are saved from the screen, and quitting asks about what is in no file."""

from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled
from synchronous_engine import SynchronousEngine
from textual import events
from textual.widgets import Input, Static

from huntui.features.registry import kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.hunt.treasure import Hunt
from huntui.sources.simulated import SimulatedSource
from huntui.tui.app import HuntApp
from huntui.tui.screens.export import AskFile
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.quit import AskQuit
from huntui.tui.widgets.hint import Hint

TEXT = """\
# Mine.
stages:
  # What is real.
  - name: real
    keep: drb >= drb_min
    knobs: {drb_min: {value: 0.65, min: 0, max: 1, step: 0.05}}
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of cuts in the current directory."""
    monkeypatch.chdir(tmp_path)
    path = Path("mine.yaml")
    path.write_text(TEXT)
    return path


def engine_of(file: Path) -> SynchronousEngine:
    """Return an engine with the cuts of a file."""
    night = SimulatedSource("20240707", count=50)
    return SynchronousEngine(night, load_cuts(file, kinds()), Hunt("none", "", ()), cuts_file=file)


def outcome(app: HuntApp) -> str:
    """Return what the dialog says below the name."""
    return str(app.screen.query_one("#outcome", Static).content)


async def test_cuts_go_back_into_their_file(file: Path) -> None:
    """The first Enter says that its comments stay, the second one writes; then there is nothing to lose."""
    engine = engine_of(file)
    async with hunting(engine) as (app, pilot):
        await pilot.press("right", "s")
        assert app.screen.query_one(Input).value == "mine.yaml"
        await pilot.press("enter")
        await settled(pilot)
        assert outcome(app) == (
            "mine.yaml is where the cuts came from: they are written into it, and its comments stay. "
            "Enter goes on, Esc goes back."
        )
        assert file.read_text() == TEXT
        await pilot.press("enter")
        await settled(pilot)
        assert file.read_text() == TEXT.replace("0.65", "0.7")
        assert app.screen.query_one(Hint).text.startswith("1 stage written to mine.yaml; huntui --cuts mine.yaml")
        await pilot.press("q")
        assert app._exit


async def test_a_file_that_was_written_meanwhile_is_told_before_it_is_written_over(file: Path) -> None:
    """Even between the two Enters."""
    engine = engine_of(file)
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press("right", "s", "enter")
        await settled(pilot)
        file.write_text(TEXT + "# Theirs.\n")
        await pilot.press("enter")
        await settled(pilot)
        assert "somebody else" in outcome(app)
        await pilot.press("enter")
        await settled(pilot)
        assert file.read_text() == TEXT.replace("0.65", "0.7") + "# Theirs.\n"


async def test_another_name_is_asked_about_anew(file: Path) -> None:
    """Leave to write over one file is not leave to write over another."""
    Path("other.yaml").write_text(TEXT)
    engine = engine_of(file)
    async with hunting(engine) as (app, pilot):
        await pilot.press("right", "s", "enter")
        await settled(pilot)
        app.screen.query_one(Input).value = "other.yaml"
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert "other.yaml exists" in outcome(app)
        assert Path("other.yaml").read_text() == TEXT


async def test_a_file_that_is_edited_is_on_the_screen_at_once(file: Path) -> None:
    """And the hint says so."""
    engine = engine_of(file)
    async with hunting(engine) as (app, pilot):
        file.write_text(TEXT.replace("0.65", "0.9"))
        engine.look_at_cuts()
        engine.look_at_cuts()
        await settled(pilot)
        assert app.screen.query_one(Hint).text == "mine.yaml was written: its cuts are in force"
        assert "0.90" in "\n".join(screen_text(app))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mine", "add .yaml"),
        ("", "Type the name of a file, such as mine.yaml."),
        (".", "add .yaml"),
        ("x" * 5000 + ".yaml", "File name too long"),
        ("~no-such-user-here/x.yaml", "there is no such user"),
        ("mine.yaml/x.yaml", "cannot be written"),
        ("\x1b[2J\nx.yaml\x07", "add .yaml"),
    ],
    ids=lambda text: ascii(text)[:20],
)
async def test_a_name_that_cannot_be_is_told_and_can_be_mended(file: Path, name: str, words: str) -> None:
    """In the dialog, which stays as small as it is."""
    async with hunting(engine_of(file), size=(80, 24)) as (app, pilot):
        await pilot.press("s", "ctrl+u")
        app.post_message(events.Paste(name))
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, AskFile)
        assert words in outcome(app)
        assert "\x1b" not in "\n".join(screen_text(app))
        assert app.screen.query_one("#export-box").size.height < 14


@pytest.mark.parametrize(("cuts", "claims"), [(True, False), (False, True), (True, True)])
async def test_quitting_says_what_is_in_no_file_and_offers_what_helps(cuts: bool, claims: bool) -> None:
    """Only cuts can be saved."""
    snapshot = replace(fake_night.streaming(), unsaved_cuts=cuts, unsaved_claims=claims)
    async with hunting(FakeEngine(snapshot), size=(80, 24)) as (app, pilot):
        await pilot.press("q")
        text = "\n".join(screen_text(app))
        assert ("s save cuts first" in text) is cuts
        assert ("laims or marks" in text) is claims
        await pilot.press("s")
        assert isinstance(app.screen, AskFile if cuts else AskQuit)


@pytest.mark.parametrize("claims", [False, True])
async def test_saving_first_quits_afterwards_unless_there_are_claims(claims: bool, file: Path) -> None:
    """Those would still be forgotten."""
    del file
    engine = FakeEngine(replace(fake_night.streaming(), unsaved_cuts=True, unsaved_claims=claims))
    async with hunting(engine) as (app, pilot):
        await pilot.press("q", "s", "enter")
        await settled(pilot)
        assert engine.exports == [(Path("cuts/mine.yaml"), False)]
        if claims:
            assert isinstance(app.screen, AskQuit)
            await pilot.press("q")
        assert app._exit


async def test_nothing_is_saved_without_wanting(file: Path) -> None:
    """Esc goes back to the hunt, also while quitting."""
    del file
    engine = FakeEngine(replace(fake_night.streaming(), unsaved_cuts=True))
    async with hunting(engine) as (app, pilot):
        await pilot.press("s", "escape")
        assert isinstance(app.screen, HuntScreen)
        await pilot.press("q", "s", "escape")
        assert isinstance(app.screen, HuntScreen)
        assert not app._exit
        assert engine.exports == []
