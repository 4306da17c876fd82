"""A simulated night: packets made on the fly, each of which can be made again, byte for byte, from its index."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from huntui.errors import CallError
from huntui.packets.batch import PacketBatch
from huntui.simulate.arrays import Integers
from huntui.simulate.dates import parse_date
from huntui.simulate.draws import combine
from huntui.simulate.names import object_ids, serial_of
from huntui.simulate.plan import plan_night
from huntui.simulate.recipe import recipe
from huntui.simulate.records import make_packets
from huntui.simulate.stamps import noise_tile
from huntui.simulate.truths import describe_truth, truth_columns

CHUNK = 128
"""Packets made at a time; a packet is made again with its chunk, so that it comes out the same to the last bit."""


class SimulatedNight:
    """A night of invented alerts, the same for the same date, seed and count.

    Rare classes are raised, so that a default night holds a few of each: `huntui.simulate.populations` says how far.
    `date` is the UT date as YYYYMMDD; without a `seed` the date alone decides, so that a class hunts one night. Raises
    `CallError` for a date that cannot be simulated or a count below 1.
    """

    def __init__(self, date: str, seed: int | None = None, count: int = 24_948) -> None:
        day = parse_date(date)
        if count < 1:
            raise CallError(f"A simulated night needs at least one alert, not {count}.")
        self.recipe = recipe(date, seed, count)
        self._plan = plan_night(day, self.recipe.seed, count)
        self._noise = noise_tile(combine(self._plan.key, np.array([1])))
        self._object_of_serial = np.argsort(self._plan.serial)
        self._last: tuple[int, PacketBatch] | None = None

    def __len__(self) -> int:
        return len(self._plan.candid)

    def chunks(self) -> Iterator[PacketBatch]:
        """Make the night, chunk by chunk, in order of time; addresses are (index, 0)."""
        for start in range(0, len(self), CHUNK):
            yield self._chunk(start)

    def packet(self, index: int) -> bytes:
        """Make one packet again; raises `IndexError` when the night has none of that index."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        start = index - index % CHUNK
        last = self._last
        if last is None or last[0] != start:
            last = self._last = (start, self._chunk(start))
        batch, k = last[1], index - start
        return batch.data[batch.starts[k] : batch.ends[k]].tobytes()

    def truth(self, object_ids: list[str]) -> dict[str, dict[str, object]]:
        """Return the truth columns of objects by objectId; names that are none of this night's are left out."""
        known: dict[str, int] = {}
        for name in object_ids:
            serial = serial_of(self._plan.day, self._plan.key, name)
            if 0 <= serial < len(self._object_of_serial):
                known[name] = int(self._object_of_serial[serial])
        return describe_truth(self._plan, known)

    @property
    def candids(self) -> Integers:
        """The `candid` of each packet."""
        return self._plan.candid

    def truths(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return a row per packet: `candid`, `objectId` and every truth column; a number without meaning is NaN."""
        plan = self._plan
        names = object_ids(plan.day, plan.key, plan.serial[plan.object])[:, 1:]
        texts = np.ascontiguousarray(names).view(f"S{names.shape[1]}")[:, 0].astype(f"U{names.shape[1]}")
        return {"candid": plan.candid, "objectId": texts, **truth_columns(plan, plan.object)}

    def _chunk(self, start: int) -> PacketBatch:
        alerts = np.arange(start, min(start + CHUNK, len(self)), dtype=np.int64)
        data, ends = make_packets(self._plan, alerts, self._noise)
        starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
        addresses = np.stack([alerts, np.zeros_like(alerts)], axis=1)
        return PacketBatch(data, starts, ends, addresses, np.empty((0, 2), np.int64))
