"""From packets to decoded columns: find each packet's plan, run the kernel, say what is wrong with the rest."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from huntui.packets import faults, kernel
from huntui.packets.batch import Bytes, Int64s, PacketBatch
from huntui.packets.container import MAX_HEADER_BYTES, BadPacketError, Header, read_header
from huntui.packets.layout import ALERTS, FORCED_PHOTOMETRY, HISTORIES, Layout
from huntui.packets.normalise import normalise
from huntui.packets.plan import Plan, UnplannableError, compile_plan, header_version, read_schema

MAX_HEADERS = 128
"""Distinct headers kept from batch to batch; a night has a few, and hostile packets could bring any number."""

_ENTRIES_PER_ALERT = 32


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the kernel made of a batch: the first `alerts` rows of `out.alerts`, `history` rows of `out.history`, …"""

    data: Bytes
    """The buffer that the text columns of `out` point into."""
    out: kernel.Output
    alerts: int
    history: int
    forced: int
    versions: list[str]
    """The version that the header of each packet claims."""
    bad: npt.NDArray[np.int8]
    """The fault of each packet, 0 for none."""


@dataclass(slots=True)
class Headers:
    """Every header seen so far, with its plan: a night's packets share a few headers of 20 kB each."""

    number: dict[bytes, int] = field(default_factory=dict)
    """Number of a header, by its bytes before the sync marker."""
    plans: list[Plan | None] = field(default_factory=list)
    """Plan by number; None where the kernel does not take the schema."""
    versions: list[str] = field(default_factory=list)

    def find(self, batch: PacketBatch, bad: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
        """Return the number of each packet's header, learning new ones; -1 (and a fault in `bad`) for none."""
        found = self._match(batch)
        while len(unknown := np.flatnonzero((found < 0) & (bad == 0))):
            k = unknown[0]
            try:
                self.learn(batch.data[batch.starts[k] : batch.ends[k]][: MAX_HEADER_BYTES + 1].tobytes())
            except BadPacketError as error:
                bad[k] = error.fault
            else:
                # Its neighbours mostly have the same header, and comparing is much faster than reading it again.
                found = self._match(batch)
        found[bad > 0] = -1
        return found

    def _match(self, batch: PacketBatch) -> npt.NDArray[np.int32]:
        found = np.full(len(batch), -1, np.int32)
        if self.number:
            known = np.frombuffer(b"".join(self.number), np.uint8)
            ends = np.cumsum([len(header) for header in self.number])
            kernel.match_headers(batch.data, batch.starts, batch.ends, known, ends, found)
        return found

    def learn(self, packet: bytes) -> int:
        """Return the number of a packet's header, compiling its plan when it is new; raises `BadPacketError`."""
        header = read_header(packet)
        key = packet[: header.size]
        if key not in self.number:
            plan = self.compile(header)
            self.versions.append(plan.version if plan else header_version(read_schema(header.schema)))
            self.plans.append(plan)
            self.number[key] = len(self.number)
        return self.number[key]

    @staticmethod
    def compile(header: Header) -> Plan | None:
        """Return the plan for a header, or None where its packets must go through fastavro."""
        try:
            plan = compile_plan(header.schema)
        except UnplannableError:
            return None
        return plan if header.codec == b"null" else None

    def packed(self) -> kernel.Plans:
        """Return all plans as the kernel takes them."""
        plans = [plan or _NO_PLAN for plan in self.plans]
        first = np.cumsum([0] + [len(plan.operations) for plan in plans])
        shift = np.array([0, 1, 1, 0, 0])
        segments = [plan.segments + at * shift for plan, at in zip(plans, first, strict=False)]
        return kernel.Plans(
            np.concatenate([plan.operations for plan in (*plans, _NO_PLAN)]),
            np.concatenate([*segments, _NO_PLAN.segments]).astype(np.int32),
            np.cumsum([0] + [len(plan.segments) for plan in plans]),
            np.array([len(header) for header in self.number], np.int64),
        )


_NO_PLAN = Plan(np.empty((0, 3), np.int32), np.empty((0, 5), np.int32), "")


@dataclass(slots=True)
class Decoder:
    """Decodes batches and remembers the plan of every header it has seen. Belongs to one thread."""

    headers: Headers = field(default_factory=Headers)
    odd_packets: int = 0
    """Packets that had to go through fastavro so far."""

    def decode(self, batch: PacketBatch) -> Decoded:
        """Decode all packets of a batch, in order; nothing in their bytes makes it raise."""
        if len(self.headers.number) > MAX_HEADERS:
            self.headers = Headers()
        bad = np.where(batch.ends - batch.starts > faults.MAX_PACKET_BYTES, faults.TOO_LARGE, 0).astype(np.int8)
        found = self.headers.find(batch, bad)
        versions = ["" if number < 0 else self.headers.versions[number] for number in found]
        odd = [int(k) for k in np.flatnonzero(found >= 0) if self.headers.plans[found[k]] is None]
        if odd:
            batch = self._normalised(batch, odd, bad)
            found = self.headers.find(batch, bad)
        return self._run(batch, found, versions, bad)

    def _normalised(self, batch: PacketBatch, odd: list[int], bad: npt.NDArray[np.int8]) -> PacketBatch:
        """Return the batch with its odd packets replaced by what the kernel takes."""
        parts = [batch.data]
        starts, ends, at = batch.starts.copy(), batch.ends.copy(), len(batch.data)
        for k in odd:
            try:
                packet = normalise(batch.data[batch.starts[k] : batch.ends[k]].tobytes())
            except BadPacketError as error:
                bad[k] = error.fault
                continue
            parts.append(np.frombuffer(packet, np.uint8))
            starts[k], ends[k] = at, at + len(packet)
            at += len(packet)
        self.odd_packets += len(odd)
        return PacketBatch(np.concatenate(parts), starts, ends, batch.addresses, batch.unreadable)

    def _run(
        self, batch: PacketBatch, found: npt.NDArray[np.int32], versions: list[str], bad: npt.NDArray[np.int8]
    ) -> Decoded:
        plans = self.headers.packed()
        room = [len(batch) + 1, _ENTRIES_PER_ALERT * len(batch) + 1, _ENTRIES_PER_ALERT * len(batch) + 1]
        out, used = _output(room), np.zeros(3, np.int64)
        at = 0
        while True:
            at = kernel.decode(batch.data, batch.starts, batch.ends, found, plans, at, used, out, bad)
            if at == len(batch):
                return Decoded(batch.data, out, int(used[0]), int(used[1]), int(used[2]), versions, bad)
            room = [2 * rows for rows in room]
            out = _grown(out, room, used)


def _columns(layout: Layout, rows: int) -> kernel.Columns:
    columns = kernel.Columns(
        np.empty((layout.count("f4"), rows), np.uint32),
        np.empty((layout.count("f8"), rows), np.uint64),
        np.empty((layout.count("i4"), rows), np.int32),
        np.empty((layout.count("i8"), rows), np.int64),
        np.empty((layout.count("text"), rows), np.int64),
        np.empty((layout.count("text"), rows), np.int32),
    )
    kernel.clear_rows(columns, 0, rows)
    return columns


def _output(room: list[int]) -> kernel.Output:
    return kernel.Output(
        alerts=_columns(ALERTS, room[0]),
        history=_columns(HISTORIES, room[1]),
        forced=_columns(FORCED_PHOTOMETRY, room[2]),
        history_end=np.zeros(room[0], np.int64),
        forced_end=np.zeros(room[0], np.int64),
        packet=np.zeros(room[0], np.int64),
        record=np.zeros(room[0], np.int32),
    )


def _grown(out: kernel.Output, room: list[int], used: Int64s) -> kernel.Output:
    """Return a larger output that begins with what `out` holds."""
    larger = _output(room)
    groups = ((larger.alerts, out.alerts), (larger.history, out.history), (larger.forced, out.forced))
    for (new, old), rows in zip(groups, used.tolist(), strict=True):
        for kind in kernel.Columns._fields:
            target, values = getattr(new, kind), getattr(old, kind)
            target[:, :rows] = values[:, :rows]
    for name in ("history_end", "forced_end", "packet", "record"):
        getattr(larger, name)[: used[0]] = getattr(out, name)[: used[0]]
    return larger
