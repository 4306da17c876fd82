"""What a packet takes on one core, from its bytes to the counts of its group: measured for the queue of `rubin`.

By the time that the processor spends, so that a machine that is shared with others gives the same.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median

import numpy as np

from bench.data import Packets
from bench.memory import array_bytes
from bench.nights import CUTS, compile_kernels
from bench.originals import copies
from bench.processes import on_cores
from bench.queueing import MOST
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
    return Service(
        tuple(rate for one in rounds for rate in one.rates),
        sum(map(len, chosen)) / len(chosen),
        f"{len(chosen):,} {packets.about} in batches of {MOST}, {sizes.rounds} times",
        rounds[0].record_bytes,
        median(one.together_seconds for one in rounds),
        rounds[0].together_bytes,
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


def _core(texts: TextPool, expected: int) -> Core:
    hunt = load_hunt(find("hunts", "first-night"), kinds(), truth_kinds())
    return Core(texts, load_cuts(find("cuts", CUTS), kinds()), hunt, lambda _: {}, expected=expected)
