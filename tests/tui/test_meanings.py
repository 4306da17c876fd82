"""What words mean: every word of jargon on the screen has one line, and is found by a key."""

import re

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, text_of
from textual.widget import Widget

from huntui import glossary, shipped, truth
from huntui.actions import ON_SCREEN, PANELS
from huntui.features.registry import columns, kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.language.functions import FUNCTIONS
from huntui.glossary import OF_PANEL, WORDS
from huntui.hunt.hunt import load_hunt
from huntui.tui.screens.meanings import Meanings, meanings
from huntui.tui.widgets.checklist import Checklist
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.meaning_list import MeaningList
from huntui.tui.widgets.object_columns import USUAL, table_columns
from huntui.tui.widgets.objects import Objects

LONGEST = 120


def known(word: str) -> bool:
    """Whether a word of the screen has a meaning."""
    return glossary.word(word) is not None or word in columns() or word in FUNCTIONS


def test_each_word_stands_there_once_with_a_short_meaning() -> None:
    """No word is written twice, none is a column, whose meaning stands elsewhere, and none runs on."""
    names = [name for word in WORDS for name in (word.name, *word.also)]
    assert len(set(names)) == len(names)
    for word in WORDS:
        assert word.name not in columns(), word.name
        assert not word.column or word.column in columns(), word.name
        assert 10 < len(word.meaning) <= LONGEST, word.name
        assert word.meaning[-1] != ".", word.name


def test_every_panel_has_words_and_each_of_them_a_meaning() -> None:
    """By the name that stands in the list."""
    assert set(OF_PANEL) == set(ON_SCREEN)
    for panel, names in OF_PANEL.items():
        assert [one.name for one in meanings(panel, ())[0]] == list(names), panel


async def test_the_headings_on_the_screen_have_a_meaning() -> None:
    """Of the table, the funnel and the checklist, and the names of the panels."""
    async with hunting(FakeEngine(), size=(200, 60)) as (app, _):
        headings = [text_of(app.screen.query_one(one))[0] for one in (Funnel, Checklist)]
        said = [word for line in headings for word in re.split(r"  +", line.strip()) if word]
        assert len(said) >= 8
        titles = [column.title for column in table_columns(USUAL) if column.title]
        heading = text_of(app.screen.query_one(Objects))[0]
        assert all(title in heading for title in titles[:6])
        names = ["objectId", *(PANELS[panel].lower() for panel in ON_SCREEN), *titles]
        assert not [word for word in (*said, *names) if not (known(word) or known(f"{word} map"))]


@pytest.mark.parametrize("kind", ["cuts", "hunts"])
def test_every_column_that_what_came_with_huntui_reads_has_a_meaning(kind: str) -> None:
    """And is listed first where its stage is marked."""
    for name in shipped.names(kind):  # type: ignore[arg-type]
        path = shipped.find(kind, name)  # type: ignore[arg-type]
        if kind == "cuts":
            read = [stage.expression.kinds for stage in load_cuts(path, kinds()).stages]
        else:
            read = [one.looks_like.kinds for one in load_hunt(path, kinds(), truth.kinds()).treasures]
        for names in read:
            found = meanings("funnel", names)[0]
            assert [one.name for one in found[: len(names)]] == list(names)
            assert all(one.meaning for one in found)


async def listed(widget: Widget) -> str:
    """Return what the list shows."""
    return "\n".join(text_of(widget))


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_a_key_lists_the_words_of_what_is_selected_and_a_word_is_looked_for(size: tuple[int, int]) -> None:
    """The letters go into the field, also those that are keys elsewhere; Escape goes back."""
    async with hunting(FakeEngine(fake_night.streaming()), size=size) as (app, pilot):
        await pilot.press("2", "i")
        assert isinstance(app.screen, Meanings)
        found = app.screen.query_one(MeaningList)
        assert "magpsf" in await listed(found)
        assert "Objects" in await listed(found)
        await pilot.press(*"upper l")
        await pilot.pause()
        text = await listed(found)
        assert "nothing was seen" in " ".join(text.split())
        await pilot.press(*"xyz")
        await pilot.pause()
        assert "No word has that in it." in await listed(found)
        screen_text(app)
        await pilot.press("escape")
        assert not isinstance(app.screen, Meanings)


async def test_the_list_scrolls_to_its_last_word() -> None:
    """There are many."""
    async with hunting(FakeEngine(), size=(80, 24)) as (app, pilot):
        await pilot.press("i")
        found = app.screen.query_one(MeaningList)
        assert "funnel" in await listed(found)
        await pilot.press(*["pagedown"] * 60)
        assert "↓" not in await listed(found)
        last = max((*columns(), *FUNCTIONS, *(word.name for word in WORDS)), key=str.lower)
        assert last in await listed(found)
