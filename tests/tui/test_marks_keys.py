"""Stars, notes, hidden objects and ranges on the screen: keys, commands, and signs that need no colour."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of
from test_hostile_text import HOSTILE
from textual.widgets import Input

from huntui.hunt.marks import MAX_NOTE, Marks
from huntui.session.commands import Claim, ClaimAll, Command, Hide, Star, Unclaim, UnclaimAll, WriteNote
from huntui.tui.screens.claim import Choices, ChooseTreasure
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.objects import Objects

NAMES = tuple(fake_night.object_id(row) for row in range(64))


def engine_with(**marks: tuple[object, ...]) -> FakeEngine:
    """Return a night with marks."""
    engine = FakeEngine()
    for name in marks.get("hidden", ()):
        engine.send(Hide((str(name),)))
    engine.commands.clear()
    engine.publish(replace(engine.latest, marks=Marks(**marks)))  # type: ignore[arg-type]
    return engine


def table(app: object) -> list[str]:
    """Return the lines of the table below its heading."""
    return text_of(app.screen.query_one(Objects))[1:]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("keys", "commands"),
    [
        (["*"], [Star(NAMES[:1])]),
        (["*", "*"], [Star(NAMES[:1]), Star(NAMES[:1], on=False)]),
        (["-"], [Hide(NAMES[:1])]),
        (["-", "-"], [Hide(NAMES[:1]), Hide(NAMES[1:2])]),
        (["-", "h", "k", "-"], [Hide(NAMES[:1]), Hide(NAMES[:1], on=False)]),
        (["v", "j", "j", "*"], [Star(NAMES[:3])]),
        (["*", "v", "j", "j", "*"], [Star(NAMES[:1]), Star(NAMES[:3])]),
        (["v", "j", "j", "*", "*"], [Star(NAMES[:3]), Star(NAMES[2:3], on=False)]),
        (["j", "j", "j", "v", "k", "-"], [Hide(NAMES[2:4])]),
        (["v", "j", "escape", "*"], [Star(NAMES[1:2])]),
        (["v", "j", "v", "*"], [Star(NAMES[1:2])]),
        (["v", "*"], [Star(NAMES[:1])]),
        (["v", "j", "j", "c", "enter"], [ClaimAll(NAMES[:3], "supernova")]),
        (["v", "j", "c", "G", "down", "enter"], [ClaimAll(NAMES[:2], "infant")]),
        (["v", "j", "c", "escape", "*"], [Star(NAMES[:2])]),
        (["v", "c", "enter"], [Claim(NAMES[0], "supernova")]),
        (["j", "j", "v", "j", "j", "j", "x"], [UnclaimAll(NAMES[2:6], "supernova")]),
        (["j", "j", "j", "v", *["j"] * 6, "x", "down", "enter"], [UnclaimAll(NAMES[3:10], "dwarf-nova")]),
        (["v", "j", "x", "*"], [Star(NAMES[:2])]),
        (["j", "j", "j", "v", "x"], [Unclaim(NAMES[3], "supernova")]),
        (["N", *"host", "enter"], [WriteNote(NAMES[0], "host")]),
        (["N", *"host", "escape"], []),
        (["N", "enter"], []),
        (["N", *"a", "enter", "N", *"b", "enter"], [WriteNote(NAMES[0], "a"), WriteNote(NAMES[0], "ab")]),
        (["N", *"a", "enter", "N", "backspace", "enter"], [WriteNote(NAMES[0], "a"), WriteNote(NAMES[0], "")]),
    ],
    ids=str,
)
async def test_a_key_marks_the_object_or_the_range(keys: list[str], commands: list[Command]) -> None:
    """A range is one command, and is over with it."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab")
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        assert engine.commands == commands
        assert isinstance(app.screen, HuntScreen)


async def test_marks_stand_beside_the_object_without_colour() -> None:
    """A star before the name, a note behind the values, whatever the claim."""
    engine = engine_with(starred=(NAMES[1], NAMES[3]), notes=((NAMES[2], "a"), (NAMES[3], "b")))
    async with hunting(engine) as (app, _):
        lines = table(app)
        assert [line[:4] for line in lines[:4]] == ["▸ ZT", " ★ZT", "  ZT", " ★ZT"]
        assert ["✎" in line for line in lines[:4]] == [False, False, True, True]
        assert "✎✓" in lines[3]
        assert "✎ " in lines[2]


async def test_hidden_objects_leave_the_table_and_come_back_dimmed() -> None:
    """The frame says how many there are; counts elsewhere stay."""
    engine = engine_with(hidden=NAMES[1:3], starred=(NAMES[2],))
    async with hunting(engine) as (app, pilot):
        objects = app.screen.query_one(Objects)
        assert objects.border_title == "2 Objects · 1 of 62 · 2 hidden"
        assert [name in line for name, line in zip((NAMES[0], NAMES[3], NAMES[4]), table(app), strict=False)] == [
            True
        ] * 3
        await pilot.press("tab", "j", "h")
        assert objects.border_title == "2 Objects · 4 of 64 · 2 hidden, shown"
        assert objects.object_id == NAMES[3]
        lines = table(app)
        assert [line[:2] for line in lines[:4]] == ["  ", " -", " ☆", "▸ "]
        styles = [{name for _, name in objects.line(row)[2:]} for row in (1, 2, 3)]
        assert styles[1:] == [{"faint"}, {"faint"}]
        assert styles[0] != {"faint"}
        await pilot.press("k", "h")
        assert objects.border_title == "2 Objects · 3 of 62 · 2 hidden"
        assert engine.latest.surviving_objects == 64
        engine.send(Hide(NAMES[1:3], on=False))
        await settled(pilot)
        assert objects.border_title == "2 Objects · 5 of 64"


async def test_a_range_that_is_hidden_leaves_the_cursor_on_what_follows_it() -> None:
    """So that one can go on from there."""
    async with hunting(FakeEngine()) as (app, pilot):
        objects = app.screen.query_one(Objects)
        await pilot.press("tab", "j", "v", "j", "j", "-")
        await settled(pilot)
        assert objects.object_id == NAMES[4]
        assert objects.border_title == "2 Objects · 2 of 61 · 3 hidden"
        await pilot.press("home", "v", "end", "-")
        await settled(pilot)
        assert objects.object_id is None
        assert "all are hidden; h shows them" in table(app)[0]
        await pilot.press("h")
        assert objects.border_title == "2 Objects · 1 of 64 · 64 hidden, shown"


async def test_without_hidden_objects_the_key_says_so() -> None:
    """And they are not shown by surprise when one is hidden later."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("tab", "h")
        await settled(pilot)
        assert app.screen.query_one(Hint).text == "No object of the table is hidden."
        await pilot.press("-")
        await settled(pilot)
        assert app.screen.query_one(Objects).border_title == "2 Objects · 1 of 63 · 1 hidden"


async def test_a_range_is_seen_and_counted() -> None:
    """By a bar on its lines, in the frame, and in the line above the footer."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("tab", "j", "v", "j", "j")
        await settled(pilot)
        assert [line[0] for line in table(app)[:5]] == [" ", "┃", "┃", "▸", " "]
        assert app.screen.query_one(Objects).border_title == "2 Objects · 4 of 64 · range of 3"
        assert app.screen.query_one(Hint).text.startswith("Range of 3 objects: c claims")
        await pilot.press("escape")
        await settled(pilot)
        assert [line[0] for line in table(app)[:5]] == [" ", " ", " ", "▸", " "]
        assert "Range" not in app.screen.query_one(Hint).text


async def test_a_range_stays_on_its_objects_while_rows_arrive_and_ends_with_its_first() -> None:
    """Newer objects come in above it; other cuts may take its beginning away."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        objects = app.screen.query_one(Objects)
        await pilot.press("tab", "j", "v", "j", "j")
        rows = engine.latest.rows
        newer = tuple({**rows.table[0], "objectId": f"ZTF24new{k:04d}"} for k in range(5))
        engine.publish(replace(engine.latest, rows=replace(rows, table=(*newer, *rows.table))))
        await settled(pilot)
        assert objects.chosen() == NAMES[1:4]
        engine.publish(replace(engine.latest, rows=replace(rows, table=rows.table[2:])))
        await settled(pilot)
        assert (objects.in_range, objects.chosen()) == (0, NAMES[3:4])


async def test_a_range_takes_a_thousand_objects_and_no_more() -> None:
    """The cursor stops where it ends."""
    small = fake_night.rows(1).table[0]
    rows = fake_night.FakeRows(tuple({**small, "objectId": f"ZTF24{k:07d}"} for k in range(5000)))
    async with hunting(FakeEngine(replace(fake_night.streaming(), rows=rows))) as (app, pilot):
        objects = app.screen.query_one(Objects)
        await pilot.press("tab", "pagedown", "v", "end")
        assert objects.in_range == 1000
        await pilot.press("home")
        first = objects.chosen()[0]
        assert first == "ZTF240000000"
        assert objects.in_range < 30


async def test_claiming_a_range_asks_once_and_marks_what_most_of_it_looks_like() -> None:
    """With how many look like each treasure, and how many are claimed as it."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("tab", "v", *["j"] * 9, "c")
        assert isinstance(app.screen, ChooseTreasure)
        text = "\n".join(screen_text(app))
        assert "Claim 10 objects as" in text
        assert "±10, 2 like it, 2 claimed" in text
        assert "±15, 2 like it, 1 claimed" in text
        assert app.screen.query_one(Choices).highlighted == 0


async def test_the_note_of_the_selected_object_is_told_wherever_it_is_described() -> None:
    """Above the footer and in the frame of the light curve, as soon as it is written."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("tab", "j", "k", "N", *"bright host", "enter")
        await settled(pilot)
        assert app.screen.query_one("#light-curve").border_title == f"4 Light curve {NAMES[0]} ✎ bright host"
        await pilot.press("j", "k", "*")
        await settled(pilot)
        await pilot.press("end", "home")
        await settled(pilot)
        assert app.screen.query_one(Hint).text.startswith("✎ bright host · ")
        assert app.screen.query_one("#light-curve").border_title == f"4 Light curve {NAMES[0]} ★ ✎ bright host"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_a_note_can_do_nothing_but_stand_there(text: str) -> None:
    """No markup, no escapes, no line of another width; the field begins with what can be typed."""
    engine = engine_with(notes=((NAMES[0], text),))
    async with hunting(engine) as (app, pilot):
        for keys in (["tab", "j", "k"], ["N"], ["escape", "C"], ["escape", "c"]):
            await pilot.press(*keys)
            await settled(pilot)
            lines = screen_text(app)
            assert not any(char < " " or "\x7f" <= char < "\xa0" for line in lines for char in line)


async def test_a_note_takes_so_many_characters_and_no_more() -> None:
    """Whatever is pasted."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", "N")
        app.screen.query_one(Input).insert_text_at_cursor("x" * 1000)
        await pilot.press("enter")
        await settled(pilot)
        assert engine.commands == [WriteNote(NAMES[0], "x" * MAX_NOTE)]


@pytest.mark.parametrize("key", ["*", "-", "N", "v", "h"])
async def test_without_an_object_the_keys_for_marks_say_so(key: str) -> None:
    """Nothing came through as yet."""
    engine = FakeEngine(replace(fake_night.streaming(), rows=fake_night.FakeRows(()), surviving_alerts=0))
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", key)
        await settled(pilot)
        assert engine.commands == []
        assert app.screen.query_one(Hint).text in ("No object is selected.", "No object of the table is hidden.")


async def test_starring_shows_no_stage_in_the_place_of_the_light_curve() -> None:
    """Only who works on the funnel works on a stage."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("tab", "*", "shift+tab")
        await settled(pilot)
        assert not app.screen.has_class("-stage")
