"""ZTFReST's search for fast transients, on one packet, as a slow reading of its published code.

Nothing of huntui is imported here, so that agreement means something. The published code rejects an object at the first
reason it finds; here every reason is asked, so that lines are fitted also where the code would have stopped before.
"""

import numpy as np

BASELINE = 1.0
VAR_BASELINE = {1: 6, 2: 8, 3: 10}


def light_curve(packet):
    """Return rows of jd since the first, magpsf, sigmapsf and fid, in order of time and without duplicates."""
    points = [packet["candidate"], *(packet["prv_candidates"] or [])]
    rows = {(p["jd"], p["magpsf"], p["sigmapsf"], p["fid"]) for p in points if p["magpsf"] is not None}
    start = min(row[0] for row in rows)
    return [(jd - start, mag, error, fid) for jd, mag, error, fid in sorted(rows, key=lambda row: row[0])]


def line(time, mag, error):
    """Return the slope of `do_fit`."""
    return float(np.polyfit(time, mag, 1, w=1 / np.asarray(error) * np.ones(len(time)))[0])


def select_band(rows, days):
    """Return the lines of a band as (rise or fade, slope), and how often it does not evolve."""
    time, mag, error = (np.array([row[k] for row in rows]) for k in range(3))
    if time.max() - time.min() < BASELINE:
        return [], 0
    bright, bright_error = mag.min(), error[mag == mag.min()][0]
    bright_jd = time[mag == bright][0]

    def no_evolution(within):
        faint = mag[within].max()
        at = np.flatnonzero(within & (mag == faint))[0]
        return bright + bright_error > faint - error[at] and abs(bright_jd - time[at]) >= days

    if no_evolution(np.ones(len(time), bool)):
        return [], 1
    if bright_jd < time.min() + BASELINE:
        return [("fade", line(time, mag, error))], 0
    if bright_jd > time.max() - BASELINE:
        return [("rise", line(time, mag, error))], 0
    lines, flat = [], 0
    for name, within in (("rise", time <= bright_jd), ("fade", time >= bright_jd)):
        if no_evolution(within):
            flat += 1
            continue
        # Here the code replaces the uncertainties by the first of them.
        lines.append((name, line(time[within], mag[within], error[within][0])))
    return lines, flat


def features(packet):
    """Return what the code works out of the light curve, by the names of huntui's features; None for what is not."""
    rows = light_curve(packet)
    days = {band: [row[0] for row in rows if row[3] == band] for band in (1, 2)}
    lines, flat = [], 0
    for band, limit in VAR_BASELINE.items():
        own = [row for row in rows if row[3] == band]
        if own:
            more, still = select_band(own, limit)
            lines, flat = lines + more, flat + still
    return {
        "duration_g": days[1][-1] - days[1][0] if days[1] else None,
        "duration_r": days[2][-1] - days[2][0] if days[2] else None,
        "last_g_day": days[1][-1] if days[1] else None,
        "fast_fade": max((slope for name, slope in lines if name == "fade"), default=None),
        "slow_fade": min((slope for _, slope in lines if slope > 0), default=None),
        "slow_rise": max((slope for _, slope in lines if slope < 0), default=None),
        "n_flat": flat,
    }


def ask(packet):
    """Return what each reason to reject says of a packet: the query, the loop over alerts, variability, the score."""
    latest, found = packet["candidate"], features(packet)
    first, last = latest.get("jdstarthist"), latest.get("jdendhist")
    known = None if first is None or last is None else last - first
    near, duration = latest.get("ssdistnr"), light_curve(packet)[-1][0]
    return [
        latest.get("field") in range(156, 1900),
        latest.get("drb") is not None and latest["drb"] > 0.9,
        latest["ndethist"] > 1,
        latest["magpsf"] > 12,
        near is not None and not abs(near) < 10,
        latest["isdiffpos"] not in ["f", 0],
        known is not None and not known < 0.01,
        known is not None and not known > 14,
        not is_star(latest),
        not any(is_bright_star(latest, rank) for rank in (1, 2, 3)),
        0 < duration <= 14,
        found["duration_g"] is None or not found["duration_g"] > 10,
        found["duration_r"] is None or not found["duration_r"] > 12,
        found["duration_g"] is None or not (found["duration_g"] >= BASELINE and found["last_g_day"] > 7),
        found["n_flat"] == 0,
        found["slow_fade"] is None or not found["slow_fade"] <= 0.3,
        found["slow_rise"] is None or not found["slow_rise"] > -1,
        found["fast_fade"] is not None and found["fast_fade"] > 0.3,
    ]


def is_star(latest):
    """Return whether the nearest source is a star; a value that is missing leaves it open, and the code passes on."""
    try:
        return abs(latest["distpsnr1"]) < 2 and latest["sgscore1"] >= 0.5
    except (KeyError, TypeError):
        return False


def is_bright_star(latest, rank):
    """Return whether a source is a bright star; a value that is missing leaves it open, and the code passes on."""
    try:
        red = latest[f"srmag{rank}"]
        return abs(latest[f"distpsnr{rank}"]) < 15 and 0 < red < 15 and latest[f"sgscore{rank}"] >= 0.5
    except (KeyError, TypeError):
        return False
