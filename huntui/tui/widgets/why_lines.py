"""The explanation of an alert as lines of some width."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from huntui.render.explanation import comparisons, let_in, mark, notes, scored, verdict
from huntui.tui.text import cell, wrapped
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.scrolling import Lines, Page

if TYPE_CHECKING:
    from huntui.engine.explanation import AlertExplained
    from huntui.funnel.explain import Explained

_LONGEST_NAME = 20
_LEAST_ROOM = 24
"""Cells that what a stage says always has; where its name leaves fewer, it stands below the name."""
_MARK_STYLES = {"✓": "good", "✗": "bad", "○": "faint", "?": "warn"}


def why_page(alert: "AlertExplained", said: str, keys: tuple[str, str], width: int) -> Page:
    """Return the page about an alert; `said` is what happened last, `keys` those to let it in and to step through."""
    body, point = _body(alert.stages, width)
    for one in alert.scores:
        first, *made_by = scored(one.column, one.score, one.no_score, one.strongest)
        made = [line for words in made_by for line in _paragraph(words, width - 4, "muted")]
        body = [*body, *_paragraph(first, width, "value"), *([("    ", ""), *line] for line in made)]
    return Page(_head(alert, keys[1], width), body, _foot(alert, said, keys[0], width), point)


def page_of_words(words: str, width: int, *, wrong: bool) -> Page:
    """Return the page where there is no alert to speak of."""
    return Page((), _paragraph(words, width, "warn" if wrong else "muted"))


def _paragraph(words: str, width: int, style: str) -> list[list[Piece]]:
    return [[(cell(line, width), style)] for line in wrapped(words, max(1, width))]


def _head(alert: "AlertExplained", key: str, width: int) -> Lines:
    style = "bad" if alert.rejected_by else "good"
    number = len(alert.candids)
    place = alert.candids.index(alert.candid) + 1 if alert.candid in alert.candids else 1
    which = f"Alert {place} of {number}, candid {alert.candid}" + (f"; {key}" if number > 1 else "")
    return [*_paragraph(f"{alert.object_id} {verdict(alert.stages)}", width, style), [(cell(which, width), "muted")]]


def _body(stages: "tuple[Explained, ...]", width: int) -> tuple[Lines, int]:
    """Return the lines of all stages, and which of them is the last one of the first stage that rejects."""
    if not stages:
        return _paragraph("These cuts have no stages: every alert comes through.", width, "muted"), 0
    longest = min(_LONGEST_NAME, max(len(one.stage.name) for one in stages))
    lines: list[Sequence[Piece]] = []
    point = 0
    for one in stages:
        lines += _stage(one, longest, width)
        if one.rejects and not point:
            point = len(lines) - 1
    return lines, point


def _stage(one: "Explained", longest: int, width: int) -> Lines:
    sign, name = mark(one), cell(one.stage.name, longest)
    indent, own_line = longest + 4, width - longest - 4 < _LEAST_ROOM
    if own_line:
        indent = 4
    told = _paragraph("; ".join(comparisons(one)), width - indent, "value" if one.rejects else "muted")
    for note in notes(one):
        told += _paragraph(note, width - indent, "key" if note.startswith("let in") else "warn")
    first: list[Piece] = [(f"{sign} ", _MARK_STYLES[sign] if not one.rejects else "bad")]
    first.append((name + "  ", "title" if one.rejects else ""))
    if own_line:
        return [first, *([(" " * indent, ""), *line] for line in told)]
    return [[*first, *told[0]], *([(" " * indent, ""), *line] for line in told[1:])]


def _foot(alert: "AlertExplained", said: str, key: str, width: int) -> Lines:
    lines = [[(" " * width, "")]]
    if said:
        return lines + _paragraph(said, width, "good")
    words = let_in(alert.stages, alert.rescue)
    if not words:
        return lines + _paragraph("Every stage that is on keeps it.", width, "muted")
    if alert.rescue:
        words += f"; {key} turns {'it' if len(alert.rescue) == 1 else 'them'} so"
    return lines + _paragraph(words[0].upper() + words[1:] + ".", width, "key" if alert.rescue else "warn")
