"""What the word at the cursor of a condition may become."""

from itertools import pairwise

import pytest
from editing import night, typing
from hunting import hunting, screen_text, text_of

from huntui.tui.screens.edit_stage import EditStage as Editor
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.widgets.completion_list import CompletionList
from huntui.tui.widgets.condition import Condition


async def test_a_word_is_completed_with_tab_or_enter_and_both_keep_their_other_meaning() -> None:
    """A function gets its parenthesis."""
    async with hunting(night()) as (app, pilot):
        await pilot.press("a")
        condition, completions = app.screen.query_one(Condition), app.screen.query_one(CompletionList)
        await typing(pilot, "magp")
        assert completions.is_open
        assert "magpsf" in "\n".join(text_of(completions))
        await pilot.press("enter")
        assert condition.written == "magpsf"
        assert not completions.is_open
        await typing(pilot, " < 19 and coal")
        await pilot.press("tab")
        assert condition.written == "magpsf < 19 and coalesce("
        await pilot.press("tab")
        assert not condition.has_focus


async def test_the_list_is_walked_and_closed_without_leaving_the_editor() -> None:
    """Esc closes the list first; it says what each name is and in which unit."""
    async with hunting(night()) as (app, pilot):
        await pilot.press("a")
        condition, completions = app.screen.query_one(Condition), app.screen.query_one(CompletionList)
        await typing(pilot, "mag")
        assert any("mag " in line and "aperture magnitude" in line for line in text_of(completions))
        await pilot.press("down", "down", "up", "enter")
        assert condition.written == "magapbig"
        await pilot.press("backspace")
        assert completions.is_open
        await pilot.press("escape")
        assert not completions.is_open
        assert isinstance(app.screen, Editor)
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)


async def test_enter_after_a_whole_name_is_done() -> None:
    """Though longer names begin with it, and the list shows what it is."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        await pilot.press("a")
        await typing(pilot, "0.5 < rb")
        assert app.screen.query_one(CompletionList).is_open
        assert "rb" in text_of(app.screen.query_one(CompletionList))[0]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HuntScreen)
        assert engine.latest.stages[1].keep == "0.5 < rb"


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_the_list_hides_neither_what_is_wrong_nor_the_counts(size: tuple[int, int]) -> None:
    """The error, the list and the counts stand below each other within the window."""
    async with hunting(night(), size) as (app, pilot):
        await pilot.press("enter", "end")
        await typing(pilot, " and mag")
        places = [
            app.screen.query_one(name).region for name in ("#condition", "#outcome", "#completions", "#stage-counts")
        ]
        assert all(above.bottom <= below.y for above, below in pairwise(places))
        assert all(place.height >= 2 and place.bottom < size[1] for place in places)
        text = "\n".join(screen_text(app))
        assert "Unknown column 'mag'" in text
        assert "aperture magnitude" in text
        assert "survivors" in text
