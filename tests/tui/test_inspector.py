"""The inspector: all values of an object, what they mean, and how they are found."""

import asyncio
from dataclasses import replace

import fake_night
import fake_values
import pytest
from fake_engine import FakeEngine
from hunting import hunting, settled, text_of
from textual import events

from huntui.engine.face import ObjectDetail
from huntui.features.registry import columns
from huntui.session.commands import Pause
from huntui.tui.app import HuntApp
from huntui.tui.widgets.inspector import Inspector


def inspector_of(app: HuntApp) -> Inspector:
    """Return the inspector."""
    return app.screen.query_one(Inspector)


async def test_every_value_of_the_object_is_listed_with_unit_and_meaning() -> None:
    """Zoomed, from the first to the last."""
    async with hunting(FakeEngine(), (200, 60)) as (app, pilot):
        await pilot.press("8", "z")
        seen = []
        for _ in columns():
            seen.append(inspector_of(app).marked.name)
            await _down(app)
        assert sorted(seen) == sorted(columns())
        await pilot.press("home")
        line = next(line for line in text_of(inspector_of(app)) if " fwhm " in line)
        assert "pixel" in line
        assert "full width at half maximum of a Gaussian core" in line


async def test_columns_that_the_cuts_use_come_first_and_are_marked() -> None:
    """As soon as a stage is switched off its columns are like all others."""
    engine = FakeEngine()
    async with hunting(engine, (200, 60)) as (app, pilot):
        lines = text_of(inspector_of(app))
        assert "● drb " in lines[1]
        assert "used by real" in " ".join(lines)
        off = tuple(replace(stage, enabled=stage.name != "real") for stage in engine.latest.stages)
        engine.publish(replace(engine.latest, stages=off, cuts_version=engine.latest.cuts_version + 1))
        await settled(pilot)
        assert not any("● drb " in line for line in text_of(inspector_of(app)))


async def test_words_narrow_the_list_and_no_letter_of_them_is_another_key() -> None:
    """q would quit, p would pause, u would undo."""
    engine = FakeEngine()
    async with hunting(engine, (200, 60)) as (app, pilot):
        await pilot.press("8", "slash", "p", "s", "1", "space", "q", "backspace", "backspace")
        lines = text_of(inspector_of(app))
        assert lines[0].startswith("/ ps1▏")
        assert "sgscore1" in " ".join(lines)
        assert "fwhm" not in " ".join(lines)
        assert engine.commands == []
        await pilot.press("enter", "p")
        assert engine.commands == [Pause()]
        assert "fwhm" not in " ".join(text_of(inspector_of(app)))
        await pilot.press("escape")
        assert "fwhm" in " ".join(text_of(inspector_of(app)))


async def test_escape_while_typing_shows_all_values_again() -> None:
    """And the keys mean what they meant."""
    async with hunting(FakeEngine(), (120, 36)) as (app, pilot):
        await pilot.press("8", "slash", "z", "z", "z")
        assert "No column is called so" in " ".join(text_of(inspector_of(app)))
        await pilot.press("escape")
        assert inspector_of(app).marked.name == "drb"


async def test_leaving_the_panel_ends_typing_and_keeps_the_words() -> None:
    """The table has its letters again."""
    async with hunting(FakeEngine(), (200, 60)) as (app, pilot):
        await pilot.press("8", "slash", "r", "b", "tab", "j")
        assert not inspector_of(app).is_typed_into
        assert inspector_of(app).words == "rb"


async def test_pasted_text_is_clean_and_of_bounded_length() -> None:
    """With an escape, ends of lines and a million characters."""
    async with hunting(FakeEngine(), (200, 60)) as (app, pilot):
        await pilot.press("8", "slash")
        app.screen.focused.post_message(events.Paste("\x1b[31mrb\n\nscore " + "x" * 1_000_000))
        await pilot.pause()
        words = inspector_of(app).words
        assert words.startswith("·[31mrb score xx")
        assert len(words) <= 60


async def test_the_cursor_stays_on_its_column_when_another_object_is_selected() -> None:
    """So that one value can be followed from object to object."""
    async with hunting(FakeEngine(), (200, 60)) as (app, pilot):
        await pilot.press("8", "j", "j", "2", "j")
        await settled(pilot)
        assert inspector_of(app).object_id == fake_night.object_id(1)
        assert inspector_of(app).marked.name == "fwhm"


async def test_a_value_that_is_missing_says_what_that_means() -> None:
    """A null and a -999 are different things."""
    async with hunting(FakeEngine(), (200, 60)) as (app, pilot):
        await pilot.press("8", "z")
        values = {**fake_values.values("ZTF1", 0), "drb": None, "distpsnr1": -999.0}
        curve = fake_night.light_curve(0)
        inspector_of(app).show_object("ZTF1", ObjectDetail("ZTF1", curve, values))
        text = " ".join(" ".join(text_of(inspector_of(app))).split())
        assert "null: the packet does not say, or it cannot be computed" in text
        await pilot.press("slash", *"distpsnr1")
        text = " ".join(" ".join(text_of(inspector_of(app))).split())
        assert "no match" in text
        assert "-999: nothing was found within the search radius" in text


async def test_hostile_text_in_a_packet_stays_in_its_cell() -> None:
    """Escapes, markup, ends of lines and wide characters."""
    async with hunting(FakeEngine(), (120, 36)) as (app, pilot):
        await pilot.press("8")
        inspector = inspector_of(app)
        values = {**fake_values.values("ZTF1", 0), "objectId": "\x1b[2J[bold]\n超新星" * 50, "publisher": "\u202eabc"}
        inspector.show_object("\x1b[31mZTF", ObjectDetail("ZTF1", fake_night.light_curve(0), values))
        inspector.words = "objectid"
        inspector.searched_anew()
        lines = text_of(inspector)
        assert all("\x1b" not in line and "\n" not in line for line in lines)
        assert any("·[2J[bold]·" in line for line in lines)
        assert "\x1b" not in str(inspector.border_title)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (100, 30), (120, 36), (200, 60)])
@pytest.mark.parametrize("zoomed", [False, True])
async def test_it_has_a_cursor_in_every_size(size: tuple[int, int], zoomed: bool) -> None:
    """The first value is in view, and so is the last after End."""
    async with hunting(FakeEngine(), size) as (app, pilot):
        await pilot.press("8", *["z"] * zoomed)
        assert any("▸● drb" in line for line in text_of(inspector_of(app)))
        await pilot.press("end")
        last = inspector_of(app).marked.name
        assert any(line.startswith(f"▸  {last[:6]}") for line in text_of(inspector_of(app)))


async def _down(app: HuntApp) -> None:
    inspector_of(app).action_value_down()
    await asyncio.sleep(0)
