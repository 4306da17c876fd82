"""From decoded fields to alerts: text becomes codes, signs become 't' and 'f', the survey's nulls become nulls."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import AlertBatch, Columns, Ragged
from huntui.alerts.texts import TextPool
from huntui.packets.batch import Int32s, Int64s, Packets
from huntui.packets.decode import Decoded, Decoder
from huntui.packets.faults import BadPacket
from huntui.packets.kernel import Columns as Storage
from huntui.packets.layout import ALERTS, FORCED_PHOTOMETRY, HISTORIES, Layout

NO_FORCED_VALUE = -99999.0
"""What the survey writes into `fp_hists` for a value it does not have."""

_FORCED_FLOATS = ("forcediffimflux", "forcediffimfluxunc", "magzpsci", "diffmaglim")


@dataclass(slots=True)
class AlertDecoder:
    """Turns packet batches into alert batches whose text is kept in one pool. Belongs to one thread."""

    texts: TextPool
    decoder: Decoder = field(default_factory=Decoder)

    def decode(self, batch: Packets) -> tuple[AlertBatch, list[BadPacket]]:
        """Return the alerts of a batch, in order, and its bad packets."""
        decoded = self.decoder.decode(batch)
        bad = [
            BadPacket(int(decoded.bad[k]), (int(batch.addresses[k, 0]), int(batch.addresses[k, 1])))
            for k in np.flatnonzero(decoded.bad)
        ]
        return self._alerts(decoded, batch.addresses), bad

    def _alerts(self, decoded: Decoded, addresses: Int64s) -> AlertBatch:
        out, rows = decoded.out, decoded.alerts
        columns = self._columns(out.alerts, ALERTS, rows)
        columns["isdiffpos"] = self._signs(columns["isdiffpos"])
        versions = np.array([self.texts.add(version) for version in decoded.versions], np.int32)
        packet = out.packet[:rows]
        return AlertBatch(
            columns,
            self._history(decoded),
            self._forced(decoded),
            self.texts,
            addresses[packet],
            out.record[:rows],
            versions[decoded.header[packet]],
        )

    def _columns(self, storage: Storage, layout: Layout, rows: int) -> Columns:
        columns: Columns = {}
        numbers: dict[str, npt.NDArray[Any]] = {
            "f4": storage.w4.view(np.float32),
            "f8": storage.w8.view(np.float64),
            "i4": storage.w4.view(np.int32),
            "i8": storage.w8.view(np.int64),
            "sign": storage.w1,
            "band": storage.w1,
        }
        for name, (kind, k) in layout.place.items():
            if kind == "text":
                at, size = storage.text_at[k, :rows], storage.text_size[k, :rows]
                columns[name] = self.texts.intern(storage.texts, at, size)
            else:
                columns[name] = numbers[kind][k, :rows]
        return columns

    def _signs(self, codes: npt.NDArray[np.generic]) -> Int32s:
        """Return the codes of 't' and 'f' in place of those of '1' and '0', which mean the same."""
        signs = codes.astype(np.int32)
        for old, new in (("1", "t"), ("0", "f")):
            signs[codes == self.texts.find(old)] = self.texts.add(new)
        return signs

    def _history(self, decoded: Decoded) -> Ragged:
        columns = self._columns(decoded.out.history, HISTORIES, decoded.history)
        return Ragged(_offsets(decoded.out.history_end[: decoded.alerts]), columns)

    def _forced(self, decoded: Decoded) -> Ragged:
        columns = self._columns(decoded.out.forced, FORCED_PHOTOMETRY, decoded.forced)
        for name in _FORCED_FLOATS:
            values = columns[name]
            columns[name] = np.where(values == np.float32(NO_FORCED_VALUE), np.float32(np.nan), values)
        return Ragged(_offsets(decoded.out.forced_end[: decoded.alerts]), columns)


def _offsets(ends: Int64s) -> Int64s:
    return np.concatenate([np.zeros(1, np.int64), ends])
