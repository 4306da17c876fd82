"""A batch of alerts as columns: one array per field, one row per alert, with ragged history and forced photometry."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from huntui.packets.batch import Int64s

if TYPE_CHECKING:
    from huntui.alerts.texts import TextPool

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Entries of different number per alert: those of alert *k* are rows `offsets[k]:offsets[k + 1]` of each column."""

    offsets: Int64s
    """Shape (alerts + 1,)."""
    columns: Columns

    def take(self, rows: Int64s) -> "Ragged":
        """Return the entries of some alerts only."""
        counts = np.diff(self.offsets)[rows]
        offsets = np.concatenate([[0], np.cumsum(counts)])
        entries = np.repeat(self.offsets[rows] - offsets[:-1], counts) + np.arange(offsets[-1])
        return Ragged(offsets, {name: values[entries] for name, values in self.columns.items()})


@dataclass(frozen=True, slots=True)
class AlertBatch:
    """Alerts as columns. Nulls are kept as `huntui.columns` says; text columns hold codes of `texts`.

    `history` has the columns of `columns.HISTORY` and `forced` those of `columns.FORCED`, with `fid` as int8 (-1
    where it is no small number) and the history's `isdiffpos` as int8: 1 for 't', 0 for 'f', -1 for null.
    """

    columns: Columns
    history: Ragged
    forced: Ragged
    texts: "TextPool"
    addresses: Int64s
    """Address of each alert's packet, shape (alerts, 2)."""
    record: npt.NDArray[np.int32]
    """Which record of its packet each alert is: 0 unless the packet holds several."""
    version: npt.NDArray[np.int32]
    """Code of the version that the packet's header claims."""

    def __len__(self) -> int:
        return len(self.record)

    def take(self, rows: Int64s) -> "AlertBatch":
        """Return some of the alerts."""
        return replace(
            self,
            columns={name: values[rows] for name, values in self.columns.items()},
            history=self.history.take(rows),
            forced=self.forced.take(rows),
            addresses=self.addresses[rows],
            record=self.record[rows],
            version=self.version[rows],
        )
