"""An engine without threads: the same worker, driven by hand, so that screens and tests never wait.

It passes the engine's own contract tests (`tests/engine/test_face.py`, `test_answers.py`).
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from huntui.alerts.cutout import Cutout
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.config import LookupsConfig
from huntui.engine.bad_packets import export_bad_packets
from huntui.engine.chosen import Chosen, What
from huntui.engine.comparison import Comparison, compare_with
from huntui.engine.core import Core
from huntui.engine.curves_export import export_light_curves
from huntui.engine.detail import describe_object, fetch_cutouts
from huntui.engine.explanation import Explanation, explain_named
from huntui.engine.export import export_chosen, origin_of
from huntui.engine.face import ObjectDetail
from huntui.engine.figures import write_figures
from huntui.engine.inbox import Arrival, CutsSaved, Ended, Reading, Saved
from huntui.engine.kept_cuts import KeptCuts
from huntui.engine.looking_up import LookingUp
from huntui.engine.matrix import Matrix, against_all
from huntui.engine.near_misses import NearAlerts, nearest_misses
from huntui.engine.reckoning import Reckoning, reckon_hunt
from huntui.engine.report import report_asked
from huntui.engine.samp import Kind, send_by_samp
from huntui.engine.shelf import CutsAtHand, Shelf
from huntui.engine.snapshot import NightState, Snapshot
from huntui.engine.stage_view import StageView, view_stage
from huntui.engine.training import Lessons, check_free, lessons, train_on
from huntui.engine.worker import Worker
from huntui.engine.writing import while_wanted
from huntui.errors import SourceError
from huntui.exports.samp.hub import Patience, Program
from huntui.exports.samp.send import programs
from huntui.features.registry import compute
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.hunt.treasure import Hunt
from huntui.packets.batch import Packets
from huntui.packets.faults import UNREADABLE, BadPacket
from huntui.session.commands import Command
from huntui.sources.source import Source


class SynchronousEngine(LookingUp):
    """Reads its whole source when it is started, or batch by batch with `feed` when `by_hand`."""

    def __init__(
        self,
        source: Source,
        cuts: Cuts,
        hunt: Hunt,
        *,
        date: str | None = None,
        max_alerts: int | None = None,
        by_hand: bool = False,
        cuts_file: Path | None = None,
        lookups: LookupsConfig | None = None,
    ) -> None:
        texts = TextPool()
        self._source, self._hunt, self._kept_cuts, self._shelf = source, hunt, KeptCuts(cuts_file), Shelf()
        self._decoder = AlertDecoder(texts)
        self._lookups = lookups
        self._seconds = 0.0
        core = Core(texts, cuts, hunt, source.truth, max_alerts, seconds=lambda: self._seconds)
        night = NightState(date, source.title, source.simulated, source.total)
        self._worker = Worker(core, night, source, lambda: self._seconds)
        self._batches: Iterator[Packets] = iter(())
        self._by_hand = by_hand
        self._stopped = False
        self._news = asyncio.Event()
        self._latest = self._worker.snapshot()

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""
        return self._latest

    async def start(self) -> None:
        """Begin to read, and read to the end unless it is done by hand."""
        self._batches = self._source.batches()
        self._worker.take(Reading())
        self._publish()
        while not self._by_hand and not self._worker.ended:
            self.feed()

    def let_pass(self, seconds: float) -> None:
        """Let a time pass for the clock on the wall, by which a night is replayed."""
        self._seconds += seconds
        self._publish()

    def feed(self) -> None:
        """Read one batch, or note that there is no more."""
        try:
            packets = next(self._batches, None)
        except SourceError as error:
            self._worker.take(Ended(str(error)))
        else:
            self._worker.take(Ended() if packets is None else self._arrival(packets))
        self._publish()

    def _arrival(self, packets: Packets) -> Arrival:
        batch, bad = self._decoder.decode(packets)
        bad += [BadPacket(UNREADABLE, (int(a), int(b))) for a, b in packets.unreadable]
        return Arrival(batch, compute(batch), bad, len(packets) + len(packets.unreadable))

    async def __aiter__(self) -> AsyncIterator[Snapshot]:
        """Yield the newest snapshot until the engine is stopped."""
        seen = -1
        while True:
            if self._latest.sequence != seen:
                seen = self._latest.sequence
                yield self._latest
                continue
            if self._stopped:
                return
            self._news.clear()
            await self._news.wait()

    def send(self, command: Command) -> None:
        """Carry a command out at once."""
        self._worker.command([command])
        self._publish()

    async def detail(self, object_id: str) -> ObjectDetail | None:
        """Look an object up."""
        return None if self._latest.view is None else describe_object(self._latest.view, object_id)

    async def stage_view(self, stage: str, knob: str | None, bins: int) -> StageView | None:
        """Look at a stage."""
        return view_stage(self._latest, stage, knob, bins)

    async def explain(self, name: str, *, every: bool = False) -> Explanation:
        """Explain an alert."""
        return explain_named(self._latest, name, every=every)

    async def near_misses(self, most: int) -> NearAlerts:
        """Look for near misses."""
        return nearest_misses(self._latest, most)

    async def cuts_at_hand(self) -> tuple[CutsAtHand, ...]:
        """Read the cuts there are."""
        return self._shelf.at_hand()

    async def compare(self, other: str | Cuts) -> Comparison:
        """Compare with the cuts of the newest snapshot."""
        return compare_with(self._latest, self._shelf.cuts(other) if isinstance(other, str) else other)

    async def against_all(self, name: str) -> Matrix:
        """Hold an object against all cuts."""
        return against_all(self._latest, name, self._shelf.at_hand())

    async def reckoning(self) -> Reckoning:
        """Reckon up the hunt."""
        return reckon_hunt(self._latest, self._hunt, self._source.truth)

    async def cutouts(self, object_id: str) -> tuple[Cutout, Cutout, Cutout] | None:
        """Fetch the cutouts of an object."""
        view = self._latest.view
        return None if view is None else await fetch_cutouts(view, object_id, self._source)

    async def export(
        self,
        path: Path,
        *,
        overwrite: bool = False,
        columns: Sequence[str] | None = None,
        per_alert: bool = False,
        what: What = "survivors",
    ) -> str:
        """Write what is wanted."""
        chosen, origin = Chosen(what, per_alert), origin_of(self._source, None)
        return self._saved(
            export_chosen(path, self._latest, chosen, origin=origin, overwrite=overwrite, columns=columns)
        )

    def _saved(self, message: str) -> str:
        self._worker.command([Saved()])
        self._publish()
        return message

    async def export_light_curves(self, path: Path, *, overwrite: bool = False, what: What = "survivors") -> str:
        """Write light curves."""
        return self._saved(export_light_curves(path, self._latest, what, self._source, overwrite=overwrite))

    async def figures(self, folder: Path, *, overwrite: bool = False, what: What = "survivors") -> str:
        """Write pictures."""
        return write_figures(folder, self._latest, what, self._source, None, overwrite=overwrite)

    async def samp_programs(self) -> tuple[Program, ...]:
        """Ask the SAMP hub."""
        return programs(Patience())

    async def send_by_samp(
        self,
        to: str,
        *,
        kind: Kind = "table",
        what: What = "survivors",
        per_alert: bool = False,
        object_id: str | None = None,
        columns: Sequence[str] | None = None,
    ) -> str:
        """Send to a program, in a thread: one that reads what it is sent may be of this process."""
        chosen = Chosen(what, per_alert) if object_id is None else Chosen("claims", per_alert, (object_id,))
        read_from = self._source, None, None
        patience = Patience()
        send = partial(send_by_samp, self._latest, read_from, to, kind, chosen, columns or (), patience)
        return await while_wanted(send, patience.stop)

    async def report(
        self,
        path: Path,
        *,
        overwrite: bool = False,
        columns: Sequence[str] | None = None,
        what: What = "survivors",
        pages: Mapping[str, str] | None = None,
    ) -> str:
        """Write a report."""
        source = self._source, None, None
        write = partial(report_asked, overwrite=overwrite, columns=columns or (), pages=pages or {})
        return self._saved(write(path, self._latest, what, source))

    def where_to_save_cuts(self) -> Path:
        """Propose a file."""
        return self._kept_cuts.proposal((self._latest.cuts or NO_CUTS).name)

    async def save_cuts(self, path: Path, *, overwrite: bool = False) -> str:
        """Write the cuts."""
        cuts = self._latest.cuts or NO_CUTS
        message = self._kept_cuts.save(path, cuts, overwrite=overwrite)
        self._worker.command([CutsSaved(cuts)])
        self._publish()
        return message

    def look_at_cuts(self) -> None:
        """Look whether the file of the cuts was written, as the other engine does again and again."""
        self._worker.command(self._kept_cuts.news())
        self._publish()

    async def export_bad_packets(self, path: Path, *, overwrite: bool = False) -> str:
        """Write the bad packets."""
        return export_bad_packets(path, self._latest, overwrite=overwrite)

    async def lessons(self) -> Lessons:
        """Look at the latest snapshot."""
        return lessons(self._latest)

    async def check_model_name(self, name: str, *, overwrite: bool = False) -> None:
        """Look at once."""
        check_free(name, overwrite=overwrite)

    async def train(self, name: str, say: Callable[[str], None], *, overwrite: bool = False) -> None:
        """Train at once."""
        check_free(name, overwrite=overwrite)
        self._worker.command([train_on(self._latest, name, say, {}, overwrite=overwrite)])
        self._publish()

    async def stop(self) -> None:
        """Stop."""
        self._stopped = True
        self._news.set()
        self._source.close()

    def _publish(self) -> None:
        self._worker.catch_up()
        self._latest = self._worker.snapshot()
        self._news.set()
