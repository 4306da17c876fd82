"""A topic before it is written to: made where it is missing, and searched for what it has of a night already."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from huntui.errors import CallError, ExportError
from huntui.exports.kafka.outlet import Header
from huntui.exports.kafka.settings import OutletSettings
from huntui.exports.kafka.words import about_trouble, hopeless

if TYPE_CHECKING:
    from concurrent.futures import Future

    from confluent_kafka import Consumer, Message

NIGHT, PLACE = "huntui-night", "huntui-place"
"""Headers of a packet that is replayed: which night it is of, and `run/place/partitions`."""

_ANSWER_SECONDS = 20.0
_MOST_BACK = 4096
"""Packets to go backwards at a time."""
_ASK_AGAIN_SECONDS = 0.2
_KEPT = {"retention.ms": "-1"}
_LATER = {"message.timestamp.after.max.ms": str(2**63 - 1)}


def make_topic(settings: OutletSettings, partitions: int = -1, kept: Mapping[str, str] | None = None) -> None:
    """Make the topic, with as many partitions as the broker likes where nothing is said.

    Unless `kept` has other settings of it, nothing in it is removed because of its age: the packets of a night are as
    old as it is. Raises `ExportError` where the broker does not make it.
    """
    from confluent_kafka import KafkaError, KafkaException
    from confluent_kafka.admin import AdminClient
    from confluent_kafka.cimpl import NewTopic

    admin = AdminClient(of_clients(settings))
    # Brokers before 3.6 know no limit to how far ahead a packet's time may lie.
    for config in ({**_KEPT, **_LATER}, _KEPT) if kept is None else (kept,):
        wanted = NewTopic(settings.topic, partitions, -1, config=dict(config))
        made = admin.create_topics([wanted], request_timeout=_ANSWER_SECONDS)[settings.topic]
        try:
            _answer(made)
        except KafkaException as problem:
            error = problem.args[0]
            if error.code() == KafkaError.TOPIC_ALREADY_EXISTS:
                return
            if error.code() != KafkaError.INVALID_CONFIG or config in (_KEPT, kept):
                said = about_trouble(error, settings)
                raise ExportError(f"The topic {settings.topic} cannot be made: {said}") from None
        else:
            return


def topic_id(settings: OutletSettings, topic: str) -> str:
    """Return the number by which a broker tells a topic from an earlier one of the same name; empty where it has none.

    Raises `ExportError` where the broker does not answer.
    """
    from confluent_kafka import KafkaError, KafkaException, TopicCollection
    from confluent_kafka.admin import AdminClient

    admin = AdminClient(of_clients(settings))
    try:
        found = admin.describe_topics(TopicCollection([topic]), request_timeout=_ANSWER_SECONDS)[topic]
        return str(_answer(found).topic_id)
    except KafkaException as problem:
        if problem.args[0].code() in (KafkaError._TRANSPORT, KafkaError._TIMED_OUT):
            raise ExportError(about_trouble(problem.args[0], settings)) from None
        return ""


def _answer(asked: "Future[Any]") -> Any:
    """Return what a broker answers; raises `KafkaException`, also where it answers nothing."""
    from confluent_kafka import KafkaError, KafkaException

    try:
        return asked.result(_ANSWER_SECONDS)
    except TimeoutError:
        raise KafkaException(KafkaError(KafkaError._TIMED_OUT)) from None


_Last = tuple[int, int, int] | None
"""Run, place in the night and partitions that a packet tells."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a topic has of a night."""

    run: int
    """How many times the night was begun before the last time."""
    last: tuple[int, ...]
    """For each partition the place in the night of the last packet that it has of that time, -1 for none.

    Packets come into a partition in their turn, so that it has all that belong there up to this one.
    """
    begun: bool = False
    """Whether the topic has anything of the night."""

    def has(self, place: int, partition: int) -> bool:
        """Tell whether a packet is there."""
        return place <= self.last[partition]


def headers_of(night: str, run: int, place: int, partitions: int) -> list[Header]:
    """Return the headers by which a packet is found again."""
    return [(NIGHT, night.encode()), (PLACE, f"{run}/{place}/{partitions}".encode())]


def look_for(
    settings: OutletSettings, night: str, partitions: int, attend: Callable[[], object] = lambda: None
) -> Found:
    """Look from the end of each partition backwards for the last packet of a night; `attend` is called meanwhile.

    Raises `ExportError` where the broker does not answer or does not let us read, and `CallError` where the topic had
    another number of partitions when the night was begun, since its packets would now go to others.
    """
    from confluent_kafka import Consumer, KafkaException

    # A reader without a group of its own: it never joins one, and commits nothing.
    readers = {"group.id": "huntui-replay", "enable.auto.commit": False, "enable.partition.eof": True}
    consumer = Consumer({**of_clients(settings), **readers, "queued.max.messages.kbytes": 16384})
    try:
        ask = partial(_last, consumer, settings.topic, night, attend)
        found = [_patiently(partial(ask, number)) for number in range(partitions)]
    except KafkaException as problem:
        raise ExportError(about_trouble(problem.args[0], settings)) from None
    finally:
        consumer.close()
    if any(one is not None and one[2] != partitions for one in found):
        raise CallError(
            f"{settings.title}: has {partitions} partitions, and had another number when this night was begun in it; "
            "replay it to another topic."
        )
    run = max((one[0] for one in found if one is not None), default=0)
    last = tuple(one[1] if one is not None and one[0] == run else -1 for one in found)
    return Found(run, last, any(one is not None for one in found))


def _patiently(ask: Callable[[], _Last]) -> _Last:
    """Ask again while the broker is not ready: of a topic that was just made it does not know at once who leads."""
    from confluent_kafka import KafkaException

    end = time.monotonic() + _ANSWER_SECONDS
    while True:
        try:
            return ask()
        except KafkaException as problem:
            if hopeless(problem.args[0]) or time.monotonic() > end:
                raise
            time.sleep(_ASK_AGAIN_SECONDS)


def _last(consumer: "Consumer", topic: str, night: str, attend: Callable[[], object], number: int) -> _Last:
    """Return run, place and partitions that the last packet of a night in a partition tells, None where it has none."""
    from confluent_kafka import TopicPartition

    low, high = consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=_ANSWER_SECONDS)
    end, step = high, 1
    while end > low:
        attend()
        begin = max(low, end - step)
        consumer.assign([TopicPartition(topic, number, begin)])
        newest = None
        for message in _between(consumer, end):
            attend()
            newest = _told(message, night) or newest
        if newest is not None:
            return newest
        end, step = begin, min(2 * step, _MOST_BACK)
    return None


def _between(consumer: "Consumer", end: int) -> "Iterator[Message]":
    """Yield the messages that a consumer has before an offset; raises `KafkaException` where they do not come."""
    from confluent_kafka import KafkaError, KafkaException

    until = time.monotonic() + _ANSWER_SECONDS
    while time.monotonic() < until:
        message = consumer.poll(0.5)
        if message is None:
            continue
        error = message.error()
        if error is not None and error.code() == KafkaError._PARTITION_EOF:
            return
        if error is not None:
            raise KafkaException(error)
        until = time.monotonic() + _ANSWER_SECONDS
        offset = message.offset()
        if offset is None or offset >= end:
            return
        yield message
        if offset == end - 1:
            return
    raise KafkaException(KafkaError(KafkaError._TIMED_OUT))


def _told(message: "Message", night: str) -> _Last:
    headers = dict(cast(list[Header], message.headers() or []))
    if headers.get(NIGHT) != night.encode():
        return None
    try:
        run, place, partitions = (int(number) for number in headers.get(PLACE, b"").split(b"/"))
    except ValueError:
        return None
    return run, place, partitions


def of_clients(settings: OutletSettings) -> dict[str, Any]:
    """Return the keys of a client that is no producer."""
    about = ("bootstrap.", "client.", "security.", "sasl.", "ssl.", "socket.", "broker.", "log_level", "enable.ssl")
    return {key: value for key, value in settings.client.items() if key.startswith(about)}
