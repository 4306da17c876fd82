"""Whatever is typed or pasted into the editor."""

import random
from pathlib import Path

import pytest
from editing import night, pasting, real_night, said, typing
from hunting import hunting, screen_text

from huntui.features.registry import kinds
from huntui.funnel.draft import draft_of
from huntui.tui.screens.edit_stage import EditStage as Editor
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.widgets.condition import Condition

HOSTILE = (
    "'", '"', "((((((((((", ")", "[/red]", "[bold]x[/]", "\n", "a\r\nb\tc", "\x00", "\x1b[2J", "\ud800", "\u202e",
    "drb >= 0.5\nand rb > 0.5", "x" * 3000, "magpsf < " * 400, "👩‍👩‍👧‍👦", "e\u0301", "宽宽宽 < 宽", "# comment",
    "1e999 < rb", "drb.__class__", "lambda: 0", "f'{drb}' == 't'", "not " * 80 + "drb > 0", "", " ", "\u2028",
    "\x0b", "drb_min",
)  # fmt: skip
KEYS = (
    "enter", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "backspace", "delete", "f2", "f3",
    "ctrl+z", "ctrl+y", "ctrl+u", "ctrl+k", "ctrl+w", "pageup", "pagedown", "shift+left", "space",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_no_text_and_no_key_brings_the_editor_down(seed: int) -> None:
    """Pasted or typed into whatever has the focus, in any order; nothing leaves its line."""
    engine, chance = night(), random.Random(seed)
    async with hunting(engine, (80, 24)) as (app, pilot):
        await pilot.press("enter")
        for _ in range(40):
            if not isinstance(app.screen, Editor):
                await pilot.press("u", "enter")
            if chance.random() < 0.4:
                await pasting(pilot, chance.choice(HOSTILE))
            elif chance.random() < 0.4:
                await typing(pilot, "".join(char for char in chance.choice(HOSTILE)[:12] if char.isprintable()))
            else:
                await pilot.press(chance.choice(KEYS))
            lines = screen_text(app)
            assert not any(char < " " or "\x7f" <= char < "\xa0" for line in lines for char in line)
        while isinstance(app.screen, Editor):
            await pilot.press("escape")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_whatever_is_pasted_as_a_condition_is_taken_or_refused_in_words(text: str) -> None:
    """And what ran before runs on where it is refused."""
    engine = night()
    async with hunting(engine, (80, 24)) as (app, pilot):
        await pilot.press("enter")
        app.screen.query_one(Condition).select_all()
        await pasting(pilot, text)
        assert said(app)
        kept = engine.latest.stages[0].keep
        assert kept == "drb >= drb_min" or draft_of(engine.latest.cuts.stages[0]).build(kinds())
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, HuntScreen)
        assert engine.latest.stages[0].keep == "drb >= drb_min"


async def test_lines_that_are_pasted_are_one_condition() -> None:
    """As in a cuts file."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("a")
        await pasting(pilot, "drb >= 0.5\r\nand magpsf\t< 19\n")
        assert said(app).startswith("It runs")
        assert engine.latest.stages[1].keep == "drb >= 0.5 and magpsf < 19"
        await pilot.press("home", *"(", "end")
        await pasting(pilot, ") # bright\n")


async def test_undo_on_the_screen_goes_back_over_everything_that_was_edited(packets: Path) -> None:
    """A stage added, one renamed, one moved, one removed, a value typed: five steps and back."""
    async with real_night(packets) as (engine, _, pilot):
        before = engine.latest
        await pilot.press("a")
        await typing(pilot, "magpsf < 20")
        await pilot.press("enter", "enter", "shift+tab", "shift+tab", *"x", "enter", "J", "up", "v", *"3", "enter", "D")
        await pilot.pause()
        after = engine.latest
        assert after.timeline.place == 5, [past.what for past in after.timeline.states]
        await pilot.press(*"uuuuu")
        await pilot.pause()
        assert engine.latest.cuts == before.cuts
        assert engine.latest.stages == before.stages
        await pilot.press(*"UUUUU")
        await pilot.pause()
        assert engine.latest.cuts == after.cuts
