"""The kernels behind what moves; angles and positions in radians, times in days. Nothing has to be finite.

What is not checked: that arrays are as long as `jd` and sorted as said.
"""

import numpy as np

from huntui.features.family import Float64s
from huntui.kernels import inlined, kernel
from huntui.packets.batch import Int32s, Int64s

MOST_NEIGHBOURS = 64
MOST_SCANNED = 512
"""Newcomers at about the same declination that each is compared with.

A night of ZTF has a quarter as many; a crowd, as only a night that was made up has it, takes no more time than its
number.
"""


@inlined
def separation(ra: float, dec: float, other_ra: float, other_dec: float) -> float:
    """Return the angle between two places (haversine)."""
    across = np.sin(0.5 * (other_ra - ra)) ** 2 * np.cos(dec) * np.cos(other_dec)
    return 2.0 * np.arcsin(min(1.0, np.sqrt(np.sin(0.5 * (other_dec - dec)) ** 2 + across)))  # type: ignore[no-any-return]


@kernel
def separations(ra: Float64s, dec: Float64s, one: Int64s, other: Int64s) -> Float64s:
    """Return the angles between places `one` and `other`, which are their numbers."""
    found = np.empty(len(one))
    for k in range(len(one)):
        found[k] = separation(ra[one[k]], dec[one[k]], ra[other[k]], dec[other[k]])
    return found


@kernel
def partners(
    jd: Float64s, ra: Float64s, dec: Float64s, limits: tuple[float, float, float], distance: Float64s, time: Float64s
) -> None:
    """Write for each place the distance of the nearest other one and the time between them; sorted by `dec`.

    `limits` are the largest distance, the shortest and the longest time. `distance` comes filled with infinity.
    """
    farthest, shortest, longest = limits
    cosine, reach = np.cos(dec), (np.pi * np.sin(0.5 * farthest)) ** 2
    for i in range(len(jd)):
        j = i + 1
        while j < len(jd) and dec[j] - dec[i] <= farthest and j - i <= MOST_SCANNED:
            between, across = abs(jd[j] - jd[i]), abs(ra[j] - ra[i])
            across = min(across, abs(2.0 * np.pi - across))
            # What is this far away in right ascension alone, by a bound without sines, need not be measured.
            if shortest <= between <= longest and cosine[i] * cosine[j] * across**2 <= reach:
                apart = separation(ra[i], dec[i], ra[j], dec[j])
                if apart <= farthest:
                    if apart < distance[i]:
                        distance[i], time[i] = apart, between
                    if apart < distance[j]:
                        distance[j], time[j] = apart, between
            j += 1


@inlined
def project(ra: float, dec: float, other_ra: float, other_dec: float) -> tuple[float, float]:
    """Return where a place is on the plane that touches the sky at another: great circles are lines on it.

    Gnomonic projection: Calabretta & Greisen 2002, A&A 395, 1077, section 5.1.3.
    """
    cosine = np.cos(other_dec) * np.cos(other_ra - ra)
    depth = np.sin(dec) * np.sin(other_dec) + np.cos(dec) * cosine
    up = np.cos(dec) * np.sin(other_dec) - np.sin(dec) * cosine
    return np.cos(other_dec) * np.sin(other_ra - ra) / depth, up / depth


@kernel
def lines(jd: Float64s, ra: Float64s, dec: Float64s, limits: tuple[float, float], number: Int32s) -> None:
    """Write for each place how many of its exposure lie on one line with it; sorted by `jd`, then `dec`.

    `limits` are how far from the place the line is followed, and how far from it others may be. `number` comes filled
    with 1.
    """
    reach, width = limits
    x, y = np.empty(MOST_NEIGHBOURS), np.empty(MOST_NEIGHBOURS)
    for i in range(len(jd)):
        n = 0
        for step in (-1, 1):
            j = i + step
            while 0 <= j < len(jd) and abs(j - i) <= MOST_SCANNED and n < MOST_NEIGHBOURS:
                if jd[j] != jd[i] or abs(dec[j] - dec[i]) > reach:
                    break
                if separation(ra[i], dec[i], ra[j], dec[j]) <= reach:
                    x[n], y[n] = project(ra[i], dec[i], ra[j], dec[j])
                    n += 1
                j += step
        for a in range(n):
            length, on_it = np.hypot(x[a], y[a]), 1
            for b in range(n):
                on_it += b == a or abs(x[a] * y[b] - y[a] * x[b]) <= width * length
            number[i] = max(number[i], on_it)
