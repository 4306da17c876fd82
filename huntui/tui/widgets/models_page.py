"""The page of the models: name, state and speed of each, what its score means, and what it lacks."""

from collections.abc import Iterator, Sequence

from huntui.engine.model_state import ModelState
from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, clean, count, wrapped
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.scrolling import Page
from huntui.tui.widgets.searched_page import SearchedPage

_NAME, _INDENT = 20, 4
_NONE = (
    "No model is here. huntui models import FILE adds one, as acai_h.h5 of github.com/dmitryduev/acai; "
    "huntui models train makes one. Its score is a column that cuts, the table and treasures can use."
)


class ModelsPage(SearchedPage):
    """A few lines for each model."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="models-text")

    def page_of(self, width: int) -> Page:
        """Return the models that have the words."""
        models = self.snapshot.models
        found = [one for one in models if self.fits(f"{one.name} {' '.join(one.columns)} {one.meaning}")]
        words = "No model is called so or means that." if models else _NONE
        none: list[list[Piece]] = [[(cell(line, width), "muted")] for line in wrapped(words, max(10, width))]
        body = [line for one in found for line in _lines(one, width)]
        return Page([self.search_line(width, "/", f"{len(found)} of {len(models)} models")], body or none, [[]])


def _lines(one: ModelState, width: int) -> Iterator[Sequence[Piece]]:
    sign: Piece = ("✗ ", "bad") if one.problem else ("✓ ", "good")
    yield [sign, (cell(clean(one.name), _NAME), "title"), (f" {_state(one)}", "warn" if one.problem else "value")]
    if one.columns != (one.name,):
        yield from _paragraph(f"columns {', '.join(one.columns)}", width, "value")
    if one.meaning:
        yield from _paragraph(one.meaning, width, "muted")
    if one.problem:
        yield from _paragraph(one.problem, width, "warn")


def _state(one: ModelState) -> str:
    if one.problem:
        return "cannot be asked"
    if not one.asked and not one.waiting:
        return "ready, nobody has asked"
    told = [f"{count(one.scored)} scored"]
    if one.asked > one.scored:
        told.append(f"{count(one.asked - one.scored)} without a score")
    if one.waiting:
        told.append(f"{count(one.waiting)} wait")
    if one.microseconds is not None:
        told.append(f"{count(round(one.microseconds))} µs each")
    return ", ".join(told)


def _paragraph(words: str, width: int, style: str) -> Iterator[Sequence[Piece]]:
    for line in wrapped(clean(words, len(words)), max(10, width - _INDENT)):
        yield [(" " * _INDENT, "plain"), (line, style)]
