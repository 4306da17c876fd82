"""Cuts applied to a night: the counts of each stage, and who came through."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.engine.asked import named_asked, read_by
from huntui.engine.bad_packets import meaning
from huntui.engine.explanation import AlertExplained, explain_named
from huntui.engine.report import report_asked
from huntui.engine.rows import SurvivorRows
from huntui.engine.summary import as_dict, as_text, condition
from huntui.errors import CallError, WorkError
from huntui.exports.report.markup import tag
from huntui.funnel.counts import StageCount
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.python.table import Table
from huntui.render.explanation import bad_packet, unknown_name


class Funnel(Table):
    """What some cuts keep of a night. It never changes: other cuts, or other knobs, make another one.

    As a table it has one row per surviving object, its newest surviving alert, the newest first.
    """

    _what, _per = "survivors", "object"

    def __len__(self) -> int:
        """Return how many objects come through."""
        return self._snapshot.surviving_objects

    def __repr__(self) -> str:
        night, now = self._snapshot.night, self._snapshot
        simulated = " (SIMULATED)" if night.simulated else ""
        return (
            f"<Funnel {self.cuts.name!r}{simulated}: {now.surviving_alerts:,} of {night.alerts:,} alerts come through, "
            f"{now.surviving_objects:,} objects>"
        )

    def __str__(self) -> str:
        return as_text(self._snapshot)

    def _repr_html_(self) -> str:
        head = [tag("th", name) for name in ("stage", "in", "passed", "rejected", "only here", "unknown", "keep")]
        rows = [
            tag(
                "tr",
                tag("th", one.name, style="text-align: left"),
                *(
                    tag("td", f"{number:,}")
                    for number in (one.entered, one.passed, one.rejected, one.rejected_only_here, one.unknown)
                ),
                tag("td", tag("code", condition(one)), style="text-align: left"),
            )
            for one in self.stages
        ]
        return tag("table", tag("caption", repr(self).strip("<>")), tag("tr", *head), *rows)

    @property
    def cuts(self) -> Cuts:
        """The cuts: their `name`, where they come from, and their `stages` with conditions and knobs."""
        return self._snapshot.cuts or NO_CUTS

    @property
    def stages(self) -> tuple[StageCount, ...]:
        """What each stage did: `entered`, `passed`, `rejected`, `rejected_only_here` and `unknown` count alerts."""
        return self._snapshot.stages

    @property
    def alerts(self) -> int:
        """How many alerts come through; `len` counts objects."""
        return self._snapshot.surviving_alerts

    @cached_property
    def survivors(self) -> tuple[str, ...]:
        """The objectIds that come through, in the order of the rows: the newest first."""
        rows = self._snapshot.rows
        return tuple(rows.object_id(row) for row in range(len(rows)))

    @cached_property
    def mask(self) -> npt.NDArray[np.bool_]:
        """Whether each alert comes through, in the order of the night's rows: `night["magpsf"][funnel.mask]`."""
        table = self._snapshot.rows
        if not isinstance(table, SurvivorRows) or not len(self._view):
            return np.zeros(0, np.bool_)
        return table.survives[self._view.sorted_rows(np.ones(len(self._view), np.bool_))]

    @cached_property
    def treasures(self) -> Mapping[str, tuple[str, ...]]:
        """For each treasure of the hunt, in its order, the surviving objects that look like it, the newest first."""
        rows = self._snapshot.rows
        found: dict[str, list[str]] = {one.name: [] for one in self._snapshot.hunt.treasures}
        for row, name in enumerate(self.survivors):
            for treasure in rows.suggestions(row):
                found[treasure].append(name)
        return {treasure: tuple(names) for treasure, names in found.items()}

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as `huntui run --json` prints them."""
        return as_dict(self._snapshot)

    def explain(self, name: str | int) -> AlertExplained:
        """Say why the newest alert of an objectId, or the alert of a candid, comes through or not: print it.

        `rejected_by` names the stages that reject it, and `rescue` the turns of knobs that would let it in. Raises
        `CallError` for a name that the night has not, `WorkError` for that of a packet that could not be read.
        """
        scoring, name = self._opened.engine.origin[2], str(name)
        asked = named_asked(scoring, self._snapshot, name, read_by(self.cuts))
        told = explain_named(asked, name, scoring=None if self._opened.closed else scoring)
        for reason, reference in told.bad_packets:
            raise WorkError(bad_packet(reference, reason, meaning(reason)))
        if not told.alerts:
            raise CallError(unknown_name(name, self._snapshot.night.date or self._snapshot.night.source))
        return told.alerts[0]

    def report(self, path: str | Path, *, overwrite: bool = False) -> str:
        """Write the funnel and its survivors as one page of HTML, with light curves and cutouts, to be mailed.

        Returns a sentence that says what was written; raises like `export`.
        """
        config = self._opened.prepared.config
        return report_asked(
            Path(path), self._snapshot, self._what, self._origin(),
            overwrite=overwrite, columns=self._names(None), pages=config.pages,
        )  # fmt: skip
