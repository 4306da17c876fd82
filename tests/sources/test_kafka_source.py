"""The source over librdkafka's own mock of a cluster: batches, bad messages, single packets, and what is said."""

from collections.abc import Iterator

import numpy as np
import pytest
from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.config import KAFKA
from huntui.errors import ConfigError, SourceError
from huntui.packets.batch import PacketBatch
from huntui.sources.kafka.connection import Connected
from huntui.sources.kafka.settings import KafkaSettings, kafka_settings
from huntui.sources.kafka.source import KafkaSource
from huntui.sources.kafka.words import about_error
from huntui.sources.simulated import SimulatedSource
from huntui.sources.stream import as_stream

COUNT = 30
WORD = "hunter2, and no more"


@pytest.fixture(scope="module")
def night() -> list[bytes]:
    """Return the packets of a small night."""
    (batch,) = SimulatedSource("20240707", count=COUNT).batches()
    return [batch.data[a:b].tobytes() for a, b in zip(batch.starts, batch.ends, strict=True)]


@pytest.fixture(scope="module")
def servers(night: list[bytes]) -> Iterator[str]:
    """Return the address of a mocked cluster with the night in a topic, a message of junk and an empty one in it."""
    producer = Producer({"bootstrap.servers": "mock", "test.mock.num.brokers": 1, "log_level": 0})
    for number, packet in enumerate(night):
        producer.produce("night", packet, partition=number % 2)
        if number == COUNT // 2:
            producer.produce("night", b"no packet", partition=0)
            producer.produce("night", None, partition=1)
    assert producer.flush(30) == 0
    yield ",".join(f"{one.host}:{one.port}" for one in producer.list_topics(timeout=30).brokers.values())
    producer.flush(0)  # the cluster lives as long as its producer


def settings(servers: str, topic: str = "night", **more: object) -> KafkaSettings:
    """Return settings; `__` in a name stands for a dot."""
    told = {key.replace("__", "."): value for key, value in more.items()}
    section = {**KAFKA, "session.timeout.ms": 4000, "heartbeat.interval.ms": 300, **told}
    return kafka_settings(section, None, f"kafka://{servers}/{topic}", {"HUNTUI_KAFKA_SASL_PASSWORD": WORD})


@pytest.mark.slow
def test_a_topic_is_read_to_its_end_with_whatever_is_in_it(servers: str, night: list[bytes]) -> None:
    """Every message is in a batch at its address, also when nobody takes any for a while; a packet is fetched again."""
    source = KafkaSource(settings(servers))
    assert as_stream(source) is source
    batches: list[PacketBatch] = []
    for batch in source.batches():
        batches.append(batch)
        if len(batch):
            source.attend()
    found = {
        (int(number), int(offset)): batch.data[a:b].tobytes()
        for batch in batches
        for (number, offset), a, b in zip(batch.addresses, batch.starts, batch.ends, strict=True)
    }
    assert sorted(found.values()) == sorted([*night, b"no packet", b""])
    decoder = AlertDecoder(TextPool())
    decoded = [decoder.decode(batch) for batch in batches]
    assert sum(len(alerts) for alerts, _ in decoded) == COUNT
    bad = [one.address for _, some in decoded for one in some]
    assert sorted(found[address] for address in bad) == [b"", b"no packet"]
    assert (source.stream.at_end, source.stream.behind, source.fraction) == (True, 0, 1.0)
    assert [one.number for one in source.stream.partitions if one.next] == [0, 1]
    last = max(address for address in found if address[0] == 1)
    assert source.fetch(np.array(last)) == found[last]
    assert source.describe(np.array(last)) == f"night/1/{last[1]}"
    with pytest.raises(SourceError, match="retention has removed it"):
        source.fetch(np.array([1, 10_000]))
    source.stored(np.array(list(found)))
    source.close()
    with pytest.raises(SourceError, match="closed"):
        source.fetch(np.array(last))


@pytest.mark.slow
def test_a_group_commits_what_is_stored_and_nothing_else(servers: str) -> None:
    """What was read and is not on disk comes again in the next reader of the group, which begins there."""

    def committed() -> list[int]:
        reader = Consumer({"bootstrap.servers": servers, "group.id": "class", "log_level": 0})
        found = reader.committed([TopicPartition("night", number) for number in (0, 1)], timeout=30)
        reader.close()
        return [one.offset for one in found]

    source = KafkaSource(settings(servers, group__id="class"))
    assert source.share() == f"kafka://{servers}/night as class"
    assert sum(len(batch) for batch in source.batches()) == COUNT + 2
    source.stored(np.array([[0, 2], [0, 3]]))
    source.close()
    assert committed() == [4, -1001]
    source = KafkaSource(settings(servers, group__id="class"))
    addresses = np.concatenate([batch.addresses for batch in source.batches()])
    source.close()
    assert (int(addresses[addresses[:, 0] == 0, 1].min()), len(addresses)) == (4, COUNT + 2 - 4)


@pytest.mark.slow
def test_a_topic_that_is_not_there_is_an_error_with_the_nearest_name(servers: str) -> None:
    """Whoever reads to the end is not kept waiting for it."""
    source = KafkaSource(settings(servers, "nihgt", allow__auto__create__topics=False))
    try:
        with pytest.raises(SourceError, match=r"no topic nihgt .* there is night. Did you mean 'night'"):
            list(source.batches())
    finally:
        source.close()


def test_a_key_that_librdkafka_does_not_know_is_refused_at_once() -> None:
    """Before anything is opened, and without a secret in the sentence."""
    with pytest.raises(ConfigError, match=r"bootstrap\.serverz") as refused:
        KafkaSource(settings("localhost:1", bootstrap__serverz="a"))
    assert WORD not in str(refused.value)
    with pytest.raises(ConfigError, match="SASL mechanism"):
        KafkaSource(settings("localhost:1", sasl__mechanism="NONSENSE", security__protocol="SASL_SSL"))


@pytest.mark.parametrize(
    ("code", "words", "hopeless"),
    [
        (KafkaError._AUTHENTICATION, "user name or the password is wrong", True),
        (KafkaError._SSL, "No secure connection", True),
        (KafkaError._RESOLVE, "No computer has the name", False),
        (KafkaError._ALL_BROKERS_DOWN, "Is it running", False),
        (KafkaError.TOPIC_AUTHORIZATION_FAILED, "does not let the user 'me' read the topic night", True),
        (KafkaError._MAX_POLL_EXCEEDED, "given its partitions to others", False),
        (KafkaError.BROKER_NOT_AVAILABLE, "huntui keeps trying", False),
    ],
)
def test_what_goes_wrong_is_told_in_words(code: int, words: str, hopeless: bool) -> None:
    """A sentence that says what to look at, whether waiting helps, and never a secret."""
    wanted = settings("host:9092", sasl__username="me")
    sentence, gone = about_error(KafkaError(code, f"it said {WORD}\x1b[31m"), wanted)
    assert words in sentence
    assert gone == hopeless
    assert WORD not in sentence
    assert sentence.isprintable()


def test_an_outage_is_told_once_and_its_end_as_well() -> None:
    """One silent report is none; a broker that refuses a reader who was in already is no reason to give up."""
    connected = Connected(settings("host:9092"))
    up, down = '{"brokers": {"a": {"state": "UP", "nodeid": 1}}}', '{"brokers": {"a": {"state": "DOWN", "nodeid": 1}}}'
    for report in (up, down, up, down, down, down, "{", "[]", up):
        connected.learn(report)
        connected.failed(KafkaError(KafkaError._ALL_BROKERS_DOWN))
    connected.failed(KafkaError(KafkaError._AUTHENTICATION))
    state = connected.seen((), at_end=False)
    assert state.connection == "connected"
    assert [sentence.split(" at ")[0].split(" again")[0] for sentence in state.said] == [
        "The broker",
        "The broker answers",
        "The broker",
    ]
    assert connected.hopeless == ""
    early = Connected(settings("host:9092"))
    early.delivered()  # before the first report
    early.learn(down)
    early.learn(down)
    assert early.state == "lost"
    first = Connected(settings("host:9092"))
    first.failed(KafkaError(KafkaError._AUTHENTICATION))
    assert "password is wrong" in first.hopeless
