"""What is painted: lines that look different, and none of them is forgotten."""

from dataclasses import replace

import pytest
from fake_engine import FakeEngine
from hunting import hunting, settled, text_of, until
from textual.geometry import Region

from huntui.engine.snapshot import Snapshot
from huntui.tui.widgets import light_curve
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.light_curve import LightCurvePanel
from huntui.tui.widgets.objects import Objects


def _with_other_survivors(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot in which only the last line of the funnel is another one."""
    return replace(snapshot, sequence=snapshot.sequence + 1, surviving_alerts=snapshot.surviving_alerts + 1)


async def test_only_lines_that_look_different_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times a second, and each line takes a tenth of a millisecond."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        funnel, painted = app.screen.query_one(Funnel), []
        monkeypatch.setattr(funnel, "refresh", lambda *regions, **_: painted.extend(regions))
        before = text_of(funnel)
        engine.publish(_with_other_survivors(engine.latest))
        await settled(pilot)
        after = text_of(funnel)
        changed = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        assert len(changed) == 1
        assert painted == [Region(0, changed[0], funnel.size.width, 1)]


async def test_a_table_that_shrinks_under_its_cursor_is_painted_with_the_cursor_where_it_is_now() -> None:
    """The mark is on the last object that is left."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        objects = app.screen.query_one(Objects)
        await pilot.press("tab", "end")
        await settled(pilot)
        table = engine.latest.rows.table
        assert len(table) > 2
        engine.publish(replace(engine.latest, rows=type(engine.latest.rows)(table[:2])))
        await settled(pilot)
        assert [line[:1] for line in text_of(objects)][1:3] == [" ", "▸"]


async def test_nothing_is_drawn_for_a_panel_that_nobody_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once somebody does, it shows what there is by then."""
    drawn = []
    monkeypatch.setattr(light_curve, "draw", lambda *_: drawn.append(1) or [[("drawn", "plain")]])
    engine = FakeEngine()
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press("5", "2", "j")
        await until(pilot, lambda: not app.screen.query_one("#light-curve").display)
        await settled(pilot)
        drawn.clear()
        await pilot.press("j", "j", "j")
        await settled(pilot)
        assert not drawn
        engine.publish(_with_other_survivors(engine.latest))
        await pilot.press("4")
        await settled(pilot)
        assert drawn
        assert text_of(app.screen.query_one(LightCurvePanel))[0].startswith("drawn")
