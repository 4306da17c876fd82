"""Pictures of the dialogs that write files and send to other programs: each was looked at before it was accepted."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from test_screens import SIZES, SnapCompare, app_of, pressing, pytestmark  # noqa: F401 (drawn with the same Textual)

from huntui.engine.snapshot import Snapshot
from huntui.tui.app import HuntApp
from huntui.tui.options import ScreenOptions


def real() -> Snapshot:
    """Return a night that is not invented."""
    snapshot = fake_night.streaming()
    return replace(snapshot, night=replace(snapshot.night, simulated=False))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_light_curves_of_claims_are_exported(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Two lines of options below the name, the keys on the second."""
    keys = ("e", "down", "right", "down", "right", "right")
    assert snap_compare(app_of(fake_night.streaming()), terminal_size=size, run_before=pressing(*keys))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_position_is_sent(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Three programs take it; on a light screen."""
    app = app_of(real(), theme="light")
    assert snap_compare(app, terminal_size=size, run_before=pressing("B", *["right"] * 4, "down", "right"))


def test_nobody_is_there_to_send_to(snap_compare: SnapCompare) -> None:
    """The sentence says what to start."""
    engine = FakeEngine(real())
    engine.export_error = "No SAMP hub is running (there is no /there/samp): start TOPCAT, and try again."
    app = HuntApp(engine, ScreenOptions(browse=lambda _: False))
    assert snap_compare(app, run_before=pressing("B"))
