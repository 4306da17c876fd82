"""The panel of the selected stage: it comes when a stage is worked on, and follows the knob."""

import numpy as np
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of

from huntui.funnel.distribution import Distribution
from huntui.tui.widgets.light_curve import LightCurvePanel
from huntui.tui.widgets.stage_panel import StagePanel, legend


async def test_who_works_on_a_stage_sees_what_it_cuts_on_and_who_looks_at_objects_their_light_curves() -> None:
    """In a small window one or the other; at first the light curve."""
    async with hunting(FakeEngine(), (80, 24)) as (app, pilot):
        stage, curve = app.screen.query_one(StagePanel), app.screen.query_one(LightCurvePanel)
        assert (stage.display, curve.display) == (False, True)
        await pilot.press("down")
        await settled(pilot)
        assert (stage.display, curve.display) == (True, False)
        await pilot.press("tab")
        await settled(pilot)
        assert (stage.display, curve.display) == (False, True)


async def test_a_wide_screen_has_room_for_both() -> None:
    """Side by side."""
    async with hunting(FakeEngine(), (200, 60)) as (app, _):
        stage, curve = app.screen.query_one(StagePanel), app.screen.query_one(LightCurvePanel)
        assert stage.display
        assert curve.display


async def test_the_threshold_and_what_the_next_step_would_change_follow_the_knob() -> None:
    """Before and after a turn."""
    async with hunting(FakeEngine()) as (app, pilot):
        panel = app.screen.query_one(StagePanel)
        await pilot.press("right")
        await settled(pilot)
        before = text_of(panel)
        assert before[0].startswith("█ ")
        assert "182 alone" in before[0]
        assert "+312 alerts, +41 objects" in before[-2]
        assert "−312 alerts, −41 objects" in before[-1]
        place = before[1].index("▼")
        await pilot.press("right", "right")
        await settled(pilot)
        after = text_of(panel)
        assert after[1].index("▼") > place
        assert after[-1] != before[-1]


async def test_a_stage_without_a_number_says_so() -> None:
    """There is nothing to draw, and no knob."""
    async with hunting(FakeEngine()) as (app, pilot):
        stages = app.screen.snapshot.stages  # type: ignore[attr-defined]
        place = next(k for k, one in enumerate(stages) if not one.knobs)
        await pilot.press(*["down"] * place, "up", "down")
        await settled(pilot)
        words = "\n".join(screen_text(app))
        assert "holds no number" in words
        assert "It has no knob." in words


async def test_in_a_low_window_both_ways_of_turning_share_a_line() -> None:
    """In short words."""
    async with hunting(FakeEngine(), (80, 18)) as (app, pilot):
        await pilot.press("right")
        await settled(pilot)
        last = text_of(app.screen.query_one(StagePanel))[-1]
        assert "+312 (+41 obj.)" in last
        assert "−312" in last


async def test_a_roomy_panel_counts_what_the_stage_does_and_what_would_survive_without_it() -> None:
    """The counts follow the night."""
    async with hunting(FakeEngine(), (200, 60)) as (app, pilot):
        await pilot.press("down")
        await settled(pilot)
        snapshot = app.screen.snapshot  # type: ignore[attr-defined]
        stage = snapshot.stages[1]
        without = snapshot.surviving_alerts + stage.rejected_only_here
        said = text_of(app.screen.query_one(StagePanel))[-3]
        assert f"{stage.rejected:,} rejected" in said
        assert f"{stage.unknown:,} unknown" in said
        assert f"{without:,} survive when it is off" in said


@pytest.mark.parametrize("width", [18, 22, 26, 30, 40, 50, 80])
def test_the_legend_says_how_many_are_outside_wherever_it_says_how_many_reach_the_stage(width: int) -> None:
    """What they add up to is what entered; in a narrow panel what only this stage rejects makes room."""
    reach = np.array([5_000, 304], np.int32)
    shown = Distribution("drb", 0.65, 0.0, 1.0, reach, reach // 30, 2, 1, 3, 4)
    text = "".join(text for text, _ in legend(shown, width)).rstrip()
    assert len(text) <= width
    assert "5,304" in text
    assert "3 out" in text
    assert ("4 unknown" in text) == (width == 80)
    assert ("alone" in text or "only it" in text) == (width >= 30)
