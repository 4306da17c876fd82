"""A terminal without Unicode: every screen is drawn in ASCII, and nothing moves by it."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from all_screens import SCREENS
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled
from rich.cells import cell_len

import huntui
from huntui.tui.ascii import in_ascii

_WIDE = re.compile(r"[^\x00-\x7f]")


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_every_screen_is_drawn_in_ascii(keys: tuple[str, ...]) -> None:
    """Frames, bars, curves, signs and words."""
    async with hunting(FakeEngine(), (160, 48), ascii=True) as (app, pilot):
        await pilot.press(*keys)
        await settled(pilot)
        assert app.ascii
        assert [line for line in screen_text(app) if not line.isascii()] == []


async def test_without_it_the_same_screen_is_drawn_in_unicode() -> None:
    """The test above can fail."""
    async with hunting(FakeEngine()) as (app, _):
        assert not all(line.isascii() for line in screen_text(app))


async def test_names_in_other_scripts_keep_their_width() -> None:
    """A treasure that is called in Chinese, with accents and an emoji."""
    snapshot = fake_night.streaming()
    treasures = (replace(snapshot.hunt.treasures[0], title="超新星 Étoile 🌟"), *snapshot.hunt.treasures[1:])
    snapshot = replace(snapshot, hunt=replace(snapshot.hunt, treasures=treasures))
    async with hunting(FakeEngine(snapshot), ascii=True) as (app, _):
        lines = screen_text(app)
        assert all(line.isascii() for line in lines)
        assert any("?????? Etoile ??" in line for line in lines)


def test_every_glyph_that_the_program_may_draw_has_a_stand_in() -> None:
    """No text of the program comes out with a question mark that was none."""
    root = Path(huntui.__file__).parent
    texts = [
        node.value
        for file in (*(root / "tui").rglob("*.py"), *(root / "render").rglob("*.py"), *(root / "engine").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    glyphs = {glyph for text in texts for glyph in _WIDE.findall(text)}
    assert len(glyphs) > 40
    assert {glyph for glyph in glyphs if in_ascii(glyph) == "?"} == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("drb ≥ 0.65", "drb >=0.65"),
        ("≤≥", "<>"),
        ("0.1 ± 0.004", "0.1 +-0.004"),
        ("╭─╮┏━┓┃│", "+-+#=##|"),
        ("●○◆◇■□▾▿", "*o&^@=vu"),
        ("⠀⠁⡀⡇⣿", " '.|#"),
        ("Étoile", "Etoile"),
        ("超", "??"),
        ("", ""),
    ],
)
def test_a_stand_in_is_as_wide_as_what_it_stands_for(text: str, shown: str) -> None:
    """A heavy frame is told from a light one, a line of dots from a heap."""
    assert in_ascii(text) == shown
    assert cell_len(shown) == cell_len(text)


def test_any_character_becomes_ascii_of_its_width() -> None:
    """All of the basic plane that a screen may draw, and some above it."""
    for code in (*range(0xA0, 0xD800), *range(0xE000, 0xFFF0), *range(0x1F300, 0x1F700)):
        char = chr(code)
        shown = in_ascii(char)
        assert shown.isascii()
        assert len(shown) == cell_len(char)
