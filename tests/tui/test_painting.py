"""What is painted: lines that look different, and none of them is forgotten."""

from dataclasses import replace

import pytest
from fake_engine import FakeEngine
from hunting import hunting, settled, text_of
from textual.geometry import Region

from huntui.engine.snapshot import Snapshot
from huntui.tui.widgets.funnel import Funnel
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
