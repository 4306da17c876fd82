"""Every header seen so far, with the plan of its schema."""

from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.packets.batch import Int32s, Int64s, PacketBatch
from huntui.packets.blocks import kernel
from huntui.packets.container import MAX_HEADER_BYTES, BadPacketError, Header, read_header
from huntui.packets.plan import Plan, UnplannableError, compile_plan, header_version, read_schema


class Learned(NamedTuple):
    """What is known of headers at one moment, by their numbers."""

    known: kernel.Known
    packed: kernel.Plans
    plans: tuple[Plan | None, ...]
    """None where the kernel does not take the schema."""
    versions: tuple[str, ...]


class Headers:
    """Every header seen so far, with its plan: a night's packets share a few headers of 20 kB each.

    May be used by several threads. Headers keep their numbers for good.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._number: dict[bytes, int] = {}
        self.learned = _learned((), (), ())

    def __len__(self) -> int:
        return len(self.learned.plans)

    def find(self, batch: PacketBatch, bad: npt.NDArray[np.int8], found: Int32s) -> None:
        """Write the number of each packet's header to `found`, learning new ones; -1 and a fault for none."""
        self._match(batch, found)
        while len(unknown := np.flatnonzero((found < 0) & (bad == 0))):
            k = unknown[0]
            try:
                self.learn(batch.data[batch.starts[k] : batch.ends[k]][: MAX_HEADER_BYTES + 1].tobytes())
            except BadPacketError as error:
                bad[k] = error.fault
            else:
                # Its neighbours mostly have the same header, and comparing is much faster than reading it again.
                self._match(batch, found)
        found[bad > 0] = -1

    def _match(self, batch: PacketBatch, found: Int32s) -> None:
        found[:] = -1
        if len(self):
            kernel.match_headers(batch.data, batch.starts, batch.ends, self.learned.known, found)

    def learn(self, packet: bytes) -> int:
        """Return the number of a packet's header, compiling its plan when it is new; raises `BadPacketError`."""
        header = read_header(packet)
        key = packet[: header.size]
        with self._lock:
            if key not in self._number:
                plan = self.compile(header)
                version = plan.version if plan else header_version(read_schema(header.schema))
                self._number[key] = len(self)
                before = self.learned
                self.learned = _learned((*self._number,), (*before.plans, plan), (*before.versions, version))
            return self._number[key]

    @staticmethod
    def compile(header: Header) -> Plan | None:
        """Return the plan for a header, or None where its packets must go through fastavro."""
        try:
            plan = compile_plan(header.schema)
        except UnplannableError:
            return None
        return plan if header.codec == b"null" else None


_NO_PLAN = Plan(np.empty((0, 4), np.int32), np.empty((0, 5), np.int32), "")


def _learned(headers: tuple[bytes, ...], plans: tuple[Plan | None, ...], versions: tuple[str, ...]) -> Learned:
    sizes = np.array([len(header) for header in headers], np.int64)
    known = kernel.Known(np.frombuffer(b"".join(headers), np.uint8), np.cumsum(sizes))
    return Learned(known, _packed(plans, sizes), plans, versions)


def _packed(plans: tuple[Plan | None, ...], header_sizes: Int64s) -> kernel.Plans:
    """Return all plans as the kernels take them."""
    there = [plan or _NO_PLAN for plan in plans]
    first = np.cumsum([0] + [len(plan.operations) for plan in there])
    shift = np.array([0, 1, 1, 0, 0])
    segments = [plan.segments + at * shift for plan, at in zip(there, first, strict=False)]
    return kernel.Plans(
        np.concatenate([plan.operations for plan in (*there, _NO_PLAN)]),
        np.concatenate([*segments, _NO_PLAN.segments]).astype(np.int32),
        np.cumsum([0] + [len(plan.segments) for plan in there]),
        header_sizes,
    )
