"""The lines of a comparison as pieces of text: two funnels side by side, and the names of three lists."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from huntui.tui.text import cell, clean, count, decimals
from huntui.tui.widgets.panel import Piece

if TYPE_CHECKING:
    from huntui.engine.comparison import Comparison, Side
    from huntui.funnel.counts import StageCount

SIDES = ("gained", "lost", "common")
"""The lists, in the order in which they stand."""
MEANINGS = {
    "gained": "B keeps these objects, A does not",
    "lost": "A keeps these objects, B does not",
    "common": "both keep these objects",
}
_BETWEEN = " │ "
_LONGEST_NAME, _LEAST_KNOBS = 22, 12


def funnels(found: "Comparison", title: str, width: int, height: int) -> list[list[Piece]]:
    """Return A and B side by side in at most `height` lines, the survivors of both in the last; `title` is B's."""
    half = (width - len(_BETWEEN)) // 2
    number = max((len(count(stage.entered)) for stage in (*found.a.stages, *found.b.stages)), default=1)
    rows = max(1, height - 2)
    left = _funnel(("A", f"{found.a.cuts.name} (in force)"), found.a, found.b, half, rows, number)
    right = _funnel(("B", title), found.b, found.a, half, rows, number)
    blank: list[Piece] = [(" " * half, "plain")]
    lines = zip_longest(left[:-1], right[:-1], fillvalue=blank)
    return [_joined(a, b) for a, b in (*lines, (left[-1], right[-1]))]


def _joined(left: list[Piece], right: list[Piece]) -> list[Piece]:
    return [*left, (_BETWEEN, "faint"), *right]


def _funnel(
    title: tuple[str, str], side: "Side", other: "Side", width: int, rows: int, number: int
) -> list[list[Piece]]:
    """Return title, stages and survivors of one side, each line `width` cells wide."""
    same = {_question(stage) for stage in other.stages}
    shown = side.stages if len(side.stages) <= rows else side.stages[: rows - 1]
    lines: list[list[Piece]] = [[(f"{title[0]}  ", "key"), (cell(title[1], width - 3), "title")]]
    lines += [_stage(stage, _question(stage) in same, width, number) for stage in shown]
    if not side.stages:
        lines.append([(cell("  no stages: every alert is kept", width), "muted")])
    if left := len(side.stages) - len(shown):
        lines.append([(cell(f"  … and {left} more stages (s)", width), "muted")])
    alerts, objects = count(side.alerts), count(side.objects)
    rest = width - 2 - len(alerts) - len(objects) - len(" alerts of  objects")
    survivors: list[Piece] = [("  ", "plain"), (alerts, "score"), (" alerts of ", "muted"), (objects, "score")]
    return [*lines, [*survivors, (" objects" + " " * max(0, rest), "muted")]]


def _stage(stage: "StageCount", same: bool, width: int, number: int) -> list[Piece]:
    """Return a stage: whether it stands on the other side as well, name, knobs where there is room, counts."""
    mark, ink = ("= ", "muted") if same else ("  ", "value")
    if not stage.enabled:
        mark, ink = "○ ", "muted"
    counts = f" {count(stage.entered):>{number}} → {count(stage.passed):>{number}}"
    room = width - 2 - len(counts)
    name = min(room, _LONGEST_NAME)
    knobs = room - name if room - name >= _LEAST_KNOBS else 0
    name = room - knobs
    pieces: list[Piece] = [(mark, "muted"), (cell(stage.name, name), ink)]
    return [*pieces, (cell(_knobs(stage), knobs, right=True), "muted"), (counts, "muted" if same else "value")]


def _knobs(stage: "StageCount") -> str:
    return "off" if not stage.enabled else ", ".join(f"{k.name} {decimals(k.value, k.step)}" for k in stage.knobs)


def _question(stage: "StageCount") -> object:
    return stage.name, stage.keep, stage.knobs, stage.enabled


def tabs(found: "Comparison", side: str, width: int) -> list[Piece]:
    """Return the names of the lists with their counts, the open one marked; the same in alerts where there is room."""
    pieces: list[Piece] = [(" ", "plain")]
    for name, number in zip(SIDES, _numbers(found), strict=True):
        open_ = name == side
        pieces += [("▸" if open_ else " ", "key"), (f"{name} ", "title" if open_ else "muted")]
        pieces += [(count(number), "score" if open_ else "muted"), ("   ", "plain")]
    alerts = (found.alerts_gained, found.alerts_lost, found.alerts_common)
    told = ", ".join(f"{count(number)} {name}" for name, number in zip(SIDES, alerts, strict=True))
    room = width - sum(len(text) for text, _ in pieces)
    told = f"in alerts: {told}"
    return [*pieces, (told, "muted")] if len(told) <= room else pieces


def tab_at(found: "Comparison", side: str, width: int, x: int) -> str | None:
    """Return the list whose name or count stands in cell `x` of `tabs`."""
    text = "".join(text for text, _ in tabs(found, side, width))
    for name, number in zip(SIDES, _numbers(found), strict=True):
        start = text.find(f"{name} ")
        if start <= x < start + len(name) + 1 + len(count(number)):
            return name
    return None


def _numbers(found: "Comparison") -> Sequence[int]:
    return len(found.gained), len(found.lost), len(found.common)


def where_lost(found: "Comparison", side: str, row: int) -> str:
    """Say which stage of the other side rejects the object in a row of a list; nothing of one that both keep."""
    objects = found.gained if side == "gained" else found.lost
    if side == "common":
        return ""
    whose, keeps = ("Your cuts lose", "B") if side == "gained" else ("B loses", "A")
    stage = clean(objects.rejected_by(row))
    return f"{whose} {clean(objects.object_id(row))} at {stage} (its newest alert that {keeps} keeps)."
