"""AMPEL's NuclearFilter with the values of its channel TDE_RANKING, as a slow reading of its published code.

Nothing of huntui is imported here, so that agreement means something. The published code stops at the first check that
an alert fails; here every check is asked, and one that would have nothing to work on fails.
"""

import math
from itertools import pairwise

import numpy as np

CLEAN = ("distnr", "nbad", "fwhm", "elong", "magdiff")


def clean_detections(packet):
    """Return the points that pass the code's `_default_filters`."""
    points = [packet["candidate"], *(packet["prv_candidates"] or [])]
    points = [point for point in points if point["magpsf"] is not None]
    points = [point for point in points if all(point.get(name) is not None for name in CLEAN)]
    return [
        point
        for point in points
        if point["distnr"] > 0
        and point["nbad"] <= 0
        and point["fwhm"] < 5
        and point["elong"] < 1.3
        and -0.3 < point["magdiff"] < 0.3
        and point["isdiffpos"] not in ("0", "f")
    ]


def features(packet):
    """Return what the code works out of the clean detections, by the names of huntui's features; None without any."""
    points = clean_detections(packet)
    found = dict.fromkeys(
        ("clean_rb", "clean_magnr", "clean_peak_mag", "clean_contrast", "clean_longest_gap", "clean_shortest_gap")
    )
    found |= {"n_clean": len(points), "nuclear_offset": smallest_offset(points)}
    if not points:
        return found
    times = sorted(point["jd"] for point in points)
    gaps = [later - earlier for earlier, later in pairwise(times) if later > earlier]
    return found | {
        "clean_rb": max(point["rb"] for point in points),
        "clean_magnr": min(point["magnr"] for point in points),
        "clean_peak_mag": min(point["magpsf"] for point in points),
        "clean_contrast": min(point["magpsf"] - point["magnr"] for point in points),
        "clean_longest_gap": max(gaps, default=None),
        "clean_shortest_gap": min(gaps, default=None),
    }


def smallest_offset(points):
    """Return the smallest of the three distances above 0 in the bands with three points, in arcsec."""
    distances = []
    for band in (1, 2):
        own = [point for point in points if point["fid"] == band]
        if len(own) < 3:
            continue
        east = np.array([point["ra"] - point["ranr"] for point in own])
        north = np.array([point["dec"] - point["decnr"] for point in own])
        sigma = np.clip(0.24 + 0.04 * (np.array([point["magpsf"] for point in own]) - 20), 0.1, 1)
        for middle in (np.mean, np.median, lambda values, w=1 / sigma**2: np.sum(values * w) / np.sum(w)):
            distances.append(3600 * math.hypot(middle(east), middle(north)))
    return min((distance for distance in distances if distance > 0), default=None)


def ask(packet):
    """Return what each check says of a packet, in the order of the code; one that cannot be answered fails."""
    latest, found = packet["candidate"], features(packet)
    nmtchps = latest["nmtchps"]
    return [
        *(answer is True for answer in ask_pan_starrs(latest)),
        found["n_clean"] >= 3,
        at_least(found["clean_magnr"], 12.0),
        nmtchps is not None and nmtchps <= 100,
        abs(galactic_latitude(latest["ra"], latest["dec"])) >= 5.0,
        at_least(found["clean_rb"], 0.3),
        at_least(found["clean_longest_gap"], 0.01),
        at_most(found["clean_shortest_gap"], 10.0),
        at_most(found["clean_peak_mag"], 20),
        at_most(found["clean_contrast"], 2.5),
        found["nuclear_offset"] is not None and found["nuclear_offset"] < 0.5,
    ]


def ask_pan_starrs(latest):
    """Return what the five checks on Pan-STARRS sources say: yes, no or None where a value that matters is missing."""
    score1, score2 = latest.get("sgscore1"), latest.get("sgscore2")
    distance = [size(latest.get(f"distpsnr{k}")) for k in (1, 2, 3)]
    red1, red2 = latest.get("srmag1"), latest.get("srmag2")
    close = below(distance[1], 0.5)
    return [
        either(negated(above(score1, 0.3)), both(below(score2, 0.5), close)),
        negated(both(above(score2, 0.3), close)),
        either(negated(below(red1, 0)), both(above(red2, 0), close)),
        negated(above(distance[0], 0.5)),
        both(
            both(faint(latest, 1), either(faint(latest, 2), negated(below(distance[1], 15.0)))),
            either(faint(latest, 3), negated(below(distance[2], 15.0))),
        ),
    ]


def faint(latest, rank):
    """Return whether a Pan-STARRS source is not brighter than 12 mag in any band; a magnitude of -999 counts as 999."""
    mags = [latest.get(f"s{band}mag{rank}") for band in "griz"]
    return None if None in mags else all(abs(mag) >= 12.0 for mag in mags)


def size(distance):
    """Return a distance without its sign, as the code does: 999 where there is no source."""
    return None if distance is None else abs(distance)


def below(value, limit):
    """Return whether a value is below a limit, None without a value."""
    return None if value is None else value < limit


def above(value, limit):
    """Return whether a value is above a limit, None without a value."""
    return None if value is None else value > limit


def negated(answer):
    """Return the opposite of yes or no, and None for None."""
    return None if answer is None else not answer


def both(one, other):
    """Return yes if both are, no if one is no, None otherwise."""
    return False if one is False or other is False else None if one is None or other is None else True


def either(one, other):
    """Return no if both are, yes if one is yes, None otherwise."""
    return negated(both(negated(one), negated(other)))


def at_least(value, limit):
    """Return whether there is a value and it is not below a limit."""
    return value is not None and value >= limit


def at_most(value, limit):
    """Return whether there is a value and it is not above a limit."""
    return value is not None and value <= limit


def galactic_latitude(ra, dec):
    """Return the galactic latitude in degrees, by the rotation matrix of The Hipparcos Catalogue, eq. 1.5.11."""
    ra, dec = math.radians(ra), math.radians(dec)
    x, y, z = math.cos(dec) * math.cos(ra), math.cos(dec) * math.sin(ra), math.sin(dec)
    return math.degrees(math.asin(-0.8676661490 * x - 0.1980763734 * y + 0.4559837762 * z))
