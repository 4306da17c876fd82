"""The results of all nights put together: sums, and what is counted once however many nights it was seen in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from huntui.sources.sweep_file import SweptNight, night_path
from huntui.sweep.night_file import NightFile, Part
from huntui.sweep.tables import SURVIVES, TREASURES

if TYPE_CHECKING:
    import pyarrow as pa

Order = npt.NDArray[np.int64]


class Nights:
    """The results of the nights of a sweep of which something was read, in their order."""

    def __init__(self, folder: Path, records: Iterable[SweptNight]) -> None:
        self.records = [record for record in records if record.counts is not None]
        self._with_alerts = [one for one in self.records if one.counts is not None and one.counts.get("alerts")]
        self._folder = folder

    def file(self, name: str) -> NightFile:
        """Return the file of a night."""
        return NightFile(night_path(self._folder, name))

    def tables(self, part: Part, columns: Iterable[str] | None = None) -> "Iterable[tuple[str, pa.Table]]":
        """Yield the name of each night and one of its tables, or some columns of it."""
        wanted = None if columns is None else list(columns)
        for record in self._with_alerts:
            yield record.name, self.file(record.name).table(part, wanted)

    def joined(self, part: Part, columns: Iterable[str] | None = None) -> "pa.Table | None":
        """Return one table of all nights; None where no night has any."""
        import pyarrow as pa

        tables = [table for _, table in self.tables(part, columns) if len(table)]
        return pa.concat_tables(tables, promote_options="default") if tables else None


def totals(nights: Nights, treasures: Iterable[str]) -> dict[str, Any]:
    """Return the counts of all nights together.

    `alerts`, `duplicates`, `bad_packets`, `schema_versions` and `stages` are sums over the nights of what `huntui run`
    says of each; objects, survivors and treasures are counted once, and `repeated` are alerts (candid) that are in
    more than one night, which the sums have each time.
    """
    counts = [record.counts for record in nights.records if record.counts is not None]
    alerts = nights.joined("alerts", ["objectId", "candid", SURVIVES])
    objects = survivors = repeated = surviving = 0
    if alerts is not None:
        candids = alerts["candid"].to_numpy()
        survives = alerts[SURVIVES].to_numpy()
        repeated = int(np.count_nonzero(np.unique(candids, return_counts=True)[1] > 1))
        surviving = len(np.unique(candids[survives]))
        objects = len(alerts["objectId"].unique())
        survivors = len(alerts.filter(alerts[SURVIVES])["objectId"].unique())
    return {
        "nights": len(nights.records),
        "schema_versions": _summed(one["schema_versions"] for one in counts),
        "alerts": sum(one["alerts"] for one in counts),
        "objects": objects,
        "duplicates": sum(one["duplicates"] for one in counts),
        "repeated": repeated,
        "bad_packets": _summed(one["bad_packets"] for one in counts),
        "stages": _stages([one["stages"] for one in counts]),
        "survivors": {"alerts": surviving, "objects": survivors},
        "treasures": _treasures(nights, treasures),
    }


def newest_first(table: "pa.Table") -> Order:
    """Return the rows of the newest alert (by jd, then candid) of each object, the newest first."""
    order = in_time(table)[::-1]
    names = table["objectId"].combine_chunks().dictionary_encode().indices.to_numpy()[order]
    _, first = np.unique(names, return_index=True)
    return np.asarray(order[np.sort(first)], np.int64)


def in_time(table: "pa.Table") -> Order:
    """Return the rows of all alerts by jd, then candid, each candid once."""
    jd, candid = table["jd"].to_numpy(), table["candid"].to_numpy()
    order = np.lexsort((candid, jd))
    _, first = np.unique(candid[order], return_index=True)
    return np.asarray(order[np.sort(first)], np.int64)


def surviving_objects(nights: Nights) -> "pa.Table | None":
    """Return a row for each object of which an alert survives, the newest first; None where there is none.

    Place and treasures are those of the newest surviving alert; alerts are counted by candid, whatever the night.
    """
    import pyarrow as pa

    survivors = nights.joined("survivors", ["objectId", "candid", "jd", "ra", "dec", TREASURES])
    if survivors is None:
        return None
    newest = survivors.take(newest_first(survivors))
    seen = _seen(nights, set(newest["objectId"].to_pylist()))
    found = [seen[name] for name in newest["objectId"].to_pylist()]
    return pa.table(
        {
            "objectId": newest["objectId"],
            "ra": newest["ra"],
            "dec": newest["dec"],
            "nights": pa.array([len(one.nights) for one in found], pa.int32()),
            "alerts": pa.array([len(one.candids) for one in found], pa.int32()),
            "surviving_alerts": pa.array([len(one.surviving) for one in found], pa.int32()),
            "first_jd": pa.array([min(one.times) for one in found], pa.float64()),
            "last_jd": pa.array([max(one.times) for one in found], pa.float64()),
            "treasures": newest[TREASURES],
        }
    )


class _Seen:
    """Where and when an object was seen."""

    def __init__(self) -> None:
        self.nights: set[str] = set()
        self.candids: set[int] = set()
        self.surviving: set[int] = set()
        self.times: set[float] = set()


def _seen(nights: Nights, names: set[str]) -> dict[str, _Seen]:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = {name: _Seen() for name in names}
    wanted = pa.array(sorted(names))
    for night, table in nights.tables("alerts", ["objectId", "candid", "jd", SURVIVES]):
        theirs = table.filter(pc.is_in(table["objectId"], wanted))
        for name, candid, jd, survives in zip(*(column.to_pylist() for column in theirs.columns), strict=True):
            one = found[name]
            one.nights.add(night)
            one.candids.add(candid)
            one.times.add(jd)
            if survives:
                one.surviving.add(candid)
    return found


def _treasures(nights: Nights, names: Iterable[str]) -> list[dict[str, Any]]:
    survivors = nights.joined("survivors", ["objectId", "candid", "jd", TREASURES])
    found: Counter[str] = Counter()
    if survivors is not None:
        found.update(name for one in survivors.take(newest_first(survivors))[TREASURES].to_pylist() for name in one)
    return [{"name": name, "objects": found[name]} for name in names]


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))


def _stages(nights: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the stages with sums in the place of their counts; all nights have the same stages."""
    if not nights:
        return []
    return [
        {key: value if isinstance(value, str) else sum(one[key] for one in stage) for key, value in stage[0].items()}
        for stage in zip(*nights, strict=True)
    ]
