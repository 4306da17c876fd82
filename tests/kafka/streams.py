"""Simulated packets in a topic of a real broker, and engines and processes that read them."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from broker import Broker
from confluent_kafka import Consumer, Producer, TopicPartition

from huntui.config import KAFKA
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.hunt import load_hunt
from huntui.night.cache import NightCache
from huntui.shipped import find
from huntui.sources.kafka.settings import kafka_settings
from huntui.sources.kafka.source import KafkaSource
from huntui.sources.simulated import SimulatedSource
from huntui.truth import kinds as truth_kinds

SOON = {"session.timeout.ms": 6000, "heartbeat.interval.ms": 500}
"""A member that died is missed as soon as a broker allows."""


def packets(count: int) -> list[bytes]:
    """Return the packets of a simulated night."""
    found = []
    for batch in SimulatedSource("20240707", count=count).batches():
        found += [batch.data[a:b].tobytes() for a, b in zip(batch.starts, batch.ends, strict=True)]
    return found


def send(servers: str, topic: str, messages: list[bytes | None], partitions: int = 1) -> None:
    """Put messages into a topic, one partition after the other in turn, and wait until all are there."""
    producer = Producer({"bootstrap.servers": servers, "enable.idempotence": True, "log_level": 0})
    for number, message in enumerate(messages):
        producer.produce(topic, message, partition=number % partitions)
        producer.poll(0)
    assert producer.flush(120) == 0


def source(servers: str, topic: str, **more: object) -> KafkaSource:
    """Return a source over a topic; `__` in a name stands for a dot."""
    section = {**KAFKA, **SOON, **{key.replace("__", "."): value for key, value in more.items()}}
    return KafkaSource(kafka_settings(section, None, f"kafka://{servers}/{topic}", {}))


@asynccontextmanager
async def reading(over: KafkaSource, cache: Path | None = None) -> AsyncIterator[Engine]:
    """Run an engine that keeps every alert."""
    hunt = load_hunt(find("hunts", "first-night"), kinds(), truth_kinds())
    engine = Engine(over, NO_CUTS, hunt, cache=None if cache is None else NightCache(cache, 10**9))
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def until(engine: Engine, wanted: Callable[[Snapshot], bool], seconds: float = 300) -> Snapshot:
    """Return the first snapshot that is as wanted."""
    async with asyncio.timeout(seconds):
        async for snapshot in engine:
            if wanted(snapshot):
                return snapshot
    raise AssertionError("the engine stopped before")


def candids(snapshot: Snapshot) -> list[int]:
    """Return the candid of every alert of a night."""
    return [] if snapshot.view is None or not len(snapshot.view) else snapshot.view.column("candid").tolist()


def started(servers: str, topic: str, cache: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start `huntui run` on a topic, with a cache folder of its own, in a process that can be killed."""
    command = [sys.executable, "-m", "huntui", "run", "--source", f"kafka://{servers}/{topic}", "--cuts", "none"]
    settings = [f"--set=kafka.{key}={value}" for key, value in SOON.items()]
    return subprocess.Popen(
        [*command, *settings, *arguments],
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def report(process: "subprocess.Popen[str]") -> dict[str, object]:
    """Return what `huntui run --json` printed."""
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def committed(broker: Broker, topic: str, group: str, partitions: int) -> list[int]:
    """Return what a group has committed of each partition, 0 where it has nothing."""
    reader = Consumer({"bootstrap.servers": broker.servers, "group.id": group}, logger=None)
    try:
        found = reader.committed([TopicPartition(topic, number) for number in range(partitions)], timeout=30)
        return [max(0, one.offset) for one in found]
    finally:
        reader.close()


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 300
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
