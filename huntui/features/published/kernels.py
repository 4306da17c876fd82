"""The kernels behind the features that published filters ask for; see `huntui.features.kernels` for what holds of all.

Scratch arrays have room for the longest history and the alert.
"""

import numpy as np

from huntui.features.family import Float32s, Float64s
from huntui.features.kernels import slope
from huntui.features.published.kilonova import Apparent
from huntui.features.published.nuclear import Detections
from huntui.kernels import kernel
from huntui.packets.batch import Int32s, Int64s

FEWEST_IN_BAND = 3
ARCSEC = 3600.0
FAINTEST_APPARENT = 21.0
SHORTEST_FADE = 0.5


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
def apparent_rates(found: Apparent, rates: Float32s) -> None:
    """Write apparent_rate. First and last are those of the packet's order, in which the alert comes last."""
    jd, fid, mag, sigma, offsets = found.jd, found.fid, found.mag, found.sigma, found.offsets
    room = longest(offsets) + 1
    times, mags, weights = np.empty(room), np.empty(room), np.empty(room)
    for k in range(len(rates)):
        n = 0
        for at in range(offsets[k], offsets[k + 1] + 1):
            i = k if at == offsets[k + 1] else at
            if fid[i] == fid[k] and mag[i] < FAINTEST_APPARENT:
                times[n], mags[n], weights[n] = jd[i] - jd[k], mag[i], 1.0 / sigma[i] ** 2
                n += 1
        if n >= 2 and times[n - 1] - times[0] > SHORTEST_FADE:
            rates[k], _ = slope(times, mags, weights, n)
