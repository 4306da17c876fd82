"""What is asked of public services, and what they answer: plain values, which every room above can hold and show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """The object that is asked about."""

    object_id: str
    place: tuple[float, float] | None = None
    """Right ascension and declination [deg], J2000; None where nobody knows them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one service says of an object, or why it says nothing."""

    service: str
    says: str = ""
    """What it says, in a few words without a full stop."""
    classified: str = ""
    """The class it gives, in its own words; empty where it gives none."""
    probability: float | None = None
    """Of that class, where it comes from a classifier."""
    redshift: float | None = None
    offset_arcsec: float | None = None
    """How far what it speaks of lies from the place that was asked about."""
    link: str = ""
    """A page about it, for a browser."""
    failed: str = ""
    """Why there is no answer, in a few words without a full stop; all the rest is empty then."""
    asked: float = 0.0
    """When it was asked, in seconds since 1970."""
    kept: bool = False
    """Whether it was asked before, and not again."""
