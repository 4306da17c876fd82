"""What a night and its funnel have in common: a table of alerts or objects, column by column or as a whole."""

import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from huntui.columns import Column
from huntui.engine.chosen import Chosen, What, chosen_rows
from huntui.engine.engine import Engine
from huntui.engine.export import export_asked
from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError
from huntui.exports.choice import choose_columns
from huntui.features.registry import columns as known_columns
from huntui.night.view import NightView
from huntui.opening.night import PreparedNight
from huntui.packets.batch import Int64s
from huntui.python.columns import Array, as_series, column_of, kind_of
from huntui.sources.source import Source

Per = Literal["alert", "object"]
"""What a row stands for: an alert, or an object by its newest alert of those meant."""


class Opened:
    """A night that was read, which it and all of its funnels share; the last of them lets go of its files."""

    def __init__(self, prepared: PreparedNight, engine: Engine) -> None:
        self.prepared, self.engine = prepared, engine
        self.close = weakref.finalize(self, engine.close)
        """Lets go of files and connections, once."""

    @property
    def closed(self) -> bool:
        """Whether packets can be read no more."""
        return not self.close.alive

    @property
    def source(self) -> Source:
        """What gives packets again; raises `CallError` once the night is closed."""
        if self.closed:
            raise CallError("The night is closed, and its packets can be read no more: open it again.")
        return self.engine.origin[0]


class Table:
    """Rows of a night, in the order of time per alert, the newest first per object."""

    _what: What
    _per: Per
    """What a row stands for where nothing is said."""

    def __init__(self, opened: Opened, snapshot: Snapshot) -> None:
        self._opened, self._snapshot = opened, snapshot

    def __getitem__(self, name: str) -> Array:
        """Return a column as a new NumPy array, one value per row.

        A null is NaN in a column of floats, and masked in one of integers or text. The survey's own "no match", −999,
        stays the number it is. Raises `CallError` with the nearest name for a column that there is not.
        """
        kind_of(name)
        view, rows = self._asked((name,), self._per)
        return column_of(view, name, rows)

    __iter__ = None
    """What one would go through, alerts, objects or columns, nobody can guess: each has a name of its own."""

    @property
    def columns(self) -> Mapping[str, Column]:
        """Every column by name, each with its `unit`, its `meaning` and the `source` of its definition."""
        return known_columns()

    def to_pandas(self, columns: Sequence[str] | None = None, *, per: Per | None = None) -> Any:
        """Return a `pandas.DataFrame` of some columns, by default those of an export.

        Nulls are NaN among floats, `<NA>` among integers (`Int32`, `Int64`) and None among texts. Raises `CallError`
        for a column that there is not, and where pandas is not installed.
        """
        pandas = extra("pandas")
        names = self._names(columns)
        view, rows = self._asked(names, per or self._per)
        frame = pandas.DataFrame({name: as_series(column_of(view, name, rows)) for name in names})
        frame.attrs = self._told()
        return frame

    def to_astropy(self, columns: Sequence[str] | None = None, *, per: Per | None = None) -> Any:
        """Return an `astropy.table.Table` of some columns, with units and descriptions; nulls as in `to_pandas`.

        Raises `CallError` for a column that there is not.
        """
        from huntui.exports.astropy_table import astropy_of

        names, known = self._names(columns), known_columns()
        view, rows = self._asked(names, per or self._per)
        table = astropy_of([known[name] for name in names], [column_of(view, name, rows) for name in names])
        table.meta.update(self._told())
        return table

    def export(
        self,
        path: str | Path,
        *,
        columns: Sequence[str] | None = None,
        per: Per | None = None,
        overwrite: bool = False,
    ) -> str:
        """Write the table as its ending says (`.csv`, `.vot`, `.parquet`, `.avro` for the packets and more).

        The file tells where it came from, and `huntui run --from-export` makes the same find again. Returns a sentence
        that says what was written; raises `ExistsError` for a file that is there, unless `overwrite`, `ExportError`
        where it cannot be written, and `CallError` for a column or an ending that there is not.
        """
        return export_asked(
            Path(path), self._snapshot, self._chosen(per), self._origin(),
            overwrite=overwrite, columns=self._names(columns),
        )  # fmt: skip

    def _origin(self) -> Any:
        self._opened.source  # noqa: B018 (a night that is closed gives no packets)
        return self._opened.engine.origin

    def _names(self, columns: Sequence[str] | None) -> tuple[str, ...]:
        return choose_columns(columns or self._opened.prepared.config.columns, known_columns())

    def _chosen(self, per: Per | None) -> Chosen:
        if per not in (None, "alert", "object"):
            raise CallError(f"per={per!r}: a row stands for an 'alert' or an 'object'.")
        return Chosen(self._what, (per or self._per) == "alert")

    def _asked(self, names: Sequence[str], per: Per) -> tuple[NightView, Int64s]:
        """Return a view in which the scores among these columns are there, and the rows."""
        chosen, view = self._chosen(per), self._view
        rows = chosen_rows(self._snapshot, chosen)
        scoring = self._opened.engine.origin[2]
        if scoring is not None and not scoring.columns.isdisjoint(names):
            view = scoring.filled(view, names, rows)
        return view, rows

    @property
    def _view(self) -> NightView:
        view = self._snapshot.view
        assert view is not None, "a night that was read has a view"
        return view

    def _told(self) -> dict[str, Any]:
        night = self._snapshot.night
        return {"date": night.date, "source": night.source, "simulated": night.simulated}


def extra(library: str) -> Any:
    """Import a library that comes with the extra `notebook`; raises `CallError` where it is not installed."""
    from importlib import import_module

    try:
        return import_module(library)
    except ImportError as error:
        raise CallError(
            f"{library} is needed for this, and is not installed: pip install 'huntui[notebook]'."
        ) from error
