"""A night over a real broker: nothing is lost and nothing comes twice, whoever dies meanwhile."""

import asyncio
import shutil
import signal
import threading
from pathlib import Path

import numpy as np
import pytest
from broker import Broker
from streams import candids, committed, packets, reading, report, send, source, started, until, wait_for

from huntui.night.cache import NightCache
from huntui.night.segments import segment_files

pytestmark = pytest.mark.slow

COUNT = 400


@pytest.fixture(scope="module")
def night() -> list[bytes]:
    """Return the packets of a night."""
    return packets(COUNT)


async def test_a_broker_that_is_killed_twice_loses_nothing(broker: Broker, night: list[bytes]) -> None:
    """The screen's engine says so, goes on by itself, and has every alert once, in the order of its partition."""
    topic = broker.topic(2)
    third = COUNT // 3
    async with reading(source(broker.servers, topic, at_end="follow")) as engine:
        for part in range(3):
            last = part == 2
            sent = night[part * third : None if last else (part + 1) * third]
            await asyncio.to_thread(send, broker.servers, topic, list(sent), 2)
            there = COUNT if last else (part + 1) * third
            await until(engine, lambda now, there=there: now.night.alerts >= there)  # type: ignore[misc]
            if not last:
                await asyncio.to_thread(broker.kill)
                lost = await until(engine, lambda now: now.stream is not None and now.stream.connection == "lost")
                assert lost.status == "streaming"
                await asyncio.to_thread(broker.start)
                await until(engine, lambda now: now.stream is not None and now.stream.connection == "connected")
        snapshot = await until(engine, lambda now: now.stream is not None and now.stream.at_end)
        assert (snapshot.night.alerts, snapshot.night.duplicates, snapshot.night.bad_packets) == (COUNT, 0, {})
        assert len(set(candids(snapshot))) == COUNT
        assert snapshot.stream is not None
        assert snapshot.stream.behind == 0
        said = " ".join(snapshot.stream.said)
        assert said.count("does not answer any more") == said.count("answers again") == 2
        assert snapshot.view is not None
        for number in (0, 1):
            offsets = snapshot.view.addresses[snapshot.view.addresses[:, 0] == number, 1]
            np.testing.assert_array_equal(offsets, np.arange(len(offsets)))


def test_a_reader_that_is_killed_goes_on_where_it_was(broker: Broker, night: list[bytes], tmp_path: Path) -> None:
    """The next one of its group has what was on disk; only what was not committed comes again, as duplicates."""
    topic, named = broker.topic(2), "--set=kafka.group.id=killed"
    enough = threading.Event()

    def feed() -> None:
        for at in range(0, COUNT, 10):
            send(broker.servers, topic, list(night[at : at + 10]), 2)
            enough.wait(0.05)

    feeding = threading.Thread(target=feed)
    feeding.start()
    reader = started(broker.servers, topic, tmp_path / "cache", named, "--set=kafka.at_end=follow")
    wait_for(lambda: sum(committed(broker, topic, "killed", 2)) > 40)
    reader.send_signal(signal.SIGKILL)
    reader.communicate(timeout=30)
    enough.set()
    feeding.join()
    # What was on disk at the kill is looked at in a copy: whoever opens it here holds it.
    shutil.copytree(tmp_path / "cache" / "huntui" / "nights", tmp_path / "copy")
    (name,) = {path.name.split(".")[0] for path, *_ in segment_files(tmp_path / "copy")}
    segments = NightCache(tmp_path / "copy", 10**9).reader_of(name)
    assert segments is not None
    restored = segments.restored()
    segments.close()
    assert restored is not None
    kept, of_group = restored[0], committed(broker, topic, "killed", 2)
    assert len(kept) >= sum(of_group) > 40
    again = report(started(broker.servers, topic, tmp_path / "cache", named, "--json"))
    assert again["alerts"] == COUNT
    assert again["duplicates"] == len(kept) - sum(of_group)
    assert again["bad_packets"] == {}
    assert sum(committed(broker, topic, "killed", 2)) == COUNT


async def test_two_readers_share_a_topic_and_leave_it_to_each_other(
    broker: Broker, night: list[bytes], tmp_path: Path
) -> None:
    """Every alert is with one of them; both have only what was not committed when the second one came."""
    topic, half = broker.topic(4), COUNT // 2

    def member() -> object:
        return source(broker.servers, topic, group__id="shared", at_end="follow")

    await asyncio.to_thread(send, broker.servers, topic, list(night[:half]), 4)
    async with reading(member(), tmp_path) as one:  # type: ignore[arg-type]
        await until(one, lambda now: now.night.alerts == half)
        await asyncio.to_thread(wait_for, lambda: sum(committed(broker, topic, "shared", 4)) == half)
        async with reading(member(), tmp_path) as other:  # type: ignore[arg-type]
            await until(other, lambda now: now.stream is not None and len(now.stream.partitions) == 2)
            await until(one, lambda now: now.stream is not None and len(now.stream.partitions) == 2)
            await asyncio.to_thread(send, broker.servers, topic, list(night[half:]), 4)
            first = await until(one, lambda now: now.night.alerts == half + half // 2)
            second = await until(other, lambda now: now.night.alerts == half // 2)
            assert set(candids(first)) | set(candids(second)) == set(candids(first)) ^ set(candids(second))
            assert len({*candids(first), *candids(second)}) == COUNT
            assert (first.night.duplicates, second.night.duplicates) == (0, 0)
        # The second one has left: what comes now is all for the first.
        await until(one, lambda now: now.stream is not None and len(now.stream.partitions) == 4)
        await asyncio.to_thread(send, broker.servers, topic, list(night[:40]), 4)
        last = await until(one, lambda now: now.night.packets == half + half // 2 + 40)
        assert last.night.duplicates == 40
    assert sum(committed(broker, topic, "shared", 4)) == COUNT + 40
