"""Fink's labels of solar-system objects, as a slow reading of its classifier `roid_catcher`.

Nothing of huntui is imported here, so that agreement means something. The classifier works on columns in which a
missing value is not a number, so that every comparison with it is false.
"""

from math import nan

HALF_AN_HOUR = 30.0 / (24.0 * 60.0)


def ask_known(packet):
    """Return the conditions of label 3, of which all must hold."""
    alert = values(packet)
    return [
        0.0 <= alert["ssdistnr"] < 5.0,
        alert["ssdistnr"] >= 0.0 and abs(alert["distpsnr1"]) - alert["ssdistnr"] > 0.0,
        alert["ndethist"] <= 5,
        number_of_points(packet) <= 5,
    ]


def ask_candidate(packet):
    """Return the conditions of label 2, of which all must hold."""
    alert, points = values(packet), number_of_points(packet)
    times = [entry["jd"] for entry in packet["prv_candidates"] or []] + [alert["jd"]]
    return [
        not all(ask_known(packet)),
        alert["sgscore1"] < 0.76,
        alert["ndethist"] <= 2,
        not (alert["distpsnr1"] > 0 and alert["distpsnr1"] < 5),
        not (points == 2 and times[-1] - times[-2] > HALF_AN_HOUR),
        not (alert["ndethist"] == 2 and points == 1),
    ]


def label(packet):
    """Return the label: 3 known, 2 candidate, 1 seen for the first time, 0 none of these; set in the code's order."""
    alert, points = values(packet), number_of_points(packet)
    found = 1 if alert["ndethist"] == 1 else 0
    if alert["sgscore1"] < 0.76 and alert["ndethist"] <= 2:
        found = 2
    _, _, _, nothing_there, at_once, in_packet = ask_candidate(packet)
    if not (nothing_there and at_once and in_packet):
        found = 0
    known = points <= 5 and alert["ndethist"] <= 5 and abs(alert["distpsnr1"]) > alert["ssdistnr"]
    return 3 if known and 0 <= alert["ssdistnr"] < 5 else found


def values(packet):
    """Return the alert with missing values as not a number."""
    return {name: nan if value is None else value for name, value in packet["candidate"].items()}


def number_of_points(packet):
    """Return how many magnitudes there are in history and alert together."""
    return 1 + sum(entry["magpsf"] is not None for entry in packet["prv_candidates"] or [])
