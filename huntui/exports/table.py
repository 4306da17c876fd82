"""What is exported: columns, rows that are made one by one, and where they came from."""

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from huntui.columns import Column

Value = int | float | str | None
"""One cell; None is a null. A float32 comes as the float that is exactly equal to it."""


@dataclass(frozen=True, slots=True)
class About:
    """Where the rows of an export came from: what someone needs who finds the file in a year."""

    version: str
    """Version of huntui."""
    source: str
    date: str | None
    simulated: bool
    """Whether the objects are invented, or some of them."""
    cuts: Mapping[str, Any] | None = None
    """The cuts as plain values, as `huntui.funnel.cuts_file.cuts_to_mapping` gives them; None where no cuts matter."""
    compared_with: Mapping[str, Any] | None = None
    """Other cuts that these were compared with, as plain values."""
    per: Literal["object", "alert", "bad packet", "exposure"] = "object"
    """What a row stands for."""
    what: Literal["survivors", "claims", "night"] = "survivors"
    """Which alerts, or objects, the rows are."""
    recipe: Mapping[str, Any] | None = None
    """What a simulated night is made from, as plain values."""
    max_alerts: int | None = None
    """How many alerts were read at most."""
    partly_simulated: bool = False
    """Whether others are real, as where a sweep has nights of both."""
    incomplete: str = ""
    """Why the rows are not those of the whole night; empty when they are."""
    claims: tuple[Mapping[str, Any], ...] = ()
    """The claims of the hunt, each with `objectId`, `treasure`, `verdict`, `points` and perhaps a `reason`."""
    marks: tuple[Mapping[str, Any], ...] = ()
    """What the player marked, each with `objectId`, `starred`, `hidden` and `note`; hidden rows are written as well."""


def fingerprint(cuts: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what cuts decide by, as 64 hexadecimal digits.

    That is each stage's condition, the values of its knobs, what it does where the answer is unknown, and whether it
    is on, in their order. Names, titles and ranges of knobs do not matter: exports of one night by one version of
    huntui whose cuts have the same fingerprint have the same rows.
    """
    decides = [
        [
            stage["keep"],
            {name: knob["value"] for name, knob in stage.get("knobs", {}).items()},
            stage["missing"],
            stage["enabled"],
        ]
        for stage in cuts["stages"]
    ]
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table that is written row by row and never held as a whole."""

    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[Value, ...]]]
    """Starts the rows from the first one; each row has one value per column."""
    about: About
    packets: Callable[[], Iterator[tuple[bytes, int, int]]] | None = None
    """Starts the packets of the rows, each with the number of the alert in it and its candid; None where rows are no
    alerts."""


def without_nan(row: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return a row in which a NaN is the null it stands for."""
    return tuple(None if isinstance(value, float) and math.isnan(value) else value for value in row)
