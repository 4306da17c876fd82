"""Fink's rate-based kilonova filter without its catalogues, as a slow reading of its published code.

Nothing of huntui is imported here, so that agreement means something. Where the code fits its line with times of 2.4
million days, this one counts them from the first. On the real packets the code's own fit, by scipy's `curve_fit`, gives
slopes within 0.0002 mag a day of these, and no other verdict.
"""

import math

import numpy as np


def apparent(point):
    """Return apparent magnitude and uncertainty as `dc_mag` of fink-utils does, None where it gives NaN."""
    magnr = point.get("magnr")
    if point["magpsf"] is None or magnr is None or magnr < 0:
        return None
    change, reference = 10 ** (-0.4 * point["magpsf"]), 10 ** (-0.4 * magnr)
    flux = reference + change if point["isdiffpos"] in ("t", "1") else reference - change
    if flux <= 0:
        return None
    noise = math.sqrt((point["sigmapsf"] / 1.0857 * change) ** 2 + (point["sigmagnr"] / 1.0857 * reference) ** 2)
    return -2.5 * math.log10(flux), noise / flux * 1.0857


def rate(packet):
    """Return the slope of the apparent magnitude, None where the code leaves it at 0."""
    latest = packet["candidate"]
    points = []
    for point in [*(packet["prv_candidates"] or []), latest]:
        measured = apparent(point) if point["fid"] == latest["fid"] else None
        if measured is not None and measured[0] < 21:
            points.append((point["jd"], *measured))
    if len(points) < 2 or not points[-1][0] - points[0][0] > 0.5:
        return None
    times, mags, sigmas = np.array(points).T
    return float(np.polyfit(times - times[0], mags, 1, w=1 / sigmas)[0])


def ask(packet):
    """Return what each cut says of a packet, in the order of the code."""
    latest, fading = packet["candidate"], rate(packet)
    start, near = latest.get("jdstarthist"), latest.get("ssdistnr")
    return [
        above(latest.get("drb"), 0.9),
        above(latest.get("classtar"), 0.4),
        start is not None and latest["jd"] - start < 5,
        latest["ndethist"] < 20,
        latest["isdiffpos"] == "t",
        near is not None and (near > 10 or near < 0),
        abs(galactic_latitude(latest["ra"], latest["dec"])) > 10,
        above(fading, 0.3),
    ]


def above(value, limit):
    """Return whether there is a value above a limit."""
    return value is not None and value > limit


def galactic_latitude(ra, dec):
    """Return the galactic latitude in degrees, by the rotation matrix of The Hipparcos Catalogue, eq. 1.5.11."""
    ra, dec = math.radians(ra), math.radians(dec)
    x, y, z = math.cos(dec) * math.cos(ra), math.cos(dec) * math.sin(ra), math.sin(dec)
    return math.degrees(math.asin(-0.8676661490 * x - 0.1980763734 * y + 0.4559837762 * z))
