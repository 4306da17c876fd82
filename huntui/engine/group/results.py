"""The topic in which a group shares what it read, and how far the group is in the topic that it reads."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, TypeVar

from huntui.engine.group.sharing import Group
from huntui.errors import ExportError, SourceError
from huntui.exports.kafka.topic import topic_id
from huntui.exports.kafka.words import about_trouble
from huntui.sources.kafka.looker import ALONE
from huntui.sources.kafka.settings import kafka_settings
from huntui.sources.kafka.words import about_error, no_topic

if TYPE_CHECKING:
    from confluent_kafka import KafkaError, Message

_ANSWER_SECONDS, _SLICE_SECONDS, _PAUSE_SECONDS = 20.0, 2.0, 0.1
_AT_ONCE = 100
_READING = {"queued.min.messages": 100, "queued.max.messages.kbytes": 65536, "enable.partition.eof": True}

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a group is in one partition of the topic that it reads."""

    partition: int
    begin: int
    """Offset of the first packet that the broker has."""
    committed: int
    """Offset behind the last packet that was committed; `begin` where none was."""
    end: int
    """Offset behind the last packet."""


class Results:
    """Reads what a group shares, from its beginning, and never joins the group. Belongs to one thread."""

    def __init__(self, group: Group, section: Mapping[str, object]) -> None:
        """Prepare to read; nothing is asked of a broker yet."""
        from confluent_kafka import Consumer

        self._group, self._outlet = group, group.settings(section)
        alone = {**section, "group.id": group.name, "share": False}
        self._settings = kafka_settings(alone, None, self._outlet.title)
        self._read = kafka_settings(alone, None, group.title)
        self._next: dict[int, int] = {}
        """Where to go on in each partition."""
        self._failed: KafkaError | None = None
        client = {**self._settings.client, **ALONE, **_READING, "error_cb": self._hear}
        self._consumer: Consumer = Consumer(client)

    def open(self) -> str:
        """Begin to read, and return the number of the topic that the group reads, as the broker has it.

        Raises `SourceError` where the broker does not answer, or nobody has shared anything.
        """
        from confluent_kafka import TopicPartition

        topics = self._asked(lambda seconds: self._consumer.list_topics(timeout=seconds)).topics
        if self._read.topic not in topics:
            raise SourceError(no_topic(self._read, list(topics)))
        if self._settings.topic not in topics:
            raise SourceError(
                f"Nobody of the group {self._group.name} shares what it reads of {self._read.topic}: there is no topic "
                f"{self._settings.topic}. Its readers share as in `huntui run --source {self._group.title} --group "
                f"{quote(self._group.name)} --share`."
            )
        for number in topics[self._settings.topic].partitions:
            self._next[number] = self._bounds(self._settings.topic, number)[0]
        self._consumer.assign([TopicPartition(self._settings.topic, *where) for where in self._next.items()])
        try:
            return topic_id(self._outlet, self._read.topic)
        except ExportError as problem:
            raise SourceError(str(problem)) from None

    def reached(self) -> list[Reached]:
        """Return how far the group is in each partition. Raises `SourceError` where the broker does not answer."""
        from confluent_kafka import TopicPartition

        topic = self._read.topic
        known = self._asked(lambda seconds: self._consumer.list_topics(timeout=seconds)).topics.get(topic)
        wanted = [TopicPartition(topic, number) for number in sorted(known.partitions if known else ())]
        if not wanted:
            return []
        found = []
        for one in self._asked(lambda seconds: self._consumer.committed(wanted, timeout=seconds)):
            begin, end = self._bounds(topic, one.partition)
            found.append(Reached(one.partition, begin, max(begin, one.offset), end))
        return found

    def records(self) -> Iterator[tuple[bytes, float]]:
        """Yield what was written since the last time, and when by the broker's clock (seconds since 1970).

        Raises `SourceError` where the broker does not answer, or does not let us read.
        """
        ends = {number: self._bounds(self._settings.topic, number)[1] for number in self._next}
        until = time.monotonic() + _ANSWER_SECONDS
        while any(self._next[number] < end for number, end in ends.items()):
            for message in self._consumer.consume(_AT_ONCE, 0.1):
                until = time.monotonic() + _ANSWER_SECONDS
                if self._went_on(message):
                    yield message.value() or b"", message.timestamp()[1] / 1000
            if time.monotonic() > until:
                raise SourceError(self._why_silent())

    def close(self) -> None:
        """Let go of the connection."""
        self._consumer.close()

    def _went_on(self, message: "Message") -> bool:
        """Learn how far a partition was read; tell whether a message is one."""
        from confluent_kafka import KafkaError

        error, number, offset = message.error(), message.partition(), message.offset()
        if error is not None and error.code() != KafkaError._PARTITION_EOF:
            raise SourceError(self._about(error))
        if number is not None and offset is not None:
            self._next[number] = offset + (error is None)
        return error is None

    def _bounds(self, topic: str, number: int) -> tuple[int, int]:
        from confluent_kafka import TopicPartition

        where = TopicPartition(topic, number)
        begin, end = self._asked(lambda seconds: self._consumer.get_watermark_offsets(where, timeout=seconds))
        return begin, end

    def _asked(self, ask: Callable[[float], Answer]) -> Answer:
        """Return an answer of the broker; `ask` gets how long to wait for it, in seconds.

        Raises `SourceError` where none comes, as soon as it is known that none will.
        """
        from confluent_kafka import KafkaException

        end = time.monotonic() + _ANSWER_SECONDS
        while True:
            try:
                return ask(_SLICE_SECONDS)
            except KafkaException as problem:
                if not self._next:
                    self._consumer.poll(0)  # so that `_hear` is called; nothing is read yet that it could take
                error = self._failed or problem.args[0]
                if time.monotonic() > end or about_error(error, self._settings)[1]:
                    raise SourceError(self._about(error)) from None
                time.sleep(_PAUSE_SECONDS)

    def _hear(self, error: "KafkaError") -> None:
        self._failed = error

    def _why_silent(self) -> str:
        if self._failed is not None:
            return self._about(self._failed)
        return f"No broker at {self._settings.servers} has answered for {_ANSWER_SECONDS:g} s."

    def _about(self, error: "KafkaError") -> str:
        sentence, hopeless = about_error(error, self._settings)
        # Whoever reads a stream keeps trying, and says so; here somebody waits for an answer.
        return sentence if hopeless else about_trouble(error, self._outlet)
