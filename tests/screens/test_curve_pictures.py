"""Pictures of the light curve in the whole window: each was looked at before it was accepted."""

import fake_night
import pytest
from fake_engine import FakeEngine
from test_screens import SIZES, SnapCompare, pressing, pytestmark  # noqa: F401 (drawn with one version of Textual)

from huntui.tui.app import HuntApp


def app_of() -> HuntApp:
    """Return an app over a night that stands still."""
    return HuntApp(FakeEngine(fake_night.streaming()), browse=lambda _: False)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", ["", "kkn", "P7"], ids=["whole", "zoomed in on a point", "folded"])
def test_a_light_curve_has_the_window(snap_compare: SnapCompare, size: tuple[int, int], keys: str) -> None:
    """With its slopes; near the alert with a point picked; folded at seven days."""
    typed = [*keys, *(["enter"] if "P" in keys else [])]
    assert snap_compare(app_of(), terminal_size=size, run_before=pressing("4", "z", *typed))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_light_curve_is_plotted(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """By plotext, with both time axes."""
    assert snap_compare(app_of(), terminal_size=size, run_before=pressing("4", "enter"))


def test_a_period_is_typed(snap_compare: SnapCompare) -> None:
    """What is none is refused."""
    assert snap_compare(app_of(), terminal_size=(120, 36), run_before=pressing("4", "P", *"8 hours", "enter"))
