"""Whether a broker answers, and what has been said about it."""

import json
from contextlib import suppress
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from huntui.sources.kafka.settings import KafkaSettings
from huntui.sources.kafka.words import GOES_ON, about_error
from huntui.sources.stream import Connection, PartitionState, StreamState

if TYPE_CHECKING:
    from confluent_kafka import KafkaError

_SILENT = 2
"""Reports in a row, one each second, in which no broker is connected, until that is an outage."""


class Connected:
    """Learns from librdkafka's reports and errors; librdkafka calls it from the thread that reads."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._said = StreamState()
        self._silent = 0
        self._once: set[str] = set()
        self.state: Connection = "connecting"
        self.hopeless = ""
        """Why trying again cannot help, in a sentence."""

    def say(self, sentence: str, *, once: bool = False) -> None:
        """Say something; what is to be said `once` is not said again before a broker was there anew."""
        with self._lock:
            if once and sentence in self._once:
                return
            self._once.add(sentence)
            self._said = self._said.saying(sentence)

    def failed(self, error: "KafkaError") -> None:
        """Learn of an error."""
        sentence, hopeless = about_error(error, self._settings)
        if hopeless and self.state == "connecting":
            self.hopeless = sentence
        elif not self._is_outage(error):
            self.say(sentence, once=True)
        elif self.state == "connecting":
            # That a connection is gone which was there is told by the reports: many end and begin anew without harm.
            self.say(sentence, once=True)

    def _is_outage(self, error: "KafkaError") -> bool:
        from confluent_kafka import KafkaError

        return error.code() in (KafkaError._ALL_BROKERS_DOWN, KafkaError._TRANSPORT, KafkaError._TIMED_OUT)

    def learn(self, report: str) -> None:
        """Learn from one of librdkafka's reports which brokers are connected."""
        with suppress(ValueError, AttributeError, TypeError):
            brokers = json.loads(report)["brokers"].values()
            self.found(any(one.get("state") == "UP" and one.get("nodeid", -1) >= 0 for one in brokers))

    def found(self, up: bool) -> None:
        """Learn whether a broker is connected."""
        self._silent = 0 if up else self._silent + 1
        if up and self.state != "connected":
            was, self.state = self.state, "connected"
            if was == "lost":
                self.say("The broker answers again: reading goes on where it was.")
            with self._lock:
                self._once.clear()
        elif self.state == "connected" and self._silent >= _SILENT:
            self.state = "lost"
            self.say(f"The broker at {self._settings.servers} does not answer any more; {GOES_ON}.")

    def delivered(self) -> None:
        """Learn that packets came, which may be before the first report, and the broker gone before the second."""
        if self.state == "connecting":
            self.found(True)

    def seen(self, partitions: tuple[PartitionState, ...], *, at_end: bool) -> StreamState:
        """Return how the stream stands."""
        with self._lock:
            return replace(self._said, connection=self.state, partitions=partitions, at_end=at_end)
