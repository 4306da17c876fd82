"""Pictures of the light curve, each on a screen of its own, from the smallest room to a whole window."""

from typing import Any

import fake_night
import numpy as np
import pytest
from one_panel import OnePanel
from test_screens import SnapCompare, app_of, pressing, pytestmark  # noqa: F401 (drawn with the same Textual)
from textual.pilot import Pilot

from huntui.alerts.light_curve import LightCurve
from huntui.engine.face import ObjectDetail
from huntui.features.slopes import slopes
from huntui.render.curve_look import CurveLook, Entries
from huntui.tui.widgets.curve_plot import CurvePlot
from huntui.tui.widgets.light_curve import LightCurvePanel

SIZES = [(24, 8), (38, 9), (52, 13), (118, 34), (198, 56)]
NAME = "ZTF24aaaaaaa"


def supernova() -> LightCurve:
    """Return a supernova in two bands."""
    return fake_night.light_curve(3)


def everything() -> LightCurve:
    """Return a curve in which each kind of entry is: three bands, limits, fadings, forced photometry."""
    rng = np.random.default_rng(7)
    days = np.sort(rng.uniform(-40, 0, 90))
    days[-1] = 0.0
    fid = (np.arange(90) % 3 + 1).astype(np.int8)
    mag = 18.5 + 0.6 * np.sin(days / 3.7 * 2 * np.pi) + 0.25 * fid
    limit, forced = np.arange(90) % 8 == 5, np.arange(90) % 7 == 3
    sigma = np.where(limit, np.nan, 0.04 + 0.05 * rng.random(90))
    noisy = np.where(limit, 20.3 + 0.1 * rng.standard_normal(90), mag + np.nan_to_num(sigma) * rng.standard_normal(90))
    program = np.where(np.arange(90) % 2, -1, 1).astype(np.int32)
    return LightCurve(fake_night.NEWEST_JD + days, fid, noisy, sigma, limit, np.arange(90) % 5 != 2, forced, program)


def panel_and(curve: LightCurve, *keys: str) -> tuple[LightCurvePanel, Any]:
    """Return the panel, and what shows the curve in it and presses keys."""
    panel = LightCurvePanel(fake_night.streaming())
    detail = ObjectDetail(NAME, curve, {"jd": fake_night.NEWEST_JD}, slopes(curve, fake_night.NEWEST_JD))

    async def run(pilot: Pilot[None]) -> None:
        panel.focus()
        panel.show_object(NAME, detail)
        await pilot.press(*keys)
        await pilot.pause()

    return panel, run


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_supernova(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """With slopes, both time axes where there is room, and the line at the alert."""
    panel, run = panel_and(supernova())
    assert snap_compare(OnePanel(panel), terminal_size=size, run_before=run)


@pytest.mark.parametrize("keys", ["", "kkkhh", "kkNNN", "a"], ids=["whole", "earlier", "a point", "UT first"])
def test_everything_a_curve_can_have(snap_compare: SnapCompare, keys: str) -> None:
    """In light colours."""
    panel, run = panel_and(everything(), *keys)
    assert snap_compare(OnePanel(panel, dark=False), terminal_size=(100, 24), run_before=run)


@pytest.mark.parametrize("size", SIZES[1:4], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_folded_curve(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """At the period that it has."""
    panel, run = panel_and(everything())

    async def fold(pilot: Pilot[None]) -> None:
        await run(pilot)
        panel.fold(NAME, 3.7)
        await pilot.pause()

    assert snap_compare(OnePanel(panel), terminal_size=size, run_before=fold)


@pytest.mark.parametrize("size", [(78, 22), (118, 34), (198, 58)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("period", [None, 3.7], ids=["in time", "folded"])
def test_a_plot(snap_compare: SnapCompare, size: tuple[int, int], period: float | None) -> None:
    """By plotext."""
    curve = everything()
    entries, lines = Entries(curve, fake_night.NEWEST_JD), slopes(curve, fake_night.NEWEST_JD)
    panel = CurvePlot(fake_night.streaming(), entries, CurveLook(period=period), lines)
    assert snap_compare(OnePanel(panel), terminal_size=size, run_before=pressing())


def test_a_period_is_typed(snap_compare: SnapCompare) -> None:
    """What is none is refused."""
    assert snap_compare(app_of(fake_night.streaming()), run_before=pressing("4", "P", *"8 hours", "enter"))
