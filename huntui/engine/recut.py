"""A night that was read under other cuts: the same snapshot, counted anew, for whoever has no engine to command."""

from dataclasses import replace

from huntui.engine.asked import cuts_asked
from huntui.engine.rows import NO_ALERTS, SurvivorRows
from huntui.engine.scoring import Scoring
from huntui.engine.snapshot import Snapshot
from huntui.funnel.cuts import Cuts
from huntui.funnel.funnel import Funnel
from huntui.hunt.claims import Claims
from huntui.hunt.score import hunt_state
from huntui.hunt.suggestions import Suggestions
from huntui.hunt.treasure import Hunt
from huntui.night.view import NightView
from huntui.packets.batch import Int64s


def recut(snapshot: Snapshot, cuts: Cuts, hunt: Hunt, scoring: Scoring | None) -> Snapshot:
    """Return a snapshot of a whole night as it would be under other cuts, without claims; waits for their scores."""
    table = snapshot.rows
    if not isinstance(table, SurvivorRows):
        return replace(snapshot, cuts=cuts)
    view = cuts_asked(scoring, snapshot, cuts).view or table.view
    funnel = Funnel(cuts)
    funnel.extend(view)
    fates = funnel.fates()
    survives = fates.failures == 0
    alerts = view.newest_per_object(survives) if len(view) else NO_ALERTS
    view, looks = _looked_at(view, alerts, hunt, scoring) or (view, table.looks)
    return replace(
        snapshot,
        cuts_version=snapshot.cuts_version + 1,
        stages=funnel.counts(fates),
        surviving_alerts=int(survives.sum()),
        rows=SurvivorRows(view, alerts, survives, looks),
        hunt=hunt_state(hunt, Claims(hunt.names), {}, looks.counts(alerts)),
        cuts=cuts,
        fates=fates,
        view=view,
    )


def _looked_at(
    view: NightView, alerts: Int64s, hunt: Hunt, scoring: Scoring | None
) -> tuple[NightView, Suggestions] | None:
    """Return what looks like which treasure where a score tells, which other alerts are asked for; else None."""
    told_by = {column for treasure in hunt.treasures for column in treasure.looks_like.kinds}
    if scoring is None or scoring.columns.isdisjoint(told_by):
        return None
    view, looks = scoring.filled(view, told_by, alerts), Suggestions(hunt)
    looks.extend(view)
    return view, looks
