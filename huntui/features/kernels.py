"""The kernels behind the features.

Each takes the `Curves` of a batch and writes one row per feature and one column per alert into arrays that come filled
with the null, so that "too little to say" is a value that is never written. Nothing is sorted or assumed sorted. What
is not checked: that `offsets` lie inside the history's arrays.

Arrays are taken out of the `Curves` once per call: inside a loop each access would count a reference.

A detection is a history entry with a magnitude below 99 and a time before the alert's; the alert itself is one too.
"""

import numpy as np

from huntui.features.family import Curves, Float32s, Float64s
from huntui.kernels import kernel
from huntui.packets.batch import Int32s

SHORTEST_LEVER = 0.015
LONGEST_LEVER = 14.0
FIFTEEN_MINUTES = 15.0 / 1440.0
PAIR_DAYS = 1.0
HIDDEN_START = 0.5
NO_MAGNITUDE = 99.0
RECENT_DAYS = 0.75
BRIGHT_MAG = 19.0
FEWEST_COLOURS = 3
EARLIER_NIGHT = 0.5
DEEP_LIMIT = 19.5


@kernel
def count(curves: Curves, counts: Int32s, spans: Float32s, points_span: Float64s) -> None:
    """Write n_history, n_det, n_det_g, n_det_r, n_limits, n_same_place_15min, n_points; and the spans.

    Those are first_det_age, last_det_gap, duration; and points_span.
    """
    jd, fid, offsets, h_detected = curves.jd, curves.fid, curves.offsets, curves.h_detected
    h_fid, h_jd, h_mag = curves.h_fid, curves.h_jd, curves.h_mag
    for k in range(len(jd)):
        now = jd[k]
        detections, in_g, in_r, limits, same_place = 1, int(fid[k] == 1), int(fid[k] == 2), 0, 1
        first, last = np.inf, -np.inf
        points, earliest, latest = 1, now, now
        for i in range(offsets[k], offsets[k + 1]):
            if h_mag[i] < NO_MAGNITUDE:
                points += 1
                earliest, latest = min(earliest, h_jd[i]), max(latest, h_jd[i])
            if h_detected[i]:
                detections += 1
                in_g += h_fid[i] == 1
                in_r += h_fid[i] == 2
                same_place += now - h_jd[i] >= FIFTEEN_MINUTES
                first, last = min(first, h_jd[i]), max(last, h_jd[i])
            elif h_jd[i] < now:
                limits += 1
        counts[0, k] = offsets[k + 1] - offsets[k]
        counts[1, k], counts[2, k], counts[3, k] = detections, in_g, in_r
        counts[4, k], counts[5, k], counts[6, k] = limits, same_place, points
        spans[2, k], points_span[k] = 0.0, latest - earliest
        if detections > 1:
            spans[0, k], spans[1, k], spans[2, k] = now - first, now - last, now - first


@kernel
def negative(curves: Curves, shares: Float32s) -> None:
    """Write fraction_negative."""
    offsets, negative, h_negative, h_detected = curves.offsets, curves.negative, curves.h_negative, curves.h_detected
    for k in range(len(negative)):
        detections, fainter = 1, int(negative[k])
        for i in range(offsets[k], offsets[k + 1]):
            detections += h_detected[i]
            fainter += h_negative[i]
        shares[k] = fainter / detections


@kernel
def brightness(curves: Curves, values: Float32s) -> None:
    """Write peak_mag, days_since_peak, amplitude."""
    jd, positive, mag, offsets = curves.jd, curves.positive, curves.mag, curves.offsets
    h_positive, h_mag = curves.h_positive, curves.h_mag
    h_jd = curves.h_jd
    for k in range(len(jd)):
        peak, peak_jd, faintest, points = np.inf, jd[k], -np.inf, 0
        if positive[k]:
            peak = faintest = mag[k]
            points = 1
        for i in range(offsets[k], offsets[k + 1]):
            if not h_positive[i]:
                continue
            points += 1
            faintest = max(faintest, h_mag[i])
            if h_mag[i] < peak:
                peak, peak_jd = h_mag[i], h_jd[i]
        if points > 0:
            values[0, k], values[1, k] = peak, jd[k] - peak_jd
        if points > 1:
            values[2, k] = np.float64(faintest) - np.float64(peak)


@kernel
def slope(times: Float64s, values: Float64s, weights: Float64s, points: int) -> tuple[float, float]:
    """Return the weighted least-squares slope of the first `points` values over time, and its formal error.

    Both are NaN for fewer than two different times. With weights of 1 the slope is that of `numpy.polyfit`.
    """
    total = mean_time = mean_value = 0.0
    for i in range(points):
        total += weights[i]
        mean_time += weights[i] * times[i]
        mean_value += weights[i] * values[i]
    if points < 2 or not total > 0.0:
        return np.nan, np.nan
    mean_time /= total
    mean_value /= total
    spread = product = 0.0
    for i in range(points):
        spread += weights[i] * (times[i] - mean_time) ** 2
        product += weights[i] * (times[i] - mean_time) * (values[i] - mean_value)
    if not spread > 0.0:
        return np.nan, np.nan
    return product / spread, 1.0 / np.sqrt(spread)


@kernel
def longest_history(curves: Curves) -> int:
    """Return the number of entries of the longest history."""
    jd, offsets = curves.jd, curves.offsets
    longest = 0
    for k in range(len(jd)):
        longest = max(longest, offsets[k + 1] - offsets[k])
    return longest


@kernel
def recent_rates(curves: Curves, values: Float32s, points: Int32s) -> None:
    """Write rate, rate_w, rate_err and the number of points in the fit."""
    jd, mag, sigma, offsets = curves.jd, curves.mag, curves.sigma, curves.offsets
    h_jd, h_detected = curves.h_jd, curves.h_detected
    h_fid, fid, h_mag, h_sigma = curves.h_fid, curves.fid, curves.h_mag, curves.h_sigma
    room = longest_history(curves) + 1
    times, mags, ones, weights = np.empty(room), np.empty(room), np.ones(room), np.empty(room)
    for k in range(len(jd)):
        times[0], mags[0] = 0.0, mag[k]
        weights[0] = 1.0 / np.float64(sigma[k]) ** 2 if sigma[k] > 0 else np.nan
        n = 1
        for i in range(offsets[k], offsets[k + 1]):
            before = jd[k] - h_jd[i]
            if not (h_detected[i] and h_fid[i] == fid[k]):
                continue
            if not SHORTEST_LEVER < before <= LONGEST_LEVER:
                continue
            times[n], mags[n] = -before, h_mag[i]
            weights[n] = 1.0 / np.float64(h_sigma[i]) ** 2 if h_sigma[i] > 0 else np.nan
            n += 1
        points[k] = n
        values[0, k], _ = slope(times, mags, ones, n)
        values[1, k], values[2, k] = slope(times, mags, weights, n)


@kernel
def peak_rates(curves: Curves, wanted: Int32s, values: Float32s) -> None:
    """Write the slopes of positive detections in band `wanted[k]` up to the brightest of them and from it on."""
    jd, positive, fid, mag = curves.jd, curves.positive, curves.fid, curves.mag
    offsets, h_positive = curves.offsets, curves.h_positive
    h_fid, h_jd, h_mag = curves.h_fid, curves.h_jd, curves.h_mag
    room = longest_history(curves) + 1
    times, mags, ones = np.empty(room), np.empty(room), np.ones(room)
    part_times, part_mags = np.empty(room), np.empty(room)
    for k in range(len(jd)):
        n = 0
        if positive[k] and fid[k] == wanted[k]:
            times[0], mags[0], n = 0.0, mag[k], 1
        for i in range(offsets[k], offsets[k + 1]):
            if h_positive[i] and h_fid[i] == wanted[k]:
                times[n], mags[n] = h_jd[i] - jd[k], h_mag[i]
                n += 1
        if n < 2:
            continue
        peak = times[np.argmin(mags[:n])]
        for part in range(2):
            m = 0
            for i in range(n):
                if (times[i] <= peak) if part == 0 else (times[i] >= peak):
                    part_times[m], part_mags[m] = times[i], mags[i]
                    m += 1
            values[part, k], _ = slope(part_times, part_mags, ones, m)


@kernel
def positive_in(curves: Curves, k: int, wanted: int, times: Float64s, mags: Float64s) -> int:
    """Collect times (from the alert on) and magnitudes of positive detections in a band; return their number."""
    positive, fid, mag, offsets = curves.positive, curves.fid, curves.mag, curves.offsets
    h_positive, h_fid = curves.h_positive, curves.h_fid
    h_jd, jd, h_mag = curves.h_jd, curves.jd, curves.h_mag
    n = 0
    if positive[k] and fid[k] == wanted:
        times[0], mags[0], n = 0.0, mag[k], 1
    for i in range(offsets[k], offsets[k + 1]):
        if h_positive[i] and h_fid[i] == wanted:
            times[n], mags[n] = h_jd[i] - jd[k], h_mag[i]
            n += 1
    return n


@kernel
def colours(curves: Curves, values: Float32s) -> None:
    """Write color, color_rate, color_scatter.

    The latest pair is the one whose later member is latest, then its earlier member.
    """
    jd = curves.jd
    room = longest_history(curves) + 1
    g_times, g_mags, r_times, r_mags = np.empty(room), np.empty(room), np.empty(room), np.empty(room)
    times, colour, ones = np.empty(room), np.empty(room), np.ones(room)
    for k in range(len(jd)):
        n_g = positive_in(curves, k, 1, g_times, g_mags)
        n_r = positive_in(curves, k, 2, r_times, r_mags)
        later, earlier, pairs = -np.inf, -np.inf, 0
        for i in range(n_g):
            nearest, partner = np.inf, -1
            for j in range(n_r):
                gap = abs(g_times[i] - r_times[j])
                if gap > PAIR_DAYS:
                    continue
                if gap < nearest:
                    nearest, partner = gap, j
                one, other = max(g_times[i], r_times[j]), min(g_times[i], r_times[j])
                if one > later or (one == later and other > earlier):
                    later, earlier = one, other
                    values[0, k] = g_mags[i] - r_mags[j]
            if partner >= 0:
                times[pairs], colour[pairs] = (g_times[i] + r_times[partner]) / 2, g_mags[i] - r_mags[partner]
                pairs += 1
        values[1, k], _ = slope(times, colour, ones, pairs)
        if pairs >= FEWEST_COLOURS:
            mean = np.mean(colour[:pairs])
            values[2, k] = np.sqrt(np.sum((colour[:pairs] - mean) ** 2) / (pairs - 1))


@kernel
def last_limits(curves: Curves, values: Float32s) -> None:
    """Write limit_gap and limit_mag."""
    jd, offsets, h_detected, h_jd = curves.jd, curves.offsets, curves.h_detected, curves.h_jd
    jdstarthist, h_limit = curves.jdstarthist, curves.h_limit
    for k in range(len(jd)):
        first = jd[k]
        for i in range(offsets[k], offsets[k + 1]):
            if h_detected[i]:
                first = min(first, h_jd[i])
        if jdstarthist[k] < first - HIDDEN_START:
            continue
        last, limit = -np.inf, np.nan
        for i in range(offsets[k], offsets[k + 1]):
            is_limit = not h_detected[i] and not np.isnan(h_limit[i])
            if is_limit and last < h_jd[i] < first:
                last, limit = h_jd[i], np.float64(h_limit[i])
        if not np.isnan(limit):
            values[0, k], values[1, k] = first - last, limit


@kernel
def deeper_limits(curves: Curves, values: Float32s) -> None:
    """Write deeper_limit_gap and limit_rate."""
    jd, fid, mag, offsets = curves.jd, curves.fid, curves.mag, curves.offsets
    h_jd, h_fid, h_mag, h_limit = curves.h_jd, curves.h_fid, curves.h_mag, curves.h_limit
    for k in range(len(jd)):
        last, last_in_band, limit = -np.inf, -np.inf, np.nan
        for i in range(offsets[k], offsets[k + 1]):
            if not h_limit[i] > mag[k] or h_mag[i] < NO_MAGNITUDE or h_jd[i] >= jd[k]:
                continue
            last = max(last, h_jd[i])
            if h_fid[i] == fid[k] and jd[k] - h_jd[i] >= EARLIER_NIGHT and h_jd[i] > last_in_band:
                last_in_band, limit = h_jd[i], np.float64(h_limit[i])
        if last > -np.inf:
            values[0, k] = jd[k] - last
        if last_in_band > -np.inf:
            values[1, k] = (np.float64(mag[k]) - limit) / (jd[k] - last_in_band)


@kernel
def points(curves: Curves, peaks: Float32s, gaps: Float32s, bright: Int32s) -> None:
    """Write points_peak_mag, band_peak_mag, recent_peak_mag; then positive_reach, last_entry_gap, deep_limit_gap.

    Last n_bright_before.
    """
    jd, mag, fid, offsets = curves.jd, curves.mag, curves.fid, curves.offsets
    h_jd, h_mag, h_fid = curves.h_jd, curves.h_mag, curves.h_fid
    h_limit, h_brighter = curves.h_limit, curves.h_brighter
    for k in range(len(jd)):
        now = jd[k]
        peak = band_peak = recent_peak = mag[k]
        reach, last_entry, last_point, last_deep = -np.inf, -np.inf, now, -np.inf
        for i in range(offsets[k], offsets[k + 1]):
            last_entry = max(last_entry, h_jd[i])
            if h_mag[i] < NO_MAGNITUDE:
                apart = abs(now - h_jd[i])
                last_point = max(last_point, h_jd[i])
                peak = min(peak, h_mag[i])
                if h_fid[i] == fid[k]:
                    band_peak = min(band_peak, h_mag[i])
                if apart < RECENT_DAYS:
                    recent_peak = min(recent_peak, h_mag[i])
                    bright[k] += h_mag[i] < BRIGHT_MAG
                if h_brighter[i]:
                    reach = max(reach, apart)
            elif h_limit[i] >= DEEP_LIMIT:
                last_deep = max(last_deep, h_jd[i])
        peaks[0, k], peaks[1, k], peaks[2, k] = peak, band_peak, recent_peak
        if reach >= 0.0:
            gaps[0, k] = reach
        if last_entry > -np.inf:
            gaps[1, k] = now - last_entry
        if last_deep > -np.inf:
            gaps[2, k] = last_point - last_deep
