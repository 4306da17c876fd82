"""The truth of simulated objects, in the columns of `huntui.truth`."""

import numpy as np

from huntui.simulate.arrays import take
from huntui.simulate.cadence import SLOTS
from huntui.simulate.curves import BURST_STARTS, Family
from huntui.simulate.plan import Plan
from huntui.simulate.populations import POPULATIONS
from huntui.truth import COLUMNS


def describe_truth(plan: Plan, objects: dict[str, int]) -> dict[str, dict[str, object]]:
    """Return the truth columns of objects given as name → index in the plan."""
    return {name: _truth(plan, index) for name, index in objects.items()}


def _truth(plan: Plan, index: int) -> dict[str, object]:
    parameters = take(plan.objects.parameters, np.array(index))
    family = Family(int(parameters.family))
    known: dict[str, float] = {"redshift": float(parameters.redshift), "speed": float(parameters.speed)}
    if family is Family.BURST:
        begin = parameters.t0 + BURST_STARTS[int(parameters.shape)] * parameters.scale
        known |= {"age": float(_newest(plan, index) - begin), "peak_mag": float(parameters.mag)}
    elif family is Family.PERIODIC:
        known |= {"period": float(parameters.scale), "amplitude": float(parameters.amplitude)}
    truth: dict[str, object] = {"class": POPULATIONS[int(plan.objects.population[index])].name}
    for column in COLUMNS[1:]:
        value = known.get(column.name, float("nan"))
        truth[column.name] = None if np.isnan(value) else value
    return truth


def _newest(plan: Plan, index: int) -> float:
    """Time of the newest alert of an object [JD]."""
    slots = plan.slot[plan.object == index]
    return float(plan.cadence.jd[plan.objects.field[index], slots.max(initial=SLOTS - 2)])
