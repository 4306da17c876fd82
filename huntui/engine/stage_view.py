"""Everything about one stage, for whoever looks at it: what it cuts on, and what its knob would change."""

from dataclasses import dataclass

from huntui.engine.snapshot import Snapshot
from huntui.errors import CutsError
from huntui.funnel.distribution import Distribution, distribution
from huntui.funnel.quantity import quantity
from huntui.funnel.what_if import WhatIf, what_if


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of one snapshot, seen through one of its knobs."""

    stage: str
    knob: str | None
    distribution: Distribution | None
    """None where the stage compares no number with a threshold."""
    less: WhatIf | None
    """What turning the knob down by one step would bring; None where it cannot be turned, or the stage is off."""
    more: WhatIf | None
    """The same for one step up."""


def view_stage(snapshot: Snapshot, stage: str, knob: str | None, bins: int) -> StageView | None:
    """Return what is known of a stage and one of its knobs; None where there is no such stage, or no night yet."""
    cuts, table, fates = snapshot.cuts, snapshot.view, snapshot.fates
    if cuts is None or table is None or not len(table):
        return None
    try:
        found = cuts.stage(stage)
        turned = found.knob(knob) if knob is not None else None
    except CutsError:
        return None
    place = cuts.stages.index(found)
    cut_on = quantity(found, knob)
    shown = distribution(cut_on, turned, place, fates, table, bins) if cut_on else None
    if knob is None:
        return StageView(stage, None, shown, None, None)
    less, more = (what_if(cuts, stage, knob, steps, fates, table, table.object_of) for steps in (-1, 1))
    return StageView(stage, knob, shown, less, more)
