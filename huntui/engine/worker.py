"""The worker: takes commands and news one after the other and says how things stand. It has no thread of its own."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from huntui.engine.arrivals import Arrivals
from huntui.engine.bad_packets import QuarantinedPackets
from huntui.engine.core import Core
from huntui.engine.inbox import (
    Arrival,
    Compiling,
    CutsSaved,
    Ended,
    Heard,
    Learned,
    News,
    Reading,
    Restored,
    Resumed,
    Saved,
    Told,
    Word,
)
from huntui.engine.keeper import FROM_CACHE
from huntui.engine.night_clock import NOT_READ, SOON
from huntui.engine.snapshot import NightState, Snapshot, Status
from huntui.engine.stopwatch import Stopwatch
from huntui.engine.stream_keeper import StreamKeeper
from huntui.night.in_order import exposures
from huntui.session.commands import ChangeSpeed, End, Pause, Replay, Step, TimeCommand, WholeNight
from huntui.sources.source import Source
from huntui.sources.stream import StreamState, as_stream


class Worker:
    """Keeps a core in step with what the reader tells and the user wants."""

    def __init__(
        self,
        core: Core,
        night: NightState,
        source: Source,
        seconds: Callable[[], float] = time.monotonic,
        keeper: StreamKeeper | None = None,
    ) -> None:
        """Prepare to fill a core; `seconds` are those of a clock on the wall, `keeper` keeps what a stream brings."""
        self.core = core
        self._seconds = seconds
        self._source = source
        self._night = night
        self._keeper = keeper
        self._stream = None if as_stream(source) is None else StreamState()
        self._heard = 0
        """How many sentences the stream has said."""
        self._status: Status = "starting"
        self._compiled = (0, 0)
        self._clock = Stopwatch()
        self._message = ""
        self._failure = ""
        self._greeting = ""
        self._arrivals = Arrivals()
        self._span: tuple[float, float] | None = None
        self._one_more = False
        """Whether a night that stands still takes in what comes next."""
        self._wanted: TimeCommand | None = None
        """How to replay the night once it is read."""
        self.behind = False
        """Whether there is something that no snapshot has yet."""
        self.catch_up()

    @property
    def wants_news(self) -> bool:
        """Whether the reader may go on: not while paused."""
        return self._one_more or not self.core.paused

    @property
    def ended(self) -> bool:
        """Whether nothing more will be read."""
        return self._status in ("finished", "failed")

    def greet(self, sentence: str) -> None:
        """Have the next snapshot say a sentence, which what is said of a night from the cache does not push aside."""
        self._greeting = self._message = sentence

    def command(self, words: Sequence[Word]) -> None:
        """Carry out commands in order."""
        for word in words:
            match word:
                case Saved():
                    self.core.session.saved()
                case CutsSaved(cuts):
                    self.core.session.saved_cuts(cuts)
                case Told(sentence):
                    self._say(sentence)
                case Learned(model, sentence):
                    self.core.take_in(model)
                    self._say(sentence)
                    self.behind = True
                case End() if not self._night.simulated:
                    self._message = "The claims of a real night stay open until they are settled; nothing has ended."
                case _ if isinstance(word, TimeCommand) and not self._can_replay:
                    self._message = self._while_reading(word)
                case Pause() if self.core.replayed is not None and self.core.replayed.state is not None:
                    self._message = self.core.replay(word)
                case Pause() if self.ended:
                    self._message = "All of the night is read, and it is not replayed: there is nothing to stop."
                case _:
                    self._message = self.core.apply(word) or self._message
        if self.core.paused:
            self._clock.halt()
        elif self._status == "streaming":
            self._clock.run()

    @property
    def _can_replay(self) -> bool:
        """Whether the night is known: all of it was read, and its alerts were compared with each other."""
        return self.core.replayed is not None or (self.ended and not self.core.behind)

    def _while_reading(self, command: TimeCommand) -> str:
        """Do what can be done about the time of a night that is not known yet, and return a sentence about it."""
        match command:
            case Step(exposures) if exposures > 0 and not self.ended:
                self.core.paused = self._one_more = True
                return "paused after the next packets"
            case Replay() | ChangeSpeed():
                self._wanted = command
                return SOON
            case WholeNight():
                self._wanted = None
                return "all that was read is shown"
        return NOT_READ

    def take(self, news: News) -> None:
        """Take in what the reader has to tell."""
        self.behind, self._one_more = True, False
        match news:
            case _ if self.ended:
                return
            case Compiling(done, of):
                self._status, self._compiled = "compiling", (done, of)
            case Reading():
                self._status = "streaming"
                self._clock.run()
            case Ended(failure):
                self._finish(failure)
            case Restored(night, packets):
                self.core.restore(night, packets)
                self._night = replace(self._night, total=packets, cached=True)
            case Resumed(night, packets):
                self.core.restore(night, packets)
                self._say(f"{len(night):,} alerts are here from before; the stream goes on behind them.")
            case Heard(state):
                self._hear(state)
            case Arrival():
                self.core.add(news.batch, news.features, news.bad, news.packets)
                if self._keeper is not None:
                    self._keeper.took(self.core.night, self.core.packets, news)
                if self.core.full:
                    self._finish(None)
        if isinstance(news, Arrival | Restored | Resumed) and not self._night.simulated:
            # Asked only where there are alerts: it takes a kernel, which may have to be compiled before.
            self._night = replace(self._night, simulated=self.core.invented)

    def _say(self, sentence: str) -> None:
        """Have the next snapshot say a sentence, and keep it where a stream is read."""
        self._message = sentence
        if self._stream is not None:
            self._stream = self._stream.saying(sentence)

    def _hear(self, state: StreamState) -> None:
        """Learn how a stream stands; what huntui itself has said about it stays among what the stream said."""
        before = self._stream or StreamState()
        self._stream = replace(state, said=before.said, said_before=before.said_before)
        said, self._heard = state.said_since(self._heard), state.said_in_all
        for sentence in said:
            self._say(sentence)
        if len(said) > 1:
            self._message = " ".join(said)

    @property
    def replaying(self) -> bool:
        """Whether the night is replayed, and its clock goes on by itself."""
        return self.core.replayed is not None and self.core.replayed.running

    @property
    def due(self) -> bool:
        """Whether the clock of a night that is replayed shows something new."""
        return self.core.replayed is not None and self.core.replayed.due

    @property
    def streaming(self) -> bool:
        """Whether more alerts may come at any moment."""
        return self._status == "streaming" and not self.core.paused

    def catch_up(self, *, hurried: bool = False, waiting: Callable[[], bool] = lambda: False) -> None:
        """Let later snapshots have all that was taken in; when `hurried`, most treasures are looked for later.

        Where somebody is `waiting` even these are left for the next time.
        """
        self.core.catch_up(hurried=hurried, ended=self.ended, waiting=waiting)
        if self._wanted is not None and self._can_replay:
            command, self._wanted = self._wanted, None
            self._message = self.core.replay(command)
            self.core.catch_up(hurried=hurried, ended=True, waiting=waiting)
        if self.core.replayed is not None and self.core.replayed.ran_out():
            self._message = "the replay has come to the end: all of the night is shown"
        self._note_arrivals()
        self._counted = self.core.night_state(self._night, self._clock.seconds, self._source.fraction)
        self._bad = QuarantinedPackets(self.core.night.quarantine.view(), self._source.describe)
        self.behind = self.core.behind or self.core.waiting > 0

    def snapshot(self) -> Snapshot:
        """Return a picture of how things stood at the last `catch_up`, cut as it is now; a message is told once."""
        message, self._message = self._message, ""
        if self._status == "failed":
            message = message or self._failure
        now = self.core.snapshot(self._shown_status, self._counted, message)
        return replace(
            now,
            failure=self._failure,
            bad_packets=self._bad,
            span=self._span,
            arrived=self._arrivals.edges,
            compiled=self._compiled,
            stream=self._stream,
        )

    @property
    def _shown_status(self) -> Status:
        if self.core.replayed is not None and (state := self.core.replayed.state) is not None:
            return "replaying" if state.running else "paused"
        return "paused" if self.core.paused and self._status == "streaming" else self._status

    def _note_arrivals(self) -> None:
        if self.replaying:
            self._arrivals.note(self._seconds(), self.core.shown)
        elif self._status == "streaming":
            self._arrivals.note(self._clock.seconds, self.core.shown)
        else:
            self._arrivals.forget()

    def _finish(self, failure: str | None) -> None:
        self._clock.halt()
        self._status = "failed" if failure else "finished"
        self._failure = failure or ""
        times = exposures(self.core.night.view())
        self._span = (float(times[0]), float(times[-1])) if len(times) else None
        if not self.core.packets and not failure:
            self._message = "The night is empty: its archive holds no packets, for clouds perhaps."
        if self._night.cached and not failure:
            self._message = f"{self._greeting} {FROM_CACHE}".strip()
