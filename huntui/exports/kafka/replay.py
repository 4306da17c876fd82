"""A night sent to a topic, from where it was left: what is in the topic already is not sent again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zlib import crc32

from huntui.exports.kafka.night import NightToSend, Sendable
from huntui.exports.kafka.outlet import Outlet
from huntui.exports.kafka.pace import Pace
from huntui.exports.kafka.topic import Found, headers_of, look_for, make_topic


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a replay has come."""

    doing: str
    """`sorting`, `looking`, `sending` or `finishing`."""
    looked_at: int = 0
    """Packets of the night so far, those among them that were there already."""
    there: int = 0
    """Packets that were in the topic before."""
    delivered: int = 0
    total: int | None = None
    jd: float | None = None
    """Time of the packet that was looked at last."""
    trouble: str = ""


Show = Callable[[Progress], object]

_NEW_TOPIC_SECONDS = 0.1
"""How often to ask for a topic that was just made."""


class Replay:
    """Sends a night once; where it is interrupted, the next one goes on. Belongs to one thread."""

    def __init__(self, night: NightToSend, outlet: Outlet, pace: Pace, show: Show, most: int | None = None) -> None:
        """Send at most so many packets, if `most` is said.

        `show` hears often how far it is; what it raises ends the replay, in a state from which the next one goes on.
        """
        self._night, self._outlet, self._pace, self._show, self._most = night, outlet, pace, show, most
        self._name = ""
        self._found = Found(0, ())
        self._looked_at = self._listed = 0
        self._jd: float | None = None
        self.there = 0
        """Packets that were in the topic before."""

    @property
    def handed_over(self) -> int:
        """Packets that this replay has sent, or tries to send."""
        return self._looked_at - self.there

    def prepare(self, partitions: int, *, again: bool = False) -> Found:
        """Make the topic where there is none, with so many partitions, and look what it has of the night.

        With `again` the night is sent from its beginning, whatever is there. Raises `ExportError` where the broker does
        not answer or does not let us in, `SourceError` where the night is gone.
        """
        self._name = self._night.name()
        settings = self._outlet.settings
        if (there := self._outlet.partitions(self._look)) is None:
            make_topic(settings, partitions)
            while (there := self._outlet.partitions(self._look)) is None:
                self._outlet.serve(_NEW_TOPIC_SECONDS)
        found = look_for(settings, self._name, there, self._look)
        if again and found.begun:
            found = Found(found.run + 1, (-1,) * there)
        self._found = found
        return found

    def send(self) -> None:
        """Send what is not there yet, and wait until the broker has it.

        Raises `ExportError` where no packet can be sent any more, and `SourceError`, after all that could be read was
        sent, where the night breaks off.
        """
        try:
            for sendable in self._wanted():
                self._wait(self._pace.due_in(sendable.jd))
                self._hand_over(sendable)
        finally:
            self._tell("finishing")
        self._outlet.settle(show=lambda: self._tell("finishing"))

    def _wanted(self) -> Iterator[Sendable]:
        for sendable in self._night.packets(self._list):
            if self._most is not None and self._looked_at >= self._most:
                return
            self._looked_at += 1
            # A packet that tells no time is of that of the one before it, sent by this replay or by an earlier one.
            self._jd = self._jd if sendable.jd is None else sendable.jd
            if self._found.has(sendable.place, self._partition(sendable)):
                self.there += 1
                self._tell("sending")
                continue
            yield sendable

    def _partition(self, sendable: Sendable) -> int:
        """Return where a packet goes: all of an object to one partition, as every client of librdkafka would."""
        partitions = len(self._found.last)
        return sendable.place % partitions if sendable.key is None else crc32(sendable.key.encode()) % partitions

    def _hand_over(self, sendable: Sendable) -> None:
        found = self._found
        self._outlet.send(
            sendable.packet,
            key=sendable.key,
            jd=self._jd,
            headers=headers_of(self._name, found.run, sendable.place, len(found.last)),
            partition=self._partition(sendable),
        )
        self._tell("sending")

    def _wait(self, seconds: float) -> None:
        while seconds > 0:
            step = min(seconds, 0.1)
            self._outlet.serve(step)
            self._tell("sending")
            seconds -= step

    def _look(self) -> None:
        self._tell("looking")

    def _list(self, number: int) -> None:
        self._listed = number
        self._tell("sorting")

    def _tell(self, doing: str) -> None:
        looked_at = self._listed if doing == "sorting" else self._looked_at
        outlet = self._outlet
        self._show(
            Progress(doing, looked_at, self.there, outlet.delivered, self._night.total, self._jd, outlet.trouble)
        )
