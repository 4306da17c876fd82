"""One moment of a night: all columns so far, which no later alert can change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import Columns
from huntui.alerts.light_curve import LightCurve, Photometry, from_packet, merge
from huntui.alerts.texts import TextPool
from huntui.columns import NULL_I4, NULL_I8, PACKET
from huntui.packets.batch import Int32s, Int64s
from huntui.scores import scores

Value = int | float | str | None

_TOLD = ("jd", "fid", "magpsf", "sigmapsf", "isdiffpos")
_MANY = 0.2
"""Share of the alerts from which on it is as well to sort all of them once."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What packets bring beside their alert, such as its history: the entries of all, and where those of each are."""

    columns: Columns
    begin: Int64s
    """For each alert its first entry."""
    end: Int64s
    """For each alert the entry behind its last."""

    def of(self, rows: Int64s) -> Columns:
        """Return the entries of some alerts, one alert after the other."""
        if not self.columns:
            return {}
        wanted = np.concatenate([np.arange(self.begin[row], self.end[row]) for row in rows] or [np.empty(0, np.int64)])
        return {name: values[wanted] for name, values in self.columns.items()}

    def one(self, row: int) -> Columns:
        """Return the entries of one alert."""
        return {name: values[self.begin[row] : self.end[row]] for name, values in self.columns.items()}

    def first(self, rows: int) -> "Entries":
        """Return the same for the first so many alerts."""
        return Entries(self.columns, self.begin[:rows], self.end[:rows])

    def taken(self, order: Int64s) -> "Entries":
        """Return the same for alerts in another order; no entry is moved."""
        return Entries(self.columns, self.begin[order], self.end[order])


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """What a model says of each alert of a night, as far as it was asked."""

    values: npt.NDArray[np.float32]
    """NaN where there is no score."""
    state: npt.NDArray[np.uint8]
    """Below `SCORED` where the model was not asked yet, `SCORED` for a score, above it why there is none."""
    reasons: tuple[str, ...]
    """In words, by the state minus `SCORED`; the first is that of a score, and empty."""


NOT_ASKED, UNDER_WAY, SCORED = range(3)
"""States of an alert in the column of a model."""


@dataclass(frozen=True)
class NightView:
    """The alerts of a night up to a moment, a row each in the order they came, or in that of time.

    Safe to read from any thread.
    """

    columns: Mapping[str, npt.NDArray[Any]]
    history: Entries
    forced: Entries
    texts: TextPool
    object_of: Int32s
    """Number of each alert's object."""
    objects: int
    addresses: Int64s
    record: Int32s
    version: Int32s
    scores: Mapping[str, ScoreColumn] = field(default_factory=dict)
    """The scores of models that can be asked, by column."""
    places: Int64s | None = None
    """Where each alert stands in the order they came; None where they are in it."""

    def __len__(self) -> int:
        return len(self.object_of)

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column as it is stored: numbers, or codes of text; raises `KeyError` for an unknown name.

        A score of a model that cannot be asked is null everywhere.
        """
        if name in self.scores:
            return self.scores[name].values
        if name in scores() and name not in self.columns:
            return np.broadcast_to(np.float32(np.nan), len(self))
        return self.columns[name]

    def pending(self, name: str) -> npt.NDArray[np.bool_] | None:
        """Return which alerts a model may still be asked about, None for any other column."""
        return self.scores[name].state < SCORED if name in self.scores else None

    def why_null(self, name: str, row: int) -> str:
        """Return why an alert has no score in a column, in a few words; nothing where it has one, or was not asked."""
        if name not in self.scores:
            return ""
        column = self.scores[name]
        state = int(column.state[row])
        return column.reasons[state - SCORED] if state >= SCORED else ""

    def text_code(self, text: str) -> int:
        """Return the code of a text, or a number that no alert has."""
        return self.texts.find(text)

    def value(self, name: str, row: int) -> Value:
        """Return one value as a plain Python one: None for a null, text without control characters."""
        stored = self.column(name)[row].item()
        if name in PACKET and PACKET[name].kind == "text":
            return self.texts.text(stored)
        if isinstance(stored, float):
            return None if np.isnan(stored) else stored
        kind = self.column(name).dtype.itemsize
        return None if stored == (NULL_I4 if kind == 4 else NULL_I8) else int(stored)

    @cached_property
    def _order(self) -> Int64s:
        return np.lexsort((self.columns["candid"], self.columns["jd"])).astype(np.int64)

    def sorted_rows(self, chosen: npt.NDArray[np.bool_]) -> Int64s:
        """Return the rows of chosen alerts, sorted by jd, then candid."""
        # While a night grows every moment has its own order, and sorting all of it costs 30 ms at 150,000 alerts.
        if "_order" in self.__dict__ or np.count_nonzero(chosen) > _MANY * len(self):
            return self._order[chosen[self._order]]
        rows = np.flatnonzero(chosen)
        return rows[np.lexsort((self.columns["candid"][rows], self.columns["jd"][rows]))]

    def newest_per_object(self, chosen: npt.NDArray[np.bool_]) -> Int64s:
        """Return for each object with a chosen alert the row of its newest one (by jd, then candid), newest first."""
        rows = self.sorted_rows(chosen)
        newest = np.full(self.objects, -1, np.int64)
        newest[self.object_of[rows]] = rows  # of rows that share an object the last one stays
        kept = rows[newest[self.object_of[rows]] == rows]
        return np.asarray(kept[::-1], np.int64)

    def rows_of(self, object_id: str) -> Int64s:
        """Return the rows of an object's alerts, oldest first; empty when there is no such object."""
        return self._with_object_id(self.texts.find(object_id))

    def rows_with_same_object(self, row: int) -> Int64s:
        """Return the rows of all alerts of the object in a row, oldest first."""
        return self._with_object_id(int(self.columns["objectId"][row]))

    def _with_object_id(self, code: int) -> Int64s:
        found = np.flatnonzero(self.columns["objectId"] == code)
        order = np.lexsort((self.columns["candid"][found], self.columns["jd"][found]))
        return np.asarray(found[order], np.int64)

    def light_curve(self, rows: Int64s) -> LightCurve:
        """Return the merged light curve of some alerts of one object: detections, limits and forced photometry."""
        alerts = {name: self.columns[name][rows] for name in ("jd", "fid", "magpsf", "sigmapsf", "programid")}
        positive = self.columns["isdiffpos"][rows] == self.texts.find("t")
        return merge(
            alerts,
            positive,
            self.history.of(rows),
            self.forced.of(rows),
        )

    def told_by(self, row: int) -> LightCurve:
        """Return what an alert's own packet tells: the alert and its history, no exposure merged with another.

        Forced photometry is not in it.
        """
        own = {name: self.columns[name][row : row + 1] for name in _TOLD}
        return from_packet(own, bool(own["isdiffpos"][0] == self.texts.find("t")), self.history.one(row))

    def photometry(self, row: int) -> Photometry:
        """Return what an alert's own packet tells in short, the alert itself last; cheap enough for each line shown."""
        history, own = self.history.one(row), self.columns
        return (
            [*history["jd"].tolist(), own["jd"][row].item()],
            [*history["magpsf"].tolist(), own["magpsf"][row].item()],
            [*history["fid"].tolist(), own["fid"][row].item()],
        )
