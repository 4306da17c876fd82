"""The kernels behind apparent magnitudes; see `huntui.features.kernels` for what holds of all.

Scratch arrays have room for the longest history and the alert. Points are in the packet's order, the alert last.
"""

import numpy as np

from huntui.features.family import Curves, Float32s, Float64s
from huntui.features.kernels import longest_history
from huntui.kernels import inlined, kernel
from huntui.packets.batch import Int32s, Int64s

FARTHEST_REFERENCE = 1.5
FEWEST_FOR_SHAPE = 5
FEWEST_PAIRS = 3
PAIR_DAYS = 0.5
G, R = 1, 2


@inlined
def flux_ratio(mag: float, reference: float) -> float:
    """Return the flux of the change in units of the reference source's."""
    return np.exp(0.4 * np.log(10.0) * (reference - mag))  # type: ignore[no-any-return]


@inlined
def apparent_mag(reference: float, flux: float) -> float:
    """Return the magnitude of a flux in units of the reference source's, NaN where nothing is left of it.

    A flux beyond all numbers, as only a damaged packet has it, has no magnitude either.
    """
    return reference - 2.5 * np.log10(flux) if 0.0 < flux < np.inf else np.nan


@inlined
def apparent_sigma(sigma: float, reference_sigma: float, ratio: float, flux: float) -> float:
    """Return the 1-sigma uncertainty of an apparent magnitude: the fluxes' uncertainties added in quadrature."""
    return np.sqrt((sigma * ratio) ** 2 + reference_sigma**2) / flux  # type: ignore[no-any-return]


@inlined
def has_reference(distance: float, reference: float) -> bool:
    """Return whether a detection lies on a source of the reference image; the survey writes -999 for none."""
    return 0.0 <= distance < FARTHEST_REFERENCE and reference > 0.0


@kernel
def collect(curves: Curves, k: int, times: Float64s, mags: Float64s, bands: Int64s) -> int:
    """Collect times (from the alert on), apparent magnitudes and bands of an alert's history; return their number."""
    now, offsets, h_jd, h_fid = curves.jd[k], curves.offsets, curves.h_jd, curves.h_fid
    h_positive, h_negative, h_mag = curves.h_positive, curves.h_negative, curves.h_mag
    h_nr_distance, h_nr_mag = curves.h_nr_distance, curves.h_nr_mag
    n = 0
    for i in range(offsets[k], offsets[k + 1]):
        if not (h_positive[i] or h_negative[i]) or not has_reference(h_nr_distance[i], h_nr_mag[i]):
            continue
        reference = np.float64(h_nr_mag[i])
        ratio = flux_ratio(np.float64(h_mag[i]), reference)
        total = apparent_mag(reference, 1.0 + ratio if h_positive[i] else 1.0 - ratio)
        if not np.isnan(total):
            times[n], mags[n], bands[n] = h_jd[i] - now, total, h_fid[i]
            n += 1
    return n


@kernel
def sort_by_time(times: Float64s, mags: Float64s, points: int) -> None:
    """Sort the first points by time, equal times as they come; a history is nearly in order."""
    for i in range(1, points):
        time, mag, place = times[i], mags[i], i
        while place > 0 and times[place - 1] > time:
            times[place], mags[place] = times[place - 1], mags[place - 1]
            place -= 1
        times[place], mags[place] = time, mag


@kernel
def shape(times: Float64s, mags: Float64s, points: int) -> tuple[float, float, float]:
    """Return skewness, von Neumann ratio and share of the variance that a straight line explains, of sorted points.

    NaN where the magnitudes are all equal, the last also where the times are.
    """
    mean, mean_time = np.mean(mags[:points]), np.mean(times[:points])
    second = third = spread = product = steps = 0.0
    for i in range(points):
        from_mean, from_time = mags[i] - mean, times[i] - mean_time
        second += from_mean**2
        third += from_mean**3
        spread += from_time**2
        product += from_time * from_mean
        if i > 0:
            steps += (mags[i] - mags[i - 1]) ** 2
    if not second > 0.0:
        return np.nan, np.nan, np.nan
    skew = (third / points) / (second / points) ** 1.5
    ratio = (steps / (points - 1)) / (second / points)
    return skew, ratio, (product / spread) * (product / second) if spread > 0.0 else np.nan


@kernel
def colours(times: Float64s, mags: Float64s, bands: Int64s, points: int, found: Float64s) -> tuple[float, float]:
    """Return g − r of the latest pair, and the standard deviation of g − r over all pairs; NaN where too few."""
    later, earlier, latest, pairs = -np.inf, -np.inf, np.nan, 0
    for i in range(points):
        if bands[i] != G:
            continue
        nearest, partner = np.inf, -1
        for j in range(points):
            if bands[j] == R and abs(times[i] - times[j]) < nearest:
                nearest, partner = abs(times[i] - times[j]), j
        if nearest > PAIR_DAYS:
            continue
        found[pairs] = mags[i] - mags[partner]
        one, other = max(times[i], times[partner]), min(times[i], times[partner])
        if one > later or (one == later and other > earlier):
            later, earlier, latest = one, other, found[pairs]
        pairs += 1
    if pairs < FEWEST_PAIRS:
        return latest, np.nan
    return latest, np.sqrt(np.sum((found[:pairs] - np.mean(found[:pairs])) ** 2) / (pairs - 1))


@kernel
def apparent(curves: Curves, values: Float32s, number: Int32s) -> None:
    """Write apparent_mag, apparent_err, apparent_peak, apparent_amplitude, apparent_skew, apparent_von_neumann,
    apparent_r2, apparent_color, apparent_color_scatter; and apparent_points."""
    fid, mag, sigma, positive, negative = curves.fid, curves.mag, curves.sigma, curves.positive, curves.negative
    nr_distance, nr_mag, nr_sigma = curves.nr_distance, curves.nr_mag, curves.nr_sigma
    room = longest_history(curves) + 1
    times, mags, bands = np.empty(room), np.empty(room), np.empty(room, np.int64)
    band_times, band_mags = np.empty(room), np.empty(room)
    for k in range(len(fid)):
        points = collect(curves, k, times, mags, bands)
        if (positive[k] or negative[k]) and has_reference(nr_distance[k], nr_mag[k]):
            reference = np.float64(nr_mag[k])
            ratio = flux_ratio(np.float64(mag[k]), reference)
            flux = 1.0 + ratio if positive[k] else 1.0 - ratio
            total = apparent_mag(reference, flux)
            if not np.isnan(total):
                times[points], mags[points], bands[points] = 0.0, total, fid[k]
                values[0, k] = total
                values[1, k] = apparent_sigma(np.float64(sigma[k]), np.float64(nr_sigma[k]), ratio, flux)
                points += 1
        n, brightest, faintest = 0, np.inf, -np.inf
        for i in range(points):
            if bands[i] == fid[k]:
                band_times[n], band_mags[n] = times[i], mags[i]
                brightest, faintest = min(brightest, mags[i]), max(faintest, mags[i])
                n += 1
        number[k] = n
        if n > 0:
            values[2, k] = brightest
        if n > 1:
            values[3, k] = faintest - brightest
        if n >= FEWEST_FOR_SHAPE and faintest > brightest:
            sort_by_time(band_times, band_mags, n)
            values[4, k], values[5, k], values[6, k] = shape(band_times, band_mags, n)
        if points > n:
            # Of all points in one band no pair can be made.
            values[7, k], values[8, k] = colours(times, mags, bands, points, band_mags)
