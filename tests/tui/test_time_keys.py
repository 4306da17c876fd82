"""Keys about the time of the night, and what the top line says of it."""

from dataclasses import replace

import fake_clock
import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, text_of, until

from huntui.engine.night_clock import BEGUN, SOON
from huntui.engine.snapshot import Snapshot
from huntui.session.commands import ChangeSpeed, Command, JumpTo, Pause, Step, WholeNight
from huntui.tui.screens.jump_to_time import JumpToTime
from huntui.tui.widgets.header import Header, header
from huntui.tui.widgets.hint import Hint
from huntui.ut import typed_ut


@pytest.mark.parametrize(
    ("key", "command"),
    [
        (".", Step(1)),
        ("f8", Step(1)),
        ("comma", Step(-1)),
        ("f7", Step(-1)),
        (")", ChangeSpeed(1)),
        ("f6", ChangeSpeed(1)),
        ("(", ChangeSpeed(-1)),
        ("f5", ChangeSpeed(-1)),
        ("A", WholeNight()),
        ("p", Pause()),
    ],
)
async def test_a_key_moves_the_time(key: str, command: Command) -> None:
    """Each of them is one command, whatever panel has the focus."""
    for panel in ("1", "2", "3"):
        engine = FakeEngine(fake_clock.at(0.5))
        async with hunting(engine) as (_, pilot):
            await pilot.press(panel, key)
            assert engine.commands == [command]


async def test_the_top_line_follows_the_clock() -> None:
    """Its speed, its time, whether it runs, and how much of the night is there."""
    engine = FakeEngine(fake_clock.whole())
    async with hunting(engine) as (app, pilot):
        assert "finished" in text_of(app.screen.query_one(Header))[0]
        await pilot.press(")", ")")
        line = text_of(app.screen.query_one(Header))[0]
        assert "▶ ×300" in line
        assert "03:06:00 UT" in line
        await pilot.press(".")
        line = text_of(app.screen.query_one(Header))[0]
        assert "‖ ×300" in line
        assert "exposure   1/640" in line
        await pilot.press("A")
        assert "finished" in text_of(app.screen.query_one(Header))[0]


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("running", [True, False])
def test_the_time_is_there_at_every_width(width: int, share: float, running: bool) -> None:
    """What matters less is left out, and the line is exactly as wide as the window."""
    snapshot = fake_clock.at(share, speed=1000.0, running=running)
    text = "".join(piece for piece, _ in header(snapshot, width))
    assert len(text) == width
    assert " UT" in text
    assert ("▶" if running else "‖") in text


def test_days_are_named_where_the_alerts_are_of_several_nights() -> None:
    """A time of day alone would not say which day is meant."""
    snapshot = fake_clock.at(0.5)
    assert snapshot.clock is not None
    clock = replace(snapshot.clock, first=snapshot.clock.first - 400.0)
    assert "2024-07-07 07:30:00 UT" in "".join(piece for piece, _ in header(replace(snapshot, clock=clock), 80))


async def test_a_time_is_typed_and_jumped_to() -> None:
    """What is no time, or none of the night, is told before the dialog closes."""
    engine = FakeEngine(fake_clock.whole())
    async with hunting(engine) as (app, pilot):
        await pilot.press("@")
        for typed, word in (
            ("noon", "noon is no time"),
            ("13:00", "after the last alert"),
            ("2:30", "before the first"),
        ):
            await pilot.press(*["backspace"] * 12, *typed, "enter")
            await until(pilot, lambda word=word: word in "\n".join(screen_text(app)))
            assert engine.commands == []
        await pilot.press(*["backspace"] * 12, *"06:12:40", "enter")
        await until(pilot, lambda: not isinstance(app.screen, JumpToTime))
        assert engine.commands == [JumpTo(typed_ut("06:12:40", *fake_clock.SPAN))]
        assert "06:12:40 UT" in text_of(app.screen.query_one(Header))[0]


async def test_leaving_the_dialog_leaves_the_time() -> None:
    """Nothing is sent."""
    engine = FakeEngine(fake_clock.at(0.5))
    async with hunting(engine) as (app, pilot):
        await pilot.press("@", "escape")
        assert not isinstance(app.screen, JumpToTime)
        assert engine.commands == []


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        (fake_night.streaming(0.5), "not read yet"),
        (replace(fake_night.streaming(), status="finished"), "says when it was taken"),
    ],
)
async def test_a_night_without_times_opens_no_dialog(snapshot: Snapshot, words: str) -> None:
    """It says why."""
    async with hunting(FakeEngine(snapshot)) as (app, pilot):
        await pilot.press("@")
        assert words in app.screen.query_one(Hint).text


@pytest.mark.parametrize("width", [60, 80])
async def test_who_begins_a_replay_is_told_so_and_how_to_get_back(width: int) -> None:
    """Before all else, however narrow the window; and how to call off one that waits for the night."""
    engine = FakeEngine(fake_clock.at(0.5))
    async with hunting(engine, (width, 24), keymap={"whole_night": "W"}) as (app, pilot):
        hint = app.screen.query_one(Hint)
        engine.publish(replace(engine.latest, message=f"{BEGUN}: replaying at ×60 from 06:12:40 UT, exposure 2 of 640"))
        await until(pilot, lambda: "replay now" in text_of(hint)[0])
        assert ("(W: back to all of it)" if width == 80 else "(W: ") in text_of(hint)[0]
        engine.publish(replace(engine.latest, message=SOON))
        await until(pilot, lambda: hint.text.endswith("W calls that off"))


async def test_what_a_step_says_has_the_keys_that_go_on() -> None:
    """With the user's own ones."""
    engine = FakeEngine(fake_clock.at(0.5))
    async with hunting(engine, keymap={"whole_night": "ctrl+a"}) as (app, pilot):
        engine.publish(replace(engine.latest, message="paused at 06:12:40 UT, exposure 2 of 640"))
        await until(pilot, lambda: "paused at" in app.screen.query_one(Hint).text)
        assert app.screen.query_one(Hint).text.endswith(". , step, Ctrl+a shows all")
