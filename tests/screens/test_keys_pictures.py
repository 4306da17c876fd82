"""Pictures of the palette, the inspector, the help, the pages and the messages, and of other terminals."""

from dataclasses import replace

import fake_night
import pytest
from test_screens import SIZES, SnapCompare, app_of, pressing, pytestmark  # noqa: F401 (it is read by pytest)

from huntui.tui.themes import THEMES


@pytest.fixture(autouse=True)
def _one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say everything at one time."""
    from datetime import UTC, datetime

    from huntui.tui import said

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # noqa: ARG003 (there is one)
            return datetime(2024, 7, 7, 4, 30, 12, tzinfo=UTC)

    monkeypatch.setattr(said, "datetime", Clock)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_knob_is_found_in_the_palette(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """By three letters."""
    keys = pressing("colon", "d", "r", "b")
    assert snap_compare(app_of(fake_night.streaming(0.66)), terminal_size=size, run_before=keys)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_values_are_inspected(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Those that the cuts use first."""
    keys = pressing("8", "j", "j")
    assert snap_compare(app_of(fake_night.streaming()), terminal_size=size, run_before=keys)


def test_values_are_searched_in_the_whole_window(snap_compare: SnapCompare) -> None:
    """With their meaning."""
    keys = pressing("8", "z", "slash", *"dist")
    assert snap_compare(app_of(fake_night.streaming()), terminal_size=(120, 36), run_before=keys)


@pytest.mark.parametrize("theme", [name for name in THEMES if name.startswith("safe")])
def test_a_night_in_safe_colours(snap_compare: SnapCompare, theme: str) -> None:
    """Dark and bright."""
    app = app_of(fake_night.streaming(0.66), theme=theme)
    assert snap_compare(app, terminal_size=(120, 36), run_before=pressing("2", "j", "j", "j"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_night_without_colours(
    snap_compare: SnapCompare, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cursor is reversed."""
    monkeypatch.setenv("NO_COLOR", "1")
    keys = pressing("2", "j", "j", "j")
    assert snap_compare(app_of(fake_night.streaming(0.66)), terminal_size=size, run_before=keys)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_night_in_ascii(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """The heavy frame is told from the light ones."""
    app = app_of(fake_night.streaming(0.66), ascii=True)
    assert snap_compare(app, terminal_size=size, run_before=pressing("2", "j", "j", "j"))


def test_the_pages_about_an_object(snap_compare: SnapCompare) -> None:
    """With the whole address of the marked one."""
    snapshot = fake_night.streaming()
    app = app_of(replace(snapshot, night=replace(snapshot.night, simulated=False)))
    assert snap_compare(app, run_before=pressing("O", "down", "down", "down", "enter"))


def test_the_help_is_searched(snap_compare: SnapCompare) -> None:
    """Whatever has to do with claims."""
    assert snap_compare(app_of(fake_night.streaming()), run_before=pressing("question_mark", "slash", *"claim"))


def test_what_was_said(snap_compare: SnapCompare) -> None:
    """What was refused stands out."""
    assert snap_compare(app_of(fake_night.streaming()), run_before=pressing("o", "t", "t", "M"))
