"""What a measurement gives, and how it is told: a figure with its goal and its reference, as JSON or as a table."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

SIGNIFICANT_DIGITS = 4


class NotMeasuredError(Exception):
    """A measurement cannot be made here; `str()` says why, in a sentence."""


class WrongResultError(Exception):
    """What was measured gave a wrong result, so that its speed says nothing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a figure was measured against, in the same run."""

    name: str
    figure: float
    unit: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, and whether it reaches what was promised."""

    name: str
    figure: float
    unit: str
    goal: float
    at_most: bool
    """Whether the figure must not exceed its goal; else it must not fall below."""
    reference: Reference
    detail: str

    @property
    def ok(self) -> bool:
        """Whether the goal is reached."""
        return self.figure <= self.goal if self.at_most else self.figure >= self.goal

    @property
    def wanted(self) -> str:
        """The goal in words: `at most 1.3`."""
        return f"{'at most' if self.at_most else 'at least'} {self.goal:g}"

    def as_json(self) -> dict[str, object]:
        """Return the entry of the JSON list."""
        return {
            "name": self.name,
            "figure": rounded(self.figure),
            "unit": self.unit,
            "goal": self.goal,
            "ok": self.ok,
            "reference": {
                "name": self.reference.name,
                "figure": rounded(self.reference.figure),
                "unit": self.reference.unit,
            },
            "detail": f"Wanted: {self.wanted}. {self.detail}",
        }


def as_json(figures: Sequence[Figure]) -> str:
    """Return the JSON list of all figures."""
    return json.dumps([figure.as_json() for figure in figures], indent=2, ensure_ascii=False)


def as_table(figures: Sequence[Figure]) -> str:
    """Return one line per figure, its detail below it."""
    width = max((len(figure.name) for figure in figures), default=0)
    lines = []
    for figure in figures:
        verdict = "reached" if figure.ok else "MISSED "
        measured = f"{rounded(figure.figure):g} {figure.unit}"
        against = f"{figure.reference.name}: {rounded(figure.reference.figure):g} {figure.reference.unit}"
        lines += [
            f"{figure.name:<{width}}  {verdict}  {measured}, {figure.wanted} ({against})",
            f"{'':<{width}}  {figure.detail}",
        ]
    return "\n".join(lines)


def rounded(value: float) -> float:
    """Return a number with as many digits as a measurement can have."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def spread(values: Sequence[float], unit: str, scale: float = 1.0) -> str:
    """Say the median and the range of repeated measurements."""
    low, middle, high = (scale * value for value in (min(values), median(values), max(values)))
    return f"{rounded(middle):g} {unit} ({rounded(low):g} to {rounded(high):g})"


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that so many percent of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
