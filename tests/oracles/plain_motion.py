"""What moves and what lies on a line, slowly, from lists of alerts: every alert with every other. Imports nothing of
huntui; angles come from unit vectors.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

Vector = tuple[float, float, float]
Alert = dict[str, Any]
ARCSEC = math.degrees(1.0) * 3600.0


def motion(alerts: Sequence[Alert]) -> list[dict[str, float | None]]:
    """Return for each alert, in order, every feature that the others tell; None for null."""
    found: list[dict[str, float | None]] = [
        dict.fromkeys(("mover_alerts", "mover_rate", "partner_arcsec", "partner_minutes", "line_alerts"))
        for _ in alerts
    ]
    _movers(alerts, found)
    newcomers = [k for k, alert in enumerate(alerts) if alert["ndethist"] <= 2]
    for k in newcomers:
        _partner(alerts, newcomers, k, found[k])
        found[k]["line_alerts"] = _line(alerts, newcomers, k)
    return found


def _movers(alerts: Sequence[Alert], found: list[dict[str, float | None]]) -> None:
    bodies = defaultdict(list)
    for k, alert in enumerate(alerts):
        if alert["ssnamenr"] is not None and alert["ssdistnr"] is not None and 0 <= alert["ssdistnr"] < 5:
            bodies[alert["ssnamenr"]].append(k)
    for body in bodies.values():
        body.sort(key=lambda k: alerts[k]["jd"])
        first, last = alerts[body[0]], alerts[body[-1]]
        hours = (last["jd"] - first["jd"]) * 24
        for k in body:
            found[k]["mover_alerts"] = len(body)
            if hours * 60 >= 5:
                found[k]["mover_rate"] = angle(vector(first), vector(last)) * ARCSEC / hours


def _partner(alerts: Sequence[Alert], newcomers: Sequence[int], k: int, values: dict[str, float | None]) -> None:
    near = []
    for other in newcomers:
        minutes = abs(alerts[other]["jd"] - alerts[k]["jd"]) * 1440
        if 5 <= minutes <= 120:
            apart = angle(vector(alerts[k]), vector(alerts[other])) * ARCSEC
            if apart <= 900:
                near.append((apart, minutes))
    if near:
        values["partner_arcsec"], values["partner_minutes"] = min(near)


def _line(alerts: Sequence[Alert], newcomers: Sequence[int], k: int) -> int:
    here = vector(alerts[k])
    around = [
        vector(alerts[other])
        for other in newcomers
        if other != k and alerts[other]["jd"] == alerts[k]["jd"] and angle(here, vector(alerts[other])) * ARCSEC <= 1200
    ]
    most = 1
    for one in around:
        pole = cross(here, one)
        on_it = [other for other in around if off(pole, other) * ARCSEC <= 2 or other is one]
        most = max(most, 1 + len(on_it))
    return most


def vector(alert: Alert) -> Vector:
    """Return the unit vector to an alert's place."""
    ra, dec = math.radians(alert["ra"]), math.radians(alert["dec"])
    return math.cos(dec) * math.cos(ra), math.cos(dec) * math.sin(ra), math.sin(dec)


def cross(one: Vector, other: Vector) -> Vector:
    """Return the vector product."""
    (a, b, c), (x, y, z) = one, other
    return b * z - c * y, c * x - a * z, a * y - b * x


def angle(one: Vector, other: Vector) -> float:
    """Return the angle between two unit vectors [radian]."""
    return math.atan2(math.hypot(*cross(one, other)), sum(a * b for a, b in zip(one, other, strict=True)))


def off(pole: Vector, place: Vector) -> float:
    """Return how far a place is from the great circle about a pole of any length [radian]."""
    return abs(math.asin(sum(a * b for a, b in zip(pole, place, strict=True)) / math.hypot(*pole)))
