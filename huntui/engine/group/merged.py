"""What the readers of a group have read, put together to one night: each packet counts once, whoever delivers it again.

A packet is known by partition and offset, so that one which a dead reader had shared, and another one read again, is
there once; an alert that comes in two packets counts once as well, by its candid, as in any night. The columns of all
alerts are here, so that every count is made here with one set of cuts, and what alerts tell of each other is right
although no reader has seen all of them.
"""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from huntui.alerts.texts import TextPool
from huntui.engine.bad_packets import QuarantinedPackets
from huntui.engine.core import Core
from huntui.engine.group.record import About, ForeignError, chosen, unpack
from huntui.engine.group.results import Reached
from huntui.engine.group.seen import Bools, Seen
from huntui.engine.group.sharing import cuts_digest, made_by
from huntui.engine.inbox import Arrival
from huntui.engine.snapshot import NightState, Snapshot
from huntui.funnel.cuts import Cuts
from huntui.hunt.treasure import Hunt
from huntui.packets.batch import Int64s
from huntui.session.memory import clean
from huntui.sources.source import Source

ALIVE_SECONDS = 30.0
"""A reader that was not heard for longer, and has not said that it ends, is thought to be dead."""
MOST_READERS = 10_000


@dataclass(slots=True)
class Reader:
    """One reader of the group, as its records tell."""

    member: str
    host: str
    version: str
    cuts: str
    cuts_digest: str
    heard: float
    """When its last record came, in seconds since 1970 by the broker's clock."""
    packets: int = 0
    """Packets that it was the first to share, bad ones among them."""
    alerts: int = 0
    """Alerts in them, those that were in the night already among them."""
    left: bool = False

    def state(self, now: float) -> str:
        """Return `reading`, `left`, or `silent` where it may be dead."""
        return "left" if self.left else "reading" if now - self.heard <= ALIVE_SECONDS else "silent"


class Merged:
    """Puts records together. Belongs to one thread."""

    def __init__(self, group: str, topic: str, cuts: Cuts, hunt: Hunt, source: Source, date: str | None) -> None:
        """Begin an empty night of what a group reads from a topic, which the broker knows by a number (`topic`)."""
        self.group = group
        self._topic, self._cuts, self._source = topic, cuts, source
        self._texts = TextPool()
        self._core = Core(self._texts, cuts, hunt, source.truth)
        self._night = NightState(date, source.title, simulated=False, total=None)
        self._seen: dict[int, Seen] = {}
        self._began = time.monotonic()
        self.readers: dict[str, Reader] = {}
        self.refused: Counter[str] = Counter()
        """Records that were left out, by the reason why."""
        self.again = 0
        """Packets that were shared more than once: read again after somebody went away."""

    def take(self, record: bytes, when: float) -> None:
        """Take in a record that the broker got at some time; one that cannot be used is counted and left out."""
        try:
            about, arrival = unpack(record, self._texts)
        except ForeignError as problem:
            self.refused[f"one {clean(str(problem))[:200]}"] += 1
            return
        if about.made_by != made_by():
            self.refused[f"of a huntui that makes other columns ({clean(about.version)}, on {clean(about.host)})"] += 1
        elif about.topic != self._topic and (about.topic or arrival is not None):
            self.refused["of an earlier topic of the same name"] += 1
        elif about.member not in self.readers and len(self.readers) >= MOST_READERS:
            self.refused[f"of more than {MOST_READERS:,} readers"] += 1
        else:
            self._heard(about, when)
            if arrival is not None:
                self._add(arrival, self.readers[about.member])

    def snapshot(self, failure: str = "") -> Snapshot:
        """Return the night as it stands, as one that was read; `failure` says what is missing."""
        core = self._core
        core.catch_up(ended=True)
        night = core.night_state(replace(self._night, simulated=core.invented), time.monotonic() - self._began, None)
        bad = QuarantinedPackets(core.night.quarantine.view(), self._source.describe)
        snapshot = core.snapshot("failed" if failure else "finished", night, failure)
        return replace(snapshot, failure=failure, bad_packets=bad)

    def unshared(self, reached: Iterable[Reached]) -> list[tuple[int, int, int]]:
        """Return what was committed and nobody has shared: partition, first and last offset of each run of packets."""
        return [
            (one.partition, *run)
            for one in reached
            for run in self._seen.get(one.partition, Seen()).missing(one.begin, one.committed)
        ]

    def waiting(self, reached: Iterable[Reached]) -> int:
        """Return how many packets of the topic are not in the night yet, as nobody has read or shared them."""
        runs = (run for one in reached for run in self._seen.get(one.partition, Seen()).missing(one.committed, one.end))
        return sum(last - first + 1 for first, last in runs)

    def with_other_cuts(self) -> list[Reader]:
        """Return the readers that cut with others than those that are counted with here."""
        here = cuts_digest(self._cuts)
        return [reader for reader in self.readers.values() if reader.cuts_digest != here]

    def _heard(self, about: About, when: float) -> None:
        reader = self.readers.get(about.member)
        if reader is None:
            host, version, cuts = clean(about.host), clean(about.version), clean(about.cuts)
            reader = Reader(about.member, host, version, cuts, about.cuts_digest, when)
            self.readers[about.member] = reader
        reader.heard, reader.left = max(reader.heard, when), about.kind == "left"

    def _add(self, arrival: Arrival, reader: Reader) -> None:
        new = self._new(arrival.addresses)
        self.again += int(np.count_nonzero(~new))
        if not new.any():
            return
        of_new = self._new(arrival.batch.addresses)
        if not new.all():
            arrival = chosen(arrival, of_new, arrival.addresses[new])
        self._core.add(arrival.batch, arrival.features, arrival.bad, arrival.packets)
        reader.packets += arrival.packets
        reader.alerts += len(arrival.batch)
        for number in np.unique(arrival.addresses[:, 0]).tolist():
            seen = self._seen.setdefault(number, Seen())
            seen.add(arrival.addresses[arrival.addresses[:, 0] == number, 1])

    def _new(self, addresses: Int64s) -> Bools:
        """Return which packets were not shared before."""
        new = np.ones(len(addresses), np.bool_)
        for number in np.unique(addresses[:, 0]).tolist():
            here = addresses[:, 0] == number
            new[here] = ~self._seen.get(number, Seen()).known(addresses[here, 1])
        return new
