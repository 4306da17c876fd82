"""Apparent magnitudes and what they do over a history, slowly, from a fastavro record. Imports nothing of huntui.

Fluxes are added as the formula says; shapes and scatters are those of numpy and of the definitions' own words.
"""

import math
import statistics
from typing import Any

import numpy as np

Point = tuple[float, float, int]
"""jd, apparent magnitude, fid."""


def measured(entry: dict[str, Any]) -> tuple[float, float | None] | None:
    """Return the apparent magnitude of a detection and its uncertainty, None where it has none."""
    reference, distance, sign = entry.get("magnr"), entry.get("distnr"), entry["isdiffpos"]
    if reference is None or distance is None or sign is None or reference <= 0 or not 0 <= distance < 1.5:
        return None
    change, steady = 10 ** (-0.4 * entry["magpsf"]), 10 ** (-0.4 * reference)
    flux = steady + change if sign in ("t", "1") else steady - change
    if flux <= 0:
        return None
    noise = None
    if entry["sigmapsf"] is not None and entry["sigmagnr"] is not None:
        noise = math.hypot(entry["sigmapsf"] * change, entry["sigmagnr"] * steady) / flux
    return -2.5 * math.log10(flux), noise


def detections(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all detections, the alert last."""
    alert = record["candidate"]
    history = record.get("prv_candidates") or []
    seen = [entry for entry in history if entry["magpsf"] is not None and entry["magpsf"] < 99]
    return [*(entry for entry in seen if entry["jd"] < alert["jd"]), alert]


def shape(points: list[Point]) -> tuple[float | None, float | None, float | None]:
    """Return skewness, von Neumann ratio and r-squared of a straight line."""
    times, mags = np.array([(jd - points[-1][0], mag) for jd, mag, _ in sorted(points, key=lambda p: p[0])]).T
    if len(points) < 5 or mags.min() == mags.max():
        return None, None, None
    skew = np.mean((mags - mags.mean()) ** 3) / np.std(mags) ** 3
    line = np.corrcoef(times, mags)[0, 1] ** 2 if np.ptp(times) > 0 else None
    return float(skew), float(np.mean(np.diff(mags) ** 2) / np.var(mags)), line


def colours(points: list[Point]) -> tuple[float | None, float | None]:
    """Return g − r of the latest pair within half a day, and its scatter over three or more."""
    pairs = []
    for green in (point for point in points if point[2] == 1):
        near = [point for point in points if point[2] == 2 and abs(point[0] - green[0]) <= 0.5]
        if near:
            red = min(near, key=lambda point: abs(point[0] - green[0]))
            pairs.append((max(green[0], red[0]), min(green[0], red[0]), green[1] - red[1]))
    latest = max(pairs, key=lambda pair: pair[:2])[2] if pairs else None
    return latest, statistics.stdev(pair[2] for pair in pairs) if len(pairs) >= 3 else None


def features(record: dict[str, Any]) -> dict[str, float | int | None]:
    """Return everything that is made of apparent magnitudes."""
    seen = [(entry, measured(entry)) for entry in detections(record)]
    points = [(entry["jd"], found[0], entry["fid"]) for entry, found in seen if found]
    now = seen[-1][1] or (None, None)
    band = [point for point in points if point[2] == record["candidate"]["fid"]]
    mags = [point[1] for point in band]
    skew, ratio, line = shape(band) if band else (None, None, None)
    color, scatter = colours(points)
    return {
        "apparent_mag": now[0],
        "apparent_err": now[1],
        "apparent_peak": min(mags, default=None),
        "apparent_amplitude": max(mags) - min(mags) if len(mags) > 1 else None,
        "apparent_skew": skew,
        "apparent_von_neumann": ratio,
        "apparent_r2": line,
        "apparent_color": color,
        "apparent_color_scatter": scatter,
        "apparent_points": len(band),
    }
