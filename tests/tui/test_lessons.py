"""The first-run hint teaches the next useful key, and goes away for good once that key was used."""

import os
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, until

from huntui.actions import ACTIONS
from huntui.session.lessons import FILE, Lessons
from huntui.tui.lessons import LESSONS
from huntui.tui.widgets.hint import Hint


def test_what_is_taught_is_in_the_action_table() -> None:
    """Each with a few words, so that there is room for more beside them."""
    assert set(LESSONS) <= {action.id for action in ACTIONS}
    assert all(len(words) <= 24 for words in LESSONS.values())


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36)])
async def test_the_next_key_is_taught_until_it_was_used(size: tuple[int, int], tmp_path: Path) -> None:
    """Whatever the player has used before is passed over, and what works in the panel alone is taught there."""
    lessons = Lessons(tmp_path / FILE)
    async with hunting(FakeEngine(), size=size, lessons=lessons) as (app, pilot):
        hint = app.screen.query_one(Hint)
        assert hint.lesson == "↓ marks the next stage"
        assert "▸ ↓ marks the next stage" in "\n".join(screen_text(app))
        await pilot.press("z", "z", "j")
        await until(pilot, lambda: hint.lesson == "→ turns its knob")
        await pilot.press("2")
        await until(pilot, lambda: hint.lesson == "u takes that back")
        await pilot.press("u", "g")
        await until(pilot, lambda: hint.lesson == "3 goes to the treasures")
        await pilot.press("3")
        await until(pilot, lambda: hint.lesson == "Enter loads cuts to begin with")
        await pilot.press("enter", "2")
        await until(pilot, lambda: hint.lesson == "↓ marks the next object")
        used = ("stage_down", "zoom", "undo", "go_to_objects", "go_to_checklist", "starter")
        await until(pilot, lambda: all(Lessons(tmp_path / FILE).used(name) for name in used))
    async with hunting(FakeEngine(), size=size, lessons=Lessons(tmp_path / FILE)) as (app, _):
        assert app.screen.query_one(Hint).lesson == "→ turns its knob"


async def test_keys_of_the_players_own_are_taught_and_whoever_knows_all_is_taught_nothing() -> None:
    """The line has the room for itself then."""
    lessons = Lessons()
    async with hunting(FakeEngine(), lessons=lessons, keymap={"stage_down": "N"}) as (app, _):
        assert app.screen.query_one(Hint).lesson == "N marks the next stage"
    for name in LESSONS:
        lessons.use(name)
    async with hunting(FakeEngine(), lessons=lessons) as (app, _):
        assert app.screen.query_one(Hint).lesson == ""


@pytest.mark.parametrize(
    "content", [b"", b"[", b"[]", b'{"used": 5}', b'{"used": [5, ["claim"]]}', b"\xff" * 9, b"[" * 99_999]
)
def test_a_file_that_is_not_ours_says_nothing(content: bytes, tmp_path: Path) -> None:
    """And is written anew with the next key."""
    (tmp_path / FILE).write_bytes(content)
    lessons = Lessons(tmp_path / FILE)
    assert not any(map(lessons.used, LESSONS))
    lessons.use("claim")
    lessons.keep()
    assert Lessons(tmp_path / FILE).used("claim")


def test_a_folder_that_takes_no_file_is_no_trouble(tmp_path: Path) -> None:
    """It is remembered as long as the program runs."""
    (tmp_path / "file").write_text("")
    lessons = Lessons(tmp_path / "file" / FILE)
    lessons.use("claim")
    lessons.keep()
    assert lessons.used("claim")
    assert os.listdir(tmp_path) == ["file"]
