"""The Bright Transient Survey's filter, as a slow reading of the query that Fritz publishes.

Nothing of huntui is imported here, so that agreement means something. The query runs in MongoDB, which orders a missing
value below every number, keeps it missing in arithmetic, and leaves it out of a minimum.
"""

from math import asin, cos, degrees, inf, radians, sin

PUBLIC = 1
POSITIVE = (1, "1", "t", True)
FAR = 99


def ask(packet):
    """Return the query's answers, those of `real`, `brightstar` and `variablesource` reason by reason."""
    alert = dict(packet["candidate"])
    history = [entry for entry in packet["prv_candidates"] or [] if kept(alert, entry)]
    for name in ("distnr", "distpsnr1", "distpsnr2", "distpsnr3"):
        if less(alert.get(name), 0):
            alert[name] = FAR
    age = difference(alert["jd"], alert.get("jdstarthist"))
    positive = alert["isdiffpos"] in POSITIVE
    in_band = [entry["magpsf"] for entry in history if entry["fid"] == alert["fid"] and entry["magpsf"] is not None]
    peak = min([alert["magpsf"], *in_band])
    return [
        alert["programid"] == PUBLIC,
        less(alert["magpsf"], 19) or (positive and any(bright_and_near(alert, entry) for entry in history)),
        abs(galactic_latitude(alert["ra"], alert["dec"])) >= 7,
        positive,
        not (not_above(alert["rb"], 0.2) or less(alert.get("drb"), 0.1)),
        not bad_score_at_gaia_star(alert),
        not bad_score_at_ps1_star(alert),
        not bad_score_for_its_age(alert, age),
        any(stays(alert, entry) for entry in history),
        not (above(alert["sgscore1"], 0.76) and less(alert["distpsnr1"], 2)),
        not as_red_as_a_star(alert),
        not (less(size(alert.get("neargaiabright")), 20) and less(size(alert.get("maggaiabright")), 12)),
        not in_glare(alert),
        not variable(alert, history, age, peak),
        not at_gaia_star(alert, age),
        not at_ps1_star(alert, age),
        not fading(alert, age, peak),
        not (0 <= alert["ssdistnr"] < 12 and less(size(alert["ssmagnr"]), 20)),
    ]


def kept(alert, entry):
    """Return whether an entry is looked at: not one of engineering time, and not 100 days old."""
    return entry.get("programid", PUBLIC) in (1, 2, 3) and alert["jd"] - entry["jd"] < 100


def less(value, limit):
    """Return whether a value is below a limit, as what is missing is."""
    return value is None or value < limit


def not_above(value, limit):
    """Return whether a value is at most a limit, as what is missing is."""
    return value is None or value <= limit


def above(value, limit):
    """Return whether a value is above a limit, as what is missing is not."""
    return value is not None and value > limit


def size(value):
    """Return a value without its sign."""
    return None if value is None else abs(value)


def difference(one, other):
    """Return one value less another."""
    return None if one is None or other is None else one - other


def galactic_latitude(ra, dec):
    """Return the latitude above the plane of the Milky Way, from its pole in J2000."""
    pole_ra, pole_dec, ra, dec = map(radians, (192.85948, 27.12825, ra, dec))
    return degrees(asin(sin(dec) * sin(pole_dec) + cos(dec) * cos(pole_dec) * cos(ra - pole_ra)))


def bright_and_near(alert, entry):
    """Return whether an entry is within 0.75 days and has a magnitude from above 0 to below 19."""
    return abs(alert["jd"] - entry["jd"]) < 0.75 and above(entry["magpsf"], 0) and less(entry["magpsf"], 19)


def stays(alert, entry):
    """Return whether an entry shows that the source stays at its place."""
    apart = abs(alert["jd"] - entry["jd"]) > 0.02
    return apart and less(entry["magpsf"], 99) and entry["isdiffpos"] in POSITIVE


def bad_score_at_gaia_star(alert):
    """Return whether the score is too low for a place at a star of Gaia's."""
    rb, distance, mag = alert["rb"], size(alert.get("neargaia")), size(alert.get("maggaia"))
    return (less(rb, 0.35) and less(distance, 1.0) and less(mag, 17.0)) or (
        less(rb, 0.45) and less(distance, 1.5) and less(mag, 15.5)
    )


def bad_score_at_ps1_star(alert):
    """Return whether the score is too low for a place at a star of Pan-STARRS'."""
    rb, distance, score = alert["rb"], alert["distpsnr1"], alert["sgscore1"]
    red, far_red, edge = (size(alert[name]) for name in ("srmag1", "simag1", "szmag1"))
    faint = less(red, 17.0) or less(far_red, 17.0) or less(edge, 16.5)
    bright = less(red, 15.5) or less(far_red, 15.5) or less(edge, 15.0)
    return (less(rb, 0.35) and less(distance, 1.0) and above(score, 0.49) and faint) or (
        less(rb, 0.45) and less(distance, 1.5) and above(score, 0.49) and bright
    )


def bad_score_for_its_age(alert, age):
    """Return whether the score is too low for something old on something bright."""
    distance, drb, mag = alert["distpsnr1"], alert.get("drb"), 99
    for name in ("srmag1", "simag1", "sgmag1"):
        if above(alert[name], 0) and less(alert[name], 30):
            mag = alert[name]
            break
    cases = ((0.5, 3.0, 16.0), (0.5, 1.1, 18.0), (0.8, 1.5, 15.5), (0.8, 0.8, 17.5))
    return above(age, 90.0) and any(
        less(drb, score) and less(distance, near) and mag < limit for score, near, limit in cases
    )


def as_red_as_a_star(alert):
    """Return the second and third reason for `pointunderneath`."""
    red, near = alert["srmag1"], less(alert["distpsnr1"], 1) and above(alert["sgscore1"], 0.2)
    return any(
        near and above(red, 0) and above(alert[name], 0) and above(difference(red, alert[name]), 3.0)
        for name in ("szmag1", "simag1")
    )


def in_glare(alert):
    """Return the reasons for `brightstar` that are sources of Pan-STARRS."""
    cases = ((1, "r", 20), (2, "r", 20), (3, "r", 20), (1, "i", 20), (1, "z", 10))
    return any(
        less(alert[f"distpsnr{rank}"], near)
        and less(size(alert[f"s{band}mag{rank}"]), 14)
        and above(alert[f"sgscore{rank}"], 0.9)
        for rank, band, near in cases
    )


def variable(alert, history, age, peak):
    """Return what is meant by the first reason for `variablesource`; the query's own count is always 0."""
    before = [entry for entry in history if abs(alert["jd"] - entry["jd"]) < 0.75 and entry["magpsf"] is not None]
    count = sum(entry["magpsf"] < 19 for entry in before) if alert["isdiffpos"] in POSITIVE else 0
    at_peak = alert["magpsf"] <= peak and alert["magpsf"] < 18.5
    cases = ((0.4, 19.5), (0.8, 17.5), (1.2, 15.5))
    on_source = any(less(alert["distnr"], near) and less(alert["magnr"], limit) for near, limit in cases)
    enough = count >= (1 if above(age, 360) else 2)
    return above(age, 90) and enough and above(alert["magnr"], 0) and not at_peak and on_source


def at_gaia_star(alert, age):
    """Return the second reason for `variablesource`."""
    distance, mag = alert.get("neargaia"), alert.get("maggaia")
    return (
        above(mag, 0)
        and above(distance, 0)
        and (
            (distance < 0.35 and mag < 17.0 and above(age, 30))
            or (distance < 0.35 and mag < 19.0 and above(age, 300) and alert["magpsf"] > 18.5)
            or (distance < 0.2 and mag < 18.0 and above(age, 90))
        )
    )


def at_ps1_star(alert, age):
    """Return the third and fourth reason for `variablesource`."""
    mags = [alert[name] for name in ("srmag1", "simag1", "sgmag1", "szmag1") if above(alert[name], 0)]
    brightest, distance = min(mags, default=inf), alert["distpsnr1"]
    return above(age, 90) and (
        (above(alert["sgscore1"], 0.25) and less(distance, 3) and brightest < 16)
        or (alert["sgscore1"] == 0.5 and less(distance, 0.5) and brightest < 17)
    )


def fading(alert, age, peak):
    """Return the last reason for `variablesource`."""
    mag, reference = alert["magpsf"], alert["magnr"]
    below = above(reference, 0) and reference < mag - 1
    return below and above(age, 90) and less(alert["distnr"], 0.5) and mag > peak
