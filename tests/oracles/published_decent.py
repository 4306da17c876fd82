"""AMPEL's SimpleDecentFilter with its own defaults, as a slow reading of its published code.

Nothing of huntui is imported here, so that agreement means something. The published code stops at the first cut that an
alert fails; here every cut is asked, and one that would stumble over a missing value fails, since the cut for missing
values comes before.
"""

NEEDED = (
    "fwhm", "elong", "magdiff", "nbad", "distpsnr1", "sgscore1", "distpsnr2", "sgscore2", "distpsnr3", "sgscore3",
    "isdiffpos", "ra", "dec", "rb", "ssdistnr",
)  # fmt: skip


def ask(packet):
    """Return what each cut says of a packet, in the order of the code."""
    latest = packet["candidate"]
    points = [latest, *(packet["prv_candidates"] or [])]
    times = [point["jd"] for point in points if point["magpsf"] is not None]
    span = max(times) - min(times) if times else 0.0
    complete = all(latest.get(name) is not None for name in NEEDED)
    return [
        len(times) >= 2,
        0.02 <= span <= 25.0,
        complete,
        latest.get("isdiffpos") is not None and latest["isdiffpos"] not in ("f", "0"),
        there(latest, "rb") and latest["rb"] >= 0.3,
        there(latest, "fwhm") and latest["fwhm"] <= 5.0,
        there(latest, "elong") and latest["elong"] <= 1.4,
        there(latest, "magdiff") and abs(latest["magdiff"]) <= 0.4,
        known_before(latest),
        there(latest, "ssdistnr") and not 0 <= latest["ssdistnr"] < 20.0,
        there(latest, "ra", "dec"),  # the smallest galactic latitude is 0, which every place has
        not_star(latest),
        not_confused(latest),
    ]


def there(record, *names):
    """Return whether a record has all of these values."""
    return all(record.get(name) is not None for name in names)


def known_before(latest):
    """Return whether the survey's first and last detection are apart, or not told."""
    if not there(latest, "jdstarthist", "jdendhist"):
        return True
    return 0.0 < latest["jdendhist"] - latest["jdstarthist"] < 1e5


def not_star(latest):
    """Return whether the nearest source is no star or is not near; None of both known fails."""
    distance, score = latest.get("distpsnr1"), latest.get("sgscore1")
    if distance is None or score is None:
        near = distance is None or 0 <= distance < 2.0
        star = score is None or score > 0.8
        return not (near and star)
    return not (distance < 2.0 and score > 0.8)


def not_confused(latest):
    """Return whether the three nearest sources are not all very near and all unclear."""
    distances = [latest.get(f"distpsnr{k}") for k in (1, 2, 3)]
    scores = [latest.get(f"sgscore{k}") for k in (1, 2, 3)]
    if None in distances or None in scores:
        apart = any(one is not None and not 0 <= one < 1.0 for one in distances)
        clear = any(one is not None and abs(one - 0.5) >= 0.5 for one in scores)
        return apart or clear
    return not (max(distances) < 1.0 and max(abs(score - 0.5) for score in scores) < 0.5)
