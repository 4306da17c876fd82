"""The night: the append-only store of all alerts so far, each candid once, with the objects they belong to."""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import AlertBatch, Columns
from huntui.alerts.light_curve import FORCED_DRAWN, HISTORY_DRAWN
from huntui.alerts.texts import TextPool
from huntui.columns import NULL_TEXT, PACKET
from huntui.features.registry import compute_over_night
from huntui.night import kernel
from huntui.night.growing import GrowingColumns
from huntui.night.quarantine import Quarantine
from huntui.night.view import Entries, NightView
from huntui.packets.batch import Int32s, Int64s

_LIKELY = 400_000
"""Alerts for which there is room where nobody knows how many will come: few public nights of ZTF have more.

Moving a night to where there is more room takes as long as a key must not wait; room that is not used costs nothing.
"""


class Night:
    """Everything known of a night. Belongs to one thread; `view()` gives others an immutable picture."""

    def __init__(self, texts: TextPool, expected: int | None = None) -> None:
        """Begin an empty night of about `expected` alerts, for which memory is reserved."""
        self.texts = texts
        self._expected = expected
        self.quarantine = Quarantine()
        self.duplicates = 0
        self.objects = 0
        self._alerts = GrowingColumns()
        self._history = GrowingColumns()
        self._forced = GrowingColumns()
        self._candids = np.empty(1 << 10, np.int64)
        # It grows with the first alerts, so that the kernel for that is compiled with all others.
        self._table = np.full(1, -1, np.int32)
        self._seed = np.uint64(secrets.randbits(64))
        self._object_of_text = np.full(1 << 10, -1, np.int32)
        self._versions: Counter[int] = Counter()
        self.looked_over = 0
        """Alerts there were when the columns that other alerts tell were computed."""

    @classmethod
    def restored(cls, parts: Mapping[str, Columns]) -> "Night":
        """Return the night that gave `parts`; raises `ValueError` or `KeyError` where they do not fit each other."""
        texts = TextPool.restored(parts["texts"]["data"], parts["texts"]["ends"])
        alerts = parts.get("alerts", {})
        night = cls(texts)
        night.quarantine = Quarantine.restored(parts["bad packets"]["entries"])
        night.duplicates = int(parts["duplicates"]["number"][0])
        night._alerts = GrowingColumns.restored(alerts)
        night._history = GrowingColumns.restored(parts.get("history", {}))
        night._forced = GrowingColumns.restored(parts.get("forced", {}))
        if alerts:
            _check(alerts, night._history.rows, night._forced.rows, len(texts))
            night._register(alerts["candid"].astype(np.int64), 0)
            night._restore_objects(alerts["objectId"], alerts["#object"])
            night._count_versions(alerts["#version"])
            night.looked_over = len(night)  # only whole nights are kept
        return night

    def parts(self) -> dict[str, Columns]:
        """Return everything that the night is as arrays, for `restored`; none is copied."""
        data, ends = self.texts.dump()
        return {
            "alerts": self._alerts.view(),
            "history": self._history.view(),
            "forced": self._forced.view(),
            "texts": {"data": data, "ends": ends},
            "bad packets": {"entries": self.quarantine.dump()},
            "duplicates": {"number": np.array([self.duplicates])},
        }

    def __len__(self) -> int:
        return self._alerts.rows

    def append(self, batch: AlertBatch, features: Columns, most: int | None = None) -> None:
        """Add a batch with its features; an alert whose candid is here already only counts as a duplicate.

        With `most`, the night takes no more than so many alerts in all, and what comes after the last is not counted.
        """
        candids = batch.columns["candid"].astype(np.int64)
        fresh = np.zeros(0, np.bool_)
        while len(fresh) < len(candids):
            known = len(self) + int(fresh.sum())
            room = len(candids) if most is None else most - known
            if room <= 0:
                break
            # As many as there is room for can hold too few new ones, but never too many.
            fresh = np.concatenate([fresh, self._register(candids[len(fresh) : len(fresh) + room], known)])
        rows = np.flatnonzero(fresh)
        self.duplicates += len(fresh) - len(rows)
        if len(rows) < len(batch):
            batch = batch.take(rows)
            features = {name: values[rows] for name, values in features.items()}
        self._count_versions(batch.version)
        columns: Columns = {**batch.columns, **features}
        columns["#object"] = self._objects(batch.columns["objectId"].astype(np.int32))
        columns["#address"] = batch.addresses
        columns["#record"] = batch.record
        columns["#version"] = batch.version
        columns["#history"] = self._history.rows + batch.history.offsets[1:]
        columns["#forced"] = self._forced.rows + batch.forced.offsets[1:]
        # Features have seen the rest, and it is half of the memory: whoever wants it finds it in the packet.
        alerts = len(self) + len(batch)
        share = alerts / (self._expected or max(_LIKELY, 2 * alerts))
        self._history.append(_only(HISTORY_DRAWN, batch.history.columns), int(batch.history.offsets[-1]), share)
        self._forced.append(_only(FORCED_DRAWN, batch.forced.columns), int(batch.forced.offsets[-1]), share)
        self._alerts.append(columns, len(batch), share)

    def look_over(self) -> Collection[str]:
        """Compute the columns that other alerts of the night tell, and return their names; none if nothing came since.

        Views that were given out keep what they have; in later ones all values of these columns may be others.
        """
        if self.looked_over == len(self):
            return ()
        return self.take_over(len(self), compute_over_night(self._alerts.view()))

    def take_over(self, alerts: int, found: Columns) -> Collection[str]:
        """Take what comparing the first so many alerts told in place of what was known of them; return the names."""
        self._alerts.replace(found)
        self.looked_over = alerts
        return found.keys()

    def schema_versions(self) -> dict[str, int]:
        """Return the number of alerts by the version in their packet's header, sorted by version."""
        return dict(sorted((self.texts.text(code) or "", number) for code, number in self._versions.items()))

    def find(self, candid: int) -> int | None:
        """Return the row of an alert, or None."""
        row = kernel.find(candid, self._candids, self._table, self._seed)
        return row if row >= 0 else None

    def view(self) -> NightView:
        """Return the night as it stands."""
        columns = self._alerts.view()
        own = {name: columns.pop(name) for name in [*columns] if name.startswith("#")}
        empty = np.empty(0, np.int64)
        return NightView(
            columns=columns,
            history=_entries(self._history, own.get("#history", empty)),
            forced=_entries(self._forced, own.get("#forced", empty)),
            texts=self.texts,
            object_of=own.get("#object", empty.astype(np.int32)).astype(np.int32, copy=False),
            objects=self.objects,
            addresses=own.get("#address", np.empty((0, 2), np.int64)).astype(np.int64, copy=False),
            record=own.get("#record", empty.astype(np.int32)).astype(np.int32, copy=False),
            version=own.get("#version", empty.astype(np.int32)).astype(np.int32, copy=False),
        )

    def _count_versions(self, codes: Int32s) -> None:
        for code, number in zip(*np.unique(codes, return_counts=True), strict=True):
            self._versions[int(code)] += int(number)

    def _restore_objects(self, names: Int32s, objects: Int32s) -> None:
        self.objects = int(objects.max(initial=-1)) + 1
        self._object_of_text = np.full(int(names.max(initial=0)) + 1, -1, np.int32)
        self._object_of_text[names] = objects

    def _register(self, candids: Int64s, rows: int) -> npt.NDArray[np.bool_]:
        """Return which candids are new, and learn them, after `rows` that are known."""
        if rows + len(candids) > len(self._candids):
            larger = np.empty(2 * (rows + len(candids)), np.int64)
            larger[:rows] = self._candids[:rows]
            self._candids = larger
        if 2 * (rows + len(candids)) > len(self._table):
            size = 1 << (4 * (rows + len(candids))).bit_length()
            self._table = np.full(size, -1, np.int32)
            kernel.rebuild(self._candids, rows, self._table, self._seed)
        fresh = np.zeros(len(candids), np.bool_)
        kernel.register(candids, self._candids, rows, self._table, self._seed, fresh)
        return fresh

    def _objects(self, codes: Int32s) -> Int32s:
        """Return the number of each alert's object, numbering new objects as they come."""
        top = int(codes.max(initial=0)) + 1
        if top > len(self._object_of_text):
            larger = np.full(2 * top, -1, np.int32)
            larger[: len(self._object_of_text)] = self._object_of_text
            self._object_of_text = larger
        new = np.unique(codes[self._object_of_text[codes] < 0])
        self._object_of_text[new] = np.arange(self.objects, self.objects + len(new))
        self.objects += len(new)
        return self._object_of_text[codes]


def _only(names: tuple[str, ...], columns: Columns) -> Columns:
    return {name: columns[name] for name in names}


def _entries(columns: GrowingColumns, ends: Int64s) -> Entries:
    bounds = np.concatenate([np.zeros(1, np.int64), ends])
    return Entries(columns.view(), bounds[:-1], bounds[1:])


def _check(alerts: Columns, history: int, forced: int, texts: int) -> None:
    """Raise `ValueError` where a column of restored alerts leads to an entry, a text or an object that is not there."""
    for name, entries in (("#history", history), ("#forced", forced)):
        if np.any(np.diff(alerts[name], prepend=0) < 0) or int(alerts[name][-1:].sum()) != entries:
            raise ValueError(f"{name} does not lead to the {entries} entries that there are")
    limits = {name: texts for name, column in PACKET.items() if column.kind == "text"}
    for name, limit in {**limits, "#version": texts, "#object": len(alerts["#object"])}.items():
        if np.any((alerts[name] < NULL_TEXT) | (alerts[name] >= limit)):
            raise ValueError(f"{name} has a number that means nothing")
