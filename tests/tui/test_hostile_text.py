"""Text from packets and hunt files cannot draw outside its cell, act as markup or reach the terminal as an escape."""

from dataclasses import replace

import fake_night
import pytest
from fake_engine import FakeEngine
from fake_night import FakeRows
from hunting import hunting, screen_text
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from huntui.tui.text import cell, clean, wrapped

HOSTILE = (
    "\x1b[2J\x1b[31mred",
    "[bold red on white]markup[/]",
    "[/nothing to close]",
    "[@click=app.bell]click[/]",
    "line\nbreak\r\ttab",
    "宽宽宽宽宽宽宽宽宽宽宽宽宽宽",
    "e" + "\u0301" * 50,
    "\u202egnp.exe",
    "👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
    "\x9b31mC1",
    "a\u200bb\ufeffc\u00ad",
    "x" * 3000,
    "\ud800",
    "",
)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_hostile_text_stays_in_its_cell(text: str, size: tuple[int, int]) -> None:
    """With the same text as object, stage, knob, treasure, source and message, no line changes its width."""
    snapshot = fake_night.streaming()
    rows = FakeRows(({**snapshot.rows.table[0], "objectId": text},), {text: ("supernova",)})
    stages = tuple(replace(stage, name=text, title=text, keep=text) for stage in snapshot.stages)
    treasures = tuple(replace(treasure, title=text, about=text, beware=text) for treasure in snapshot.hunt.treasures)
    engine = FakeEngine(
        replace(
            snapshot,
            rows=rows,
            stages=stages,
            message=text,
            hunt=replace(snapshot.hunt, treasures=treasures),
            night=replace(snapshot.night, source=text, date=text, simulated=False),
        )
    )
    async with hunting(engine, size) as (app, pilot):
        for keys in ([], ["tab"], ["tab"], ["c"], ["escape", "o"], ["e"], ["escape", "question_mark"]):
            await pilot.press(*keys)
            lines = screen_text(app)
            assert len(lines) == size[1]
            assert not any(char < " " or "\x7f" <= char < "\xa0" for line in lines for char in line)


@given(st.text(max_size=60), st.integers(0, 30), st.booleans())
def test_a_cell_is_exactly_as_wide_as_it_should_be(text: str, width: int, right: bool) -> None:
    """Whatever is in it."""
    assert cell_len(cell(text, width, right=right)) == width


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    """Cleaning twice is cleaning once, and no character is invisible or moves the cursor."""
    assert clean(clean(text)) == clean(text)
    assert all(char.isprintable() for char in clean(text))


def test_ordinary_text_is_left_as_it_is() -> None:
    """Accents and other alphabets are ordinary."""
    assert clean("Étoile à neutrons, 超新星, ångström") == "Étoile à neutrons, 超新星, ångström"
    assert clean("e\u0301toile") == "étoile"


def test_long_text_is_broken_between_words() -> None:
    """No line is longer than it may be while words are shorter."""
    assert wrapped("a star that explodes", 8) == ["a star", "that", "explodes"]
    assert wrapped("", 8) == []
