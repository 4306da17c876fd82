"""What the engine publishes: an immutable picture of the night, the funnel and the hunt at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from huntui.alerts.light_curve import Photometry
from huntui.engine.model_state import ModelState
from huntui.engine.night_clock import ClockState
from huntui.funnel.counts import StageCount
from huntui.funnel.cuts import Cuts
from huntui.funnel.fates import NO_FATES, Fates
from huntui.hunt.marks import NO_MARKS, Marks
from huntui.hunt.state import HuntState
from huntui.session.commands import NEWEST_FIRST, SortRows
from huntui.session.history import Timeline
from huntui.session.panels import Panels
from huntui.sources.stream import StreamState

if TYPE_CHECKING:
    # What an engine shows before it starts must not wait for the kernels behind a night.
    from huntui.night.view import NightView

Value = int | float | str | None

RATE_SECONDS = 0.5
"""How long each of the intervals is in which arriving alerts are counted."""
_RATE_IS_KNOWN_AFTER = 0.5
_GROWTH = 1.2

Status = Literal["starting", "compiling", "streaming", "replaying", "paused", "finished", "failed"]


class Rows(Protocol):
    """The surviving objects, one row each, newest alert first; reading a cell is cheap and never blocks."""

    def __len__(self) -> int: ...

    def object_id(self, row: int) -> str:
        """Name of the object in a row."""
        ...

    def value(self, column: str, row: int) -> Value:
        """Value of a column for the object's newest surviving alert; None for a null."""
        ...

    def photometry(self, row: int) -> Photometry:
        """What the object's newest surviving alert tells of its light curve in short, the alert itself last."""
        ...

    def suggestions(self, row: int) -> tuple[str, ...]:
        """Names of the treasures the object looks like, in the order of the hunt."""
        ...

    def find(self, object_id: str) -> int | None:
        """Row of an object, or None when it is not among the survivors."""
        ...


class BadPackets(Protocol):
    """The packets that were refused, in the order they came; reading one is cheap and never blocks."""

    def __len__(self) -> int: ...

    def reason(self, place: int) -> str:
        """Stable name of what is wrong with a packet."""
        ...

    def reference(self, place: int) -> str:
        """Where the packet is, for a person."""
        ...


class NoBadPackets:
    """Nothing was refused."""

    def __len__(self) -> int:
        return 0

    def reason(self, place: int) -> str:
        """There is no packet."""
        raise IndexError(place)

    def reference(self, place: int) -> str:
        """There is no packet."""
        raise IndexError(place)


@dataclass(frozen=True, slots=True)
class NightState:
    """What is being read and how far it has come."""

    date: str | None
    source: str
    simulated: bool
    total: int | None
    packets: int = 0
    """Packets that were read, also where not all of the night is shown."""
    alerts: int = 0
    objects: int = 0
    duplicates: int = 0
    bad_packets: Mapping[str, int] = field(default_factory=dict)
    """Bad packets by reason."""
    schema_versions: Mapping[str, int] = field(default_factory=dict)
    """Packets by the version in their header."""
    seconds: float = 0.0
    """Seconds spent reading, pauses left out."""
    alerts_per_second: float = 0.0
    fraction: float | None = None
    """How much of the night was read, from 0 to 1, by packets or bytes; None where nobody knows."""
    cached: bool = False
    """Whether it was opened from the night cache, which is then what took the seconds."""

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the night is read, if it goes on as it did so far; None where nobody knows."""
        if not self.fraction or self.seconds < _RATE_IS_KNOWN_AFTER:
            return None
        return self.seconds * (1 - self.fraction) / self.fraction


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment of the hunt. Latest wins: a consumer may skip any number of them."""

    sequence: int
    cuts_version: int
    """Number of changes of the cuts so far; every count and row here was made with that version."""
    status: Status
    night: NightState
    stages: tuple[StageCount, ...]
    surviving_alerts: int
    rows: Rows = field(repr=False)
    hunt: HuntState
    message: str = ""
    """One sentence for the status line: why it failed, what was undone."""
    failure: str = ""
    """Why the night broke off, where its status is `failed`."""
    bad_packets: BadPackets = field(default=NoBadPackets(), repr=False)
    """Each packet that was refused; `night.bad_packets` counts them."""
    can_undo: bool = False
    can_redo: bool = False
    unsaved_cuts: bool = False
    """Whether the cuts are in no file as they stand: neither exported with the survivors nor saved."""
    unsaved_claims: bool = False
    """Whether claims or marks are in no file as they stand: not exported."""
    kept: bool = False
    """Whether the hunt is kept, so that the next huntui on the night goes on with it."""
    unkept: str = ""
    """When the engine has stopped: why the hunt is not kept as it stood, where it should be."""
    cuts: Cuts | None = field(default=None, repr=False)
    """The cuts that everything here was made with."""
    timeline: Timeline = field(default=Timeline((), 0), repr=False)
    """The states that can be gone to."""
    panels: Panels | None = None
    """Where the player was on the screen when the hunt was left, or is; None until that is known."""
    row_filter: str = ""
    """The condition that rows must meet to be shown."""
    row_order: SortRows = NEWEST_FIRST
    """What the rows are sorted by."""
    matching: Rows | None = field(default=None, repr=False)
    """The rows that meet it; None without one."""
    unhidden: Rows | None = field(default=None, repr=False)
    """Those of the rows shown that are not hidden; None where none is."""
    marks: Marks = NO_MARKS
    """The player's stars, hidden objects and notes."""
    fates: Fates = field(default=NO_FATES, repr=False)
    """What became of each alert of the night."""
    view: "NightView | None" = field(default=None, repr=False)
    """The night as it stood."""

    clock: ClockState | None = None
    """The time of a night that is replayed, of which all else here is a moment; None where all of it is shown."""
    in_order: bool = False
    """Whether alerts are in the order of time, and not in the order they came: rows are others then than before."""
    span: tuple[float, float] | None = None
    """When the first and the last alert of the whole night were taken (jd); None until it is read, or if none says."""
    compiled: tuple[int, int] = (0, 0)
    """While kernels are compiled, which happens once: how many are, and how many there are."""
    waiting: int = 0
    """Alerts that wait for the score of a model, for a stage or for the table; counts are right once none does."""
    models: tuple[ModelState, ...] = ()
    """Every model that the night can ask, or cannot."""
    arrived: tuple[int, ...] = ()
    """While alerts come: how many there were each half second, for the last half minute, the latest at the end."""

    stream: StreamState | None = None
    """How the stream stands that the night comes from; None where it comes from something that lies still."""

    @property
    def rates(self) -> tuple[float, ...]:
        """Alerts per second in each half second of the last half minute, the latest at the end."""
        return tuple((after - before) / RATE_SECONDS for before, after in pairwise(self.arrived))

    def passed_lately(self, stage: int) -> tuple[int, ...]:
        """Return how many of the alerts of each of these half seconds come through the stage at a place."""
        through = self.fates.reach(stage + 1)
        return tuple(int(np.count_nonzero(through[before:after])) for before, after in pairwise(self.arrived))

    @property
    def read(self) -> bool:
        """Whether no more packets will be read."""
        return self.status in ("finished", "failed") or self.clock is not None

    @property
    def settled(self) -> bool:
        """Whether nothing in it changes by itself any more: no packet comes, and no alert waits for a score."""
        return self.status in ("finished", "failed") and not self.waiting

    @property
    def unsaved(self) -> bool:
        """Whether something would be forgotten."""
        return not self.kept and (self.unsaved_cuts or self.unsaved_claims)

    def grown_since(self, alerts: int) -> bool:
        """Return whether so much came since there were `alerts` alerts that a picture of them would look different."""
        now = self.night.alerts
        comes = self.status in ("streaming", "replaying") and now >= alerts
        return now != alerts and (now >= _GROWTH * alerts or not comes)

    @property
    def shown(self) -> Rows:
        """The rows of the table: all of them, or those that the filter leaves; hidden ones among them."""
        return self.rows if self.matching is None else self.matching

    @property
    def hidden(self) -> int:
        """How many of the rows shown are hidden."""
        return 0 if self.unhidden is None else len(self.shown) - len(self.unhidden)

    def survivors_without(self, stage: StageCount) -> int:
        """Alerts that would survive if this stage were not there; a switched-off one changes nothing."""
        return self.surviving_alerts + stage.rejected_only_here

    @property
    def surviving_objects(self) -> int:
        """Objects with at least one surviving alert."""
        return len(self.rows)
