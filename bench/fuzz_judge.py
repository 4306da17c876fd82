"""What must hold for a batch of packets of one alert each, whatever is wrong with them."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.fuzz_inputs import alone
from huntui.alerts.batch import AlertBatch
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.packets import faults
from huntui.packets.batch import NO_ADDRESSES, PacketBatch, PacketFiles, Packets


class FoundError(Exception):
    """Something that must not be, with the number of the packet in its batch; `str()` is a sentence."""

    def __init__(self, packet: int, sentence: str) -> None:
        super().__init__(f"Packet {packet} {sentence}.")
        self.packet = packet


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of each packet of a batch."""

    alerts: AlertBatch
    bad: dict[int, str]
    """Reason by the number of the packet."""

    def reasons(self) -> Counter[str]:
        """Return how many packets went which way."""
        return Counter(alert=len(self.alerts)) + Counter(self.bad.values())


class Judge:
    """Decodes batches in two ways and compares. Text has the same codes in both, so that values can be compared."""

    def __init__(self) -> None:
        texts = TextPool()
        self._decoder, self._other = AlertDecoder(texts), AlertDecoder(texts)

    def judge(self, batch: Packets) -> Verdict:
        """Decode a batch; raises `FoundError` where a packet is not exactly one of alert and bad packet."""
        verdict = _verdict(self._decoder, batch)
        times = np.bincount(verdict.alerts.addresses[:, 0], minlength=len(batch))
        times[list(verdict.bad)] += 1
        if (times != 1).any():
            k = int(np.flatnonzero(times != 1)[0])
            raise FoundError(k, f"is {times[k]} alerts and bad packets in all")
        return verdict

    def judge_alone(self, batch: PacketBatch, verdict: Verdict, k: int) -> None:
        """Decode one packet with nothing around it; raises `FoundError` where that makes a difference."""
        found = _verdict(self._other, alone(batch, k))
        rows = np.flatnonzero(verdict.alerts.addresses[:, 0] == k)
        if found.bad.get(k) != verdict.bad.get(k) or not same(found.alerts, verdict.alerts.take(rows)):
            raise FoundError(k, f"is {_word(found, k)} alone, {_word(verdict, k)} among others")

    def judge_files(self, batch: PacketBatch, verdict: Verdict, folder: Path) -> None:
        """Decode a batch from files in a folder; raises `FoundError` where that makes a difference."""
        found = _verdict(self._other, as_files(batch, folder))
        for k in range(len(batch)):
            if found.bad.get(k) != verdict.bad.get(k):
                raise FoundError(k, f"is {_word(found, k)} in a file, {_word(verdict, k)} in memory")
        if not same(found.alerts, verdict.alerts):
            raise FoundError(-1, "of some number has other values in a file than in memory")


def _verdict(decoder: AlertDecoder, batch: Packets) -> Verdict:
    alerts, bad = decoder.decode(batch)
    return Verdict(alerts, {one.address[0]: faults.reason(one.fault) for one in bad})


def _word(verdict: Verdict, k: int) -> str:
    return verdict.bad.get(k, "an alert")


def as_files(batch: PacketBatch, folder: Path) -> PacketFiles:
    """Write each packet to a file of a folder that exists, over what is there, and return them as a batch."""
    names = [f"{k}.avro" for k in range(len(batch))]
    for name, start, end in zip(names, batch.starts.tolist(), batch.ends.tolist(), strict=True):
        (folder / name).write_bytes(batch.data[start:end].tobytes())
    return PacketFiles(folder, tuple(map(str.encode, names)), batch.addresses, NO_ADDRESSES)


def same(one: AlertBatch, other: AlertBatch) -> bool:
    """Return whether two batches hold the same alerts, bit for bit."""
    if len(one) != len(other):
        return False
    pairs: list[tuple[Any, Any]] = [(one.record, other.record), (one.version, other.version)]
    for a, b in ((one.history, other.history), (one.forced, other.forced)):
        pairs += [(a.offsets, b.offsets), *((a.columns[name], b.columns[name]) for name in a.columns)]
    pairs += [(one.columns[name], other.columns[name]) for name in one.columns]
    return all(np.ascontiguousarray(a).tobytes() == np.ascontiguousarray(b).tobytes() for a, b in pairs)
