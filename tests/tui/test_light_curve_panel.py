"""The light curve on the screen: its keys, the mouse, the period that is typed, and the plot in the whole window."""

import re
from dataclasses import replace

import fake_night
import numpy as np
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of, until
from textual import events
from textual.pilot import Pilot

from huntui.alerts.light_curve import LightCurve
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.plot import PlotScreen
from huntui.tui.text import clean
from huntui.tui.widgets.light_curve import LightCurvePanel


def panel_of(pilot: Pilot[None]) -> LightCurvePanel:
    """Return the light curve of the hunt."""
    hunt = next(screen for screen in pilot.app.screen_stack if isinstance(screen, HuntScreen))
    return hunt.query_one(LightCurvePanel)


async def press(pilot: Pilot[None], *keys: str) -> list[str]:
    """Press keys on the light curve and return its lines."""
    pilot.app.screen.set_focus(panel_of(pilot))
    await pilot.press(*keys)
    await pilot.pause()
    return text_of(panel_of(pilot))


def days(lines: list[str]) -> list[int | float]:
    """Return what stands below the drawing."""
    axis = next(line for line in lines if line.startswith("  days"))
    return [float(number.replace("−", "-")) for number in axis.split()[1:]]


async def test_its_keys_zoom_in_on_the_alert_move_along_it_and_show_all_again() -> None:
    """What is seen is less time, then earlier time, then all of it."""
    async with hunting(FakeEngine(fake_night.streaming())) as (_, pilot):
        whole = text_of(panel_of(pilot))
        assert days(whole) == [-30, -20, -10, 0]
        near = days(await press(pilot, "up", "+", "k"))
        assert near[0] > -10
        assert near[-1] == 0
        earlier = days(await press(pilot, "left", "h"))
        assert earlier[-1] < 0
        assert days(await press(pilot, "right", "l")) == near
        assert len(days(await press(pilot, "down", "-"))) > 1
        assert await press(pilot, "home") == whole


async def test_moving_along_a_curve_that_is_all_in_view_says_what_to_do() -> None:
    """Nothing else happens."""
    async with hunting(FakeEngine(fake_night.streaming())) as (app, pilot):
        whole = text_of(panel_of(pilot))
        assert await press(pilot, "left") == whole
        assert "zoom in to move along it" in screen_text(app)[-2]


async def test_points_are_described_one_after_the_other_and_escape_leaves_point_fold_and_zoom() -> None:
    """In the reverse of the order they were come to."""
    async with hunting(FakeEngine(fake_night.streaming())) as (_, pilot):
        whole = text_of(panel_of(pilot))
        near = await press(pilot, "k")
        newest = await press(pilot, "n")
        assert "2024-07-07 10:48:00 UT" in newest[0]
        assert any("[" in line for line in newest[1:])
        assert "2024-07-07 10:48:00 UT" not in (await press(pilot, "N"))[0]
        assert await press(pilot, "space") == newest
        assert await press(pilot, "escape") == near
        assert await press(pilot, "escape") == whole


async def test_days_and_dates_change_places() -> None:
    """In a panel that has room for one of them."""
    async with hunting(FakeEngine(fake_night.streaming())) as (_, pilot):
        lines = await press(pilot, "a")
        assert not any(line.startswith("  days") for line in lines)
        assert re.match(r"    UT +\d+ \w+ 2024 ", next(line for line in lines if "UT" in line))


async def test_a_period_is_typed_and_the_curve_folded_until_it_is_taken_away() -> None:
    """Hours are days as well; what is no period is refused and nothing is folded."""
    async with hunting(FakeEngine(fake_night.streaming())) as (app, pilot):
        whole = text_of(panel_of(pilot))
        await press(pilot, "P", *"nan", "enter")
        assert any("is no period" in line for line in screen_text(app))
        await pilot.press(*["backspace"] * 3, *"84 h", "enter")
        await pilot.pause()
        folded = text_of(panel_of(pilot))
        assert "period 3.5 d" in folded[0]
        assert any(line.startswith(" phase") for line in folded)
        await press(pilot, "P")
        await pilot.press("escape")
        await pilot.pause()
        assert text_of(panel_of(pilot)) == folded
        await press(pilot, "P")
        await pilot.press("delete", "backspace", "enter")
        await pilot.pause()
        assert text_of(panel_of(pilot)) == whole
        await press(pilot, "P", *"2", "enter")
        assert await press(pilot, "escape") == whole


async def test_the_fold_and_the_zoom_belong_to_an_object() -> None:
    """Another one is seen whole."""
    async with hunting(FakeEngine(fake_night.streaming())) as (app, pilot):
        await press(pilot, "P", *"2", "enter")
        await press(pilot, "k")
        app.screen.set_focus(app.screen.query_one("#objects"))
        await pilot.press("j")
        await pilot.pause(0.1)
        await settled(pilot)
        assert days(text_of(panel_of(pilot))) == [-30, -20, -10, 0]


async def test_the_wheel_zooms_and_a_click_describes_a_point() -> None:
    """The nearest one."""
    async with hunting(FakeEngine(fake_night.streaming())) as (app, pilot):
        panel = panel_of(pilot)
        whole = text_of(panel)
        row, column = next((row, line.rindex("●")) for row, line in enumerate(whole) if row and "●" in line)
        await pilot.click(panel, offset=(column + 1, row + 1))
        await pilot.pause()
        described = text_of(panel)
        assert described[row][column - 1 : column + 2] == "[●]"
        assert described[0].startswith(" ● g ")
        await press(pilot, "escape")
        (x, y), (left, top) = panel.content_region.offset, panel.region.offset
        place = (x - left + column, y - top + row)
        panel.post_message(events.MouseScrollUp(panel, *place, 0, 0, 0, False, False, False, x + column, y + row))
        await pilot.pause()
        assert days(text_of(panel))[0] > -30
        assert app.focused is panel


async def test_the_plot_has_the_whole_window_with_both_axes_and_escape_leaves_it() -> None:
    """Drawn by plotext, as wide as the window."""
    async with hunting(FakeEngine(fake_night.streaming())) as (app, pilot):
        await press(pilot, "enter")
        assert isinstance(app.screen, PlotScreen)
        await until(pilot, lambda: any("days since the alert" in line for line in screen_text(app)))
        lines = screen_text(app)
        assert any("Jun 2024" in line for line in lines)
        assert "mag/d" in "".join(lines)
        await pilot.resize_terminal(60, 16)
        await until(pilot, lambda: len(screen_text(app)) == 16 and any("mag" in line for line in screen_text(app)))
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, PlotScreen)


@pytest.mark.parametrize("name", ["[bold]x[/]", "\x1b[2J", "[/no]", "宽" * 30, "x" * 300], ids=ascii)
async def test_a_name_is_drawn_as_it_is_in_what_the_light_curve_opens(name: str) -> None:
    """In the line for a period and above the plot, it is no markup and stays in its place."""
    snapshot = fake_night.streaming()
    rows = replace(snapshot.rows, table=({**snapshot.rows.table[0], "objectId": name},))  # type: ignore[attr-defined]
    async with hunting(FakeEngine(replace(snapshot, rows=rows))) as (app, pilot):
        await press(pilot, "P")
        assert any(f"Fold {clean(name)[:12]}" in line for line in screen_text(app))
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlotScreen))
        await until(pilot, lambda: any("days since the alert" in line for line in screen_text(app)))
        assert clean(name)[:12] in screen_text(app)[0]


@pytest.mark.parametrize("keys", ["k", "n", "P", "enter", "left", "escape", "a"])
async def test_where_there_is_no_curve_a_key_says_so_or_does_nothing(keys: str) -> None:
    """An object without any photometry."""
    nothing, no = np.empty(0), np.empty(0, bool)
    empty = LightCurve(nothing, np.empty(0, np.int8), nothing, nothing, no, no, no)
    snapshot = fake_night.streaming()
    curves = {snapshot.rows.object_id(row): empty for row in range(len(snapshot.rows))}
    async with hunting(FakeEngine(snapshot, curves=curves)) as (app, pilot):
        assert any("no photometry" in line for line in await press(pilot, keys))
        said = any("no light curve to look at" in line for line in screen_text(app))
        assert said == (keys not in ("escape", "a"))
