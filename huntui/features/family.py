"""What a family of features is, and what its kernels work on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.packets.batch import Int64s

Float32s = npt.NDArray[np.float32]
Float64s = npt.NDArray[np.float64]

ISSUE = "this project's definition"


@dataclass(frozen=True, slots=True)
class Family:
    """Features that are computed together."""

    columns: tuple[Column, ...]
    compute: Callable[[AlertBatch], Columns]
    """Return every column of the family for a batch, one value per alert, nulls as `huntui.columns` says."""
    over_night: Callable[[Mapping[str, npt.NDArray[Any]]], Columns] | None = None
    """Return every column again for all alerts of a night, where other alerts tell; `compute` gives nulls then."""


class Curves(NamedTuple):
    """Photometry of a batch as kernels take it: arrays of one entry per alert, then `h_…` of one entry per history row.

    Magnitudes are NaN for upper limits; `positive` is true where the object is brighter than the reference, `negative`
    where it is fainter, and neither where the packet does not say. `nr` is the nearest source of the reference image.
    """

    jd: Float64s
    fid: npt.NDArray[np.int32]
    mag: npt.NDArray[np.float32]
    sigma: npt.NDArray[np.float32]
    positive: npt.NDArray[np.bool_]
    negative: npt.NDArray[np.bool_]
    nr_distance: npt.NDArray[np.float32]
    nr_mag: npt.NDArray[np.float32]
    nr_sigma: npt.NDArray[np.float32]
    jdstarthist: Float64s
    offsets: Int64s
    h_jd: Float64s
    h_fid: npt.NDArray[np.int8]
    h_mag: npt.NDArray[np.float32]
    h_sigma: npt.NDArray[np.float32]
    h_limit: npt.NDArray[np.float32]
    h_detected: npt.NDArray[np.bool_]
    """True for a detection: a magnitude below 99 at a time before the alert's."""
    h_positive: npt.NDArray[np.bool_]
    """True for a detection brighter than the reference."""
    h_brighter: npt.NDArray[np.bool_]
    """True where the entry says that it is brighter than the reference, at whatever time."""
    h_negative: npt.NDArray[np.bool_]
    """True for a detection fainter than the reference."""
    h_nr_distance: npt.NDArray[np.float32]
    h_nr_mag: npt.NDArray[np.float32]
    h_nr_sigma: npt.NDArray[np.float32]


NO_DETECTION_MAG = 99.0


def curves(batch: AlertBatch) -> Curves:
    """Return the photometry of a batch."""
    columns: dict[str, Any] = batch.columns
    history: dict[str, Any] = batch.history.columns
    alert_jd = np.repeat(columns["jd"], np.diff(batch.history.offsets))
    detected = (history["magpsf"] < NO_DETECTION_MAG) & (history["jd"] < alert_jd)
    brighter = history["isdiffpos"] == 1
    return Curves(
        jd=columns["jd"],
        fid=columns["fid"],
        mag=columns["magpsf"],
        sigma=columns["sigmapsf"],
        positive=(columns["isdiffpos"] == batch.texts.find("t")) & (columns["magpsf"] < NO_DETECTION_MAG),
        negative=(columns["isdiffpos"] == batch.texts.find("f")) & (columns["magpsf"] < NO_DETECTION_MAG),
        nr_distance=columns["distnr"],
        nr_mag=columns["magnr"],
        nr_sigma=columns["sigmagnr"],
        jdstarthist=columns["jdstarthist"],
        offsets=batch.history.offsets,
        h_jd=history["jd"],
        h_fid=history["fid"],
        h_mag=history["magpsf"],
        h_sigma=history["sigmapsf"],
        h_limit=history["diffmaglim"],
        h_detected=detected,
        h_positive=detected & brighter,
        h_brighter=brighter,
        h_negative=detected & (history["isdiffpos"] == 0),
        h_nr_distance=history["distnr"],
        h_nr_mag=history["magnr"],
        h_nr_sigma=history["sigmagnr"],
    )
