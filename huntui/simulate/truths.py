"""The truth of simulated objects, in the columns of `huntui.truth`."""

import numpy as np
import numpy.typing as npt

from huntui.simulate.arrays import Integers, take
from huntui.simulate.cadence import SLOTS
from huntui.simulate.curves import BURST_STARTS, Family
from huntui.simulate.draws import Floats
from huntui.simulate.plan import Plan
from huntui.simulate.populations import POPULATIONS
from huntui.truth import COLUMNS

_NAMES = np.array([population.name for population in POPULATIONS], np.object_)


def describe_truth(plan: Plan, objects: dict[str, int]) -> dict[str, dict[str, object]]:
    """Return the truth columns of objects given as name → index in the plan."""
    columns = truth_columns(plan, np.fromiter(objects.values(), np.int64, len(objects)))
    return {name: {key: _value(values[k]) for key, values in columns.items()} for k, name in enumerate(objects)}


def truth_columns(plan: Plan, objects: Integers) -> dict[str, npt.NDArray[np.object_] | Floats]:
    """Return every truth column of the objects with these indices: texts, and numbers that are NaN without meaning."""
    parameters = take(plan.objects.parameters, objects)
    is_burst, is_periodic = parameters.family == Family.BURST, parameters.family == Family.PERIODIC
    begin = parameters.t0 + BURST_STARTS[np.where(is_burst, parameters.shape, 0)] * parameters.scale
    known = {
        "class": _NAMES[plan.objects.population[objects]],
        "age": np.where(is_burst, _newest(plan)[objects] - begin, np.nan),
        "peak_mag": np.where(is_burst, parameters.mag, np.nan),
        "redshift": parameters.redshift,
        "period": np.where(is_periodic, parameters.scale, np.nan),
        "amplitude": np.where(is_periodic, parameters.amplitude, np.nan),
        "speed": parameters.speed,
    }
    return {column.name: known[column.name] for column in COLUMNS}


def _value(value: object) -> object:
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]  # an element of a column of numbers
    return None if np.isnan(number) else number


def _newest(plan: Plan) -> Floats:
    """Time of the newest alert of each object [JD]."""
    slots = np.full(len(plan.serial), SLOTS - 2)
    np.maximum.at(slots, plan.object, plan.slot)
    times: Floats = plan.cadence.jd[plan.objects.field, slots]
    return times
