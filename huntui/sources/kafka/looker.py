"""A second reader that fetches single packets again, by topic, partition and offset."""

from threading import Lock
from typing import TYPE_CHECKING, Any

from huntui.errors import SourceError
from huntui.sources.kafka.settings import KafkaSettings
from huntui.sources.kafka.words import GONE, about_error

if TYPE_CHECKING:
    from confluent_kafka import Consumer

_SECONDS = 10.0
_SLICES = 40
ALONE = {
    "enable.auto.commit": False,
    "auto.offset.reset": "error",
    # Somebody waits for one packet: what comes behind it is of no use.
    "queued.min.messages": 1,
    "queued.max.messages.kbytes": 1024,
    "fetch.wait.max.ms": 10,
    "statistics.interval.ms": 0,
}
"""What goes before every other setting of this reader."""
_OF_A_GROUP = ("group.instance.id", "group.protocol", "group.remote.assignor")


class Looker:
    """Fetches packets one at a time. Safe to use from any thread, none of which is the one that reads the stream."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._consumer: Consumer | None = None
        self._closed = False

    def message(self, partition: int, offset: int) -> bytes | None:
        """Return the bytes of one message; raises `SourceError` when they cannot be had."""
        from confluent_kafka import KafkaException, TopicPartition

        with self._lock:
            where = f"{self._settings.topic}/{partition}/{offset}"
            if self._closed:
                raise SourceError(f"{where}: the stream is closed.")
            try:
                consumer = self._opened()
                consumer.assign([TopicPartition(self._settings.topic, partition, offset)])
                try:
                    return self._found(consumer, offset, where)
                finally:
                    consumer.unassign()
            except KafkaException as problem:
                raise SourceError(f"{where}: {about_error(problem.args[0], self._settings)[0]}") from None

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._closed = True
            if self._consumer is not None:
                self._consumer.close()
                self._consumer = None

    def _found(self, consumer: "Consumer", offset: int, where: str) -> bytes | None:
        from confluent_kafka import KafkaError

        for _ in range(_SLICES):
            message = consumer.poll(_SECONDS / _SLICES)
            if message is None:
                continue
            error = message.error()
            if error is None and message.offset() == offset:
                return message.value()
            gone = error is not None and error.code() in (KafkaError._AUTO_OFFSET_RESET, KafkaError.OFFSET_OUT_OF_RANGE)
            if error is None or gone or error.code() == KafkaError._PARTITION_EOF:
                raise SourceError(f"{where}: the packet is no longer at the broker: {GONE}.")
            raise SourceError(f"{where}: {about_error(error, self._settings)[0]}")
        raise SourceError(f"{where}: no broker at {self._settings.servers} has answered for {_SECONDS:g} s.")

    def _opened(self) -> "Consumer":
        from confluent_kafka import Consumer

        if self._consumer is None:
            client: dict[str, Any] = {k: v for k, v in self._settings.client.items() if k not in _OF_A_GROUP}
            self._consumer = Consumer({**client, **ALONE})
        return self._consumer
