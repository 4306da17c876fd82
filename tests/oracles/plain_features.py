"""The features of one alert, worked out slowly from a fastavro record. Imports nothing of huntui."""

import math
import statistics
import warnings
from typing import Any

import numpy as np

from oracles import plain_apparent, published_fast, published_kilonova, published_nuclear

Point = tuple[float, float, float, int, bool]
"""jd, magpsf, sigmapsf, fid, positive."""


def detections(record: dict[str, Any]) -> list[Point]:
    """Return all detections, the alert last."""
    alert = record["candidate"]
    points = []
    for entry in record.get("prv_candidates") or []:
        mag = entry["magpsf"]
        if mag is not None and mag < 99 and entry["jd"] < alert["jd"]:
            positive = entry.get("isdiffpos") in ("t", "1")
            points.append((entry["jd"], mag, entry["sigmapsf"], entry["fid"], positive))
    points.append((alert["jd"], alert["magpsf"], alert["sigmapsf"], alert["fid"], alert["isdiffpos"] in ("t", "1")))
    return points


def slope(points: list[Point]) -> float | None:
    """Return d(mag)/dt by numpy.polyfit, None for fewer than two different times."""
    if len({point[0] for point in points}) < 2:
        return None
    times = np.array([point[0] for point in points]) - points[-1][0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(np.polyfit(times, [point[1] for point in points], 1)[0])


def weighted_slope(points: list[Point]) -> tuple[float | None, float | None]:
    """Return slope and formal error of a fit weighted by 1/sigma, None for fewer than two different times."""
    if len({point[0] for point in points}) < 2 or any(not point[2] or point[2] <= 0 for point in points):
        return None, None
    times = np.array([point[0] for point in points]) - points[-1][0]
    weights = [1 / point[2] for point in points]
    fit, covariance = np.polyfit(times, [point[1] for point in points], 1, w=weights, cov="unscaled")
    return float(fit[0]), math.sqrt(covariance[0, 0])


def around_peak(points: list[Point], fid: int) -> tuple[float | None, float | None]:
    """Return rise and fade rate of the positive detections in a band."""
    band = [point for point in points if point[4] and point[3] == fid]
    if len(band) < 2:
        return None, None
    peak = min(band, key=lambda point: point[1])[0]
    return slope([p for p in band if p[0] <= peak]), slope([p for p in band if p[0] >= peak])


def colours(points: list[Point]) -> tuple[float | None, float | None, float | None]:
    """Return the latest colour, its change per day, and its scatter over three or more pairs."""
    green = [point for point in points if point[4] and point[3] == 1]
    red = [point for point in points if point[4] and point[3] == 2]
    pairs = [(max(g[0], r[0]), min(g[0], r[0]), g[1] - r[1]) for g in green for r in red if abs(g[0] - r[0]) <= 1.0]
    latest = max(pairs, key=lambda pair: pair[:2])[2] if pairs else None
    track = []
    for g in green:
        near = [r for r in red if abs(g[0] - r[0]) <= 1.0]
        if near:
            r = min(near, key=lambda one: abs(g[0] - one[0]))
            track.append(((g[0] + r[0]) / 2, g[1] - r[1], 1.0, 0, True))
    return latest, slope(track), statistics.stdev(pair[1] for pair in track) if len(track) > 2 else None


def last_limit(record: dict[str, Any], first: float) -> tuple[float | None, float | None]:
    """Return the gap to, and the depth of, the last upper limit before the first detection."""
    start = record["candidate"].get("jdstarthist")
    if start is not None and start < first - 0.5:
        return None, None
    limits = [
        (entry["jd"], entry["diffmaglim"])
        for entry in record.get("prv_candidates") or []
        if entry["magpsf"] is None and entry["diffmaglim"] is not None and entry["jd"] < first
    ]
    if not limits:
        return None, None
    jd, depth = max(limits, key=lambda limit: limit[0])
    return first - jd, depth


def deeper_limits(record: dict[str, Any]) -> tuple[float | None, float | None]:
    """Return the time since an upper limit deeper than the alert, and the rise since one of an earlier night."""
    alert = record["candidate"]
    deeper = [
        (entry["jd"], entry["diffmaglim"], entry["fid"])
        for entry in record.get("prv_candidates") or []
        if (entry["magpsf"] is None or entry["magpsf"] >= 99)
        and entry["diffmaglim"] is not None
        and entry["diffmaglim"] > alert["magpsf"]
        and entry["jd"] < alert["jd"]
    ]
    gap = alert["jd"] - max(limit[0] for limit in deeper) if deeper else None
    of_band = [limit for limit in deeper if limit[2] == alert["fid"] and alert["jd"] - limit[0] >= 0.5]
    if not of_band:
        return gap, None
    jd, depth, _ = max(of_band, key=lambda limit: limit[0])
    return gap, (alert["magpsf"] - depth) / (alert["jd"] - jd)


def features(record: dict[str, Any]) -> dict[str, float | int | None]:
    """Return every feature but the latitudes."""
    alert, points = record["candidate"], detections(record)
    history = record.get("prv_candidates") or []
    now, fid = alert["jd"], alert["fid"]
    earlier, positive = points[:-1], [point for point in points if point[4]]
    recent = [p for p in earlier if p[3] == fid and 0.015 < now - p[0] <= 14.0] + points[-1:]
    peak = min(positive, key=lambda point: point[1]) if positive else None
    start = alert.get("jdstarthist")
    rate_w, rate_err = weighted_slope(recent)
    rise, fade = around_peak(points, fid)
    rise_g, fade_g = around_peak(points, 1)
    rise_r, fade_r = around_peak(points, 2)
    color, color_rate, color_scatter = colours(points)
    gap, depth = last_limit(record, min(point[0] for point in points))
    deeper_gap, limit_rate = deeper_limits(record)
    negative = sum(entry["isdiffpos"] in ("f", "0") for entry in plain_apparent.detections(record))
    seen = [entry for entry in history if entry["magpsf"] is not None and entry["magpsf"] < 99]
    times = [now, *(entry["jd"] for entry in seen)]
    recent_mags = [entry["magpsf"] for entry in seen if abs(now - entry["jd"]) < 0.75]
    brighter = [abs(now - entry["jd"]) for entry in seen if entry["isdiffpos"] in ("t", "1")]
    deep = [e["jd"] for e in history if e["magpsf"] is None and e["diffmaglim"] and e["diffmaglim"] >= 19.5]
    return {
        "age": now - start if start is not None else None,
        "n_history": len(history),
        "n_det": len(points),
        "n_det_g": sum(point[3] == 1 for point in points),
        "n_det_r": sum(point[3] == 2 for point in points),
        "n_limits": sum(e["jd"] < now and (e["magpsf"] is None or e["magpsf"] >= 99) for e in history),
        "n_points": len(times),
        "points_span": max(times) - min(times),
        "points_peak_mag": min([alert["magpsf"], *(entry["magpsf"] for entry in seen)]),
        "band_peak_mag": min([alert["magpsf"], *(entry["magpsf"] for entry in seen if entry["fid"] == fid)]),
        "recent_peak_mag": min([alert["magpsf"], *recent_mags]),
        "n_bright_before": sum(mag < 19 for mag in recent_mags),
        "positive_reach": max(brighter, default=None),
        "last_entry_gap": now - max(entry["jd"] for entry in history) if history else None,
        "deep_limit_gap": max(times) - max(deep) if deep else None,
        "first_det_age": now - min(p[0] for p in earlier) if earlier else None,
        "last_det_gap": now - max(p[0] for p in earlier) if earlier else None,
        "duration": now - min(point[0] for point in points),
        "peak_mag": peak[1] if peak else None,
        "days_since_peak": now - peak[0] if peak else None,
        "amplitude": max(p[1] for p in positive) - min(p[1] for p in positive) if len(positive) > 1 else None,
        "rate": slope(recent),
        "rate_points": len(recent),
        "rate_w": rate_w,
        "rate_err": rate_err,
        "rise_rate": rise,
        "fade_rate": fade,
        "rise_rate_g": rise_g,
        "fade_rate_g": fade_g,
        "rise_rate_r": rise_r,
        "fade_rate_r": fade_r,
        "color": color,
        "color_rate": color_rate,
        "limit_gap": gap,
        "limit_mag": depth,
        "color_scatter": color_scatter,
        "deeper_limit_gap": deeper_gap,
        "limit_rate": limit_rate,
        "fraction_negative": negative / len(points),
        **plain_apparent.features(record),
        "n_same_place_15min": 1 + sum(now - point[0] >= 15 / 1440 for point in earlier),
        **published_nuclear.features(record),
        "apparent_rate": published_kilonova.rate(record),
        **published_fast.features(record),
    }
