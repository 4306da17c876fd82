"""The part of the engine that writes files, in threads."""

import asyncio
import threading
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from huntui.engine.inbox import CutsSaved, Inbox, Saved
from huntui.engine.kept_cuts import KeptCuts
from huntui.engine.snapshot import Snapshot
from huntui.errors import ExportError
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.treasure import Hunt
from huntui.sources.source import Source

if TYPE_CHECKING:
    from huntui.engine.chosen import What
    from huntui.engine.export import ReadFrom
    from huntui.engine.samp import Kind
    from huntui.engine.scoring import Scoring
    from huntui.exports.samp.hub import Program

Answer = TypeVar("Answer")


class Writing:
    """What the engine is asked to write; see `huntui.engine.face.EngineFace` for what each method means."""

    _source: Source
    _hunt: Hunt
    _columns: Sequence[str]
    _max_alerts: int | None
    _scoring: "Scoring | None"
    _inbox: Inbox
    _kept_cuts: KeptCuts
    _read_only: bool

    @property
    @abstractmethod
    def latest(self) -> Snapshot:
        """The newest snapshot."""

    async def export(
        self,
        path: Path,
        *,
        overwrite: bool = False,
        columns: Sequence[str] | None = None,
        per_alert: bool = False,
        what: "What" = "survivors",
    ) -> str:
        """Write what is wanted of the newest snapshot, in a thread."""
        from huntui.engine.chosen import Chosen
        from huntui.engine.export import export_asked

        self._check_may_write()
        write = partial(export_asked, overwrite=overwrite, columns=columns or self._columns)
        return await self._saved(write, path, self.latest, Chosen(what, per_alert), self.origin)

    async def asked(self, columns: Sequence[str]) -> Snapshot:
        """Return the newest snapshot, in which every survivor has the scores that are among these columns."""
        from huntui.engine.asked import rows_asked
        from huntui.engine.chosen import Chosen

        return await asyncio.to_thread(rows_asked, self._scoring, self.latest, columns, Chosen(per_alert=True))

    async def export_light_curves(self, path: Path, *, overwrite: bool = False, what: "What" = "survivors") -> str:
        """Write the light curves of objects of the newest snapshot, in a thread."""
        from huntui.engine.curves_export import export_light_curves

        self._check_may_write()
        write = partial(export_light_curves, overwrite=overwrite)
        return await self._saved(write, path, self.latest, what, *self.origin[:2])

    async def report(
        self,
        path: Path,
        *,
        overwrite: bool = False,
        columns: Sequence[str] | None = None,
        what: "What" = "survivors",
        pages: Mapping[str, str] | None = None,
    ) -> str:
        """Write a report of the newest snapshot, in a thread."""
        from huntui.engine.report import report_asked

        self._check_may_write()
        write = partial(report_asked, overwrite=overwrite, columns=columns or self._columns, pages=pages or {})
        return await self._saved(write, path, self.latest, what, self.origin)

    async def figures(self, folder: Path, *, overwrite: bool = False, what: "What" = "survivors") -> str:
        """Write figures of objects of the newest snapshot, in a thread."""
        from huntui.engine.figures import write_figures

        self._check_may_write()
        stopped = threading.Event()
        write = partial(write_figures, folder, self.latest, what, self._source, self._max_alerts, overwrite=overwrite)
        return await while_wanted(partial(write, stopped=stopped.is_set), stopped.set)

    def where_to_save_cuts(self) -> Path:
        """Propose the file that the cuts came from, or one of their name."""
        return self._kept_cuts.proposal((self.latest.cuts or NO_CUTS).name)

    async def save_cuts(self, path: Path, *, overwrite: bool = False) -> str:
        """Write the cuts of the newest snapshot, in a thread."""
        self._check_may_write()
        cuts = self.latest.cuts or NO_CUTS
        message = await asyncio.to_thread(self._kept_cuts.save, path, cuts, overwrite=overwrite)
        self._inbox.command(CutsSaved(cuts))
        return message

    async def export_bad_packets(self, path: Path, *, overwrite: bool = False) -> str:
        """Write the bad packets of the newest snapshot, in a thread."""
        from huntui.engine.bad_packets import export_bad_packets

        self._check_may_write()
        return await asyncio.to_thread(export_bad_packets, path, self.latest, overwrite=overwrite)

    async def samp_programs(self) -> "tuple[Program, ...]":
        """Ask the SAMP hub, in a thread."""
        from huntui.exports.samp.hub import Patience
        from huntui.exports.samp.send import programs

        self._check_may_write("Nothing can be sent")
        patience = Patience()
        return await while_wanted(partial(programs, patience), patience.stop)

    async def send_by_samp(
        self,
        to: str,
        *,
        kind: "Kind" = "table",
        what: "What" = "survivors",
        per_alert: bool = False,
        object_id: str | None = None,
        columns: Sequence[str] | None = None,
    ) -> str:
        """Send something of the newest snapshot to another program, in a thread."""
        from huntui.engine.chosen import Chosen
        from huntui.engine.samp import send_by_samp
        from huntui.exports.samp.hub import Patience

        self._check_may_write("Nothing can be sent")
        chosen = Chosen(what, per_alert) if object_id is None else Chosen("claims", per_alert, (object_id,))
        patience = Patience()
        send = partial(send_by_samp, self.latest, self.origin, to, kind, chosen, columns or self._columns, patience)
        return await while_wanted(send, patience.stop)

    async def _saved(self, write: Callable[..., str], *arguments: object) -> str:
        """Write a file that cuts, claims and marks stand in, in a thread."""
        message = await asyncio.to_thread(write, *arguments)
        self._inbox.command(Saved())
        return message

    @property
    def origin(self) -> "ReadFrom":
        """Where the alerts come from, how many are read at most, and what scores them."""
        return self._source, self._max_alerts, self._scoring

    def _check_may_write(self, refused: str = "No file can be written") -> None:
        """Raise `ExportError` where nothing may leave the page that the hunt is on."""
        if self._read_only:
            raise ExportError(f"{refused} from this page.")


async def while_wanted(work: Callable[[], Answer], stop: Callable[[], None]) -> Answer:
    """Do something in a thread, and let it `stop` when nobody waits for it any more: leaving waits for threads."""
    try:
        return await asyncio.to_thread(work)
    except asyncio.CancelledError:
        stop()
        raise
