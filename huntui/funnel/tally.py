"""What a set of cuts makes of a few alerts, such as those of one object."""

from dataclasses import dataclass, replace

import numpy as np

from huntui.funnel.compare import outcome
from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import Explained, explain
from huntui.funnel.fates import SURVIVED
from huntui.funnel.funnel import Alerts
from huntui.funnel.language.table import ChosenRows, Rows


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the alerts are kept, and what becomes of the others."""

    alerts: int
    kept: int
    losses: tuple[tuple[str, int], ...]
    """Each stage that is the first to reject some of them, and how many, in the order of the funnel."""
    newest: Explained | None
    """The first stage that rejects the newest alert; None where that one is kept."""


def tally(cuts: Cuts, table: Alerts, rows: Rows) -> Tally:
    """Return what becomes of the alerts in some rows of a table, oldest first; only these rows are evaluated."""
    found = outcome(cuts, ChosenRows(table, rows))
    return Tally(
        len(rows), int(np.count_nonzero(found.survives)), found.losses(),
        _first_to_reject(cuts, table, int(rows[-1]), int(found.fates.first[-1])) if len(rows) else None,
    )  # fmt: skip


def _first_to_reject(cuts: Cuts, table: Alerts, row: int, place: int) -> Explained | None:
    if place == SURVIVED:
        return None
    (explained,) = explain(replace(cuts, stages=cuts.stages[place : place + 1]), table, row)
    return explained
