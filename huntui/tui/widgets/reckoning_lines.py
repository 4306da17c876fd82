"""The reckoning of a hunt in lines and sentences: what there was, what was claimed, and what was missed."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from huntui.render.explanation import let_in, near
from huntui.tui.text import cell, clean, count, wrapped
from huntui.tui.widgets.panel import Piece

if TYPE_CHECKING:
    from huntui.engine.reckoning import BestMissed, ReckonedLine, Reckoning
    from huntui.hunt.state import HuntState

_KNOWN = (("points", 7), ("there", 8), ("right", 7), ("complete", 10), ("wrong", 7), ("pure", 7))
_UNKNOWN = (("points", 7), ("goal", 6), ("right", 7), ("wrong", 7), ("open", 7))
"""Columns and their widths, where truth is known and where it is not."""
_LEAST_TITLE = 18


def standing(hunt: "HuntState") -> str:
    """Return score, claims and sets in a line."""
    numbers = Counter(claim.verdict for claim in hunt.claims)
    told = [
        f"Score {count(hunt.score)}",
        f"claims: {count(numbers['confirmed'])} right, {count(numbers['refuted'])} wrong",
    ]
    if numbers["open"]:
        told[-1] += f", {count(numbers['open'])} open"
    if hunt.hints_open:
        paid = f" (−{count(hunt.hints_paid)})" if hunt.hints_paid else ""
        told.append(f"{count(hunt.hints_open)} {'hint' if hunt.hints_open == 1 else 'hints'}{paid}")
    if hunt.sets:
        bonus = sum(one.points for one in hunt.sets if one.complete)
        complete = sum(one.complete for one in hunt.sets)
        told.append(f"{complete} of {len(hunt.sets)} sets" + (f" (+{count(bonus)})" if bonus else ""))
    return " · ".join(told)


def heading(found: "Reckoning", width: int) -> list[Piece]:
    """Return the titles of the columns that there is room for."""
    columns, title = _fitting(found, width)
    cells = "".join(cell(name, room, right=True) for name, room in columns)
    return [(f"    {cell('treasure', title)}{cells}", "muted")]


def reckoned_line(found: "Reckoning", line: "ReckonedLine", width: int, *, marked: bool) -> list[Piece]:
    """Return the line of a treasure or, indented, of one of its classes."""
    columns, title = _fitting(found, width)
    one, kind = line.treasure, line.kind
    mark: Piece = ("▸ " if marked else "  ", "key")
    values = _values(line)
    cells: list[Piece] = [(cell(values[name][0], room, right=True), values[name][1]) for name, room in columns]
    if kind is not None:
        return [mark, ("    ", "plain"), (cell(kind.name, title - 2), "muted"), *cells]
    done = one.right >= one.goal
    sign: Piece = ("✓ ", "good") if done else ("· ", "faint")
    return [mark, sign, (cell(one.title, title), "good" if done else "value"), *cells]


def _fitting(found: "Reckoning", width: int) -> tuple[Sequence[tuple[str, int]], int]:
    """Return the columns that leave enough to the title, and the width of that; the points make room first."""
    columns = list(_KNOWN if found.known else _UNKNOWN)
    while len(columns) > 1 and width - 4 - sum(room for _, room in columns) < _LEAST_TITLE:
        columns.pop(0)
    return columns, max(1, width - 4 - sum(room for _, room in columns))


def _values(line: "ReckonedLine") -> dict[str, Piece]:
    one, kind = line.treasure, line.kind
    counted = kind or one
    values: dict[str, Piece] = {
        "there": (count(counted.held) if counted.held else "none", "value" if counted.held else "muted"),
        "right": (count(counted.right) if counted.right else "", "good"),
        "complete": (_share(counted.completeness), "value"),
    }
    if kind is not None:
        return values | dict.fromkeys(("points", "goal", "wrong", "open", "pure"), ("", "plain"))
    return values | {
        "points": (count(one.points), "key"),
        "goal": (count(one.goal), "muted"),
        "wrong": (count(one.wrong) if one.wrong else "", "bad"),
        "open": (count(one.open) if one.open else "", "value"),
        "pure": (_share(one.purity), "value"),
    }


def _share(share: float | None) -> str:
    if share is None:
        return "–"
    # Only what is all of it is 100 %, and only what is nothing is 0 %.
    return f"{min(99, max(1, round(100 * share))) if 0 < share < 1 else round(100 * share)} %"


def about_line(found: "Reckoning", line: "ReckonedLine") -> str:
    """Say what was missed of the marked line, and what was claimed wrongly as it."""
    one = line.kind or line.treasure
    if not found.known:
        return _without_truth(found)
    if line.missed is not None:
        told = f"Nearest missed: {_named(line.missed.object_id, line.missed.kind)}, "
        told += "in your table." if line.missed.in_table else f"lost at {', '.join(line.missed.lost_at)}."
    else:
        told = "You claimed all there are." if one.held else "This night holds none."
    if line.kind is None and line.treasure.mistaken:
        wrong = ", ".join(f"{count(number)} {name}" for name, number in line.treasure.mistaken)
        told += f" Claimed wrongly as it: {wrong}."
    return told


def _without_truth(found: "Reckoning") -> str:
    if not found.objects:
        return "Nothing of this night has been read."
    if found.simulated:
        return "What is true of this night is not at hand, so that nobody knows what it holds."
    return "On a real night a claim stays open until it is settled, and nobody knows what else there is."


def about_best(found: "Reckoning", width: int, most: int) -> list[list[Piece]]:
    """Return at most so many lines about the best treasure that was missed."""
    best = found.best
    if best is None:
        words = "Nothing was missed that a goal still asked for." if found.known and found.objects else ""
        return [[(cell(line, width), "good")] for line in wrapped(words, width)][:most]
    head = f"Best missed: {_named(best.missed.object_id, best.missed.kind)}"
    head += f" · {best.treasure.title}, {count(best.treasure.points)} points"
    lines = [(line, "score") for line in wrapped(head, width)]
    lines += [(line, "value") for line in wrapped(_why(best), width)]
    if len(lines) > most:
        text, style = lines[most - 1]
        lines = [*lines[: most - 1], (f"{text[: width - 2].rstrip()} …", style)]
    return [[(cell(text, width), style)] for text, style in lines]


def _why(best: "BestMissed") -> str:
    rejecting = [one for one in best.explained.stages if one.rejects]
    if not rejecting:
        return "It was in your table, and you passed by it."
    words = let_in(best.explained.stages, best.explained.rescue)
    return f"Lost at {near(rejecting)}. {words[0].upper()}{words[1:]}."


def _named(object_id: str, kind: str) -> str:
    return f"{clean(object_id)} ({clean(kind)})"
