"""The table of objects: it reads little, and its cursor stays on its object."""

from dataclasses import replace

import fake_night
from fake_engine import FakeEngine
from fake_night import FakeRows
from hunting import hunting, settled, text_of

from huntui.session.commands import SortRows
from huntui.tui.widgets.cutouts import CutoutsPanel
from huntui.tui.widgets.object_columns import fitting, table_columns
from huntui.tui.widgets.objects import NEW, Objects


def grown(rows: FakeRows, by: int) -> FakeRows:
    """Return the rows with this many newer objects in front."""
    newer = tuple({**rows.table[0], "objectId": f"ZTF24new{k:04d}"} for k in range(by))
    return FakeRows((*newer, *rows.table), rows.looks)


async def test_the_cursor_stays_on_its_object_and_in_its_place_while_rows_arrive() -> None:
    """Seven newer objects come in above; the line under the cursor does not move."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        objects = app.screen.query_one(Objects)
        await pilot.press("tab", *["j"] * 5)
        before = [line.startswith("▸") for line in text_of(objects)].index(True)
        engine.publish(replace(engine.latest, rows=grown(engine.latest.rows, 7)))
        await settled(pilot)
        assert objects.object_id == fake_night.object_id(5)
        assert objects.border_title == "2 Objects · 13 of 71"
        assert [line.startswith("▸") for line in text_of(objects)].index(True) == before


async def test_who_turns_a_knob_goes_on_looking_at_the_same_object() -> None:
    """Also when the cursor was never moved; before that it stays on the newest one."""
    engine = FakeEngine()
    async with hunting(engine, (200, 60)) as (app, pilot):
        objects, cutouts = app.screen.query_one(Objects), app.screen.query_one(CutoutsPanel)
        engine.publish(replace(engine.latest, rows=grown(engine.latest.rows, 1)))
        await settled(pilot)
        assert objects.object_id == "ZTF24new0000"
        for version in (1, 2):
            engine.publish(replace(engine.latest, cuts_version=version, rows=grown(engine.latest.rows, 2)))
            await settled(pilot)
            assert objects.object_id == cutouts.object_id == "ZTF24new0000"


async def test_when_the_object_is_cut_away_the_cursor_takes_the_next_one() -> None:
    """The light curve follows."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", "end")
        engine.publish(replace(engine.latest, rows=fake_night.rows(10)))
        await settled(pilot)
        assert app.screen.query_one(Objects).object_id == fake_night.object_id(9)
        assert app.screen.query_one("#light-curve").object_id == fake_night.object_id(9)


async def test_when_nothing_is_left_nothing_is_drawn() -> None:
    """And it comes back when the cuts let it through again."""
    engine = FakeEngine()
    full = engine.latest
    async with hunting(engine) as (app, pilot):
        engine.publish(replace(full, rows=FakeRows(()), surviving_alerts=0))
        await settled(pilot)
        assert app.screen.query_one(Objects).object_id is None
        assert app.screen.query_one("#light-curve").object_id is None
        engine.publish(full)
        await settled(pilot)
        assert app.screen.query_one("#light-curve").object_id == fake_night.object_id(0)


async def test_only_the_visible_lines_of_a_hundred_thousand_are_read() -> None:
    """The cost of a paint does not depend on the night."""
    small = fake_night.rows(1).table[0]
    table = tuple({**small, "objectId": f"ZTF24{k:07d}"} for k in range(100_000))
    rows = FakeRows(table)
    engine = FakeEngine(replace(fake_night.streaming(), rows=rows))
    async with hunting(engine) as (app, pilot):
        rows.reads.clear()
        await pilot.press("tab", "end")
        objects = app.screen.query_one(Objects)
        assert objects.object_id == "ZTF240099999"
        height = objects.size.height
        assert set(rows.reads) <= {*range(height), *range(100_000 - height, 100_000)}


async def test_a_newer_alert_of_the_drawn_object_draws_it_again() -> None:
    """Its light curve has one more point."""
    engine = FakeEngine()
    async with hunting(engine) as (_, pilot):
        engine.asked.clear()
        first, *others = engine.latest.rows.table
        newer = FakeRows(({**first, "jd": fake_night.NEWEST_JD + 0.02}, *others))
        night = replace(engine.latest.night, alerts=engine.latest.night.alerts + 1)
        engine.publish(replace(engine.latest, rows=newer, night=night))
        await settled(pilot)
        assert engine.asked == [fake_night.object_id(0)]
        engine.publish(replace(engine.latest, rows=newer))
        await settled(pilot)
        assert engine.asked == [fake_night.object_id(0)]


def test_a_wider_table_has_every_column_of_a_narrower_one() -> None:
    """Columns are left out by rank, and what is kept fits."""
    narrower: set[str] = set()
    usual = table_columns(())
    for width in range(16, 140):
        columns, room = fitting(usual, width)
        names = {column.name for column in columns}
        assert narrower <= names
        assert 2 + 12 + sum(column.width + 1 for column in columns) + 2 + (room and room + 1) <= width
        narrower = names
    assert narrower == {column.name for column in usual}


async def test_a_missing_value_is_a_dash() -> None:
    """Null and NaN alike."""
    async with hunting(FakeEngine(), size=(200, 60)) as (app, _):
        lines = text_of(app.screen.query_one(Objects))
        assert "–" in lines[1 + 4]
        assert "–" in lines[1 + 6]
        assert "nan" not in "".join(lines).lower()


async def test_enter_sorts_by_the_marked_title_then_the_other_way_then_newest_first() -> None:
    """The cursor goes to what comes first, and a click on a title sorts as well."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        table = app.screen.query_one(Objects)
        await pilot.press("2", "down", "down", "right", "right", "enter")
        assert engine.commands[-1] == SortRows("magpsf")
        assert "mag▲" in text_of(table)[0]
        rows = engine.latest.rows
        assert (
            table.object_id
            == rows.object_id(0)
            == min(map(rows.object_id, range(len(rows))), key=lambda name: rows.value("magpsf", rows.find(name)))
        )
        await pilot.press("enter")
        assert engine.commands[-1] == SortRows("magpsf", descending=True)
        assert "mag▼" in text_of(table)[0]
        await pilot.press("enter")
        assert engine.commands[-1] == SortRows()
        at = text_of(table)[0].index("age")
        await pilot.click(Objects, offset=(at + 2, 1))
        assert engine.commands[-1] == SortRows("age")


async def test_an_object_that_came_since_somebody_moved_in_the_table_has_a_sign() -> None:
    """The next key in the table takes it away."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        table = app.screen.query_one(Objects)
        await pilot.press("2", "down")
        assert NEW not in "".join(text_of(table))
        rows = fake_night.rows(64)
        newcomer = {**rows.table[5], "objectId": "ZTF24newcomr"}
        engine.publish(replace(engine.latest, rows=replace(rows, table=(*rows.table[:3], newcomer, *rows.table[3:]))))
        await pilot.pause()
        assert text_of(table)[4][1:].startswith(f"{NEW}ZTF24newcomr")
        await pilot.press("up")
        assert NEW not in "".join(text_of(table))


async def test_the_columns_of_the_table_are_the_users_choice() -> None:
    """A column that the table does not know by itself has its own name above it."""
    async with hunting(FakeEngine(), table=["magpsf", "jd"]) as (app, _):
        heading = text_of(app.screen.query_one(Objects))[0].split()
        assert heading[:3] == ["objectId", "mag", "jd"]


async def test_a_key_goes_from_one_new_object_to_the_next() -> None:
    """Round the end of the table, and they stay new until somebody moves otherwise."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        table = app.screen.query_one(Objects)
        await pilot.press("2", "down", "n")
        assert table.object_id == fake_night.object_id(1)
        rows = fake_night.rows(64)
        new = [{**rows.table[5], "objectId": f"ZTF24newcom{end}"} for end in "ab"]
        engine.publish(
            replace(engine.latest, rows=replace(rows, table=(new[0], *rows.table[:9], new[1], *rows.table[9:])))
        )
        await pilot.pause()
        for end in "bab":
            await pilot.press("n")
            assert table.object_id == f"ZTF24newcom{end}"
