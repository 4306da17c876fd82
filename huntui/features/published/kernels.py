"""The kernels behind the features that published filters ask for; see `huntui.features.kernels` for what holds of all.

Scratch arrays have room for the longest history and the alert.
"""

import numpy as np

from huntui.features.apparent.kernels import apparent_mag, apparent_sigma, flux_ratio
from huntui.features.family import Curves, Float32s, Float64s
from huntui.features.kernels import NO_MAGNITUDE, slope
from huntui.features.published.nuclear import Detections
from huntui.kernels import kernel
from huntui.packets.batch import Int32s, Int64s

FEWEST_IN_BAND = 3
ARCSEC = 3600.0
FAINTEST_APPARENT = 21.0
SHORTEST_FADE = 0.5
SHORTEST_LINE = 1.0
FLAT_DAYS = (6.0, 8.0, 10.0)


@kernel
def longest(offsets: Int64s) -> int:
    """Return the number of entries of the longest history."""
    most = 0
    for k in range(len(offsets) - 1):
        most = max(most, offsets[k + 1] - offsets[k])
    return most


@kernel
def offset(east: Float64s, north: Float64s, mags: Float64s) -> float:
    """Return the smallest distance above 0 [arcsec] of mean, median and weighted mean, or infinity."""
    total = weighted_east = weighted_north = 0.0
    for i in range(len(mags)):
        sigma = min(max(0.24 + 0.04 * (mags[i] - 20.0), 0.1), 1.0)
        weight = 1.0 / sigma**2
        total += weight
        weighted_east += weight * east[i]
        weighted_north += weight * north[i]
    smallest = np.inf
    for distance in (
        np.hypot(np.mean(east), np.mean(north)),
        np.hypot(np.median(east), np.median(north)),
        np.hypot(weighted_east / total, weighted_north / total),
    ):
        if distance > 0.0:
            smallest = min(smallest, distance)
    return ARCSEC * smallest


@kernel
def nuclear(found: Detections, number: Int32s, values: Float32s) -> None:
    """Write n_clean; then clean_rb, clean_magnr, clean_peak_mag, clean_contrast, clean_longest_gap,
    clean_shortest_gap, nuclear_offset."""
    clean, jd, fid, rb, magnr, mag = found.clean, found.jd, found.fid, found.rb, found.magnr, found.mag
    east, north, offsets = found.east, found.north, found.offsets
    room = longest(offsets) + 1
    rows, times = np.empty(room, np.int64), np.empty(room)
    band_east, band_north, band_mags = np.empty(room), np.empty(room), np.empty(room)
    for k in range(len(number)):
        n = 0
        if clean[k]:
            rows[0], n = k, 1
        for i in range(offsets[k], offsets[k + 1]):
            if clean[i]:
                rows[n] = i
                n += 1
        number[k] = n
        if n == 0:
            continue
        best, reference, peak, contrast = -np.inf, np.inf, np.inf, np.inf
        for i in rows[:n]:
            best, reference, peak = max(best, rb[i]), min(reference, magnr[i]), min(peak, mag[i])
            contrast = min(contrast, np.float64(mag[i]) - np.float64(magnr[i]))
        values[0, k], values[1, k], values[2, k], values[3, k] = best, reference, peak, contrast
        for at in range(n):
            times[at] = jd[rows[at]]
        gaps = np.diff(np.sort(times[:n]))
        gaps = gaps[gaps > 0.0]
        if len(gaps) > 0:
            values[4, k], values[5, k] = np.max(gaps), np.min(gaps)
        smallest = np.inf
        for band in (1, 2):
            m = 0
            for i in rows[:n]:
                if fid[i] == band:
                    band_east[m], band_north[m], band_mags[m] = east[i], north[i], mag[i]
                    m += 1
            if m >= FEWEST_IN_BAND:
                smallest = min(smallest, offset(band_east[:m], band_north[:m], band_mags[:m]))
        if smallest < np.inf:
            values[6, k] = smallest


@kernel
def note_apparent(
    points: Float64s, n: int, time: float, found: tuple[float, float, float, float], brighter: bool
) -> int:
    """Put a point with an apparent magnitude above the limit at place n; return how many there are then.

    `found` has magpsf, sigmapsf, magnr and sigmagnr.
    """
    mag, sigma, reference, reference_sigma = found
    if not reference >= 0.0:
        return n
    ratio = flux_ratio(mag, reference)
    flux = 1.0 + ratio if brighter else 1.0 - ratio
    total = apparent_mag(reference, flux)
    if not total < FAINTEST_APPARENT:
        return n
    points[0, n], points[1, n] = time, total
    uncertainty = apparent_sigma(sigma, reference_sigma, ratio, flux)
    # Of a packet that claims to be exact, or as good as that, no weighted line can be drawn.
    points[2, n] = 1.0 / uncertainty**2 if uncertainty**2 > 0.0 else np.nan
    return n + 1


@kernel
def apparent_rates(curves: Curves, rates: Float32s) -> None:
    """Write apparent_rate. First and last are those of the packet's order, in which the alert comes last."""
    jd, fid, mag, sigma, positive = curves.jd, curves.fid, curves.mag, curves.sigma, curves.positive
    nr_mag, nr_sigma, offsets = curves.nr_mag, curves.nr_sigma, curves.offsets
    h_jd, h_fid, h_mag, h_sigma = curves.h_jd, curves.h_fid, curves.h_mag, curves.h_sigma
    h_brighter, h_nr_mag, h_nr_sigma = curves.h_brighter, curves.h_nr_mag, curves.h_nr_sigma
    points = np.empty((3, longest(offsets) + 1))
    for k in range(len(rates)):
        n = 0
        for i in range(offsets[k], offsets[k + 1]):
            if h_fid[i] == fid[k] and not np.isnan(h_mag[i]):
                entry = (float(h_mag[i]), float(h_sigma[i]), float(h_nr_mag[i]), float(h_nr_sigma[i]))
                n = note_apparent(points, n, h_jd[i] - jd[k], entry, h_brighter[i])
        alert = (float(mag[k]), float(sigma[k]), float(nr_mag[k]), float(nr_sigma[k]))
        n = note_apparent(points, n, 0.0, alert, positive[k])
        if n >= 2 and points[0, n - 1] - points[0, 0] > SHORTEST_FADE:
            rates[k], _ = slope(points[0], points[1], points[2], n)


@kernel
def is_flat(band: Float64s, bright: int, faint: int, days: float) -> bool:
    """Return whether two points of a band are so far apart in time and not in brightness."""
    times, mags, sigmas = band[0], band[1], band[2]
    alike = mags[bright] + sigmas[bright] > mags[faint] - sigmas[faint]
    return bool(alike and abs(times[bright] - times[faint]) >= days)


@kernel
def is_there(band: Float64s, points: int, point: Float64s) -> bool:
    """Return whether a point is among the first `points` of a band, which are in order of time and none later."""
    place = points - 1
    while place >= 0 and band[0, place] == point[0]:
        if band[1, place] == point[1] and band[2, place] == point[2]:
            return True
        place -= 1
    return False


@kernel
def note_line(part: Float64s, weights: Float64s, fades: bool, slopes: Float32s) -> None:
    """Take the line through some points into fast_fade, slow_fade and slow_rise of an alert."""
    index, _ = slope(part[0], part[1], weights, part.shape[1])
    if fades:
        slopes[0] = np.fmax(slopes[0], index)
    if index > 0.0:
        slopes[1] = np.fmin(slopes[1], index)
    elif index < 0.0:
        slopes[2] = np.fmax(slopes[2], index)


@kernel
def note_band(band: Float64s, days: float, slopes: Float32s) -> int:
    """Take the lines through a band's points, in order of time, into the slopes of an alert; return what is flat."""
    times, mags = band[0], band[1]
    last = len(times) - 1
    if times[last] - times[0] < SHORTEST_LINE:
        return 0
    peak = int(np.argmin(mags))
    if is_flat(band, peak, int(np.argmax(mags)), days):
        return 1
    fades = times[peak] < times[0] + SHORTEST_LINE
    if fades or times[peak] > times[last] - SHORTEST_LINE:
        note_line(band, 1.0 / band[2] ** 2, fades, slopes)
        return 0
    flat = 0
    for side in range(2):
        start = 0 if side == 0 else int(np.searchsorted(times, times[peak]))
        stop = last + 1 if side == 1 else int(np.searchsorted(times, times[peak], "right"))
        if is_flat(band, peak, start + int(np.argmax(mags[start:stop])), days):
            flat += 1
        else:
            note_line(band[:, start:stop], np.ones(stop - start), side == 1, slopes)
    return flat


@kernel
def evolution(curves: Curves, spans: Float32s, slopes: Float32s, flat: Int32s) -> None:
    """Write duration_g, duration_r, last_g_day; fast_fade, slow_fade, slow_rise; n_flat."""
    jd, fid, mag, sigma, offsets = curves.jd, curves.fid, curves.mag, curves.sigma, curves.offsets
    h_jd, h_fid, h_mag, h_sigma = curves.h_jd, curves.h_fid, curves.h_mag, curves.h_sigma
    room = longest(offsets) + 1
    points, bands, band = np.empty((3, room)), np.empty(room, np.int64), np.empty((3, room))
    for k in range(len(jd)):
        points[0, 0], points[1, 0], points[2, 0], bands[0] = 0.0, mag[k], sigma[k], fid[k]
        n = 1
        for i in range(offsets[k], offsets[k + 1]):
            if h_mag[i] < NO_MAGNITUDE:
                points[0, n], points[1, n], points[2, n] = h_jd[i] - jd[k], h_mag[i], h_sigma[i]
                bands[n] = h_fid[i]
                n += 1
        order = np.argsort(points[0, :n])
        for wanted in (1, 2, 3):
            m = 0
            for i in order:
                # A point that is there twice counts once.
                if bands[i] == wanted and not is_there(band, m, points[:, i]):
                    band[:, m] = points[:, i]
                    m += 1
            if m == 0:
                continue
            if wanted == 1:
                spans[0, k], spans[2, k] = band[0, m - 1] - band[0, 0], band[0, m - 1] - points[0, order[0]]
            elif wanted == 2:
                spans[1, k] = band[0, m - 1] - band[0, 0]
            flat[k] += note_band(band[:, :m], FLAT_DAYS[wanted - 1], slopes[:, k])
