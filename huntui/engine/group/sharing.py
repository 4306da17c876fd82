"""A reader's side of a group that shares: what it read is told to all before the broker may count it as read."""

import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from huntui import __version__
from huntui.engine.group.record import About, pack, parts_of
from huntui.errors import ExportError
from huntui.exports.kafka.outlet import Outlet
from huntui.exports.kafka.settings import outlet_settings
from huntui.exports.kafka.topic import make_topic, topic_id
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import cuts_to_mapping
from huntui.night.cache import code_digest
from huntui.session.memory import clean
from huntui.strict_json import digest

if TYPE_CHECKING:
    from huntui.engine.inbox import Arrival
    from huntui.exports.kafka.settings import OutletSettings

_PATIENCE_SECONDS = 20.0
_KEPT = {
    "retention.ms": str(30 * 86_400_000),
    # The time of a record is that at which the broker had it, whatever the clocks of the readers say.
    "message.timestamp.type": "LogAppendTime",
    "max.message.bytes": "20000000",
}
"""Of a topic that is made here: who reads a night puts it together within a month."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group that reads a topic."""

    name: str
    title: str
    """Address of the topic that it reads, kafka://host:port/topic."""

    def settings(self, section: Mapping[str, object]) -> "OutletSettings":
        """Return where the readers of the group share what they read: a topic beside the one that they read."""
        plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in self.name)[:60]
        # Groups whose names differ in what no topic may have are others nevertheless.
        told = plain if plain == self.name else f"{plain}-{digest(self.name)[:8]}"
        return outlet_settings(section, f"{self.title}-{told}-shared", "kafka.share")


def made_by() -> str:
    """Return what has to be the same of all readers of a group, so that their columns mean the same."""
    return code_digest()


def cuts_digest(cuts: Cuts) -> str:
    """Return a digest of what decides who comes through."""
    return digest(cuts_to_mapping(cuts)["stages"])[:16]


class Sharing:
    """Tells the group what one reader has read. Belongs to one thread at a time."""

    def __init__(self, group: Group, section: Mapping[str, object], cuts: Cuts) -> None:
        """Prepare to share what is read with some cuts; raises `CallError` for a key that librdkafka does not take."""
        self._settings = group.settings(section)
        self._outlet = Outlet(self._settings, _PATIENCE_SECONDS)
        self._source_title, self._cuts, self._member = group.title, cuts, uuid4().hex[:12]
        self._topic = ""
        self._pending: list[Arrival] = []
        self.trouble = ""
        """Why the last of what was read could not be shared; nothing where it was."""

    def open(self) -> None:
        """Make the topic where it is missing and tell that this reader begins.

        Raises `ExportError` where the broker does not answer or does not let us.
        """
        try:
            if self._outlet.partitions() is None:
                make_topic(self._settings, 1, kept=_KEPT)
            self._topic = self._number()
            self._send([pack(self._about("joined"))])
        except ExportError as problem:
            raise ExportError(
                f"What is read cannot be shared: {problem} Without --share it is read all the same."
            ) from None

    def share(self, arrivals: "Sequence[Arrival]") -> bool:
        """Tell what batches of packets gave, and what could not be told before, and wait until the broker has it.

        Where it has not, say why in `trouble`.
        """
        self._pending += arrivals
        try:
            # Where there was no such topic yet at the beginning, there is one now.
            self._topic = self._topic or self._number()
            about = self._about("alerts")
            self._send([pack(about, part) for arrival in self._pending for part in parts_of(arrival)])
        except ExportError as problem:
            self.trouble = str(problem)
        else:
            self.trouble, self._pending = "", []
        return not self.trouble

    def tell_of_life(self) -> None:
        """Tell that this reader is there, and wait for nothing."""
        with suppress(ExportError):
            self._hand_over(pack(self._about("here")))

    def close(self) -> None:
        """Tell that this reader ends."""
        with suppress(ExportError):
            if not self.trouble:
                self._hand_over(pack(self._about("left")))
                self._outlet.settle(_PATIENCE_SECONDS)
        self._outlet.close()

    def _number(self) -> str:
        return topic_id(self._settings, self._source_title.rpartition("/")[2])

    def _send(self, records: Sequence[bytes]) -> None:
        refused = self._outlet.refused.copy()
        for record in records:
            self._hand_over(record)
        self._outlet.settle()
        if news := self._outlet.refused - refused:
            raise ExportError(f"{self._settings.title}: {next(iter(news))}.")

    def _hand_over(self, record: bytes) -> None:
        self._outlet.send(record, key=self._member, jd=None, headers=())

    def _about(self, kind: str) -> About:
        return About(
            kind=kind,
            member=self._member,
            host=clean(socket.gethostname())[:255],
            version=__version__,
            made_by=made_by(),
            topic=self._topic,
            cuts=clean(self._cuts.name)[:200],
            cuts_digest=cuts_digest(self._cuts),
        )
