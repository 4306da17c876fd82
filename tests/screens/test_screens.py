"""Pictures of the screen: each was looked at before it was accepted.

The pictures are those of one version of Textual, since every release draws something anew.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import fake_answers
import fake_night
import pytest
import textual
from fake_engine import FakeEngine
from fake_night import FakeRows
from textual.pilot import Pilot

from huntui.engine.snapshot import Snapshot
from huntui.tui.app import HuntApp
from huntui.tui.options import ScreenOptions

DRAWN_WITH = "8.2.8"

pytestmark = pytest.mark.skipif(
    textual.__version__ != DRAWN_WITH,
    reason=f"the pictures are those of Textual {DRAWN_WITH}, not {textual.__version__}",
)

SnapCompare = Callable[..., bool]
_AWAITED = ("detail", "cutouts", "why", "near", "sending")
SIZES = [(80, 24), (120, 36), (200, 60)]


def pressing(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Return what presses keys and waits for the light curve, and for answers, after each of them."""

    async def press(pilot: Pilot[Any]) -> None:
        for key in keys or [None]:
            await pilot.press(*[key] if key else [])
            await pilot.pause()
            if working := [worker for worker in pilot.app.workers if worker.group in _AWAITED]:
                await pilot.app.workers.wait_for_complete(working)
            await pilot.pause()

    return press


def app_of(snapshot: Snapshot, **options: Any) -> HuntApp:
    """Return an app over a night that stands still."""
    return HuntApp(FakeEngine(snapshot), ScreenOptions(browse=lambda _: False, **options))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_night_is_read(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Two thirds in, the second stage selected."""
    app = app_of(fake_night.streaming(0.66))
    assert snap_compare(app, terminal_size=size, run_before=pressing("down"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_objects_are_looked_at_on_a_light_screen(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """A real night with faults, a stage off, the fourth object selected."""
    snapshot = fake_night.streaming()
    night = replace(
        snapshot.night, simulated=False, source="data/20240707", bad_packets={"truncated": 12}, duplicates=31
    )
    stages = tuple(replace(stage, enabled=stage.name != "young") for stage in snapshot.stages)
    app = app_of(replace(snapshot, night=night, stages=stages, status="finished"), theme="light")
    assert snap_compare(app, terminal_size=size, run_before=pressing("tab", "j", "j", "j"))


def test_nothing_survives(snap_compare: SnapCompare) -> None:
    """The hint blames a stage."""
    app = app_of(replace(fake_night.streaming(), rows=FakeRows(()), surviving_alerts=0))
    assert snap_compare(app, run_before=pressing())


def test_the_smallest_window_while_compiling(snap_compare: SnapCompare) -> None:
    """Nothing is counted as yet."""
    app = app_of(replace(fake_night.streaming(0.0), status="compiling", compiled=(31, 65)))
    assert snap_compare(app, terminal_size=(60, 16), run_before=pressing())


def test_a_claim(snap_compare: SnapCompare) -> None:
    """The suggestion is marked."""
    assert snap_compare(app_of(fake_night.streaming()), run_before=pressing("tab", *["j"] * 12, "c"))


def test_an_export(snap_compare: SnapCompare) -> None:
    """With a name to accept."""
    assert snap_compare(app_of(fake_night.streaming()), run_before=pressing("e"))


def test_the_help(snap_compare: SnapCompare) -> None:
    """The checklist had the focus."""
    assert snap_compare(app_of(fake_night.streaming()), terminal_size=(120, 36), run_before=pressing("tab", "tab", "?"))


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_bad_packets(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Four reasons with their meanings, and more packets than there is room for."""
    snapshot = fake_night.damaged(fake_night.streaming(0.4), truncated=11, bad_block=3, not_avro=1234, unreadable=1)
    assert snap_compare(app_of(snapshot), terminal_size=size, run_before=pressing("b", "j"))


def test_no_bad_packets(snap_compare: SnapCompare) -> None:
    """One sentence."""
    assert snap_compare(app_of(fake_night.streaming()), run_before=pressing("b"))


def test_quitting_with_something_unsaved(snap_compare: SnapCompare) -> None:
    """Three ways on."""
    assert snap_compare(
        app_of(replace(fake_night.streaming(), unsaved_claims=True, unsaved_cuts=True)), run_before=pressing("q")
    )


def test_without_colours(snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch) -> None:
    """Glyphs and words carry what colours carried."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app_of(fake_night.streaming()), terminal_size=(120, 36), run_before=pressing("space"))


def test_a_window_that_is_too_small(snap_compare: SnapCompare) -> None:
    """One friendly sentence."""
    assert snap_compare(app_of(fake_night.streaming()), terminal_size=(20, 10), run_before=pressing())


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", ["w", "wl", "m", "m3w"])
def test_why_and_near_misses(snap_compare: SnapCompare, size: tuple[int, int], keys: str) -> None:
    """What rejects the selected object, the same once it was let in, what nearly came through, one of these."""
    written = {"l": "ctrl+l", "3": "end"}
    app = app_of(replace(fake_night.streaming(), cuts=fake_answers.CUTS))
    assert snap_compare(app, terminal_size=size, run_before=pressing(*(written.get(key, key) for key in keys)))
