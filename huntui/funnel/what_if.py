"""What would come of a knob before it is turned."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huntui.funnel.cuts import Cuts
from huntui.funnel.fates import Fates
from huntui.funnel.funnel import Alerts
from huntui.funnel.language.table import Bools


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The change of survivors that another value of a knob would bring."""

    value: float
    alerts: int
    objects: int


def what_if(
    cuts: Cuts, stage: str, knob: str, steps: int, fates: Fates, table: Alerts, object_of: npt.NDArray[np.integer]
) -> WhatIf | None:
    """Return what turning a knob by a number of steps would bring; None where it would not move, or the stage is off.

    `object_of` is the number of each alert's object, from 0. Of all stages only this one is evaluated, and only where
    no other rejects.
    """
    turned = cuts.turn(stage, knob, steps).stage(stage)
    if turned == cuts.stage(stage) or not turned.enabled:
        return None
    place = [one.name for one in cuts.stages].index(stage)
    survives = fates.failures == 0
    would = fates.pass_others(place) & ~turned.judge(table, 0, len(fates)).failed
    return WhatIf(
        turned.knob(knob).value,
        int(np.count_nonzero(would)) - int(np.count_nonzero(survives)),
        _objects(would, object_of) - _objects(survives, object_of),
    )


def _objects(alerts: Bools, object_of: npt.NDArray[np.integer]) -> int:
    return int(np.count_nonzero(np.bincount(object_of[: len(alerts)][alerts])))
