"""What packets are handed to, to be sent to a topic: each is delivered once, in its turn, or said not to be."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from huntui.errors import CallError, ExportError
from huntui.exports.kafka.settings import OutletSettings
from huntui.exports.kafka.words import about_refusal, about_trouble, hopeless, refused_by_client

if TYPE_CHECKING:
    from confluent_kafka import KafkaError, Message

Header = tuple[str, bytes]

_ANSWER_SECONDS = 20.0
_POLL_SECONDS = 0.1
_EPOCH_JD = 2_440_587.5
_FIRST_JD, _LAST_JD = 2_400_000.5, 2_500_000.5
"""Julian dates of 1858 and 2132: a packet that says another time says none."""


class Outlet:
    """Sends packets to one topic. Belongs to one thread.

    While the broker is away packets wait, in bounded memory: for ever, or until one has waited for `patience` seconds,
    which is a refusal.
    """

    def __init__(self, settings: OutletSettings, patience: float | None = None) -> None:
        """Prepare to send; raises `CallError` for a key that librdkafka does not take."""
        from confluent_kafka import KafkaException, Producer

        self.settings = settings
        self.delivered = 0
        """Packets that the broker has acknowledged."""
        self.refused: Counter[str] = Counter()
        """Packets that were not delivered, by the reason why."""
        self.trouble = ""
        """A sentence about the broker while it is away, else nothing."""
        self._hopeless = ""
        waits = {"message.timeout.ms": 0 if patience is None else int(patience * 1000)}
        try:
            self._producer = Producer(
                {**waits, **settings.client, "error_cb": self._troubled, "on_delivery": self._settled}
            )
        except (KafkaException, ValueError, TypeError) as problem:
            raise CallError(refused_by_client(problem, settings)) from None

    @property
    def waiting(self) -> int:
        """Packets that were handed over and are neither delivered nor refused yet."""
        return len(self._producer)

    def partitions(self, attend: Callable[[], object] = lambda: None) -> int | None:
        """Return how many partitions the topic has, None where there is no such topic yet.

        `attend` is called meanwhile. Raises `ExportError` where no broker answers, or it does not let us in.
        """
        from confluent_kafka import KafkaException

        topic, end = self.settings.topic, time.monotonic() + _ANSWER_SECONDS
        while True:
            self.serve(0)
            attend()
            try:
                # Of all topics: a broker may make one that is asked for by its name.
                known = self._producer.list_topics(timeout=1.0).topics.get(topic)
            except KafkaException as problem:
                if time.monotonic() > end:
                    raise ExportError(about_trouble(problem.args[0], self.settings)) from None
                continue
            if known is None:
                return None
            if known.partitions and known.error is None:
                return len(known.partitions)
            if time.monotonic() > end:
                raise ExportError(f"The topic {topic} at {self.settings.servers} has no partition that can be written.")

    def send(
        self, packet: bytes, *, key: str | None, jd: float | None, headers: Sequence[Header], partition: int = -1
    ) -> None:
        """Hand over one packet, waiting while too many wait; raises `ExportError` where no packet can be sent."""
        from confluent_kafka import KafkaException

        stamp = 0 if jd is None or not _FIRST_JD <= jd < _LAST_JD else round((jd - _EPOCH_JD) * 86_400_000)
        while True:
            self.serve(0)
            try:
                self._producer.produce(
                    self.settings.topic,
                    packet,
                    key,
                    partition,
                    timestamp=max(0, stamp),
                    headers=list(headers),
                )
            except BufferError:
                self.serve(_POLL_SECONDS)
            except KafkaException as problem:
                self._refuse(problem.args[0])
                return
            else:
                return

    def serve(self, seconds: float) -> None:
        """Let what the broker said be heard, for a time; raises `ExportError` where no packet can be sent any more."""
        self._producer.poll(seconds)
        if self._hopeless:
            raise ExportError(self._hopeless)

    def settle(self, seconds: float | None = None, show: Callable[[], object] = lambda: None) -> bool:
        """Wait until every packet is delivered or refused, at most for a time where one is said; tell whether it is."""
        end = None if seconds is None else time.monotonic() + seconds
        while self.waiting and (end is None or time.monotonic() < end):
            self._producer.flush(_POLL_SECONDS)
            show()
            if self._hopeless and not self.waiting:
                break
        if self._hopeless:
            raise ExportError(self._hopeless)
        return not self.waiting

    def close(self) -> None:
        """Drop what still waits."""
        self._producer.purge()
        self._producer.flush(_POLL_SECONDS)

    def shortfall(self) -> str:
        """Say what was not delivered and why; nothing where all was."""
        missing = sum(self.refused.values()) + self.waiting
        if not missing:
            return ""
        why = "; ".join(f"{number:,} because {reason}" for reason, number in self.refused.most_common(3))
        waits = f"{self.waiting:,} still wait for the broker" if self.waiting else ""
        packets = "packet was" if missing == 1 else "packets were"
        return f"{missing:,} {packets} not delivered to {self.settings.title}: {'; '.join(filter(None, (why, waits)))}."

    def _settled(self, error: "KafkaError | None", _: "Message") -> None:
        if error is None:
            self.delivered += 1
            self.trouble = ""
        else:
            self._refuse(error)

    def _refuse(self, error: "KafkaError") -> None:
        self.refused[about_refusal(error, self.settings)] += 1
        if hopeless(error):
            self._hopeless = about_trouble(error, self.settings)

    def _troubled(self, error: "KafkaError") -> None:
        self.trouble = about_trouble(error, self.settings)
        if hopeless(error):
            self._hopeless = self.trouble
