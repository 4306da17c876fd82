"""The reader: a thread that turns a source's packets into alerts with features, batch after batch."""

import os
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.engine.inbox import Arrival, Compiling, Ended, Heard, Inbox, News, Reading
from huntui.engine.keeper import Keeper
from huntui.engine.stand_behind import stand_behind
from huntui.engine.stream_keeper import StreamKeeper
from huntui.engine.warmup import KERNELS, spare_collector, warm_up
from huntui.errors import HuntuiError
from huntui.features.registry import compute
from huntui.packets import faults
from huntui.packets.batch import Packets
from huntui.packets.decode import Decoder
from huntui.packets.headers import Headers
from huntui.sources.source import Source
from huntui.sources.stream import StreamState, as_stream

_DECODERS = 2
"""Threads that read and decode; a third takes in what they made, and a source may have bytes to unpack in a fourth."""

_SLICES_PER_SECOND = 10.0
_ATTEND_SECONDS = 1.0
"""How long a stream may be left alone while nobody takes its packets."""
_HEAR_SECONDS = 0.3
"""How often it is said how far a stream is, where nothing else is to be said of it."""


class Reader:
    """Reads a source to its end and tells the inbox.

    It reads no faster than `rate` alerts per second, and `beside_keys` in threads that stand behind all others, with
    one less of them where cores are few, so that one core is free to answer keys. There are no more than so many
    `decoders` where somebody says how many.
    """

    def __init__(
        self,
        source: Source,
        texts: TextPool,
        inbox: Inbox,
        keeper: Keeper,
        stream_keeper: StreamKeeper,
        rate: float | None = None,
        *,
        beside_keys: bool = False,
        decoders: int | None = None,
    ) -> None:
        self._source, self._stream = source, as_stream(source)
        headers = Headers()
        self._decoders = [AlertDecoder(texts, Decoder(headers)) for _ in range(_decoders(beside_keys, decoders))]
        self._begin = stand_behind if beside_keys else _do_nothing
        self._inbox = inbox
        self._keeper, self._stream_keeper = keeper, stream_keeper
        self._heard, self._heard_at = StreamState(), 0.0
        self._rate = rate

    def run(self) -> None:
        """Do all of it; every failure becomes a sentence in the inbox."""
        try:
            self._compile()
            self._begin()
            self._read()
        except HuntuiError as error:
            self._inbox.tell(Ended(str(error)))
        except Exception as error:  # noqa: BLE001 (a thread has nobody above it who could hear)
            self._inbox.tell(Ended(f"Reading {self._source.title} stopped: {type(error).__name__}: {error}"))
        else:
            self._inbox.tell(Ended())

    def _compile(self) -> None:
        warm_up(lambda done: self._inbox.tell(Compiling(done, KERNELS)))
        spare_collector()

    def _read(self) -> None:
        self._inbox.tell(Reading())
        if (restored := self._keeper.restored()) is not None:
            self._inbox.tell(restored)
            return
        if (resumed := self._stream_keeper.resumed()) is not None:
            for decoder in self._decoders:
                decoder.texts = resumed.night.texts
            self._inbox.tell(resumed)
        due = time.monotonic()
        for arrival in self._arrivals():
            if not self._tell(arrival):
                return
            if self._rate:
                # Time lost to a pause is not made up for: the rate is never exceeded.
                due = max(due, time.monotonic()) + len(arrival.batch) / self._rate
                if not self._wait(due):
                    return

    def _tell(self, news: News) -> bool:
        """Tell the inbox as soon as it has room; False when nobody wants more."""
        while self._stream is not None and not self._inbox.has_room(_ATTEND_SECONDS):
            self._stream.attend()
        return self._inbox.tell(news)

    def _wait(self, until: float) -> bool:
        """Wait until a time; False when nobody wants more."""
        while self._stream is not None and (left := until - time.monotonic()) > _ATTEND_SECONDS:
            if not self._inbox.wait(min(left, _ATTEND_SECONDS)):
                return False
            self._stream.attend()
        return self._inbox.wait(until - time.monotonic())

    def _hear(self) -> bool:
        """Tell how a stream stands where that has changed; False when nobody wants more."""
        if self._stream is None:
            return True
        state, now = self._stream.stream, time.monotonic()
        news = state != self._heard and (
            now - self._heard_at > _HEAR_SECONDS
            or state.said_in_all != self._heard.said_in_all
            or state.at_end != self._heard.at_end
        )
        if not news:
            return not self._inbox.done
        self._heard, self._heard_at = state, now
        return self._tell(Heard(state))

    def _arrivals(self) -> Iterator[Arrival]:
        """Yield what becomes of the batches, in their order, while the next ones are read and decoded already."""
        broken_off: Exception | None = None
        under_way: deque[Future[Arrival]] = deque()
        decoders = len(self._decoders)
        with ThreadPoolExecutor(decoders, "huntui-decode", self._begin) as pool:
            try:
                for number, packets in enumerate(self._pieces()):
                    if not len(packets) and not len(packets.unreadable):
                        # Nothing more came for a while: what is there need not wait for it.
                        while under_way:
                            yield under_way.popleft().result()
                        if not self._hear():
                            break
                        continue
                    # A decoder is free again: what it did in its turn before has been waited for.
                    under_way.append(pool.submit(_arrival, self._decoders[number % decoders], packets))
                    if len(under_way) == decoders:
                        yield under_way.popleft().result()
            except Exception as error:  # noqa: BLE001 (whatever it was, what was delivered before counts)
                broken_off = error
            for waiting in under_way:
                yield waiting.result()
        if broken_off is not None:
            raise broken_off

    def _pieces(self) -> Iterator[Packets]:
        """Cut batches into pieces small enough to arrive evenly at the rate that is wanted."""
        for packets in self._source.batches():
            if self._stream is not None and not self._hear():
                return
            size = len(packets) if not self._rate else int(self._rate / _SLICES_PER_SECOND)
            for at in range(0, max(1, len(packets)), max(1, size)):
                yield packets.part(at, at + max(1, size))


def _decoders(beside_keys: bool, most: int | None) -> int:
    wanted = min(_DECODERS, cores() - 1 if beside_keys else _DECODERS, _DECODERS if most is None else most)
    return max(1, wanted)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _do_nothing() -> None:
    """Leave this thread as it is: nobody waits for keys."""


def _arrival(decoder: AlertDecoder, packets: Packets) -> Arrival:
    batch, bad = decoder.decode(packets)
    bad += [faults.BadPacket(faults.UNREADABLE, (int(a), int(b))) for a, b in packets.unreadable]
    addresses = np.concatenate([packets.addresses, packets.unreadable])
    return Arrival(batch, compute(batch), bad, len(addresses), addresses)
