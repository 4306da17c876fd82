"""The summer school's cuts, as slow and obvious as they can be written: fastavro, numpy.polyfit and `if`.

The cuts are those of the exercise's published solution (ZTF summer school 2024, `consumer.py`) without its classifier.
Nothing of huntui is imported here, so that agreement means something.

Where the published code would raise on a missing value, the answer is worked out with three-valued logic, and what
stays unknown (None) rejects the alert.
"""

import fastavro
import numpy as np

STAGES = ("real", "young", "precise", "not_solar_system", "brighter", "history", "sampled", "changing")


def run_filter(paths):
    """Filter the alerts of these files, a candid that comes again left out.

    Returns `{"stages": [(entered, passed, rejected, rejected_only_here), …], "survivors": {candid, …}}`.
    """
    answers = {}
    for path in paths:
        with open(path, "rb") as file:
            for packet in fastavro.reader(file):
                if packet["candid"] not in answers:
                    answers[packet["candid"]] = [answer is True for answer in ask(packet)]
    stages = []
    for k in range(len(STAGES)):
        entered = [passes for passes in answers.values() if all(passes[:k])]
        passed = [passes for passes in entered if passes[k]]
        only_here = [passes for passes in answers.values() if not passes[k] and all(passes[:k] + passes[k + 1 :])]
        stages.append((len(entered), len(passed), len(entered) - len(passed), len(only_here)))
    return {"stages": stages, "survivors": {candid for candid, passes in answers.items() if all(passes)}}


def ask(packet):
    """Return what each stage says of a packet, in order: True, False, or None where it cannot say."""
    candidate = packet["candidate"]
    history = packet["prv_candidates"] or []
    times, magnitudes = points_of_fit(candidate, history)
    rate = np.polyfit(times, magnitudes, 1)[0] if len(times) >= 2 else None
    return [
        at_least(candidate.get("drb"), 0.7),
        at_most(age(candidate), 30.0),
        at_most(candidate.get("sigmapsf"), 0.5),
        not_solar_system(candidate.get("ssdistnr"), candidate.get("ssmagnr")),
        brighter(candidate.get("isdiffpos")),
        len(history) >= 1,
        len(times) >= 2,
        at_least(None if rate is None else abs(rate), 0.15),
    ]


def at_least(value, limit):
    """Return whether the value reaches the limit; None where there is no value."""
    return None if value is None else bool(value >= limit)


def at_most(value, limit):
    """Return whether the value stays at or below the limit; None where there is no value."""
    return None if value is None else bool(value <= limit)


def age(candidate):
    """Return the days since the place was first detected."""
    if candidate.get("jdstarthist") is None:
        return None
    return candidate["jd"] - candidate["jdstarthist"]


def brighter(isdiffpos):
    """Return whether the alert is brighter than the reference; schemas write 't' or '1' for that."""
    return None if isdiffpos is None else isdiffpos in ("t", "1")


def not_solar_system(distance, magnitude):
    """Return whether no known solar-system object explains the alert; −999 means that there is none near."""
    near = None if distance is None else 0 <= distance < 10
    plausible = None if magnitude is None else -20 < magnitude < 20
    if near is False or plausible is False:
        return True
    if near is None or plausible is None:
        return None
    return False


def points_of_fit(candidate, history):
    """Return times [day] and magnitudes of the alert and of the same-band detections 0.015 to 14 days before it."""
    times, magnitudes = [candidate["jd"]], [candidate["magpsf"]]
    for entry in history:
        if entry["magpsf"] is None or entry["magpsf"] >= 99 or entry["fid"] != candidate["fid"]:
            continue
        if 0.015 < candidate["jd"] - entry["jd"] <= 14:
            times.append(entry["jd"])
            magnitudes.append(entry["magpsf"])
    # Less the alert's own time: the slope is the same, and a Julian date leaves a fit few digits.
    return [time - candidate["jd"] for time in times], magnitudes
