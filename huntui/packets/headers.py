"""Every header seen so far, with the plan of its schema."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from huntui.packets.batch import Int32s, PacketBatch
from huntui.packets.blocks import kernel
from huntui.packets.container import MAX_HEADER_BYTES, BadPacketError, Header, read_header
from huntui.packets.plan import Plan, UnplannableError, compile_plan, header_version, read_schema


@dataclass(slots=True)
class Headers:
    """Every header seen so far, with its plan: a night's packets share a few headers of 20 kB each."""

    number: dict[bytes, int] = field(default_factory=dict)
    """Number of a header, by its bytes before the sync marker."""
    plans: list[Plan | None] = field(default_factory=list)
    """Plan by number; None where the kernel does not take the schema."""
    versions: list[str] = field(default_factory=list)

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
        if self.number:
            kernel.match_headers(batch.data, batch.starts, batch.ends, self.known(), found)

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

    def known(self) -> kernel.Known:
        """Return the bytes of all headers as the kernels take them."""
        data = np.frombuffer(b"".join(self.number), np.uint8)
        return kernel.Known(data, np.cumsum([len(header) for header in self.number], dtype=np.int64))

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


_NO_PLAN = Plan(np.empty((0, 4), np.int32), np.empty((0, 5), np.int32), "")
