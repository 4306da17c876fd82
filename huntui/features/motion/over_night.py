"""What moves and what lies on a line: the only features that see more than their own packet.

A thing that moves has another name in every alert, and each of them alone is a point where nothing was. The other
alerts of the night tell: one of the same known body, one a little farther on in the next exposure, or several of the
same exposure in a row. Only *newcomers* are compared with each other, alerts at whose place the survey has detected
something twice at most (`ndethist`): stars and galaxies that vary are many, and stay where they are.

All of these are null until the night has been looked over, which is done now and then while it grows, and at its end.
In a night that is replayed they say what the whole night told: to compare anew at every step would take longer than the
step, and a mover would lose its partner and find it again.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import NULL_I4, NULL_TEXT, Column
from huntui.features.family import ISSUE, Family

NAMED_ARCSEC = 5.0
SHORTEST_MINUTES, LONGEST_MINUTES = 5.0, 120.0
PARTNER_ARCSEC = 900.0
LINE_ARCSEC, LINE_WIDTH_ARCSEC = 1200.0, 2.0
MOST_DETECTIONS = 2
ARCSEC = np.pi / 648_000.0
"""One arcsecond in radians."""

_OTHER = (
    f"of the nearest newcomer (ndethist of at most {MOST_DETECTIONS}) of an exposure {SHORTEST_MINUTES:.0f} to "
    f"{LONGEST_MINUTES:.0f} minutes before or after, for a newcomer; null beyond {PARTNER_ARCSEC:.0f} arcsec"
)
COLUMNS = (
    Column(
        "mover_alerts",
        "i4",
        True,
        "",
        f"alerts of the night that have the same ssnamenr and lie within {NAMED_ARCSEC:.0f} arcsec of where it is "
        "expected; null for others",
        ISSUE,
    ),
    Column(
        "mover_rate",
        "f4",
        True,
        "arcsec/h",
        "angle between the first and the last of those alerts over the time between them; null where that is less than "
        f"{SHORTEST_MINUTES:.0f} minutes",
        ISSUE,
    ),
    Column("partner_arcsec", "f4", True, "arcsec", f"distance {_OTHER}", ISSUE),
    Column("partner_minutes", "f4", True, "min", f"time to or since the alert {_OTHER}", ISSUE),
    Column(
        "line_alerts",
        "i4",
        True,
        "",
        "newcomers of one exposure on a straight line: the most, itself counted, that are within "
        f"{LINE_ARCSEC:,.0f} arcsec of a newcomer and within {LINE_WIDTH_ARCSEC:.0f} arcsec of one great circle "
        "through it; null for others",
        ISSUE,
    ),
)


def compute(batch: AlertBatch) -> Columns:
    """Return nulls: a batch is not a night."""
    return {
        column.name: np.full(len(batch), np.nan if column.kind == "f4" else NULL_I4, column.kind) for column in COLUMNS
    }


def over_night(columns: Mapping[str, npt.NDArray[Any]]) -> Columns:
    """Return every column of the family for all alerts of a night, from their columns of the packet."""
    found = dict(zip(("mover_alerts", "mover_rate"), _movers(columns), strict=True))
    found.update(zip(("partner_arcsec", "partner_minutes", "line_alerts"), _newcomers(columns), strict=True))
    return found


def _movers(columns: Mapping[str, Any]) -> tuple[Any, Any]:
    from huntui.features.motion import kernels

    codes, distance = columns["ssnamenr"], columns["ssdistnr"]
    number = np.full(len(codes), NULL_I4, np.int32)
    rate = np.full(len(codes), np.nan, np.float32)
    rows = np.flatnonzero((codes != NULL_TEXT) & (distance >= 0.0) & (distance < NAMED_ARCSEC))
    rows = rows[np.lexsort((columns["jd"][rows], codes[rows]))]
    starts = np.flatnonzero(np.diff(codes[rows], prepend=-2))
    sizes = np.diff(starts, append=len(rows))
    first, last = rows[starts], rows[starts + sizes - 1]
    hours = 24.0 * (columns["jd"][last] - columns["jd"][first])
    ra, dec = np.radians(columns["ra"]), np.radians(columns["dec"])
    moved = kernels.separations(ra, dec, first, last) / ARCSEC
    rates = np.divide(moved, hours, out=np.full(len(hours), np.nan), where=60.0 * hours >= SHORTEST_MINUTES)
    number[rows], rate[rows] = np.repeat(sizes, sizes), np.repeat(rates, sizes)
    return number, rate


def _newcomers(columns: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    from huntui.features.motion import kernels

    known = columns["ndethist"]
    rows = np.flatnonzero((known >= 0) & (known <= MOST_DETECTIONS))
    arcsec, minutes = (np.full(len(known), np.nan, np.float32) for _ in range(2))
    line = np.full(len(known), NULL_I4, np.int32)
    jd, ra, dec = columns["jd"], np.radians(columns["ra"]), np.radians(columns["dec"])
    by_dec = rows[np.argsort(dec[rows], kind="stable")]
    distance, time = np.full(len(rows), np.inf), np.full(len(rows), np.nan)
    limits = PARTNER_ARCSEC * ARCSEC, SHORTEST_MINUTES / 1440.0, LONGEST_MINUTES / 1440.0
    kernels.partners(jd[by_dec], ra[by_dec], dec[by_dec], limits, distance, time)
    near = np.isfinite(distance)
    arcsec[by_dec[near]], minutes[by_dec[near]] = distance[near] / ARCSEC, 1440.0 * time[near]
    by_exposure = by_dec[np.argsort(jd[by_dec], kind="stable")]
    number = np.ones(len(rows), np.int32)
    kernels.lines(
        jd[by_exposure],
        ra[by_exposure],
        dec[by_exposure],
        (LINE_ARCSEC * ARCSEC, LINE_WIDTH_ARCSEC * ARCSEC),
        number,
    )
    line[by_exposure] = number
    return arcsec, minutes, line


FAMILY = Family(COLUMNS, compute, over_night)
