"""A stage as fields that somebody types into: what they make when all of them are right, and why not otherwise."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from math import isfinite

from huntui.columns import Column
from huntui.errors import CutsError, ExpressionError
from huntui.funnel.counts import KnobState
from huntui.funnel.draft import Draft
from huntui.funnel.language.check import names_in
from huntui.funnel.language.expression import compile_expression
from huntui.funnel.language.functions import FUNCTIONS
from huntui.funnel.language.parse import parse
from huntui.funnel.language.table import Kind
from huntui.funnel.quantity import quantity
from huntui.funnel.stage import Missing, check_name

_RANGES = {
    "mag": (19.0, 10.0, 25.0, 0.1),
    "mag/day": (0.1, -2.0, 2.0, 0.01),
    "day": (30.0, 0.0, 365.0, 1.0),
    "arcsec": (2.0, 0.0, 30.0, 0.5),
    "deg": (0.0, -90.0, 360.0, 1.0),
    "pixel": (5.0, 0.0, 15.0, 0.5),
}
"""Value, min, max and step of a new knob, by the unit of what it is compared with: somewhere to begin."""
_COUNT, _SHARE = (1.0, 0.0, 100.0, 1.0), (0.5, 0.0, 1.0, 0.05)


@dataclass(frozen=True, slots=True)
class KnobFields:
    """A knob as it is typed."""

    name: str
    value: str
    minimum: str
    maximum: str
    step: str

    def state(self) -> KnobState:
        """Return the knob; raises `CutsError` for what is no number."""
        written = (("value", self.value), ("min", self.minimum), ("max", self.maximum), ("step", self.step))
        return KnobState(self.name, *(self._number(what, text) for what, text in written))

    def _number(self, what: str, text: str) -> float:
        number = number_in(text)
        if number is None:
            raise CutsError(f"the knob {self.name!r}: its {what} must be a number such as 0.65, not {text[:20]!r}.")
        return number


@dataclass(frozen=True, slots=True)
class StageFields:
    """A stage as it is typed. Its knobs may be more than the condition uses: those wait for it to name them again."""

    name: str
    title: str
    keep: str
    knobs: tuple[KnobFields, ...] = ()
    missing: Missing = "reject"
    enabled: bool = True

    def draft(self, kinds: Mapping[str, Kind], name: str) -> Draft:
        """Return what they make under another name, which is checked apart from the rest: see `check_free_name`.

        Raises `ExpressionError` for a wrong condition and `CutsError` for a knob that cannot be used.
        """
        used = self.used(kinds)
        knobs = tuple(knob.state() for knob in self.knobs if knob.name in used)
        draft = Draft(name, self.keep.strip(), self.title.strip(), knobs, self.missing, self.enabled)
        draft.build(kinds)
        return draft

    def used(self, kinds: Mapping[str, Kind]) -> frozenset[str]:
        """Return the knobs that the condition uses; raises `ExpressionError` for a wrong one."""
        return compile_expression(self.keep, kinds, [knob.name for knob in self.knobs]).knobs


def fields_of(draft: Draft) -> StageFields:
    """Return the fields of a stage that is right already."""
    knobs = tuple(knob_fields(knob) for knob in draft.knobs)
    return StageFields(draft.name, draft.title, draft.keep, knobs, draft.missing, draft.enabled)


def knob_fields(knob: KnobState) -> KnobFields:
    """Write a knob; every number reads back as the same number."""
    return KnobFields(knob.name, *map(written, (knob.value, knob.minimum, knob.maximum, knob.step)))


def written(number: float) -> str:
    """Write a number as briefly as it can be read back."""
    short = f"{number:g}"
    return short if float(short) == number else repr(number)


def number_in(text: str) -> float | None:
    """Return the finite number that somebody typed, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and "_" not in text else None


def check_free_name(name: str, others: tuple[str, ...]) -> None:
    """Raise `CutsError` where a stage cannot have this name: it is no name, or another stage's."""
    check_name("stage", name)
    if name in others:
        raise CutsError(f"another stage has the name {name!r}; give this one another.")


def free_name(others: tuple[str, ...]) -> str:
    """Return a name for a new stage."""
    names = ("new", *(f"new_{number}" for number in range(2, len(others) + 2)))
    return next(name for name in names if name not in others)


def unknown_word(error: ExpressionError, kinds: Mapping[str, Kind]) -> str | None:
    """Return the word that an error is about, where it may become a knob, else None."""
    word = error.expression[error.place : error.place + error.length]
    with suppress(CutsError):
        check_name("knob", word)
        if word not in kinds and word not in FUNCTIONS and word in names_in(parse(error.expression)):
            return word
    return None


def with_knob(fields: StageFields, word: str, columns: Mapping[str, Column], kinds: Mapping[str, Kind]) -> StageFields:
    """Return the fields with a word of the condition made a knob.

    It takes the numbers of the only knob that the condition does not use any more, since that is then the same knob
    under another name, and else such as suit what it is compared with.
    """
    fresh = knob_fields(KnobState(word, *_SHARE))
    trial = replace(fields, knobs=(*fields.knobs, fresh))
    idle = _idle(trial, kinds)
    if len(idle) == 1:
        renamed = (replace(knob, name=word) if knob.name == idle[0] else knob for knob in fields.knobs)
        return replace(fields, knobs=tuple(renamed))
    start = knob_fields(KnobState(word, *_range(trial, word, columns, kinds)))
    return replace(fields, knobs=(*fields.knobs, start))


def _idle(fields: StageFields, kinds: Mapping[str, Kind]) -> list[str]:
    """Return the knobs that the condition does not name; none where nobody can tell as yet."""
    try:
        used = fields.used(kinds)
    except ExpressionError:
        return []
    return [knob.name for knob in fields.knobs if knob.name not in used]


def _range(
    fields: StageFields, knob: str, columns: Mapping[str, Column], kinds: Mapping[str, Kind]
) -> tuple[float, float, float, float]:
    for column in _compared_with(fields, knob, columns, kinds):
        if column.unit in _RANGES:
            return _RANGES[column.unit]
        return _COUNT if column.kind in ("i4", "i8") else _SHARE
    return _SHARE


def _compared_with(
    fields: StageFields, knob: str, columns: Mapping[str, Column], kinds: Mapping[str, Kind]
) -> Iterator[Column]:
    with suppress(CutsError):
        found = quantity(fields.draft(kinds, "stage").build(kinds), knob)
        if found is not None:
            yield from (columns[name] for name in names_in(found.value) if name in columns)
