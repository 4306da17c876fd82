"""A topic of Kafka as a source: packets as they come, in batches, and offsets committed once they are on disk.

An address is a partition and an offset of the one topic that is read. A reader without a named group commits nothing:
the next one begins anew. After an outage each partition goes on behind the last packet that was taken from it, whatever
the broker knows of it, so that nothing is lost and nothing comes twice.
"""

import time
from collections import deque
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from huntui.errors import ConfigError, SourceError
from huntui.packets.batch import NO_ADDRESSES, Int64s, PacketBatch, join
from huntui.sources.kafka.connection import Connected
from huntui.sources.kafka.framing import Framing
from huntui.sources.kafka.looker import Looker
from huntui.sources.kafka.offsets import Offsets
from huntui.sources.kafka.settings import KafkaSettings
from huntui.sources.kafka.words import bad_key, no_topic, numbers
from huntui.sources.stream import StreamState

if TYPE_CHECKING:
    from confluent_kafka import Consumer, KafkaError, Message, TopicPartition

_FIRST_BATCH, _BATCH = 64, 256
_LOOK_SECONDS = 0.5
_SILENT_SECONDS = 2.0
"""After so long without a message the broker's own bounds tell whether all was read."""
_COMMITTED_SECONDS = 5.0


class KafkaSource:
    """Reads one topic of Kafka."""

    kind = "kafka"
    simulated = False
    total: int | None = None

    def __init__(self, settings: KafkaSettings) -> None:
        """Prepare to read; nothing is asked of a broker before `batches`.

        Raises `ConfigError` for a key that librdkafka does not take, and for a schema that cannot be read.
        """
        from confluent_kafka import Consumer, KafkaException

        self.title = settings.title
        self.follow = settings.at_end == "follow"
        self._settings = settings
        self._framing = Framing(settings.schema)
        self._offsets, self._looker = Offsets(), Looker(settings)
        self._connected = Connected(settings)
        self._held: list[Message] = []
        self._on_disk: deque[Int64s] = deque()
        self._paused = self._alone = False
        self._looked = self._heard = 0.0
        self._state = StreamState()
        try:
            self._consumer: Consumer = Consumer(
                {**settings.client, "error_cb": self._connected.failed, "stats_cb": self._connected.learn}
            )
        except (KafkaException, ValueError, TypeError) as problem:
            raise ConfigError(bad_key(problem, settings)) from None

    @property
    def fraction(self) -> float | None:
        """How much of what is at the broker was read, unless more is waited for."""
        return None if self.follow else self._state.fraction

    @property
    def stream(self) -> StreamState:
        """How the stream stands."""
        return self._state

    def follow_unless_told(self) -> None:
        """Follow the topic unless the configuration says that it is read to its end only."""
        self.follow = self._settings.at_end != "stop"

    def fingerprint(self) -> str | None:
        """A stream is not kept as a whole night: see `share`."""
        return None

    def share(self) -> str | None:
        """Name what a reader of the group has read; None where the next one begins anew anyway."""
        return f"{self.title} as {self._settings.group}" if self._settings.commits else None

    def batches(self) -> Iterator[PacketBatch]:
        """Yield packets as they come, and an empty batch where none came for a while.

        Raises `SourceError` where the broker lets nobody in, and for a topic that is not there at a reader who does
        not wait for it.
        """
        self._consumer.subscribe(
            [self._settings.topic], on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._revoked
        )
        size = _FIRST_BATCH
        while True:
            self._resume()
            self._commit()
            messages = self._held + self._consumer.consume(size, self._settings.poll_seconds)
            self._held = []
            batch = self._batch(messages)
            self._heard = time.monotonic() if messages else self._heard
            self._look()
            if len(batch):
                yield batch
            if len(messages) < size:
                # Whoever takes them need not wait for more before these are counted.
                yield _NOTHING
            size = _BATCH
            if self._ended:
                return

    @property
    def _ended(self) -> bool:
        return not self.follow and (self._offsets.at_end or self._alone) and self._connected.state != "lost"

    def _batch(self, messages: "list[Message]") -> PacketBatch:
        values, addresses = [], []
        ends: dict[int, int] = {}
        packet = self._framing.packet
        for message in messages:
            if (error := message.error()) is not None:
                self._event(error, message, ends)
                continue
            values.append(packet(message.value()))
            addresses.append((message.partition(), message.offset()))
        where = np.array(addresses, np.int64).reshape(-1, 2)
        self._went(where, ends)
        if not values:
            return _NOTHING
        self._connected.delivered()
        return join(values, where)

    def _went(self, addresses: Int64s, ends: dict[int, int]) -> None:
        """Learn how far each partition was read, and where some of them end."""
        for number, expected, found in self._offsets.took(addresses[:, 0], addresses[:, 1]):
            self._connected.say(
                f"Of partition {number} the packets {expected:,} to {found - 1:,} were no longer at the broker when "
                "they were to be read."
            )
        for number, offset in ends.items():
            # More may have come behind what was an end a moment ago.
            if not np.any(addresses[addresses[:, 0] == number, 1] >= offset):
                self._offsets.reached_end(number, offset)

    def _event(self, error: "KafkaError", message: "Message", ends: dict[int, int]) -> None:
        """Learn what came in the place of a packet."""
        from confluent_kafka import KafkaError

        if error.code() == KafkaError._PARTITION_EOF:
            ends[message.partition() or 0] = message.offset() or 0
        elif error.code() in (KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_TOPIC):
            self._missing()
        else:
            self._connected.failed(error)

    def _missing(self) -> None:
        from confluent_kafka import KafkaException

        try:
            there = list(self._consumer.list_topics(timeout=_COMMITTED_SECONDS).topics)
        except KafkaException:
            return
        if self._settings.topic in there:
            return
        sentence = no_topic(self._settings, there)
        if not self.follow:
            raise SourceError(sentence)
        self._connected.say(f"{sentence} It is read as soon as it is there.", once=True)

    def _assigned(self, consumer: "Consumer", partitions: "list[TopicPartition]") -> None:
        """Go on in each partition where this reader was, unless another reader of the group is further."""
        committed = self._committed(consumer, partitions)
        begins: dict[int, int | None] = {}
        for one in partitions:
            mine, of_group = self._offsets.next_of(one.partition), committed.get(one.partition, -1)
            begin = of_group if mine is None else max(mine, of_group)
            begins[one.partition] = begin if begin >= 0 else None
            one.offset = begin if begin >= 0 else one.offset
        self._offsets.assign(begins)
        self._heard = time.monotonic()
        (consumer.incremental_assign if self._settings.cooperative else consumer.assign)(partitions)
        numbers_now = self._offsets.assigned
        self._alone = not numbers_now
        if not numbers_now:
            self._connected.say(
                f"Others of the group {self._settings.group} read all partitions of {self._settings.topic}: there is "
                "none left for this reader."
            )
        elif partitions:
            shared = f", as one of the group {self._settings.group}" if self._settings.group else ""
            self._connected.say(f"Reading {numbers(numbers_now)} of {self._settings.topic}{shared}.")

    def _committed(self, consumer: "Consumer", partitions: "list[TopicPartition]") -> dict[int, int]:
        from confluent_kafka import KafkaException

        if not self._settings.commits or not partitions:
            return {}
        try:
            found = consumer.committed(partitions, timeout=_COMMITTED_SECONDS)
        except KafkaException:
            return {}
        return {one.partition: one.offset for one in found if one.error is None}

    def _revoked(self, _: "Consumer", partitions: "list[TopicPartition]") -> None:
        gone = [one.partition for one in partitions]
        self._offsets.revoke(gone)
        if gone and self._settings.group:
            self._connected.say(f"The broker shares the topic anew: {numbers(gone)} may go to another of the group.")

    def _resume(self) -> None:
        if self._paused:
            self._paused = False
            self._consumer.resume(self._consumer.assignment())

    def attend(self) -> None:
        """Take nothing, but let the broker know that this reader is alive."""
        self._paused = True
        self._commit()
        self._consumer.pause(self._consumer.assignment())
        if (message := self._consumer.poll(0)) is not None:
            self._held.append(message)
        self._look()

    def _look(self) -> None:
        """Bring `stream` up to date, now and then; raises `SourceError` where trying again cannot help."""
        from confluent_kafka import TopicPartition

        if self._connected.hopeless:
            raise SourceError(self._connected.hopeless)
        now = time.monotonic()
        at_end = self._offsets.at_end
        if now - self._looked >= _LOOK_SECONDS or at_end != self._state.at_end:
            self._looked = now
            for number in self._offsets.assigned:
                bounds = self._consumer.get_watermark_offsets(TopicPartition(self._settings.topic, number), cached=True)
                if bounds is not None and bounds[1] >= 0:
                    self._offsets.bounds(number, *bounds)
            if now - self._heard > _SILENT_SECONDS and self._connected.state == "connected" and not self._paused:
                self._offsets.settle()
                at_end = self._offsets.at_end
        self._state = self._connected.seen(self._offsets.states(), at_end=at_end)

    def fetch(self, address: Int64s) -> bytes:
        """Fetch one packet again; raises `SourceError` when the broker has it no longer, or does not answer."""
        return self._framing.packet(self._looker.message(int(address[0]), int(address[1])))

    def describe(self, address: Int64s) -> str:
        """Name a packet by topic, partition and offset."""
        return f"{self._settings.topic}/{int(address[0])}/{int(address[1])}"

    def stored(self, addresses: Int64s) -> None:
        """Let these packets be committed, and nothing else; the thread that reads does it before it reads on."""
        if self._settings.commits:
            self._on_disk.append(addresses)

    def _commit(self) -> None:
        # A consumer takes one call at a time: another thread would wait for minutes while this one reads on and on.
        from confluent_kafka import KafkaException, TopicPartition

        while self._on_disk:
            for number, offset in self._offsets.on_disk(self._on_disk.popleft()).items():
                try:
                    self._consumer.store_offsets(offsets=[TopicPartition(self._settings.topic, number, offset)])
                except KafkaException:
                    # The partition has gone to another reader, who reads these packets again.
                    continue

    def truth(self, object_ids: list[str]) -> Mapping[str, Mapping[str, object]]:  # noqa: ARG002 (the contract's)
        """Nothing is known to be true of what comes over a stream."""
        return {}

    def close(self) -> None:
        """Commit what is on disk, leave the group and let go of the connections."""
        self._commit()
        self._consumer.close()
        self._looker.close()


_NOTHING = PacketBatch(np.empty(0, np.uint8), *(np.empty(0, np.int64),) * 2, NO_ADDRESSES, NO_ADDRESSES)
