"""A night as it is sent: its packets in turn, unchanged, each with the objectId and the time that it tells.

A folder is read in the order of time, for which its packets are decoded once before. Archives and simulated nights come
as they lie, which is the order of time in those of the survey.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.errors import SourceError
from huntui.packets.batch import Int64s, PacketBatch, PacketFiles, Packets, join
from huntui.sources.source import Source

if TYPE_CHECKING:
    from huntui.alerts.batch import AlertBatch
    from huntui.alerts.decode import AlertDecoder

_BATCH = 256


class Sendable(NamedTuple):
    """One packet of a night."""

    place: int
    """Its number in the night."""
    packet: bytes
    key: str | None
    """The objectId, None where the packet tells none."""
    jd: float | None


@dataclass
class NightToSend:
    """The packets of a source, in an order that is the same every time."""

    source: Source
    unreadable: int = 0
    """Packets so far whose bytes could not be had."""
    first_unreadable: str = ""

    @property
    def total(self) -> int | None:
        """How many packets there are, as far as it is known."""
        return self.source.total

    def name(self) -> str:
        """Return a digest by which the same night is known again, whoever sends it; raises `SourceError`."""
        recipe = getattr(self.source, "recipe", None) if self.source.kind == "simulated" else None
        about = repr(astuple(recipe)) if recipe else self.source.fingerprint()
        if about is None:
            raise SourceError(f"{self.source.title}: cannot be known again, so that it cannot be sent in parts.")
        return hashlib.sha256(f"{self.source.kind} {about}".encode()).hexdigest()[:16]

    def packets(self, listed: Callable[[int], object] = lambda _: None) -> Iterator[Sendable]:
        """Yield every packet, a bad one as well; `listed` hears how many were looked at before the first of them.

        Raises `SourceError`, after everything that could be read, where the night breaks off.
        """
        from huntui.alerts.decode import AlertDecoder
        from huntui.alerts.texts import TextPool

        self.unreadable, self.first_unreadable = 0, ""
        decoder = AlertDecoder(TextPool())
        batches = self._in_order_of_time(decoder, listed) if self.source.kind == "folder" else self.source.batches()
        place = 0
        for batch in batches:
            self._miss(batch.unreadable)
            whole = self._read(batch)
            alerts, _ = decoder.decode(whole)
            for k, (key, jd) in enumerate(_told(whole.addresses, alerts)):
                yield Sendable(place, whole.data[whole.starts[k] : whole.ends[k]].tobytes(), key, jd)
                place += 1

    def _in_order_of_time(self, decoder: "AlertDecoder", listed: Callable[[int], object]) -> Iterator[PacketFiles]:
        """Yield the files of a folder sorted by jd; one that tells no time comes behind the file before it."""
        times: list[npt.NDArray[np.float64]] = []
        names: list[bytes] = []
        addresses: list[Int64s] = []
        folder = None
        for batch in self.source.batches():
            assert isinstance(batch, PacketFiles)
            self._miss(batch.unreadable)
            folder = batch.folder
            told = _told(batch.addresses, decoder.decode(batch)[0])
            times.append(np.array([np.nan if jd is None else jd for _, jd in told], np.float64))
            names += batch.names
            addresses.append(batch.addresses)
            listed(len(names))
        if folder is None or not names:
            return
        jd, where = _filled(np.concatenate(times)), np.concatenate(addresses)
        order = np.argsort(jd, kind="stable")
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            none = np.empty((0, 2), np.int64)
            yield PacketFiles(folder, tuple(names[row] for row in rows), where[rows], none)

    def _read(self, batch: Packets) -> PacketBatch:
        if isinstance(batch, PacketBatch):
            return batch
        packets, there = [], []
        for k in range(len(batch)):
            try:
                packets.append(batch.read(k))
            except OSError:
                self._miss(batch.addresses[k : k + 1])
            else:
                there.append(k)
        return join(packets, batch.addresses[there])

    def _miss(self, addresses: Int64s) -> None:
        if len(addresses) and not self.unreadable:
            self.first_unreadable = self.source.describe(addresses[0])
        self.unreadable += len(addresses)


def _told(addresses: Int64s, alerts: "AlertBatch") -> list[tuple[str | None, float | None]]:
    """Return objectId and jd of the first alert of each packet, None for what it does not tell."""
    packet_of = {(int(one[0]), int(one[1])): k for k, one in enumerate(addresses)}
    found: list[tuple[str | None, float | None]] = [(None, None)] * len(addresses)
    for row in range(len(alerts) - 1, -1, -1):
        code, jd = int(alerts.columns["objectId"][row]), float(alerts.columns["jd"][row])
        where = (int(alerts.addresses[row, 0]), int(alerts.addresses[row, 1]))
        found[packet_of[where]] = (alerts.texts.text(code), None if np.isnan(jd) else jd)
    return found


def _filled(jd: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return times in which each that is missing is that of its neighbour before."""
    known = np.where(np.isnan(jd), 0, np.arange(len(jd)))
    filled = jd[np.maximum.accumulate(known)]
    return np.asarray(np.where(np.isnan(filled), -np.inf, filled))
