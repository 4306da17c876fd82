"""The worker: takes commands and news one after the other and says how things stand. It has no thread of its own."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from huntui.engine.bad_packets import QuarantinedPackets
from huntui.engine.core import Core
from huntui.engine.inbox import Arrival, Compiling, CutsSaved, Ended, News, Reading, Restored, Saved, Told, Word
from huntui.engine.keeper import FROM_CACHE
from huntui.engine.snapshot import NightState, Snapshot, Status
from huntui.engine.stopwatch import Stopwatch
from huntui.session.commands import End
from huntui.sources.source import Source


class Worker:
    """Keeps a core in step with what the reader tells and the user wants."""

    def __init__(self, core: Core, night: NightState, source: Source) -> None:
        self.core = core
        self._source = source
        self._night = night
        self._status: Status = "starting"
        self._clock = Stopwatch()
        self._message = ""
        self._failure = ""
        self._greeting = ""
        self.behind = False
        """Whether there is something that no snapshot has yet."""
        self.catch_up()

    @property
    def wants_news(self) -> bool:
        """Whether the reader may go on: not while paused."""
        return not self.core.paused

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
                    self._message = sentence
                case End() if not self._night.simulated:
                    self._message = "The claims of a real night stay open until they are settled; nothing has ended."
                case _:
                    self._message = self.core.apply(word) or self._message
        if self.core.paused:
            self._clock.halt()
        elif self._status == "streaming":
            self._clock.run()

    def take(self, news: News) -> None:
        """Take in what the reader has to tell."""
        self.behind = True
        match news:
            case _ if self.ended:
                return
            case Compiling():
                self._status = "compiling"
            case Reading():
                self._status = "streaming"
                self._clock.run()
            case Ended(failure):
                self._finish(failure)
            case Restored(night, packets):
                self.core.restore(night, packets)
                self._night = replace(self._night, total=packets, cached=True)
            case Arrival():
                self.core.add(news.batch, news.features, news.bad, news.packets)
                self._source.stored(news.batch.addresses)
                if self.core.full:
                    self._finish(None)

    @property
    def streaming(self) -> bool:
        """Whether more alerts may come at any moment."""
        return self._status == "streaming" and not self.core.paused

    def catch_up(self, *, hurried: bool = False, waiting: Callable[[], bool] = lambda: False) -> None:
        """Let later snapshots have all that was taken in; when `hurried`, most treasures are looked for later.

        Where somebody is `waiting` even these are left for the next time.
        """
        self.core.catch_up(hurried=hurried, ended=self.ended, waiting=waiting)
        self._counted = self.core.night_state(self._night, self._clock.seconds, self._source.fraction)
        self._bad = QuarantinedPackets(self.core.night.quarantine.view(), self._source.describe)
        self.behind = self.core.behind

    def snapshot(self) -> Snapshot:
        """Return a picture of how things stood at the last `catch_up`, cut as it is now; a message is told once."""
        status = "paused" if self.core.paused and self._status == "streaming" else self._status
        message, self._message = self._message, ""
        if self._status == "failed":
            message = message or self._failure
        now = self.core.snapshot(status, self._counted, message)
        return replace(now, failure=self._failure, bad_packets=self._bad)

    def _finish(self, failure: str | None) -> None:
        self._clock.halt()
        self._status = "failed" if failure else "finished"
        self._failure = failure or ""
        if self._night.cached and not failure:
            self._message = f"{self._greeting} {FROM_CACHE}".strip()
