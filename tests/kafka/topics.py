"""What a topic holds, read by a plain consumer."""

import io
import subprocess
import time
from collections.abc import Callable
from typing import Any

import fastavro
from broker import Broker
from confluent_kafka import Consumer, KafkaException, Message, TopicPartition


def held(broker: Broker, topic: str) -> list[Message]:
    """Return every message of a topic, partition by partition."""
    reader = Consumer(
        {"bootstrap.servers": broker.servers, "group.id": "looks", "enable.auto.commit": False}, logger=None
    )
    try:
        messages: list[Message] = []
        for number in reader.list_topics(topic, timeout=30).topics[topic].partitions:
            begin, end = reader.get_watermark_offsets(TopicPartition(topic, number), timeout=30)
            reader.assign([TopicPartition(topic, number, begin)])
            deadline = time.monotonic() + 60
            while begin < end and time.monotonic() < deadline:
                for message in reader.consume(500, timeout=1):
                    assert message.error() is None
                    messages.append(message)
                    begin = message.offset() + 1
            assert begin >= end
        return messages
    finally:
        reader.close()


def number_held(broker: Broker, topic: str) -> int:
    """Return how many messages a topic has, 0 where there is none or the broker is not ready for it yet."""
    reader = Consumer({"bootstrap.servers": broker.servers, "group.id": "looks"}, logger=None)
    try:
        known = reader.list_topics(timeout=30).topics.get(topic)
        ends = [
            reader.get_watermark_offsets(TopicPartition(topic, number), timeout=30)
            for number in (known.partitions if known else ())
        ]
        return sum(end - begin for begin, end in ends)
    except KafkaException:
        return 0
    finally:
        reader.close()


def alert_of(packet: bytes) -> dict[str, Any]:
    """Read a packet with fastavro."""
    return next(iter(fastavro.reader(io.BytesIO(packet))))


def until(is_so: Callable[[], bool], sending: "subprocess.Popen[str] | None" = None) -> None:
    """Wait until something is so, while a process goes on."""
    end = time.monotonic() + 90
    while not is_so():
        assert sending is None or sending.poll() is None, sending.communicate()
        assert time.monotonic() < end
        time.sleep(0.05)
