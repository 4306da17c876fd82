"""The part of the engine that writes files, in threads."""

import asyncio
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from huntui.engine.inbox import CutsSaved, Inbox, Saved
from huntui.engine.kept_cuts import KeptCuts
from huntui.engine.snapshot import Snapshot
from huntui.errors import ExportError
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.treasure import Hunt
from huntui.sources.source import Source

if TYPE_CHECKING:
    from huntui.engine.chosen import What
    from huntui.engine.scoring import Scoring


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
        from huntui.engine.export import export_asked

        self._check_may_write()
        chosen = (what, per_alert)
        write = partial(export_asked, overwrite=overwrite, columns=columns or self._columns)
        message = await asyncio.to_thread(write, path, self.latest, chosen, self.origin)
        self._inbox.command(Saved())
        return message

    async def asked(self, columns: Sequence[str]) -> Snapshot:
        """Return the newest snapshot, in which every survivor has the scores that are among these columns."""
        from huntui.engine.asked import rows_asked
        from huntui.engine.chosen import Chosen

        return await asyncio.to_thread(rows_asked, self._scoring, self.latest, columns, Chosen(per_alert=True))

    async def export_light_curves(self, path: Path, *, overwrite: bool = False, what: "What" = "survivors") -> str:
        """Write the light curves of objects of the newest snapshot, in a thread."""
        from huntui.engine.curves_export import export_light_curves

        self._check_may_write()
        source = self._source, self._max_alerts
        return await asyncio.to_thread(export_light_curves, path, self.latest, what, *source, overwrite=overwrite)

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
        return await asyncio.to_thread(write, path, self.latest, what, self.origin)

    async def figures(self, folder: Path, *, overwrite: bool = False, what: "What" = "survivors") -> str:
        """Write figures of objects of the newest snapshot, in a thread."""
        from huntui.engine.figures import write_figures

        self._check_may_write()
        return await asyncio.to_thread(
            write_figures, folder, self.latest, what, self._source, self._max_alerts, overwrite=overwrite
        )

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

    @property
    def origin(self) -> "tuple[Source, int | None, Scoring | None]":
        """Where the alerts come from, how many are read at most, and what scores them."""
        return self._source, self._max_alerts, self._scoring

    def _check_may_write(self) -> None:
        """Raise `ExportError` where no file may be written."""
        if self._read_only:
            raise ExportError("No file can be written from this page.")
