"""The funnel that huntui begins with, as slow and obvious as it can be written.

Nothing of huntui is imported here, so that agreement means something.
"""

from oracles.plain_features import features
from oracles.published_decent import there


def ask(packet):
    """Return what each stage says of a packet, in order."""
    alert, derived = packet["candidate"], features(packet)
    score = alert["drb"] if alert.get("drb") is not None else alert["rb"]
    age, rate = derived["age"], derived["rate"]
    return [
        score >= 0.65,
        there(alert, "nbad", "fwhm", "elong", "magdiff") and clean(alert),
        alert["ssdistnr"] is None or not 0 <= alert["ssdistnr"] < 12,
        not (there(alert, "sgscore1", "distpsnr1") and alert["sgscore1"] > 0.6 and 0 <= alert["distpsnr1"] < 1.5),
        alert["isdiffpos"] in ("t", "1"),
        derived["n_same_place_15min"] >= 2,
        age is not None and age <= 60,
        rate is not None and abs(rate) >= 0.02,
    ]


def clean(alert):
    """Return whether nothing speaks of an artefact of the subtraction."""
    return alert["nbad"] == 0 and alert["fwhm"] <= 7 and alert["elong"] <= 1.4 and abs(alert["magdiff"]) <= 0.4
