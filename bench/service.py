"""What a packet takes on one core, from its bytes to the counts of its group: measured for the queue of `rubin`.

By the time that the processor spends, so that a machine that is shared with others gives the same.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np

from bench.archive import write_archive
from bench.data import Packets
from bench.memory import array_bytes
from bench.nights import CUTS, compile_kernels, read_night
from bench.originals import copies
from bench.processes import on_cores
from bench.queueing import MOST
from bench.references import gunzip_only
from bench.report import WrongResultError
from bench.sizes import Sizes
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.engine.core import Core
from huntui.engine.group.record import About, pack, unpack
from huntui.engine.inbox import Arrival
from huntui.features.registry import compute, kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.hunt.hunt import load_hunt
from huntui.packets.batch import join
from huntui.shipped import find
from huntui.truth import kinds as truth_kinds

_ABOUT = About(kind="alerts", member="0" * 12, host="", version="", made_by="", topic="", cuts="", cuts_digest="")


@dataclass(frozen=True, slots=True)
class Service:
    """What packets take on one core."""

    rates: tuple[float, ...]
    """Seconds for each packet at a reader, batch by batch."""
    packet_bytes: float
    about: str
    record_bytes: float = 0.0
    """Bytes of a group's record, for each alert."""
    together_seconds: float = 0.0
    """Seconds that putting records together takes, for each alert."""
    together_bytes: float = 0.0
    """Bytes that an alert takes where they are put together."""
    lying: "Lying | None" = None


@dataclass(frozen=True, slots=True)
class Lying:
    """What nights that lie on disk take: seconds of processors for each alert, of all threads together."""

    folder: float
    archive: float
    gunzip: float
    """Of decompressing the archive and nothing else."""
    share: float
    """Bytes of the archive for each byte of packets."""


@dataclass(frozen=True, slots=True)
class _Round:
    rates: list[float]
    record_bytes: float
    together_seconds: float
    together_bytes: float


def measure(packets: Packets, sizes: Sizes) -> Service:
    """Measure packets in batches as a stream has them; raises `WrongResultError` where alerts are lost."""
    compile_kernels()
    chosen = [
        copy.original.copy(copy.candid, copy.object_id)
        for copy in islice(copies(packets.originals, new_objects=True), sizes.files)
    ]
    rounds = on_cores(1, _rounds, chosen, sizes.rounds)
    archive = write_archive(packets.folder, packets.scratch / "night.tar.gz")
    return Service(
        tuple(rate for one in rounds for rate in one.rates),
        sum(map(len, chosen)) / len(chosen),
        f"{len(chosen):,} {packets.about} in batches of {MOST}, {sizes.rounds} times",
        rounds[0].record_bytes,
        median(one.together_seconds for one in rounds),
        rounds[0].together_bytes,
        on_cores(1, _lying, packets.folder, archive, sizes.rounds),
    )


def _rounds(packets: Sequence[bytes], number: int) -> list[_Round]:
    _round(packets[:MOST])
    return [_round(packets) for _ in range(number)]


def _round(packets: Sequence[bytes]) -> _Round:
    texts = TextPool()
    core, decoder = _core(texts, len(packets)), AlertDecoder(texts)
    rates, records = [], []
    for first in range(0, len(packets), MOST):
        some = list(packets[first : first + MOST])
        addresses = np.column_stack([np.zeros(len(some), np.int64), np.arange(first, first + len(some))])
        begin = time.thread_time()
        batch, bad = decoder.decode(join(some, addresses))
        features = compute(batch)
        core.add(batch, features, bad, len(some))
        core.catch_up(hurried=True)
        records.append(pack(_ABOUT, Arrival(batch, features, bad, len(some), addresses)))
        rates.append((time.thread_time() - begin) / len(some))
    together = _core(texts := TextPool(), len(packets))
    begin = time.thread_time()
    for record in records:
        _, arrival = unpack(record, texts)
        assert arrival is not None
        together.add(arrival.batch, arrival.features, arrival.bad, arrival.packets)
    spent = time.thread_time() - begin
    if not len(core.night) == len(together.night) == len(packets):
        raise WrongResultError(f"Of {len(packets)} packets came {len(core.night)} and {len(together.night)} alerts.")
    bytes_of = array_bytes(together.night.view())
    return _Round(rates, sum(map(len, records)) / len(packets), spent / len(packets), bytes_of / len(packets))


def _lying(folder: Path, archive: Path, rounds: int) -> Lying:
    sizes = [path.stat().st_size for path in folder.glob("*.avro")]

    def each(work: Callable[[], object]) -> float:
        return median(_spent(work) for _ in range(rounds)) / len(sizes)

    read_night(folder)
    return Lying(
        each(lambda: read_night(folder)),
        each(lambda: read_night(archive)),
        each(lambda: gunzip_only(archive)),
        archive.stat().st_size / sum(sizes),
    )


def _spent(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _core(texts: TextPool, expected: int) -> Core:
    hunt = load_hunt(find("hunts", "first-night"), kinds(), truth_kinds())
    return Core(texts, load_cuts(find("cuts", CUTS), kinds()), hunt, lambda _: {}, expected=expected)
