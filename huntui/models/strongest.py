"""What made a score what it is: how much it changes when one thing that the model read is taken away.

A feature is taken away by putting in its place the median of the night, over the alerts that have it, and a cutout by
putting an empty one there; everything else stays. The change is the score as it is less the score without it: above 0
for what raised the score, below 0 for what lowered it. Changes do not add up to the score, since a model combines what
it reads: of two features that say the same, each may seem to matter little.
"""

from dataclasses import dataclass

import numpy as np

from huntui.models.inputs import Alerts, Float32s, Rows, features
from huntui.models.score import Fetch, Scorer

MOST = 5
"""Inputs that are told."""
_SAMPLE = 2_000
"""Alerts over which a median is taken, evenly over the night."""


@dataclass(frozen=True, slots=True)
class Influence:
    """One input of a model and what it does to a score."""

    name: str
    """A feature, or `science cutout`."""
    value: float | None
    """The feature's value; None for a cutout, and for a null."""
    usual: float | None
    """The median of the night."""
    change: float
    """The score less the score without it."""


def strongest(scorer: Scorer, alerts: Alerts, row: int, rows: int, column: int, fetch: Fetch) -> tuple[Influence, ...]:
    """Return the inputs that change the score of an alert the most, the strongest first; none where it has no score.

    `rows` is how many alerts the night has, `column` the place of the score among the model's columns.
    """
    one = np.array([row], np.int64)
    arrays, (reason,) = scorer.arrays(alerts, one, fetch)
    if reason:
        return ()
    usual = _medians(scorer, alerts, np.arange(0, rows, max(1, rows // _SAMPLE), dtype=np.int64))
    without: list[tuple[str, str, int]] = []
    for name, described in scorer.sidecar.inputs.items():
        what = (
            described.names if described.kind == "features" else [f"{cutout} cutout" for cutout in described.channels]
        )
        without += [(name, one_input, k) for k, one_input in enumerate(what)]
    many = {name: np.repeat(array, len(without) + 1, axis=0) for name, array in arrays.items()}
    for place, (name, _, k) in enumerate(without, 1):
        described = scorer.sidecar.inputs[name]
        if described.kind == "features":
            many[name][place, k] = usual[name][k]
        elif described.layout == "NHWC":
            many[name][place, :, :, k] = 0.0
        else:
            many[name][place, k] = 0.0
    scores = np.concatenate([scorer.run({n: a[k : k + 1] for n, a in many.items()}) for k in range(len(without) + 1)])
    found = [
        _influence(scorer, arrays, usual, which, float(scores[0, column] - scores[place, column]))
        for place, which in enumerate(without, 1)
    ]
    return tuple(sorted((one for one in found if one.change), key=lambda one: -abs(one.change))[:MOST])


def _medians(scorer: Scorer, alerts: Alerts, sample: Rows) -> dict[str, Float32s]:
    arrays, _ = features(scorer.sidecar, alerts, sample)
    found = {}
    for name, values in arrays.items():
        there = ~np.isnan(values).all(axis=0)
        medians = np.zeros(values.shape[1], np.float32)
        medians[there] = np.nanmedian(values[:, there], axis=0)
        found[name] = medians
    return found


def _influence(
    scorer: Scorer, arrays: dict[str, Float32s], usual: dict[str, Float32s], which: tuple[str, str, int], change: float
) -> Influence:
    name, what, k = which
    if scorer.sidecar.inputs[name].kind == "triplet":
        return Influence(what, None, None, change)
    value = float(arrays[name][0, k])
    return Influence(what, None if np.isnan(value) else value, float(usual[name][k]), change)
