"""Every family of features by name. Listing imports no kernel."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, Literal

import numpy.typing as npt

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import PACKET, Column
from huntui.features.family import Family
from huntui.scores import scores

FAMILIES: dict[str, str] = {
    "counts": "huntui.features.counts:FAMILY",
    "brightness": "huntui.features.brightness:FAMILY",
    "rates": "huntui.features.rates:FAMILY",
    "colour": "huntui.features.colour:FAMILY",
    "limits": "huntui.features.limits:FAMILY",
    "shares": "huntui.features.shares:FAMILY",
    "apparent": "huntui.features.apparent.magnitudes:FAMILY",
    "position": "huntui.features.position:FAMILY",
    "points": "huntui.features.points:FAMILY",
    "nuclear": "huntui.features.published.nuclear:FAMILY",
    "kilonova": "huntui.features.published.kilonova:FAMILY",
    "fast": "huntui.features.published.fast:FAMILY",
    "motion": "huntui.features.motion.over_night:FAMILY",
}
"""Name of a family -> "module:object"."""


@cache
def families() -> tuple[Family, ...]:
    """Return all families."""
    found = []
    for target in FAMILIES.values():
        module, _, name = target.partition(":")
        found.append(getattr(import_module(module), name))
    return tuple(found)


@cache
def features() -> dict[str, Column]:
    """Return every feature by name."""
    return {column.name: column for family in families() for column in family.columns}


@cache
def told_by_others() -> frozenset[str]:
    """Return the features that come from other alerts of a night, so that one more alert may change them."""
    return frozenset(column.name for family in families() if family.over_night for column in family.columns)


def columns() -> dict[str, Column]:
    """Return every column that a cut may read: fields of the packet, then features, then scores of models."""
    return _with_scores(tuple(scores().values()))[0]


def kinds() -> dict[str, Literal["number", "text"]]:
    """Return for every column whether the language of cuts treats it as "number" or "text"."""
    return _with_scores(tuple(scores().values()))[1]


@lru_cache(maxsize=4)
def _with_scores(known: tuple[Column, ...]) -> tuple[dict[str, Column], dict[str, Literal["number", "text"]]]:
    found = {**PACKET, **features(), **{column.name: column for column in known}}
    return found, {name: "text" if column.kind == "text" else "number" for name, column in found.items()}


def compute(batch: AlertBatch) -> Columns:
    """Return all features of a batch, from each alert and its own packet's history alone, the others null."""
    values: Columns = {}
    for family in families():
        values.update(family.compute(batch))
    return values


def compute_over_night(columns: Mapping[str, npt.NDArray[Any]]) -> Columns:
    """Return the features that other alerts of a night tell, from the columns of all its alerts."""
    values: Columns = {}
    for family in families():
        if family.over_night is not None:
            values.update(family.over_night(columns))
    return values
