"""A topic of a real broker, against a bare loop that consumes packets and drops them."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median

from bench.data import Packets
from bench.nights import check_alerts, compile_kernels, read_night
from bench.originals import copies
from bench.processes import cores_there_are
from bench.report import Figure, NotMeasuredError, Reference, WrongResultError, spread
from bench.sizes import Sizes
from huntui.config import KAFKA
from huntui.sources.kafka.settings import kafka_settings

_GOAL = 0.8
_PARTITIONS = 4
_SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "kafka"
_MESSAGES = 500
"""Packets that the bare loop asks for at a time."""
_PATIENCE_SECONDS = 600.0


@dataclass(slots=True)
class Rounds:
    """Packets per second, round by round."""

    bare: list[float] = field(default_factory=list)
    huntui: list[float] = field(default_factory=list)


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return how fast huntui takes a topic in, as a share of how fast a bare loop does."""
    compile_kernels()
    with _broker(packets.scratch / "kafka") as servers:
        size = _fill(servers, packets, sizes.streamed)
        rounds = Rounds()
        _bare(servers, sizes.streamed)
        _huntui(servers, sizes.streamed)
        for _ in range(sizes.rounds):
            rounds.bare.append(sizes.streamed / _bare(servers, sizes.streamed))
            rounds.huntui.append(sizes.streamed / _huntui(servers, sizes.streamed))
    ours, bare = median(rounds.huntui), median(rounds.bare)
    return [
        Figure(
            "kafka",
            ours / bare,
            "times as fast",
            _GOAL,
            at_most=False,
            reference=Reference("consume_only", bare, "packets/s"),
            detail=(
                f"{sizes.streamed:,} {packets.about} ({size / 2**20:,.0f} MiB) in {_PARTITIONS} partitions of a broker "
                f"on the same {cores_there_are(at_most=1024)} cores, medians of {sizes.rounds} rounds, from joining a "
                f"new group to the last packet: huntui {spread(rounds.huntui, 'packets/s')}, a loop of consume() that "
                f"drops everything {spread(rounds.bare, 'packets/s')}; fastest against fastest "
                f"{max(rounds.huntui) / max(rounds.bare):.2f}."
            ),
        )
    ]


@contextmanager
def _broker(data: Path) -> Iterator[str]:
    """Start a broker and give its address; raises `NotMeasuredError` where there can be none."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    call = [sys.executable, str(_SCRIPT)]
    where = ["--data", str(data)]
    started = subprocess.run([*call, "start", "--port", str(port), *where], check=False, capture_output=True, text=True)
    if started.returncode:
        raise NotMeasuredError(started.stderr.strip().removeprefix("kafka: ").rstrip("."))
    try:
        yield f"127.0.0.1:{port}"
    finally:
        subprocess.run([*call, "stop", "--now", *where], check=False, capture_output=True)


_TOPIC = "packets"


def _fill(servers: str, packets: Packets, number: int) -> int:
    """Send copies of packets to the broker, as many to each partition, and return their bytes."""
    from confluent_kafka import Producer
    from confluent_kafka.admin import AdminClient
    from confluent_kafka.cimpl import NewTopic

    admin = AdminClient({"bootstrap.servers": servers})
    admin.create_topics([NewTopic(_TOPIC, _PARTITIONS, 1)])[_TOPIC].result(60)
    producer = Producer({"bootstrap.servers": servers, "acks": "all", "linger.ms": 20})
    size = 0
    for k, copy in enumerate(islice(copies(packets.originals, new_objects=True), number)):
        data = copy.original.copy(copy.candid, copy.object_id)
        size += len(data)
        while True:
            try:
                producer.produce(_TOPIC, data, partition=k % _PARTITIONS)
                break
            except BufferError:
                producer.poll(0.1)
    if producer.flush(_PATIENCE_SECONDS):
        raise NotMeasuredError("the broker does not take the packets")
    return size


def _bare(servers: str, number: int) -> float:
    """Consume every packet of the topic and return the seconds from joining a group to the last of them.

    With the keys that huntui gives librdkafka: the usual ones make it wait a second whenever its queue is full.
    """
    from confluent_kafka import Consumer

    consumer = Consumer(dict(kafka_settings(KAFKA, address=f"kafka://{servers}/{_TOPIC}").client))
    taken, started = 0, time.perf_counter()
    try:
        consumer.subscribe([_TOPIC])
        while taken < number:
            messages = consumer.consume(_MESSAGES, 1.0)
            taken += sum(message.error() is None for message in messages)
            if time.perf_counter() - started > _PATIENCE_SECONDS:
                raise WrongResultError(f"The bare loop got {taken} of {number} packets.")
        return time.perf_counter() - started
    finally:
        consumer.close()


def _huntui(servers: str, number: int) -> float:
    """Read the topic as a night to its end and return the seconds that huntui itself counts."""
    night = read_night(f"kafka://{servers}/{_TOPIC}")
    check_alerts(night.snapshot, number)
    return night.seconds
