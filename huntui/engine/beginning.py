"""What a hunt can begin with, as the start screen offers it, and the face of what knows these things."""

from dataclasses import dataclass
from typing import Literal, Protocol

from huntui.engine.face import EngineFace


@dataclass(frozen=True, slots=True)
class Beginning:
    """One line of the start screen."""

    kind: Literal["guide", "kept", "night"]
    title: str
    """What to call it: of a night its date, where it has one."""
    about: str = ""
    """Where it comes from."""
    simulated: bool = False
    date: str | None = None
    source: str | None = None
    """What `--source` would say."""
    hunt: str | None = None
    """The hunt that it is bound to; None where any can be chosen."""
    night: str = ""
    """Of a kept hunt, what makes it the same night."""
    claims: int | None = None
    """Of a kept hunt, the claims that stand; None where that is not known."""
    score: int | None = None
    ended: bool = False
    written: float = 0.0
    """Of a kept hunt, when it was changed last, in seconds since 1970."""


GUIDED = Beginning(
    "guide", "A guided first find", "a minute on an invented night, each key explained",
    simulated=True, date="20240707", source="simulated", hunt="first-night",
)  # fmt: skip
"""What whoever has never hunted begins with."""


@dataclass(frozen=True, slots=True)
class HuntAtHand:
    """A hunt that can be chosen, or why its file cannot."""

    name: str
    about: str = ""
    treasures: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class AtHand:
    """All that there is."""

    kept: tuple[Beginning, ...] = ()
    """Hunts that can be gone on with, the last written first."""
    nights: tuple[Beginning, ...] = ()
    """Nights that can be read, the newest first, and at last one to be simulated."""
    hunts: tuple[HuntAtHand, ...] = ()
    problem: str = ""
    """What could not be looked into, in a sentence."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A hunt that can begin."""

    engine: EngineFace
    guided: bool = False


class UnderWay(Protocol):
    """A night that is being fetched; none of this ever waits."""

    date: str

    @property
    def state(self) -> Literal["fetching", "here", "failed"]:
        """How it stands."""
        ...

    @property
    def told(self) -> str:
        """How far it is, or how it ended, in a line."""
        ...

    def stop(self) -> None:
        """Fetch no more of it; what is there is kept."""
        ...


class StartFace(Protocol):
    """What the start screen asks; what is at hand and to open a night take their time and are asked in a thread."""

    hunt: str
    """The hunt that is chosen where nothing else is."""

    def at_hand(self) -> AtHand:
        """Return what there is."""
        ...

    def fetch(self, date: str) -> UnderWay:
        """Begin to fetch the real night of a date; raises `HuntuiError` where that cannot be done."""
        ...

    def open(self, beginning: Beginning, hunt: str) -> Opened:
        """Return the engine of a beginning with a hunt; raises `HuntuiError` with a sentence where it cannot begin."""
        ...
