"""Why one alert was kept or rejected: every stage with its comparisons, and the smallest turn of knobs to let it in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil, prod

import numpy as np

from huntui.funnel.cuts import Cuts
from huntui.funnel.funnel import Alerts
from huntui.funnel.language.evaluate import Evaluator
from huntui.funnel.language.table import Table
from huntui.funnel.language.tree import Call, Comparison, Junction, Name, Node, Not, Order
from huntui.funnel.need import Need, need
from huntui.funnel.stage import Knob, Stage
from huntui.funnel.unit import unit

_MOST_TRIED = 200_000
"""Settings of a stage's knobs that are tried at most."""

_SIGNS: dict[Order, str] = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


@dataclass(frozen=True, slots=True)
class Held:
    """One comparison of a condition, for one alert."""

    text: str
    """As the condition writes it."""
    answer: bool | None
    """Whether it holds; None where it cannot be said."""
    value: float | None = None
    """The number that is compared, None where it is null or no number."""
    threshold: float | None = None
    """What it is compared with."""
    wanted: bool = True
    """Whether the stage wants it to hold; False below a `not`."""
    quantity: str = ""
    """The number that is compared, as the condition writes it."""
    needs: Order | None = None
    """How the value must stand to the threshold for the stage to be content."""
    margin: float | None = None
    """By how much the value is on the wrong side; None where it is not, is “no match”, or nobody can say by how much.

    It is 0 for a value that stands on the threshold and must not.
    """
    unit: str = ""
    """Of value, threshold and margin."""

    @property
    def shortfall(self) -> str:
        """Value, need and margin in words, as in “drb 0.62, needs ≥ 0.65: short by 0.03”; empty without a margin."""
        if self.value is None or self.threshold is None or self.needs is None or self.margin is None:
            return ""
        which = "short" if self.value < self.threshold else "over"
        by = f"{which} by {self.margin:.6g} {self.unit}".rstrip() if self.margin else "exactly there"
        return f"{self.quantity} {self.value:.6g}, needs {_SIGNS[self.needs]} {self.threshold:.6g}: {by}"


@dataclass(frozen=True, slots=True)
class Turn:
    """A knob turned by a number of its steps, and its value then."""

    knob: str
    steps: int
    value: float


@dataclass(frozen=True, slots=True)
class Explained:
    """What one stage says of one alert."""

    stage: Stage
    failed: bool
    """Whether it rejects the alert, or would where it is switched off."""
    unknown: bool
    """Whether its condition cannot say; `stage.missing` says what becomes of the alert then."""
    held: tuple[Held, ...]
    missing: tuple[str, ...]
    """Columns of the condition that are null."""
    rescue: tuple[Turn, ...] | None
    """The smallest turn of its knobs that lets the alert pass; empty where it passes, None where no turn does."""

    @property
    def rejects(self) -> bool:
        """Whether it keeps the alert out: it fails it, and is switched on."""
        return self.failed and self.stage.enabled


def explain(cuts: Cuts, table: Alerts, row: int) -> tuple[Explained, ...]:
    """Return what every stage says of the alert in a row, the switched-off ones included."""
    return tuple(explain_stage(stage, table, row) for stage in cuts.stages)


def explain_stage(stage: Stage, table: Alerts, row: int) -> Explained:
    """Return what one stage says of the alert in a row, whether it is on or not."""
    judged = stage.judge(table, row, row + 1)
    failed = bool(judged.failed[0])
    look = _Look(stage, table, row)
    return Explained(
        stage, failed, bool(judged.unknown[0]), tuple(look.held(stage.expression.tree)), look.missing(),
        rescue(stage, table, row) if failed else (),
    )  # fmt: skip


class _Look:
    """One condition over one row."""

    def __init__(self, stage: Stage, table: Alerts, row: int) -> None:
        self._stage, self._table, self._kinds = stage, table, stage.expression.kinds
        self._evaluator = Evaluator(table, row, row + 1, self._kinds, stage.values())

    def missing(self) -> tuple[str, ...]:
        """Return the columns that are null."""
        return tuple(name for name in self._kinds if self._is_null(name))

    def _is_null(self, name: str) -> bool:
        span = self._stage.expression.tree.span
        with np.errstate(all="ignore"):
            return bool(np.all(self._evaluator.logical(Call("isnull", (Name(name, span),), span)).yes))

    def held(self, node: Node, *, wanted: bool = True) -> Iterator[Held]:
        """Yield every comparison, in the order of the text."""
        match node:
            case Not(operand):
                yield from self.held(operand, wanted=not wanted)
            case Junction(_, operands):
                for operand in operands:
                    yield from self.held(operand, wanted=wanted)
            case Comparison(orders, operands):
                for order, (left, right) in zip(orders, pairwise(operands), strict=True):
                    yield self._compared(Comparison((order,), (left, right), node.span), wanted)
            case _:
                yield Held(self._text(node), self._answer(node), wanted=wanted)

    def _compared(self, one: Comparison, wanted: bool) -> Held:
        (order,), (left, right) = one.orders, one.operands
        text, answer = f"{self._text(left)} {order} {self._text(right)}", self._answer(one)
        what = need(self._stage, order, left, right, wanted=wanted)
        if what is None:
            return Held(text, answer, wanted=wanted)
        return Held(
            text, answer, self._number(what.value), self._number(what.threshold), wanted,
            self._text(what.value), what.order, self._margin(what) if answer is not wanted else None,
            unit(self._stage, what.value),
        )  # fmt: skip

    def _margin(self, what: Need) -> float | None:
        if not what.by_degree:
            return None
        difference = float(np.ravel(what.difference(self._evaluator))[0])
        if what.below_zero:
            night = Evaluator(self._table, 0, len(self._table), self._kinds, self._stage.values())
            if what.in_vain(what.difference(night)):
                return None
        return None if np.isnan(difference) else abs(difference)

    def _answer(self, node: Node) -> bool | None:
        with np.errstate(all="ignore"):
            answer = self._evaluator.logical(node)
        return True if np.all(answer.yes) else False if np.all(answer.no) else None

    def _number(self, node: Node) -> float | None:
        with np.errstate(all="ignore"):
            value = float(np.ravel(self._evaluator.number(node))[0])
        return None if np.isnan(value) else value

    def _text(self, node: Node) -> str:
        return " ".join(self._stage.keep[node.span.place : node.span.place + node.span.length].split())


def rescue_of_all(stages: Iterable[Explained]) -> tuple[tuple[str, Turn], ...] | None:
    """Return stage and turn of every knob that together let an alert past these stages, as far as they are on.

    Empty where none of them rejects it, None where one lets it in by no turn.
    """
    turns: list[tuple[str, Turn]] = []
    for one in stages:
        if one.rejects:
            if one.rescue is None:
                return None
            turns += ((one.stage.name, turn) for turn in one.rescue)
    return tuple(turns)


def rescue(stage: Stage, table: Table, row: int) -> tuple[Turn, ...] | None:
    """Return the turn of a stage's knobs, in the fewest whole steps, that lets the alert in a row pass.

    One knob if one is enough, else two, and so on; None where no setting within the ranges lets it pass, or there are
    too many to try. What is returned was tried.
    """
    tried = 0
    for number in range(1, len(stage.knobs) + 1):
        found: list[tuple[int, tuple[Turn, ...]]] = []
        for names in combinations(stage.knobs, number):
            settings = [_steps(stage.knobs[name]) for name in names]
            tried += prod(map(len, settings))
            if tried > _MOST_TRIED:
                return None
            if steps := _fewest(stage, table, row, names, settings):
                turned = zip(names, steps, strict=True)
                turns = tuple(Turn(name, k, stage.knobs[name].turn(k).value) for name, k in turned)
                found.append((sum(map(abs, steps)), turns))
        for _, turns in sorted(found, key=lambda one: one[0]):
            if _passes(stage, table, row, turns):
                return turns
    return None


def _steps(knob: Knob) -> range:
    """Return how many steps a knob can be turned, down and up; the last may be cut by the end of its range."""
    down, up = (knob.value - knob.minimum) / knob.step, (knob.maximum - knob.value) / knob.step
    return range(-ceil(min(down, _MOST_TRIED)), ceil(min(up, _MOST_TRIED)) + 1)


def _fewest(
    stage: Stage, table: Table, row: int, names: tuple[str, ...], settings: list[range]
) -> tuple[int, ...] | None:
    """Return the steps of each knob in the setting that passes with the fewest of them."""
    grids = np.meshgrid(*(np.array(steps) for steps in settings), indexing="ij")
    steps = [grid.ravel() for grid in grids]
    knobs: dict[str, object] = dict(stage.values())
    for name, turned in zip(names, steps, strict=True):
        knob = stage.knobs[name]
        knobs[name] = np.clip(knob.value + turned * knob.step, knob.minimum, knob.maximum)
    with np.errstate(all="ignore"):
        evaluator = Evaluator(table, row, row + 1, stage.expression.kinds, knobs)  # type: ignore[arg-type]
        answer = evaluator.logical(stage.expression.tree)
    passes = np.broadcast_to(~answer.no if stage.missing == "keep" else answer.yes, steps[0].shape)
    if not passes.any():
        return None
    cost = np.where(passes, sum(np.abs(turned) for turned in steps), np.iinfo(np.int64).max)
    best = int(np.argmin(cost))
    return tuple(int(turned[best]) for turned in steps)


def _passes(stage: Stage, table: Table, row: int, turns: tuple[Turn, ...]) -> bool:
    for turn in turns:
        stage = stage.with_knob(turn.knob, stage.knob(turn.knob).set(turn.value))
    return not bool(stage.judge(table, row, row + 1).failed[0])
