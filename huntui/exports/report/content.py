"""What a report tells of a hunt."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huntui.columns import Column
from huntui.exports.figures.cutouts import Picture
from huntui.exports.figures.drawing import Drawing
from huntui.exports.table import Value


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of the funnel, and what it did."""

    name: str
    title: str
    keep: str
    knobs: tuple[tuple[str, float], ...]
    enabled: bool
    entered: int
    passed: int
    rejected: int
    rejected_only_here: int
    unknown: int


@dataclass(frozen=True, slots=True)
class TreasureLine:
    """A line of the checklist."""

    title: str
    points: int
    goal: int
    suggested: int
    claimed: int
    confirmed: int
    refuted: int
    hints_paid: int
    found: bool


@dataclass(frozen=True, slots=True)
class SetLine:
    """Treasures that bring points together."""

    title: str
    points: int
    found: int
    of: int


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim on an object."""

    treasure: str
    verdict: str
    points: int
    stands: bool
    reason: str = ""
    """Who says so, where it was settled by the answers of public services."""


@dataclass(frozen=True, slots=True)
class Find:
    """An object, by its newest alert that came through the cuts."""

    object_id: str
    candid: int
    taken: str
    """When the exposure of the alert began; empty where the packet says no time that there is."""
    ra: float | None
    """Right ascension [deg], J2000; None where the packet says none."""
    dec: float | None
    where: str
    """The place in hours and degrees."""
    values: tuple[tuple[Column, Value], ...]
    curve: Drawing | None
    """None where no point can be drawn."""
    pictures: tuple[Picture, ...]
    claims: tuple[ClaimLine, ...] = ()
    looks_like: tuple[str, ...] = ()
    """Titles of the treasures it looks like."""
    starred: bool = False
    hidden: bool = False
    note: str = ""
    lost_at: tuple[str, ...] = ()
    """Titles of the stages that reject it by now; empty where it comes through."""
    links: Mapping[str, str] | None = None
    """Addresses of pages about it by their names; None where the object is invented."""


@dataclass(frozen=True, slots=True)
class Report:
    """A hunt. Finds are made one by one, since each has its packet read."""

    provenance: Mapping[str, Any]
    """As `huntui.exports.provenance.provenance` gives it, of all objects that are meant."""
    hunt: str
    about: str
    alerts: int
    objects: int
    duplicates: int
    bad_packets: int
    surviving_alerts: int
    surviving_objects: int
    stages: tuple[StageLine, ...]
    treasures: tuple[TreasureLine, ...]
    sets: tuple[SetLine, ...]
    score: int
    possible: int
    """Points of a hunter who reaches every goal without a mistake or a hint."""
    claims: int
    names: tuple[str, ...]
    """Names of the objects, in the order of `finds`."""
    more: int
    """Objects that are meant and left out."""
    finds: Callable[[], Iterator[Find]]
    """Starts the finds from the first one."""
    cuts: str
    """The cuts as the text of a file that can be read again."""
