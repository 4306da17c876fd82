"""AMPEL's search for infant supernovae, as far as a packet goes: a slow reading of its published code and values.

Nothing of huntui is imported here, so that agreement means something. DecentFilter comes first, with the values of
the job nearbyInfantReact; then the light curve part of T2InfantCatalogEval, with its own values. The code stops at the
first cut that an alert fails; here every cut is asked, and one that would stumble over a missing value fails, since the
cut for missing values comes before.
"""

from oracles.published_bright_transients import galactic_latitude
from oracles.published_decent import NEEDED, there


def ask(packet):
    """Return what each cut says of a packet, in the order of the code."""
    latest = packet["candidate"]
    earlier = packet["prv_candidates"] or []
    points = [point for point in [latest, *earlier] if point["magpsf"] is not None]
    times = [point["jd"] for point in points]
    return [
        -99 <= max(times) - min(times) <= 1,
        all(latest.get(name) is not None for name in NEEDED),
        latest.get("isdiffpos") is not None and latest["isdiffpos"] not in ("f", "0"),
        there(latest, "rb", "drb") and not latest["rb"] < 0.3 and not latest["drb"] < 0.995,
        there(latest, "fwhm") and not latest["fwhm"] > 5.5,
        there(latest, "elong") and not latest["elong"] > 2,
        there(latest, "magdiff") and not abs(latest["magdiff"]) > 1,
        not there(latest, "jdstarthist", "jdendhist") or -99 < latest["jdendhist"] - latest["jdstarthist"] < 100,
        there(latest, "ssdistnr") and not 0 <= latest["ssdistnr"] < 20,
        there(latest, "ra", "dec") and abs(galactic_latitude(latest["ra"], latest["dec"])) >= 14,
        there(latest, "distpsnr1", "sgscore1") and not (latest["distpsnr1"] < 1 and latest["sgscore1"] > 0.8),
        not_confused(latest),
        len(points) > 1 or (there(latest, "sharpnr", "magfromlim") and sharp_point(latest)),
        deep_limit(earlier, max(times)),
        14 <= min(point["magpsf"] for point in points) <= 20,
    ]


def not_confused(latest):
    """Return whether the three nearest sources are not all within 3 arcsec and all unclear."""
    distances = [latest.get(f"distpsnr{rank}") for rank in (1, 2, 3)]
    scores = [latest.get(f"sgscore{rank}") for rank in (1, 2, 3)]
    if None in distances or None in scores:
        return False
    return not (max(distances) < 3 and max(abs(score - 0.5) for score in scores) < 0.1)


def sharp_point(point):
    """Return whether a point is one of those that the light curve is made of."""
    return point["sharpnr"] >= -10.15 and point["magfromlim"] > 0


def deep_limit(earlier, most_recent):
    """Return whether there is an upper limit of 19.5 mag or deeper, and the latest is 2.5 days old or less."""
    limits = [entry["jd"] for entry in earlier if entry["magpsf"] is None and entry["diffmaglim"] >= 19.5]
    return bool(limits) and not most_recent - max(limits) > 2.5
