"""The engine: a reader thread, a worker thread that owns the night, and an asyncio face."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from huntui.engine.blank import blank_snapshot
from huntui.engine.face import ObjectDetail
from huntui.engine.inbox import Arrival, Ended, Inbox, Told
from huntui.engine.kept_cuts import KeptCuts
from huntui.engine.looking_up import LookingUp
from huntui.engine.shelf import CutsAtHand, Shelf
from huntui.engine.snapshot import NightState, Snapshot
from huntui.engine.teaching import Teaching
from huntui.engine.writing import Writing
from huntui.errors import CutsError
from huntui.funnel.cuts import Cuts
from huntui.hunt.treasure import Hunt
from huntui.session.commands import Command
from huntui.sources.source import Source

if TYPE_CHECKING:
    from huntui.alerts.cutout import Cutout
    from huntui.config import LookupsConfig
    from huntui.engine.comparison import Comparison
    from huntui.engine.explanation import Explanation
    from huntui.engine.fetching import Fetching
    from huntui.engine.forward import Forwarder
    from huntui.engine.group.sharing import Sharing
    from huntui.engine.matrix import Matrix
    from huntui.engine.near_misses import NearAlerts
    from huntui.engine.notebook import Notebook
    from huntui.engine.reckoning import Reckoning
    from huntui.engine.scoring import Scoring
    from huntui.engine.stage_view import StageView
    from huntui.engine.worker import Worker
    from huntui.models.catalogue import Model
    from huntui.night.cache import NightCache

_PUBLISH_SECONDS = 0.1
"""Snapshots while alerts stream; after a command there is one at once."""
_OVERDUE_SECONDS = 0.6
"""How long commands may put off that the alerts that stream in are counted."""
_LOOK_SECONDS = 0.5
"""How often to look whether the file of the cuts was written; it is read when it looks the same twice."""


class Engine(Writing, Teaching, LookingUp):
    """Reads a night, cuts it and keeps the hunt; see `huntui.engine.face.EngineFace` for what each method means."""

    def __init__(
        self,
        source: Source,
        cuts: Cuts,
        hunt: Hunt,
        *,
        date: str | None = None,
        max_alerts: int | None = None,
        rate: float | None = None,
        columns: Sequence[str] = (),
        cache: "NightCache | None" = None,
        cuts_file: Path | None = None,
        beside_keys: bool = False,
        notebook: "Notebook | None" = None,
        read_only: bool = False,
        fetching: "Fetching | None" = None,
        models: "Mapping[str, Model] | None" = None,
        table: Sequence[str] = (),
        sharing: "Sharing | None" = None,
        decoders: int | None = None,
        lookups: "LookupsConfig | None" = None,
    ) -> None:
        """Prepare to read `source`.

        `date` is what to call the night, `max_alerts` the number of distinct alerts to stop at, `rate` the alerts per
        second not to exceed, `columns` those of exports for which nothing else is said, `cache` where nights are kept
        (whole ones, and never one that was read at a rate), and `cuts_file` where the cuts came from: when it is
        written, they are read again. Where somebody hunts, the night is read `beside_keys`, which are answered first,
        and the hunt is kept in a `notebook`. Where it is `read_only`, no file is written, and none is read but those
        that everybody has by name. With `fetching` the night is downloaded while it is read. `models` are those whose
        scores can be asked for, and `table` the columns that the screen shows of every row. With `sharing` what a
        stream brings is told to all who read it as one group. Where other nights are read beside this one, no more than
        so many `decoders` work on it. `lookups` says which public services are asked about an object; without it none
        is.
        """
        self._source, self._cuts, self._hunt, self._columns = source, cuts, hunt, columns
        self._max_alerts, self._rate, self._beside_keys = max_alerts, rate, beside_keys
        self._cache = cache if max_alerts is None and rate is None else None
        # A stream is kept at any rate: what comes of it may not come again.
        self._stream_cache = cache if max_alerts is None else None
        self._inbox, self._kept_cuts, self._shelf = Inbox(), KeptCuts(cuts_file), Shelf()
        self._notebook, self._read_only, self._fetching = notebook, read_only, fetching
        self._models, self._table, self._sharing, self._decoders = models or {}, table, sharing, decoders
        self._lookups = lookups
        self._scoring: Scoring | None = None
        self._watch: asyncio.Task[None] | None = None
        self._threads: list[threading.Thread] = []
        total = source.total if max_alerts is None or source.total is None else min(source.total, max_alerts)
        self._night = NightState(date, source.title, source.simulated, total)
        self._latest = blank_snapshot(self._night, cuts, hunt)
        self._news = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._caught_up, self._taken = 0.0, -1
        self._whole = False
        """Whether the night came to its end, and has not been kept yet."""

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""
        return self._latest

    @property
    def not_shared(self) -> str:
        """Why the last of what was read could not be shared with its group, once the engine is stopped."""
        return "" if self._sharing is None else self._sharing.trouble

    async def start(self) -> None:
        """Start the threads."""
        self._loop = asyncio.get_running_loop()
        if self._fetching is not None:
            self._fetching.start(self._tell)
        self._start_thread(self._work)
        self._watch = asyncio.create_task(self._watch_cuts())

    async def __aiter__(self) -> AsyncIterator[Snapshot]:
        """Yield the newest snapshot, again and again, until the engine is stopped."""
        seen = -1
        while True:
            snapshot = self._latest
            if snapshot.sequence != seen:
                seen = self._taken = snapshot.sequence
                yield snapshot
                continue
            if self._inbox.closed:
                return
            self._news.clear()
            if self._latest.sequence == seen:
                await self._news.wait()

    def send(self, command: Command) -> None:
        """Hand a command to the worker."""
        self._inbox.command(command)

    async def detail(self, object_id: str) -> ObjectDetail | None:
        """Look an object up in the night of the newest snapshot, in a thread."""
        from huntui.engine.asked import newest_asked
        from huntui.engine.detail import describe_object

        view, scoring = self._latest.view, self._scoring
        if view is None:
            return None
        return await asyncio.to_thread(lambda: describe_object(newest_asked(scoring, view, object_id), object_id))

    async def stage_view(self, stage: str, knob: str | None, bins: int) -> "StageView | None":
        """Look at a stage of the newest snapshot, in a thread."""
        from huntui.engine.stage_view import view_stage

        return await asyncio.to_thread(view_stage, self._latest, stage, knob, bins)

    async def explain(self, name: str, *, every: bool = False) -> "Explanation":
        """Explain an alert of the newest snapshot, in a thread."""
        from huntui.engine.asked import named_asked, read_by
        from huntui.engine.explanation import explain_named

        snapshot, scoring = self._latest, self._scoring

        def explain() -> "Explanation":
            asked = named_asked(scoring, snapshot, name, read_by(snapshot.cuts))
            return explain_named(asked, name, every=every, scoring=scoring)

        return await asyncio.to_thread(explain)

    async def near_misses(self, most: int) -> "NearAlerts":
        """Look for near misses among the alerts of the newest snapshot, in a thread."""
        from huntui.engine.near_misses import nearest_misses

        return await asyncio.to_thread(nearest_misses, self._latest, most)

    async def cuts_at_hand(self) -> tuple[CutsAtHand, ...]:
        """Read the cuts there are, in a thread."""
        return await asyncio.to_thread(self._shelf.at_hand)

    async def compare(self, other: str | Cuts) -> "Comparison":
        """Compare with the cuts of the newest snapshot, in a thread."""
        from huntui.engine.asked import cuts_asked
        from huntui.engine.comparison import compare_with

        if self._read_only and isinstance(other, str) and other not in [one.name for one in await self.cuts_at_hand()]:
            raise CutsError(f"There are no cuts {other!r} at hand, and files cannot be read from this page.")
        cuts = await asyncio.to_thread(self._shelf.cuts, other) if isinstance(other, str) else other
        snapshot, scoring = self._latest, self._scoring
        return await asyncio.to_thread(lambda: compare_with(cuts_asked(scoring, snapshot, cuts), cuts))

    async def against_all(self, name: str) -> "Matrix":
        """Hold an object of the newest snapshot against all cuts, in a thread."""
        from huntui.engine.asked import named_asked, read_by
        from huntui.engine.matrix import against_all

        at_hand, snapshot, scoring = await self.cuts_at_hand(), self._latest, self._scoring
        read = read_by(snapshot.cuts).union(*(read_by(one.cuts) for one in at_hand))
        return await asyncio.to_thread(lambda: against_all(named_asked(scoring, snapshot, name, read), name, at_hand))

    async def reckoning(self) -> "Reckoning":
        """Reckon up the hunt of the newest snapshot, in a thread."""
        from huntui.engine.reckoning import reckon_hunt

        return await asyncio.to_thread(reckon_hunt, self._latest, self._hunt, self._source.truth)

    async def cutouts(self, object_id: str) -> "tuple[Cutout, Cutout, Cutout] | None":
        """Fetch the cutouts of an object of the newest snapshot."""
        from huntui.engine.detail import fetch_cutouts

        view = self._latest.view
        return None if view is None else await fetch_cutouts(view, object_id, self._source)

    async def forward(self, forwarder: "Forwarder") -> None:
        """Send the survivors of the newest snapshot on, in a thread."""
        await asyncio.to_thread(forwarder.send, self._latest)

    async def stop(self) -> None:
        """Stop both threads and close the source."""
        await self.rest()
        await asyncio.to_thread(self.close)

    async def rest(self) -> None:
        """End the threads that read and cut; the newest snapshot, its packets and its scores can be asked for still."""
        if self._watch is not None:
            self._watch.cancel()
        self._inbox.close()
        self._news.set()
        if self._fetching is not None:
            await asyncio.to_thread(self._fetching.stop)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def close(self) -> None:
        """Ask no model any more and close the source, after a `rest`."""
        if self._scoring is not None:
            self._scoring.close()
        self._source.close()

    async def _watch_cuts(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if words := await asyncio.to_thread(self._kept_cuts.news):
                self._inbox.command(*words)

    def _start_thread(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name=f"huntui{work.__name__}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        try:
            try:
                self._work_until_closed()
            finally:
                if self._notebook is not None and (unkept := self._notebook.close()):
                    self._show(replace(self._latest, unkept=f"{unkept} What was done last in this hunt is lost."))
        except Exception as error:  # noqa: BLE001 (a thread has nobody above it who could hear)
            self._inbox.stop_reading()
            failure = f"huntui itself failed: {type(error).__name__}: {error}"
            latest = self._latest
            self._show(replace(latest, sequence=latest.sequence + 1, status="failed", message=failure, failure=failure))

    def _work_until_closed(self) -> None:
        # The libraries behind a night take a second to import, which the first paint must not wait for.
        from huntui.alerts.texts import TextPool
        from huntui.engine.core import Core
        from huntui.engine.ingest import Reader
        from huntui.engine.keeper import Keeper
        from huntui.engine.scoring import scoring_of
        from huntui.engine.stream_keeper import StreamKeeper
        from huntui.engine.worker import Worker
        from huntui.sources.sweep import said_of

        texts = TextPool()
        session, greeting = None, ""
        if self._notebook is not None:
            session, greeting = self._notebook.begin(self._cuts, self._hunt, self._tell)
        self._scoring = scoring_of(self._models, self._source.fetch, beside_keys=self._beside_keys)
        core = Core(
            texts, self._cuts, self._hunt, self._source.truth, self._max_alerts, self._night.total, session,
            scoring=self._scoring, of_table=self._table,
        )  # fmt: skip
        stream_keeper = StreamKeeper(self._stream_cache, self._source, self._night.date, self._tell, self._sharing)
        worker = Worker(core, self._night, self._source, keeper=stream_keeper)
        worker.greet(" ".join(filter(None, [said_of(self._source), greeting])))
        # Compiling and reading take their time; what is known of the hunt already is shown meanwhile.
        self._show(worker.snapshot())
        keeper = Keeper(self._cache, self._source, self._night.date)

        def keep() -> None:
            keeper.keep(core.night, core.packets)

        reader = Reader(
            self._source, texts, self._inbox, keeper, stream_keeper, self._rate,
            beside_keys=self._beside_keys, decoders=self._decoders,
        )  # fmt: skip
        self._start_thread(reader.run)
        if stream_keeper.keeps:
            self._start_thread(stream_keeper.run)
        try:
            while not self._inbox.closed:
                self._step(worker)
                if self._whole and not worker.behind:
                    self._whole = False
                    self._start_thread(keep)
        finally:
            stream_keeper.close()
        # What was asked for in the last moment was asked for as well.
        worker.command(self._inbox.take(with_news=False)[0])
        if self._notebook is not None:
            self._notebook.note(core.session, lambda: core.score)

    def _step(self, worker: "Worker") -> None:
        """Do what is next."""
        waits = self._time_left() if worker.behind or worker.replaying else None
        commands, news = self._inbox.take(worker.wants_news, waits)
        if not commands and news is None and not worker.behind and not worker.due:
            self._caught_up = time.monotonic()  # a clock that runs shows nothing new
            return
        worker.command(commands)
        # An answer to a key has the alerts of the snapshot before: it does not wait for those that came meanwhile.
        answered = bool(commands) and worker.streaming
        if answered:
            self._show(worker.snapshot())
        if self._notebook is not None and commands:
            self._notebook.note(worker.core.session, lambda: worker.core.score)
        if news is not None:
            worker.take(news)
            self._whole = news == Ended()
        if worker.ended:
            self._inbox.stop_reading()
        if not worker.streaming or not (answered or (isinstance(news, Arrival) and self._can_wait())):
            self._caught_up = time.monotonic()
            hurried = worker.streaming or (worker.ended and self._beside_keys)
            worker.catch_up(hurried=hurried, waiting=lambda: self._inbox.has_commands)
            # The answer to a command that came meanwhile has all of this as well, and nobody has to paint it twice.
            if not self._inbox.has_commands or (commands and not answered):
                self._show(worker.snapshot())

    def _can_wait(self) -> bool:
        """Whether the alerts that streamed in need not be counted yet."""
        since = time.monotonic() - self._caught_up
        return since < (_OVERDUE_SECONDS if self._inbox.has_commands else _PUBLISH_SECONDS)

    def _time_left(self) -> float:
        """Return seconds until the next snapshot of the alerts that stream in."""
        return max(0.0, self._caught_up + _PUBLISH_SECONDS - time.monotonic())

    def _tell(self, sentence: str) -> None:
        self._inbox.command(Told(sentence))

    def _show(self, snapshot: Snapshot) -> None:
        # Latest wins, but a sentence that nobody has had the time to take goes on into the next one.
        if not snapshot.message and self._taken < self._latest.sequence:
            snapshot = replace(snapshot, message=self._latest.message)
        if self._notebook is not None:
            snapshot = replace(snapshot, kept=self._notebook.keeps)
        self._latest = snapshot
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._news.set)
