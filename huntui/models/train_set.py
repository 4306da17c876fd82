"""What a model learns from: a row of numbers for each labelled alert, out of its own packet alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.columns import NULL_I4, NULL_I8
from huntui.models.labels import OTHER, Target, Texts, aimed
from huntui.packets.batch import Int64s

Float32s = npt.NDArray[np.float32]

USUAL_FEATURES = (
    "magpsf", "sigmapsf", "diffmaglim", "scorr", "drb", "rb", "fwhm", "elong", "magdiff", "classtar", "chipsf",
    "sumrat", "seeratio", "nneg", "nbad", "distnr", "magnr", "sharpnr", "chinr", "sgscore1", "distpsnr1", "srmag1",
    "sgscore2", "distpsnr2", "nmtchps", "neargaia", "maggaia", "neargaiabright", "ssdistnr", "ssmagnr", "ndethist",
    "age", "n_det", "n_limits", "duration", "n_same_place_15min", "peak_mag", "days_since_peak", "amplitude", "rate",
    "rate_err", "rise_rate", "fade_rate", "color", "color_rate", "limit_gap", "limit_mag", "deeper_limit_gap",
    "limit_rate", "fraction_negative", "gal_b", "ecl_b",
)  # fmt: skip
"""Columns to learn from where none are named: brightness, image quality, surroundings and the light curve so far."""

TELLTALES = (
    "candid", "jd", "pid", "tblid", "nid", "rcid", "field", "xpos", "ypos", "ra", "dec", "rfid", "jdstartref",
    "jdendref", "nframesref", "ranr", "decnr", "programid", "jdstarthist", "jdendhist", "objectidps1", "objectidps2",
    "objectidps3", "tooflag", "ncovhist", "exptime",
)  # fmt: skip
"""Columns that say when, where or by whom an alert was taken: a model that knows them learns the sample by heart."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Labelled alerts, one row each."""

    matrix: Float32s
    """Shape (alerts, features); NaN for a null."""
    features: tuple[str, ...]
    candids: Int64s
    object_ids: Texts
    classes: Texts
    origins: tuple[str, ...]
    """Where labels and alerts come from, a phrase each."""

    def __len__(self) -> int:
        return len(self.classes)

    @property
    def objects(self) -> Int64s:
        """A number for the object of each alert."""
        return np.unique(self.object_ids, return_inverse=True)[1].astype(np.int64)

    def take(self, rows: npt.NDArray[Any]) -> "TrainingSet":
        """Return some of the alerts."""
        return replace(
            self,
            matrix=self.matrix[rows],
            candids=self.candids[rows],
            object_ids=self.object_ids[rows],
            classes=self.classes[rows],
        )

    def aimed(self, targets: Sequence[Target]) -> "TrainingSet":
        """Return it with targets in the place of the classes; raises `LabelError` as `labels.aimed` does."""
        return replace(self, classes=aimed(self.classes, targets))

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return for each class its alerts and its objects."""
        found = {}
        for name in np.unique(self.classes).tolist():
            mine = self.classes == name
            found[name] = int(mine.sum()), len(np.unique(self.object_ids[mine]))
        return found


def as_float32(values: npt.NDArray[Any]) -> Float32s:
    """Return a column of numbers as a model reads it: 32-bit floats, NaN for a null."""
    found = values.astype(np.float32)
    if values.dtype.kind == "i":
        found[values == (NULL_I4 if values.dtype.itemsize == 4 else NULL_I8)] = np.nan
    return found


def gather(
    columns: Mapping[str, npt.NDArray[Any]],
    features: Sequence[str],
    object_ids: Sequence[str],
    classes: Texts,
    origin: str,
) -> TrainingSet:
    """Return the labelled ones among alerts, an entry of each argument for each; `""` is no class.

    `columns` has the features and `candid`, nulls as `huntui.columns` says.
    """
    rows = np.flatnonzero(classes != "")
    matrix = np.empty((len(rows), len(features)), np.float32)
    for k, name in enumerate(features):
        matrix[:, k] = as_float32(columns[name][rows])
    names = np.array([object_ids[row] for row in rows.tolist()], np.str_)
    candids = columns["candid"][rows].astype(np.int64)
    return TrainingSet(matrix, tuple(features), candids, names, classes[rows], (origin,))


def joined(sets: Sequence[TrainingSet]) -> TrainingSet:
    """Return all alerts of several nights; they have the same features."""
    return TrainingSet(
        np.concatenate([one.matrix for one in sets]),
        sets[0].features,
        np.concatenate([one.candids for one in sets]),
        np.concatenate([one.object_ids for one in sets]),
        np.concatenate([one.classes for one in sets]),
        tuple(dict.fromkeys(origin for one in sets for origin in one.origins)),
    )


def ordered(names: Sequence[str]) -> tuple[str, ...]:
    """Return classes in the order that a model has them: what is none of the targets first, so that it is never one."""
    return tuple(sorted(names, key=lambda name: (name != OTHER, name)))
