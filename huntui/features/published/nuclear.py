"""What AMPEL's filter for nuclear transients asks: where, on average, its clean detections lie on their galaxy.

A detection is clean if it is not fainter than the reference image, near a source of it (`distnr` above 0), and has
no bad pixel, `fwhm` below 5 pixels, `elong` below 1.3 and `magdiff` within 0.3 mag. The alert and every entry of its
history with a magnitude is asked, at whatever time. An entry that lacks one of these values is not clean.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import NO_DETECTION_MAG, Family, Float32s, Float64s
from huntui.packets.batch import Int64s

_AMPEL = "AMPEL's NuclearFilter, pypi.org/project/ampel-nuclear"
_CLEAN = " of the clean detections, those without a flaw that NuclearFilter looks for"

COLUMNS = (
    Column(
        "n_clean",
        "i4",
        False,
        "",
        "clean detections: not negative, nbad 0, fwhm < 5, elong < 1.3, |magdiff| < 0.3, distnr > 0, in all history",
        _AMPEL,
    ),
    Column("clean_rb", "f4", True, "", "highest rb" + _CLEAN, _AMPEL),
    Column("clean_magnr", "f4", True, "mag", "brightest magnr" + _CLEAN, _AMPEL),
    Column("clean_peak_mag", "f4", True, "mag", "brightest magpsf" + _CLEAN, _AMPEL),
    Column("clean_contrast", "f4", True, "mag", "lowest magpsf − magnr" + _CLEAN, _AMPEL),
    Column("clean_longest_gap", "f4", True, "day", "longest time between two in a row" + _CLEAN, _AMPEL),
    Column("clean_shortest_gap", "f4", True, "day", "shortest time above 0 between two in a row" + _CLEAN, _AMPEL),
    Column(
        "nuclear_offset",
        "f4",
        True,
        "arcsec",
        "offset from the nearest reference source, over 3 or more clean detections of a band: the smallest above 0 of "
        "mean, median and weighted mean, in g and r; the mean of ra − ranr without cos(dec); weights "
        "1/clip(0.24 + 0.04 (magpsf − 20), 0.1, 1)²",
        _AMPEL,
    ),
)


class Detections(NamedTuple):
    """Detections of a batch as the kernel takes them: all alerts, then all entries of their histories."""

    clean: npt.NDArray[np.bool_]
    jd: Float64s
    fid: npt.NDArray[np.int32]
    rb: Float32s
    magnr: Float32s
    mag: Float32s
    east: Float64s
    """ra − ranr [deg]."""
    north: Float64s
    """dec − decnr [deg]."""
    offsets: Int64s
    """The history of alert k is `offsets[k]:offsets[k + 1]` of the entries."""


def detections(batch: AlertBatch) -> Detections:
    """Return the detections of a batch."""
    history: dict[str, Any] = batch.history.columns

    def both(name: str) -> npt.NDArray[Any]:
        return np.concatenate([batch.columns[name], history[name]])

    fainter = np.concatenate([batch.columns["isdiffpos"] == batch.texts.find("f"), history["isdiffpos"] == 0])
    clean = (both("magpsf") < NO_DETECTION_MAG) & ~fainter & (both("distnr") > 0) & (both("nbad") == 0)
    # In 64 bits, as the filter compares: the closest number of 32 bits to 1.3 is below it, and passes.
    clean &= (both("fwhm") < 5) & (both("elong").astype(np.float64) < 1.3)
    clean &= np.abs(both("magdiff").astype(np.float64)) < 0.3
    return Detections(
        clean,
        both("jd"),
        both("fid").astype(np.int32),
        both("rb"),
        both("magnr"),
        both("magpsf"),
        both("ra") - both("ranr"),
        both("dec") - both("decnr"),
        batch.history.offsets + len(batch),
    )


def compute(batch: AlertBatch) -> Columns:
    """Return what is asked of the clean detections of a batch."""
    from huntui.features.published import kernels

    number = np.zeros(len(batch), np.int32)
    values = np.full((len(COLUMNS) - 1, len(batch)), np.nan, np.float32)
    kernels.nuclear(detections(batch), number, values)
    return dict(zip((column.name for column in COLUMNS), (number, *values), strict=True))


FAMILY = Family(COLUMNS, compute)
