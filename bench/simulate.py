"""Simulated packets made per second on one core, cutouts included."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any

import fastavro

from bench.data import Packets
from bench.processes import on_cores
from bench.report import Figure, Reference, WrongResultError, spread
from bench.sizes import Sizes
from huntui.packets.batch import PacketBatch
from huntui.simulate.night import CHUNK, SimulatedNight

_GOAL = 2_000.0
_DATE = "20240707"
_PARTS = 8
_WRITTEN_BY_FASTAVRO = 64


@dataclass(frozen=True, slots=True)
class Made:
    """How fast packets were made."""

    packets: int
    per_second: list[float]
    """One number for each part of the night."""
    plan_seconds: float
    bytes_per_packet: float
    fastavro_per_second: float


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return how many packets of a night of the usual size one core makes in a second."""
    del packets
    made = on_cores(1, make_packets, sizes.simulated)
    return [
        Figure(
            "simulate",
            median(made.per_second),
            "packets/s",
            _GOAL,
            at_most=False,
            reference=Reference("fastavro_writer", made.fastavro_per_second, "packets/s"),
            detail=(
                f"{made.packets:,} packets of {made.bytes_per_packet:,.0f} bytes with their cutouts on one core, "
                f"median of {len(made.per_second)} parts: {spread(made.per_second, 'packets/s')}; "
                f"the night was planned in {made.plan_seconds:.2f} s before. The reference only writes finished "
                f"records with fastavro."
            ),
        )
    ]


def make_packets(number: int) -> Made:
    """Make packets, a part of them at a time."""
    SimulatedNight(_DATE, count=CHUNK).packet(0)
    started = time.perf_counter()
    night = SimulatedNight(_DATE)
    plan_seconds = time.perf_counter() - started
    chunks = night.chunks()
    first = next(chunks)
    chunks_per_part = max(1, number // (_PARTS * CHUNK))
    speeds, done, size = [], 0, 0
    for _ in range(_PARTS):
        started = time.perf_counter()
        part = list(islice(chunks, chunks_per_part))
        seconds = time.perf_counter() - started
        speeds.append(sum(map(len, part)) / seconds)
        done += sum(map(len, part))
        size += sum(len(chunk.data) for chunk in part)
    return Made(done, speeds, plan_seconds, size / done, _written_by_fastavro(first))


def _written_by_fastavro(chunk: PacketBatch) -> float:
    """Return how many of the same packets fastavro writes in a second, once their records are made."""
    records = list(islice(_records(chunk), _WRITTEN_BY_FASTAVRO))
    started = time.perf_counter()
    for record, schema in records:
        fastavro.writer(io.BytesIO(), schema, [record])
    return len(records) / (time.perf_counter() - started)


def _records(chunk: PacketBatch) -> Iterator[tuple[Any, Any]]:
    schema: Any = None
    for start, end in zip(chunk.starts, chunk.ends, strict=True):
        reader = fastavro.reader(io.BytesIO(chunk.data[start:end].tobytes()))
        records = list(reader)
        if len(records) != 1:
            raise WrongResultError("A simulated packet does not hold one alert.")
        schema = schema or fastavro.parse_schema(reader.writer_schema)
        yield records[0], schema
