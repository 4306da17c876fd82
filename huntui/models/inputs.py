"""From alerts and their cutouts to the arrays that a model takes.

A cutout is prepared as ACAI's authors did when they trained it (github.com/dmitryduev/acai, MIT, and Kowalski): what is
no number becomes 0, then it is divided by its norm, then it is filled up where the chip's edge cut it off.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from huntui.alerts.images import read_image, unpacked
from huntui.alerts.stamps import Stamps
from huntui.columns import NULL_I4, NULL_I8
from huntui.models.derived import DERIVED
from huntui.models.sidecar import Input, Sidecar

Float32s = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


class History(Protocol):
    """What packets bring beside their alert."""

    def one(self, row: int) -> dict[str, npt.NDArray[Any]]:
        """Return the entries of one alert, none where there are none."""
        ...


class Alerts(Protocol):
    """Alerts of a night: a row each."""

    @property
    def history(self) -> History:
        """The history that each alert's own packet brings."""
        ...

    @property
    def addresses(self) -> npt.NDArray[np.int64]:
        """The address of each alert's packet."""
        ...

    @property
    def record(self) -> npt.NDArray[np.int32]:
        """Which record of its packet each alert is."""
        ...

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column as it is stored, nulls as `huntui.columns` says."""
        ...


class NoScoreError(Exception):
    """An alert cannot be scored; the text says why in a few words."""


def numbers(alerts: Alerts, name: str, rows: Rows) -> Float32s:
    """Return a feature of some alerts, NaN where it is null."""
    if name in DERIVED:
        return DERIVED[name][1](alerts, rows).astype(np.float32)
    stored = alerts.column(name)[rows]
    values = stored.astype(np.float32)
    if stored.dtype.kind == "i" and stored.dtype.itemsize >= 4:
        values[stored == (NULL_I4 if stored.dtype.itemsize == 4 else NULL_I8)] = np.nan
    return values


def features(sidecar: Sidecar, alerts: Alerts, rows: Rows) -> tuple[dict[str, Float32s], list[str]]:
    """Return the array of each input of features, and for each alert why it cannot be scored, or nothing.

    Shape (rows, names); a null is what stands in for it, else NaN.
    """
    found: dict[str, Float32s] = {}
    values: dict[str, Float32s] = {}
    for name in sidecar.feature_names:
        values[name] = numbers(alerts, name, rows)
    for name, other in sidecar.fallback.items():
        if name in values:
            values[name] = np.where(np.isnan(values[name]), values[other], values[name])
    for name, one in sidecar.inputs.items():
        if one.kind == "features":
            found[name] = np.stack([values[feature] for feature in one.names], axis=1)
    reasons = [""] * len(rows)
    if sidecar.missing == "skip":
        used = [name for one in sidecar.inputs.values() for name in one.names]
        for k in np.flatnonzero(np.any([np.isnan(values[name]) for name in used], axis=0) if used else []).tolist():
            lacking = list(dict.fromkeys(name for name in used if np.isnan(values[name][k])))
            more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
            reasons[k] = f"missing: {', '.join(lacking[:3])}{more}"
    return found, reasons


def images(stamps: Stamps, channels: Sequence[str]) -> dict[str, Float32s]:
    """Return the cutouts that a model reads; raises `NoScoreError` where one is missing or is no image."""
    found = {}
    for name in channels:
        data = stamps.get(name)
        if data is None:
            raise NoScoreError(f"no {name} cutout")
        try:
            found[name] = read_image(unpacked(data))
        except ValueError as error:
            raise NoScoreError(f"bad {name} cutout: {error}") from None
    return found


def triplet(one: Input, cutouts: dict[str, Float32s]) -> Float32s:
    """Return cutouts as one array of shape (size, size, channels), or (channels, size, size) in the layout NCHW.

    Raises `NoScoreError` for a cutout that is larger than the model takes or of which nothing can be said.
    """
    made = np.full((one.size, one.size, len(one.channels)), np.float32(one.pad_value), np.float32)
    for place, name in enumerate(one.channels):
        image = cutouts[name]
        rows, columns = image.shape
        if max(rows, columns) > one.size:
            raise NoScoreError(f"{name} cutout of {rows} × {columns} pixels, more than {one.size}")
        if one.pad == "centre":
            top, left = -(-(one.size - rows) // 2), -(-(one.size - columns) // 2)
        else:
            top = left = 0
        made[top : top + rows, left : left + columns, place] = _normed(image, name) if one.norm == "l2" else image
    return made if one.layout == "NHWC" else np.ascontiguousarray(made.transpose(2, 0, 1))


def _normed(image: Float32s, name: str) -> Float32s:
    squares = np.vdot(image, image)
    if not np.isfinite(squares):
        image = np.nan_to_num(image)
        squares = np.vdot(image, image)
    if not squares > 0:
        raise NoScoreError(f"empty {name} cutout")
    return np.asarray(image / np.sqrt(squares), np.float32)
