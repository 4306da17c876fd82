"""The past of each alert: the exposures of the month before it, what they measured, and how long it has been known."""

from dataclasses import dataclass

import numpy as np

from huntui.simulate.arrays import Booleans, Integers, take
from huntui.simulate.cadence import HISTORY_DAYS, SLOTS
from huntui.simulate.curves import BURST_INDEX, BURST_STARTS, Family, Parameters, difference_flux, flux_of
from huntui.simulate.draws import Floats, Keys, normal, uniform
from huntui.simulate.photometry import Measured, measure_flux
from huntui.simulate.plan import Plan

SURVEY_STARTS = 2458178.5
"""The survey began on 1 March 2018 [JD]; a night before that has a past of its own, of `_EARLIER_PAST_DAYS`."""
_EARLIER_PAST_DAYS = 200.0
_FORCED_ENTRIES = 21
"""Entries of forced photometry that a packet carries at most."""
_TYPICAL_LIMIT = 20.5
_DAYS_PER_DETECTION = 1.3
_GRID = 48


@dataclass(frozen=True, slots=True)
class Past:
    """Exposures before each alert, alert by alert, oldest first; arrays are over these rows unless said otherwise."""

    alert: Integers
    """Alert (its place in the chunk) that the row belongs to."""
    slot: Integers
    measured: Measured
    ends: Integers
    """Where each alert's rows end; a 0 is appended."""
    forced: Integers
    """Rows that stand in the forced photometry, newest first for each alert."""
    forced_ends: Integers
    detections: Integers
    """Per alert: detections among its rows."""
    limits: Integers
    """Per alert: upper limits among its rows."""
    first: Floats
    """Per alert: time of the first detection among its rows, or of the alert itself [JD]."""


def look_back(plan: Plan, objects: Integers, slots: Integers) -> Past:
    """Measure the objects of alerts at every exposure of the `HISTORY_DAYS` before them."""
    cadence, everything = plan.cadence, plan.objects
    fields = everything.field[objects]
    jd = cadence.jd[fields]
    now = jd[np.arange(len(objects)), slots]
    wanted = cadence.exposed[fields] & (jd < now[:, None]) & (jd >= now[:, None] - HISTORY_DAYS)
    alert, slot = np.nonzero(wanted)
    row_objects = objects[alert]
    parameters, keys = take(everything.parameters, row_objects), everything.keys[row_objects]
    measured = measure_flux(cadence, fields[alert], slot, parameters, keys)
    forced, forced_counts = _newest_first(wanted)
    detections = np.bincount(alert[measured.detected], minlength=len(objects))
    first = np.full(len(objects), np.inf)
    np.minimum.at(first, alert[measured.detected], jd[alert, slot][measured.detected])
    return Past(
        alert,
        slot,
        measured,
        _ends(wanted.sum(axis=1)),
        forced,
        _ends(forced_counts),
        detections,
        wanted.sum(axis=1) - detections,
        np.minimum(first, now),
    )


def _ends(counts: Integers) -> Integers:
    return np.append(np.cumsum(counts), 0).astype(np.int64)


def _newest_first(wanted: Booleans) -> tuple[Integers, Integers]:
    """Rows of the nights before tonight, newest first per alert, no more than a packet carries."""
    numbers = np.full(wanted.shape, -1)
    numbers[wanted] = np.arange(int(wanted.sum()))
    earlier = wanted[:, : SLOTS - 2][:, ::-1]
    kept = earlier & (np.cumsum(earlier, axis=1) <= _FORCED_ENTRIES)
    return numbers[:, : SLOTS - 2][:, ::-1][kept], kept.sum(axis=1)


@dataclass(frozen=True, slots=True)
class Record:
    """How long each alert's place has been known; arrays over alerts."""

    ndethist: Integers
    ncovhist: Integers
    jdstarthist: Floats


def recall(objects: Parameters, keys: Keys, now: Floats, past: Past) -> Record:
    """Return how often each place was detected and covered before and with the alert, and since when."""
    begin = np.minimum(SURVEY_STARTS, now - _EARLIER_PAST_DAYS)
    covered = np.exp(6.95 + 0.6 * normal(keys, 500)) * np.clip((now - begin) / 2300.0, 0.05, 1.2)
    covered = np.floor(covered).astype(np.int64) + past.detections + past.limits + 3
    detected, start = past.detections + 1, past.first
    steady = np.isin(objects.family, (Family.PERIODIC, Family.WALK, Family.SPURIOUS))
    duty = (past.detections + 0.6) / (past.detections + past.limits + 2.0) * (0.25 + 0.65 * uniform(keys, 501))
    over_years = np.floor(duty * covered).astype(np.int64)
    # Three in ten places where the subtraction fails began to fail of late: with a new reference, or a moved ghost.
    of_late = (objects.family == Family.SPURIOUS) & (uniform(keys, 503) < 0.3)
    steady &= (over_years > 0) & ~of_late
    since = np.minimum(begin + (now - begin - HISTORY_DAYS) * uniform(keys, 502) ** 4, past.first)
    earlier, earliest = _before_the_month(objects, keys, now)
    outbursts = _earlier_outbursts(objects, keys, covered)
    detected = np.where(steady, past.detections + 1 + over_years, detected + earlier + outbursts)
    start = np.where(steady | (outbursts > 0), since, np.minimum(start, earliest))
    return Record(detected, np.maximum(covered, detected), np.round(start, 7))


def _earlier_outbursts(objects: Parameters, keys: Keys, covered: Integers) -> Integers:
    """Detections in earlier outbursts of dwarf novae; two in five are found in their first (an estimate)."""
    is_dwarf_nova = (objects.family == Family.BURST) & (objects.shape == BURST_INDEX["dwarf nova"])
    recurs = is_dwarf_nova & (uniform(keys, 504) < 0.6)
    return np.where(recurs, np.floor(0.12 * uniform(keys, 505) ** 2 * covered), 0.0).astype(np.int64)


def _before_the_month(objects: Parameters, keys: Keys, now: Floats) -> tuple[Integers, Floats]:
    """Detections before the history begins, and the earliest of them [JD], of bursts and lenses that last longer."""
    is_burst, is_lens = objects.family == Family.BURST, objects.family == Family.LENS
    begins = np.where(is_burst, BURST_STARTS[np.where(is_burst, objects.shape, 0)], -1.2) * objects.scale + objects.t0
    month = now - HISTORY_DAYS
    days = np.maximum(month - begins, 0.0)
    rows = np.flatnonzero((is_burst | is_lens) & (days > 0.0))
    times = (month - days)[rows, None] + days[rows, None] * (np.arange(_GRID) + 0.5) / _GRID
    repeated, many = take(objects, np.repeat(rows, _GRID)), np.repeat(keys[rows], _GRID)
    red = np.zeros(len(many), np.bool_)
    visit = np.full(len(many), -1)
    flux = difference_flux(repeated, many, times.ravel(), red, visit, many).reshape(times.shape)
    bright = flux > flux_of(np.array(_TYPICAL_LIMIT))
    detections, earliest = np.zeros(len(now), np.int64), np.full(len(now), np.inf)
    detections[rows] = np.ceil(bright.sum(axis=1) * days[rows] / _GRID / _DAYS_PER_DETECTION)
    earliest[rows] = np.where(bright.any(axis=1), times[np.arange(len(rows)), np.argmax(bright, axis=1)], np.inf)
    return detections, earliest
