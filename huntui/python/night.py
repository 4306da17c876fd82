"""A night that was read: its columns, the cuts that are applied to it, and a closer look at its objects."""

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np

from huntui.columns import BANDS
from huntui.engine.again import Again
from huntui.engine.detail import cutouts_of as fetch_cutouts
from huntui.engine.detail import describe_object
from huntui.engine.find import rows_named
from huntui.engine.recut import recut
from huntui.engine.shortfall import shortfall
from huntui.engine.summary import of_objects
from huntui.errors import CallError, SourceError, WorkError
from huntui.exports.report.markup import tag
from huntui.packets.whole import WholePacket, read_whole
from huntui.pages import address
from huntui.python.cutouts import Cutouts, cutouts_of
from huntui.python.cuts import Written, chosen_cuts
from huntui.python.funnel import Funnel
from huntui.python.light_curve import LightCurve
from huntui.python.table import Table
from huntui.render.explanation import unknown_name


class Night(Table):
    """All alerts of a night, as `huntui.open_night` gives it.

    As a table it has one row per alert, in the order of time. It is a context manager, and `close` lets go of its
    files; no thread of it runs while nothing is asked of it.
    """

    _what, _per = "night", "alert"

    def __len__(self) -> int:
        """Return how many alerts there are."""
        return self._snapshot.night.alerts

    def __repr__(self) -> str:
        night = self._snapshot.night
        simulated = " (SIMULATED)" if night.simulated else ""
        return f"<Night {night.date or night.source!r}{simulated}: {of_objects(night.alerts, night.objects)}>"

    def _repr_html_(self) -> str:
        return tag("p", repr(self).strip("<>"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and connections; columns and counts stay, packets and cutouts cannot be read any more."""
        self._opened.close()

    @property
    def date(self) -> str | None:
        """The date by which it was opened."""
        return self._snapshot.night.date

    @property
    def source(self) -> str:
        """Where its packets came from."""
        return self._snapshot.night.source

    @property
    def simulated(self) -> bool:
        """Whether every alert of it is invented."""
        return self._snapshot.night.simulated

    @property
    def objects(self) -> int:
        """How many objects its alerts belong to."""
        return self._snapshot.night.objects

    @property
    def duplicates(self) -> int:
        """How many alerts came once more, and were not counted again."""
        return self._snapshot.night.duplicates

    @property
    def bad_packets(self) -> Mapping[str, int]:
        """How many packets could not be read, by reason."""
        return dict(self._snapshot.night.bad_packets)

    @property
    def schema_versions(self) -> Mapping[str, int]:
        """How many alerts were written with each version of the schema."""
        return dict(self._snapshot.night.schema_versions)

    @property
    def incomplete(self) -> str:
        """Why it is not the whole night, in a sentence; empty where it is."""
        return shortfall(self._snapshot)

    def apply(
        self, cuts: Written = None, *, knobs: Mapping[str, float] | None = None, off: Sequence[str] = ()
    ) -> Funnel:
        """Apply cuts and return the funnel; the night is not read again.

        `cuts` is a name (`"transients"`), the path of a file, a mapping from the name of each stage to the condition
        that it keeps (`{"real": "drb >= 0.7"}`), or the contents of a cuts file (`{"stages": […]}`); nothing means
        those of the configuration, and `"none"` keeps every alert. `knobs` turns knobs by name (`{"drb_min": 0.7}`,
        or `{"real.drb_min": 0.7}` where two stages have one of that name), `off` names stages to be switched off.
        Raises `CutsError` with one sentence where the cuts cannot be used.
        """
        prepared = self._opened.prepared
        chosen = chosen_cuts(cuts, prepared, knobs or {}, off)
        if chosen == prepared.cuts:
            return Funnel(self._opened, self._snapshot)
        return Funnel(self._opened, recut(self._snapshot, chosen, prepared.hunt, self._opened.engine.origin[2]))

    def light_curve(self, name: str | int) -> LightCurve:
        """Return the merged light curve of an object, by its objectId or the candid of an alert of it.

        Raises `CallError` where the night has no such object.
        """
        object_id = str(self._view.value("objectId", self._row(name)))
        told = describe_object(self._view, object_id)
        assert told is not None, "an object with a row can be described"
        curve = told.light_curve
        band = np.array([BANDS.get(int(fid), str(int(fid))) for fid in curve.fid], np.str_)
        return LightCurve(
            object_id, curve.jd, band, curve.mag, curve.sigma, curve.is_limit, curve.is_positive, curve.is_forced,
            told.slopes,
        )  # fmt: skip

    def cutouts(self, name: str | int) -> Cutouts:
        """Return the cutouts of an object's newest alert, or of the alert of a candid.

        Raises `CallError` where the night has none of that name or is closed, `SourceError` where the packet is gone.
        """
        row = self._row(name)
        return cutouts_of(str(self._view.value("objectId", row)), fetch_cutouts(self._view, row, self._opened.source))

    def packet(self, name: str | int) -> dict[str, Any]:
        """Return all of a packet as plain values: that of an object's newest alert, or of the alert of a candid.

        Raises like `cutouts`, and `WorkError` where the packet cannot be decoded.
        """
        row = self._row(name)
        return self._whole(row).alerts[int(self._view.record[row])]

    def schema(self, name: str | int) -> dict[str, Any]:
        """Return the schema that such a packet was written with, as plain values; raises like `packet`."""
        schema: dict[str, Any] = self._whole(self._row(name)).schema
        return schema

    def packets(self) -> Iterator[dict[str, Any]]:
        """Yield every alert as plain values, in the order of time: slow and complete, as a loop of one's own has it."""
        view = self._view
        for row in view.sorted_rows(np.ones(len(view), np.bool_)).tolist() if len(view) else []:
            yield self._whole(row).alerts[int(view.record[row])]

    def truth(self, names: Sequence[str]) -> dict[str, dict[str, object]]:
        """Return what is true of objects of a simulated night (`class` and more); of a real one nothing is known."""
        return {name: dict(told) for name, told in self._opened.source.truth(list(names)).items()}

    def pages(self, name: str) -> dict[str, str]:
        """Return the addresses of an object's pages, by name: ALeRCE, Fink, SIMBAD and more.

        Raises `CallError` for an invented object, about which there is none.
        """
        row, view = self._row(name), self._view
        if self.simulated:
            raise CallError(f"{name} is invented: there is no page about it.")
        place = [float(value) if isinstance(value := view.value(axis, row), float) else None for axis in ("ra", "dec")]
        object_id, templates = str(view.value("objectId", row)), self._opened.prepared.config.pages
        found = {page: address(template, object_id, *place) for page, template in templates.items()}
        return {page: link for page, link in found.items() if link is not None}

    def _row(self, name: str | int) -> int:
        rows = rows_named(self._view, str(name))
        if not len(rows):
            raise CallError(unknown_name(str(name), self.date or self.source))
        return int(rows[-1])

    def _whole(self, row: int) -> WholePacket:
        source = self._opened.source
        try:
            return read_whole(Again(source).packet(self._view, row))
        except SourceError:
            raise
        except ValueError as problem:
            raise WorkError(f"{source.describe(self._view.addresses[row])}: {problem}.") from None
