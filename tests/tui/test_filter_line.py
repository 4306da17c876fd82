"""The line that filters the table."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from fake_night import FakeRows
from hunting import hunting, screen_text, settled, text_of
from synchronous_engine import SynchronousEngine
from test_hostile_text import HOSTILE
from textual import events
from textual.content import Content
from textual.keys import _character_to_key
from textual.widgets import Static

from huntui.columns import LIGHT_CURVE, PACKET
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.language.expression import compile_expression
from huntui.hunt.treasure import Hunt
from huntui.session.commands import FilterRows
from huntui.sources.simulated import SimulatedSource
from huntui.tui.app import HuntApp
from huntui.tui.widgets.filter_line import CompletionList, FilterLine, Hits
from huntui.tui.widgets.footer import Footer
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.light_curve import LightCurvePanel
from huntui.tui.widgets.line_input import LineInput
from huntui.tui.widgets.object_columns import USUAL, by_name, table_columns
from huntui.tui.widgets.objects import Objects


def typed(text: str) -> list[str]:
    """Return the keys of a text."""
    return ["slash", *text]


def bright(engine: FakeEngine, limit: float) -> list[str]:
    """Return the objects brighter than a limit."""
    rows = engine.latest.rows
    return [rows.object_id(row) for row in range(len(rows)) if rows.value("magpsf", row) < limit]


def said(app: HuntApp) -> str:
    """Return the line above the footer."""
    return app.screen.query_one(Hint).text


def title(app: HuntApp) -> str:
    """Return what stands in the frame of the table."""
    return Content.from_markup(app.screen.query_one(Objects).border_title or "").plain


async def test_every_key_that_makes_a_condition_filters_and_counts() -> None:
    """What is no condition sends nothing, is told, and leaves the last filter as it was."""
    engine = FakeEngine()
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press(*typed("magpsf < 1"))
        await settled(pilot)
        assert text_of(app.screen.query_one(Hits))[0].strip() == "0 of 64 objects"
        assert "none meets the filter" in text_of(app.screen.query_one(Objects))[1]
        await pilot.press("8")
        await settled(pilot)
        shown = bright(engine, 18)
        assert text_of(app.screen.query_one(Hits))[0].strip() == f"{len(shown)} of 64 objects"
        assert engine.commands == [FilterRows("magpsf < 1"), FilterRows("magpsf < 18")]
        await pilot.press(*" and fdi")
        await settled(pilot)
        assert len(engine.commands) == 2
        assert said(app) == "unknown column 'fdi' at character 17. Did you mean 'fid'?"
        assert app.screen.query_one(Hint).loud
        assert text_of(app.screen.query_one(Hits))[0].strip() == f"{len(shown)} of 64 objects"
        assert [text_of(app.screen.query_one(Objects))[1][2:14], len(shown) > 2] == [shown[0], True]


async def test_titles_of_the_table_mean_their_columns() -> None:
    """As they stand above it; what filters is written with the names that cuts use, and the name is offered first."""
    engine = FakeEngine()
    async with hunting(engine, size=(120, 36)) as (app, pilot):
        await pilot.press(*typed("mag < 18"))
        await settled(pilot)
        assert engine.commands[-1] == FilterRows("magpsf < 18")
        await pilot.press(*" and det", "enter")
        await settled(pilot)
        assert "n_det" in text_of(app.screen.query_one(CompletionList))[0]
        await pilot.press(*" > 0", "enter")
        await settled(pilot)
        assert engine.commands[-1] == FilterRows("magpsf < 18 and n_det > 0")
        assert "filter: magpsf < 18 and n_det > 0" in title(app)


def test_every_title_that_can_be_typed_is_known() -> None:
    """None of them is the name of another column, and texts in quotes stay as they are."""
    for column in table_columns(USUAL):
        if column.title and column.name != LIGHT_CURVE:
            assert by_name(f"{column.title} > 1") == f"{column.name} > 1"
            compile_expression(by_name(f"{column.title} > 1"), kinds())
            assert column.title == column.name or column.title not in kinds()
    assert by_name("ssnamenr == 'mag' and not mag > 3") == "ssnamenr == 'mag' and not magpsf > 3"


async def test_enter_keeps_the_filter_and_goes_to_the_objects() -> None:
    """The frame of the table has the condition, and the hint how to be rid of it."""
    engine = FakeEngine()
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press(*typed("magpsf < 18"), "enter")
        await settled(pilot)
        shown = bright(engine, 18)
        assert app.screen.focused is app.screen.query_one(Objects)
        assert not app.screen.query_one(FilterLine).display
        assert title(app) == f"2 · 1 of {len(shown)} · filter: magpsf < 18"
        await pilot.resize_terminal(120, 36)
        await settled(pilot)
        assert title(app) == f"2 Objects · 1 of {len(shown)} · filter: magpsf < 18"
        assert said(app) == "The table is filtered; / and then Esc shows all objects again."
        await pilot.press("end")
        assert app.screen.query_one(Objects).object_id == shown[-1]
        assert f"survivors {engine.latest.surviving_alerts} alerts of 64 objects" in " ".join(
            " ".join(screen_text(app)).split()
        )


@pytest.mark.parametrize("keys", [["escape"], ["ctrl+c"], ["ctrl+u", "enter"]], ids=str)
async def test_escape_and_an_empty_condition_show_all_objects(keys: list[str]) -> None:
    """And give the focus back to the panel that had it."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("tab", *typed("magpsf < 18"), "enter", "shift+tab", "slash")
        assert app.screen.query_one(LineInput).value == "magpsf < 18"
        await pilot.press(*keys)
        await settled(pilot)
        assert engine.latest.row_filter == ""
        assert title(app) == "2 Objects · 1 of 64"
        assert app.screen.focused.id == "funnel"
        assert not app.screen.query_one(FilterLine).display


async def test_what_is_no_condition_is_to_be_mended_before_the_line_is_left() -> None:
    """Enter does not throw away what was typed."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press(*typed("magpsf < 18 and"), "enter")
        await settled(pilot)
        assert app.screen.query_one(FilterLine).is_typed_into
        assert "ends where something should follow" in said(app)
        await pilot.press(*["backspace"] * 4, "enter")
        await settled(pilot)
        assert engine.latest.row_filter == "magpsf < 18"
        assert app.screen.focused is app.screen.query_one(Objects)


async def test_a_word_is_completed_with_its_unit_and_meaning() -> None:
    """Tab takes the first of them, wherever in the condition the cursor is; the keys of the footer are the line's."""
    async with hunting(FakeEngine(), size=(120, 36)) as (app, pilot):
        await pilot.press(*typed("ssd"))
        choices = app.screen.query_one(CompletionList)
        assert text_of(choices)[0].split()[:3] == ["Tab", "ssdistnr", "arcsec"]
        assert PACKET["ssdistnr"].meaning[:30] in text_of(choices)[0]
        await pilot.press("tab")
        field = app.screen.query_one(LineInput)
        assert (field.value, field.cursor_position) == ("ssdistnr", 8)
        await pilot.press(*" < ab", "tab", *"magp", "tab", ")")
        assert field.value == "ssdistnr < abs(magpsf)"
        await pilot.press("home", "right", "right", "right")
        assert "ssdistnr" in text_of(choices)[0]
        assert text_of(app.screen.query_one(Footer))[0].strip() == "Tab complete  Enter keep  Esc show all"
        await pilot.press("end", "space", "tab")
        assert field.value == "ssdistnr < abs(magpsf) "


async def test_keys_typed_in_one_breath_make_the_condition_and_then_move() -> None:
    """Nothing of it goes to the panels before Enter, nor into the line after it."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        for key in (*"/magpsf<18", "enter", *"jj"):
            app.post_message(events.Key(_character_to_key(key), key) if len(key) == 1 else events.Key(key, None))
        await settled(pilot)
        assert engine.latest.row_filter == "magpsf<18"
        assert app.screen.query_one(Objects).object_id == bright(engine, 18)[2]
        assert {type(command) for command in engine.commands} == {FilterRows}


async def test_the_cursor_comes_back_to_its_object() -> None:
    """However many filters it did not meet while somebody typed."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        objects = app.screen.query_one(Objects)
        mine = bright(engine, 18)[3]
        await pilot.press("tab", *["j"] * engine.latest.rows.find(mine))
        assert objects.object_id == mine
        await pilot.press(*typed("magpsf < 18"))
        await settled(pilot)
        assert objects.object_id == mine
        assert app.screen.query_one(LightCurvePanel).object_id == mine
        await pilot.press("ctrl+u", *"drb > 2")
        await settled(pilot)
        assert objects.object_id is None
        await pilot.press("escape")
        await settled(pilot)
        assert objects.object_id == mine


async def test_a_filter_follows_the_night() -> None:
    """Counts go on while somebody types, and after."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press(*typed("magpsf < 18"))
        rows = engine.latest.rows
        more = FakeRows((*rows.table, *rows.table))
        engine.publish(replace(engine.latest, rows=more, matching=FakeRows(rows.table[:7])))
        await settled(pilot)
        assert text_of(app.screen.query_one(Hits))[0].strip() == "7 of 128 objects"


async def test_the_line_is_left_when_another_panel_is_gone_to() -> None:
    """By a click or by Shift+Tab; the filter stays."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        for leave in (lambda: pilot.press("shift+tab"), lambda: pilot.click("#checklist")):
            await pilot.press("slash", "ctrl+u", *"magpsf < 18 an")
            await leave()
            await settled(pilot)
            assert not app.screen.query_one(FilterLine).display
            assert engine.latest.row_filter == "magpsf < 18"
            assert "cannot be read" not in said(app)


async def test_a_key_for_objects_says_why_there_is_none() -> None:
    """Some came through the funnel, but none is shown."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press(*typed("magpsf < 1"), "enter", "c")
        await settled(pilot)
        assert said(app) == "No object is selected: none meets the filter."


async def test_an_export_says_that_the_filter_is_not_its_own() -> None:
    """All survivors are written."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press(*typed("magpsf < 18"), "enter", "e")
        note = str(app.screen.query_one("#outcome", Static).content)
        assert note == "The filter is the table's alone: all 64 survivors are written."


async def test_what_was_said_is_seen_while_somebody_types_until_the_next_key() -> None:
    """A message of the engine comes before what is wrong with the condition."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press(*typed("mag"))
        engine.publish(replace(engine.latest, message="mine.yaml was written"))
        await settled(pilot)
        assert said(app) == "mine.yaml was written"
        await pilot.press("x")
        await settled(pilot)
        assert "unknown column 'magx'" in said(app)


@pytest.mark.parametrize("text", [*HOSTILE, "\n", "\r\n\r\n", "magpsf <\n  18"], ids=ascii)
@pytest.mark.parametrize("size", [(60, 16), (120, 36)])
async def test_whatever_is_pasted_stays_in_the_line(text: str, size: tuple[int, int]) -> None:
    """No line of the screen changes its width, and nothing reaches the terminal as an escape."""
    engine = FakeEngine()
    async with hunting(engine, size) as (app, pilot):
        await pilot.press("slash")
        for moves in ([], ["home"], ["end", "enter"]):
            app.post_message(events.Paste(text))
            await settled(pilot)
            await pilot.press(*moves)
            lines = screen_text(app)
            assert len(lines) == size[1]
            assert not any(char < " " or "\x7f" <= char < "\xa0" for line in lines for char in line)


async def test_pasted_lines_become_one_condition() -> None:
    """As when it was folded in a file of cuts."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("slash")
        app.post_message(events.Paste("magpsf < 18\n\tand fid == 1\n"))
        await settled(pilot)
        assert engine.latest.row_filter == "magpsf < 18  and fid == 1"


async def test_a_condition_that_is_too_long_is_told() -> None:
    """3,000 characters are more than the language takes; what is too much for the line is left out."""
    engine = FakeEngine()
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press("slash")
        app.post_message(events.Paste("drb > 0 or " * 272 + "drb > 0"))
        await settled(pilot)
        assert said(app).startswith("the expression is too long at character 2001.")
        assert engine.commands == []
        app.post_message(events.Paste("x" * 1_000_000))
        await settled(pilot)
        assert len(app.screen.query_one(LineInput).value) == 10_000
        await pilot.press("escape")
        assert not app.screen.query_one(FilterLine).display


async def test_a_filter_with_brackets_is_no_markup() -> None:
    """In the frame of the table it stands as it was typed."""
    engine = FakeEngine()
    async with hunting(engine, size=(200, 60)) as (app, pilot):
        await pilot.press(*typed("fid in [1, 2]"), "enter")
        await settled(pilot)
        assert "filter: fid in [1, 2]" in "\n".join(screen_text(app))


async def test_a_real_night_is_filtered() -> None:
    """Over all that the language can say; the funnel and what can be undone stay as they were."""
    engine = SynchronousEngine(SimulatedSource("20240707", count=200), NO_CUTS, Hunt("none", "", ()))
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press(*typed("isdiffpos == 't' and log10(abs(rate) + 1) >= 0"), "enter")
        await settled(pilot)
        table = engine.latest.shown
        assert 0 < len(table) < len(engine.latest.rows)
        assert {table.value("isdiffpos", row) for row in range(len(table))} == {"t"}
        assert title(app).startswith(f"2 · 1 of {len(table)} · filter: isdiffpos == 't' and")
        assert not engine.latest.can_undo


async def test_a_filter_can_be_typed_before_anything_came() -> None:
    """In the smallest window as well."""
    engine = FakeEngine(replace(fake_night.streaming(0.0), rows=FakeRows(())))
    async with hunting(engine, size=(60, 16)) as (app, pilot):
        await pilot.press(*typed("magpsf < 18"))
        await settled(pilot)
        assert text_of(app.screen.query_one(Hits))[0].strip() == "0 of 0 objects"
        assert "none yet" in text_of(app.screen.query_one(Objects))[1]
