"""From packets to decoded columns: find each packet's plan, run the kernels, say what is wrong with the rest."""

import os
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from huntui.kernels import HAS_FILES
from huntui.packets import faults
from huntui.packets.batch import Bytes, Int32s, Int64s, PacketBatch, PacketFiles, Packets, join
from huntui.packets.blocks import kernel as blocks
from huntui.packets.container import BadPacketError
from huntui.packets.files import kernel as files
from huntui.packets.headers import Headers
from huntui.packets.normalise import normalise
from huntui.packets.output import Needs, enlarge, make_output

MAX_HEADERS = 128
"""Distinct headers kept from batch to batch; a night has a few, and hostile packets could bring any number."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the kernels made of a batch: the first `alerts` rows of `out.alerts`, `history` rows of `out.history`, …"""

    out: blocks.Output
    alerts: int
    history: int
    forced: int
    header: Int32s
    """Number of the header of each packet, -1 where it has none that could be used."""
    versions: tuple[str, ...]
    """The version that each header claims, by its number."""
    bad: npt.NDArray[np.int8]
    """The fault of each packet, 0 for none."""


class _Work:
    """One batch in the making."""

    def __init__(self, packets: int, needs: Needs) -> None:
        self.room = needs.room(packets)
        self.out = make_output(self.room)
        self.state: Int64s = np.zeros(blocks.STATE, np.int64)
        self.bad: npt.NDArray[np.int8] = np.zeros(packets, np.int8)
        self.header: Int32s = np.full(packets, -1, np.int32)

    def grow(self) -> None:
        self.room = self.room.grown(self.state)
        self.out = enlarge(self.out, self.room, self.state)


def room_for_a_file() -> Bytes:
    """Return room for one file. Pages that no packet reaches are never touched and cost nothing."""
    room = np.empty(faults.MAX_PACKET_BYTES, np.uint8)
    # Only the system writes here; to the kernels it is what the bytes of a batch are, so they are compiled once.
    room.setflags(write=False)
    return room


@dataclass(slots=True)
class Decoder:
    """Decodes batches and remembers the plan of every header it has seen.

    Belongs to one thread; `headers` may be those of other decoders as well.
    """

    headers: Headers = field(default_factory=Headers)
    odd_packets: int = 0
    """Packets that had to be written again before the kernels took them."""
    _needs: Needs = field(default_factory=Needs)
    _front: Int64s = field(default_factory=lambda: np.array([files.FIRST_FRONT, 0], np.int64))
    _file: Bytes = field(default_factory=room_for_a_file)

    def decode(self, packets: Packets) -> Decoded:
        """Decode all packets of a batch, in order; nothing in their bytes makes it raise."""
        if len(self.headers) > MAX_HEADERS:
            self.headers = Headers()
            self._front[1] = 0
        work = _Work(len(packets), self._needs)
        if isinstance(packets, PacketBatch):
            self._batch(packets, work)
        elif HAS_FILES:
            self._files(packets, work)
        else:
            for k in range(len(packets)):
                self._one_file(packets, k, work)
        if len(packets):
            self._needs.learn(work.state, len(packets))
        alerts, history, forced = (int(rows) for rows in work.state[:3])
        return Decoded(work.out, alerts, history, forced, work.header, self.headers.learned.versions, work.bad)

    def _batch(self, batch: PacketBatch, work: _Work) -> None:
        work.bad[batch.ends - batch.starts > faults.MAX_PACKET_BYTES] = faults.TOO_LARGE
        self.headers.find(batch, work.bad, work.header)
        at = 0
        for k in self._odd(work.header):
            self._run(batch, at, k, work.header, work)
            self._odd_packet(batch.data[batch.starts[k] : batch.ends[k]].tobytes(), k, work)
            at = k + 1
        self._run(batch, at, len(batch), work.header, work)

    def _odd(self, header: Int32s) -> list[int]:
        return [k for k in np.flatnonzero(header >= 0).tolist() if self.headers.learned.plans[header[k]] is None]

    def _run(self, batch: PacketBatch, first: int, last: int, header: Int32s, work: _Work) -> None:
        """Run the kernel for packets `first` to `last`, giving it more room as often as it asks for it."""
        plans = self.headers.learned.packed
        while True:
            first = blocks.decode(
                batch.data, batch.starts, batch.ends, header, plans, first, last, work.state, work.out, work.bad
            )
            if first == last:
                return
            work.grow()

    def _odd_packet(self, packet: bytes, k: int, work: _Work) -> None:
        """Write packet `k` again as the kernel takes it, and decode that in its place."""
        self.odd_packets += 1
        try:
            plain = normalise(packet)
        except BadPacketError as error:
            work.bad[k] = error.fault
            return
        self._in_place(plain, k, work)

    def _in_place(self, packet: bytes, k: int, work: _Work) -> None:
        """Decode one packet as number `k` of the batch."""
        one = join([packet], np.zeros((1, 2), np.int64))
        bad, header = work.bad[k : k + 1], np.full(1, -1, np.int32)
        self.headers.find(one, bad, header)
        if bad[0]:
            return
        count = len(work.bad)
        starts, ends, headers = np.zeros(count, np.int64), np.full(count, len(packet)), np.full(count, -1, np.int32)
        headers[k] = header[0]
        if work.header[k] < 0:
            work.header[k] = header[0]
        self._run(PacketBatch(one.data, starts, ends, one.addresses, one.unreadable), k, k + 1, headers, work)

    def _files(self, batch: PacketFiles, work: _Work) -> None:
        try:
            folder = os.open(batch.folder, os.O_RDONLY)
        except OSError:
            work.bad[:] = faults.UNREADABLE
            return
        try:
            self._open_folder(folder, batch, work)
        finally:
            os.close(folder)

    def _open_folder(self, folder: int, batch: PacketFiles, work: _Work) -> None:
        names = np.frombuffer(b"".join(name + b"\0" for name in batch.names), np.uint8)
        name_at = np.cumsum([0, *(len(name) + 1 for name in batch.names[:-1])], dtype=np.int64)[: len(batch)]
        at = 0
        while True:
            learned = self.headers.learned
            at, why = files.decode_files(
                folder, names, name_at, self._file, learned.known, learned.packed, at,
                self._front, work.header, work.state, work.out, work.bad,
            )  # fmt: skip
            if at == len(batch):
                return
            if why == files.ODD:
                self._one_file(batch, at, work)
                at += 1
            else:
                work.grow()

    def _one_file(self, batch: PacketFiles, k: int, work: _Work) -> None:
        """Read file `k` with Python: its header is new, or its packet is odd."""
        try:
            packet = batch.read(k)
        except OSError:
            work.bad[k] = faults.UNREADABLE
            return
        if len(packet) > faults.MAX_PACKET_BYTES:
            work.bad[k] = faults.TOO_LARGE
            return
        one = join([packet], np.zeros((1, 2), np.int64))
        self.headers.find(one, work.bad[k : k + 1], work.header[k : k + 1])
        if work.bad[k]:
            return
        if self.headers.learned.plans[work.header[k]] is None:
            self._odd_packet(packet, k, work)
        else:
            self._in_place(packet, k, work)
