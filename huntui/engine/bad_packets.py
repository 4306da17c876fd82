"""The bad packets of a night as a person reads them: reason, meaning, and where each one is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from huntui import __version__
from huntui.columns import Column
from huntui.engine.shortfall import shortfall
from huntui.engine.snapshot import Snapshot
from huntui.exports.export import export
from huntui.exports.table import About, ExportTable, Value
from huntui.night.quarantine import QuarantineView
from huntui.packets.batch import Int64s
from huntui.packets.faults import MEANINGS

COLUMNS = (
    Column("reason", "text", False, "", "stable name of what is wrong with the packet", "huntui"),
    Column("meaning", "text", False, "", "the same in words", "huntui"),
    Column("reference", "text", False, "", "where the packet is, in the terms of its source", "huntui"),
)
"""Columns of an export of bad packets."""


@dataclass(frozen=True, slots=True)
class QuarantinedPackets:
    """What is in quarantine, with the words of the source for where that is."""

    view: QuarantineView
    describe: Callable[[Int64s], str] = field(repr=False)

    def __len__(self) -> int:
        return len(self.view)

    def reason(self, place: int) -> str:
        """Stable name of what is wrong."""
        return MEANINGS[self.view[place].fault][0]

    def reference(self, place: int) -> str:
        """Where the packet is."""
        return self.describe(np.array(self.view[place].address, np.int64))


def meaning(reason: str) -> str:
    """Say in words what a reason means."""
    return dict(MEANINGS.values()).get(reason, "")


def export_bad_packets(path: Path, snapshot: Snapshot, *, overwrite: bool = False) -> str:
    """Write a row per bad packet, in the order they came, and return a sentence that says what was written.

    Raises `CallError` for an ending that is not known and `ExportError` for a file that cannot be written.
    """
    night = snapshot.night
    about = About(
        version=__version__,
        source=night.source,
        date=night.date,
        simulated=night.simulated,
        per="bad packet",
        incomplete=shortfall(snapshot),
    )
    return export(path, ExportTable(COLUMNS, lambda: _rows(snapshot), about), overwrite)


def _rows(snapshot: Snapshot) -> Iterator[tuple[Value, ...]]:
    bad = snapshot.bad_packets
    for place in range(len(bad)):
        reason = bad.reason(place)
        yield reason, meaning(reason), bad.reference(place)
