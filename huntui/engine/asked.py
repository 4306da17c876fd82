"""Snapshots with the scores that a question needs: of one object, of the rows of a file, of other cuts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from huntui.engine.chosen import Chosen, chosen_rows
from huntui.engine.find import rows_named
from huntui.engine.rows import SurvivorRows
from huntui.engine.scoring import Scoring
from huntui.engine.snapshot import Snapshot
from huntui.funnel.cuts import Cuts
from huntui.night.view import NightView


def newest_asked(scoring: Scoring | None, view: NightView, object_id: str) -> NightView:
    """Return a view in which the models that are in use were asked about an object's newest alert."""
    rows = view.rows_of(object_id)[-1:]
    return view if scoring is None or not len(rows) else scoring.filled(view, scoring.awake, rows)


def named_asked(scoring: Scoring | None, snapshot: Snapshot, name: str, columns: Iterable[str]) -> Snapshot:
    """Return a snapshot in which some columns have the scores of the alerts that somebody names."""
    view = snapshot.view
    if scoring is None or view is None:
        return snapshot
    return replace(snapshot, view=scoring.filled(view, columns, rows_named(view, name)))


def read_by(cuts: Cuts | None) -> frozenset[str]:
    """Return the columns that cuts read, those of stages that are off as well."""
    return frozenset(column for stage in (cuts.stages if cuts else ()) for column in stage.expression.kinds)


def cuts_asked(scoring: Scoring | None, snapshot: Snapshot, cuts: Cuts) -> Snapshot:
    """Return a snapshot with every score that cuts need to be counted on it."""
    view = snapshot.view
    if scoring is None or view is None or not len(view):
        return snapshot
    return replace(snapshot, view=scoring.completed(view, cuts))


def rows_asked(scoring: Scoring | None, snapshot: Snapshot, columns: Sequence[str], chosen: Chosen) -> Snapshot:
    """Return a snapshot in which all rows of a file have the scores that are among its columns."""
    table = snapshot.rows
    if scoring is None or not isinstance(table, SurvivorRows) or scoring.columns.isdisjoint(columns):
        return snapshot
    rows = chosen_rows(snapshot, chosen)
    return replace(snapshot, rows=replace(table, view=scoring.filled(table.view, columns, rows)))
