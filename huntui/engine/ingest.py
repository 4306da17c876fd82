"""The reader: a thread that turns a source's packets into alerts with features, batch after batch."""

import time

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.engine.inbox import Arrival, Compiling, Ended, Inbox, Reading
from huntui.engine.keeper import Keeper
from huntui.engine.warmup import warm_up
from huntui.errors import HuntuiError
from huntui.features.registry import compute
from huntui.packets import faults
from huntui.packets.batch import Packets
from huntui.sources.source import Source

_SLICES_PER_SECOND = 10.0


class Reader:
    """Reads a source to its end, no faster than `rate` alerts per second, and tells the inbox."""

    def __init__(
        self, source: Source, texts: TextPool, inbox: Inbox, keeper: Keeper, rate: float | None = None
    ) -> None:
        self._source = source
        self._decoder = AlertDecoder(texts)
        self._inbox = inbox
        self._keeper = keeper
        self._rate = rate

    def run(self) -> None:
        """Do all of it; every failure becomes a sentence in the inbox."""
        try:
            self._compile()
            self._read()
        except HuntuiError as error:
            self._inbox.tell(Ended(str(error)))
        except Exception as error:  # noqa: BLE001 (a thread has nobody above it who could hear)
            self._inbox.tell(Ended(f"Reading {self._source.title} stopped: {type(error).__name__}: {error}"))
        else:
            self._inbox.tell(Ended())

    def _compile(self) -> None:
        warm_up(lambda: self._inbox.tell(Compiling()))

    def _read(self) -> None:
        self._inbox.tell(Reading())
        if (restored := self._keeper.restored()) is not None:
            self._inbox.tell(restored)
            return
        due = time.monotonic()
        for whole in self._source.batches():
            for packets in self._slices(whole):
                arrival = self._arrival(packets)
                if not self._inbox.tell(arrival):
                    return
                if self._rate:
                    # Time lost to a pause is not made up for: the rate is never exceeded.
                    due = max(due, time.monotonic()) + len(arrival.batch) / self._rate
                    if not self._inbox.wait(due - time.monotonic()):
                        return

    def _slices(self, packets: Packets) -> list[Packets]:
        """Cut a batch into pieces small enough to arrive evenly at the rate that is wanted."""
        if not self._rate:
            return [packets]
        size = max(1, int(self._rate / _SLICES_PER_SECOND))
        return [packets.part(at, at + size) for at in range(0, max(1, len(packets)), size)]

    def _arrival(self, packets: Packets) -> Arrival:
        batch, bad = self._decoder.decode(packets)
        bad += [faults.BadPacket(faults.UNREADABLE, (int(a), int(b))) for a, b in packets.unreadable]
        return Arrival(batch, compute(batch), bad, len(packets) + len(packets.unreadable))
