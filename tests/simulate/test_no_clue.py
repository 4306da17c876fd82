"""Nothing but what an object is like tells its class: no number, no name, no order, no sentinel.

A decision tree is trained on these alone, and asked about alerts that it never saw. Some sentinels do tell something
on a real night too, since they are physics: whether a known body was predicted here (`ss*`), and whether Pan-STARRS1
or Gaia have a source here. They are left out, and `docs/simulated-night.md` names them.
"""

import io
from datetime import date
from typing import Any

import fastavro
import numpy as np
import pytest
from tree import balanced_score

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.simulate.names import object_ids
from huntui.simulate.night import SimulatedNight
from huntui.simulate.plan import Plan, plan_night
from huntui.simulate.populations import POPULATIONS

DAY = date(2024, 7, 7)
EXPLAINED = ("ss", "sgmag", "srmag", "simag", "szmag", "sgscore", "distpsnr", "objectidps", "neargaia", "maggaia")
"""Beginnings of the names of columns whose sentinel says something by nature."""
_FEWEST = 40
_SIGMAS = 4.0
_SHUFFLES = 6


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan of a default night."""
    return plan_night(DAY, DAY.toordinal(), 24_948)


@pytest.fixture(scope="module")
def chosen(plan: Plan) -> np.ndarray:
    """Return one alert, at random, of each body: two of an object share its name, and that is no clue."""
    shuffled = np.random.default_rng(1).permutation(len(plan.candid))
    body = plan.objects.body + 10_000_000 * plan.objects.population
    return shuffled[np.unique(body[plan.object[shuffled]], return_index=True)[1]]


def _classes(plan: Plan, alerts: np.ndarray) -> np.ndarray:
    return plan.objects.population[plan.object[alerts]]


def _exposures(plan: Plan) -> np.ndarray:
    return np.unique(plan.candid // 10**9, return_inverse=True)[1]


def _numbers(plan: Plan) -> np.ndarray:
    """What is written on each alert, and its place in its exposure: nothing of it is about the sky or the time."""
    letters = object_ids(DAY, plan.key, plan.serial[plan.object])[:, 6:].astype(np.float64)
    exposure = _exposures(plan)
    first = np.searchsorted(exposure, np.arange(exposure.max() + 1))
    size = np.bincount(exposure)
    rcid, number = plan.candid // 10**8 % 100, plan.candid % 10**6
    return np.column_stack(
        [
            letters,
            letters @ 26.0 ** np.arange(6, -1, -1),
            plan.serial[plan.object],
            (np.arange(len(exposure)) - first[exposure]) / size[exposure],
            np.stack([rcid, rcid // 4, rcid % 4, number, number % 10, number % 100, number % 1000 // 100], axis=1),
        ]
    )


def _expected(classes: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Chance, which is to guess the class of greatest weight always, and its standard error."""
    total = np.bincount(classes, weights)
    chance = total.max() / total.sum()
    return chance, np.sqrt((weights**2).sum() * chance * (1 - chance)) / weights.sum()


def _equal(classes: np.ndarray) -> np.ndarray:
    return np.ones(len(classes))


def _balanced(classes: np.ndarray) -> np.ndarray:
    """Give every class the same weight, so that a clue to a rare one counts; the rarest are too few to judge."""
    counts = np.bincount(classes)[classes]
    return np.where(counts >= _FEWEST, 1.0 / counts, 0.0)


@pytest.mark.parametrize("weigh", [_equal, _balanced])
def test_numbers_names_and_order_do_not_tell_the_class(plan: Plan, chosen: np.ndarray, weigh: Any) -> None:
    """objectId, place in the exposure, readout channel and the digits of candid: no better than chance."""
    classes = _classes(plan, chosen)
    weights = weigh(classes)
    chance, error = _expected(classes, weights)
    assert balanced_score(_numbers(plan)[chosen], classes, weights) < chance + _SIGMAS * error


@pytest.mark.parametrize("weigh", [_equal, _balanced])
def test_with_pid_and_place_in_the_stream_no_more_is_told_than_by_the_sky(
    plan: Plan, chosen: np.ndarray, weigh: Any
) -> None:
    """Both tell the field and the band, and so how near the Milky Way it is; chance is a tree that learns from classes
    that were dealt out anew among the alerts of each exposure."""
    chosen = chosen[::2]
    classes, exposure = _classes(plan, chosen), _exposures(plan)[chosen]
    stream = np.column_stack([chosen, plan.candid[chosen] // 10**6, plan.candid[chosen] // 10**10 % 1000])
    features = np.column_stack([stream, _numbers(plan)[chosen]])
    rng = np.random.default_rng(2)
    dealt = []
    for _ in range(_SHUFFLES):
        anew = classes.copy()
        order = np.lexsort((rng.random(len(classes)), exposure))
        anew[np.argsort(exposure, kind="stable")] = classes[order]
        dealt.append(balanced_score(features, anew, weigh(anew)))
    found = balanced_score(features, classes, weigh(classes))
    assert found < np.mean(dealt) + _SIGMAS * max(np.std(dealt), _expected(classes, weigh(classes))[1])


def test_a_clue_would_be_found(plan: Plan, chosen: np.ndarray) -> None:
    """The same tree finds what an objectId with a mark of its class, in one letter of two alerts in three, betrays."""
    classes = _classes(plan, chosen)
    features = _numbers(plan)[chosen]
    marked = np.random.default_rng(3).random(len(classes)) < 2 / 3
    features[marked, 3] = (classes[marked] * 7) % 26
    for weigh in (_equal, _balanced):
        chance, error = _expected(classes, weigh(classes))
        assert balanced_score(features, classes, weigh(classes)) > chance + 10 * error


def test_numbers_of_sources_are_as_many_for_all(plan: Plan) -> None:
    """In images of several alerts the number of the last is no higher than in images of one, on the average."""
    image, size = np.unique(plan.candid // 10**6, return_inverse=True, return_counts=True)[1:]
    number = plan.candid % 10**6 - 15_000
    alone, crowded = number[size[image] == 1], number[size[image] >= 4]
    error = np.hypot(
        alone.std() / np.sqrt(len(alone)), crowded.std() / np.sqrt(len(np.unique(image[size[image] >= 4])))
    )
    assert abs(alone.mean() - crowded.mean()) < _SIGMAS * error


def _missing(value: object) -> bool:
    return value is None or value in (-999, -999.0, -99999.0)


def _pattern(record: dict[str, Any]) -> dict[str, float]:
    """What is missing in a packet, entry kind by entry kind; which entries are upper limits is the light curve."""
    kinds = {"candidate": [record["candidate"]], "forced": record["fp_hists"]}
    for entry in record["prv_candidates"]:
        kinds.setdefault("limit" if entry["magpsf"] is None else "detection", []).append(entry)
    pattern = {f"no {name}": float(record[name] is None) for name in record if name.startswith("cutout")}
    for kind, entries in kinds.items():
        for name in entries[0] if entries else ():
            if not name.startswith(EXPLAINED) or kind != "candidate":
                pattern[f"{kind}.{name}"] = float(np.mean([_missing(entry[name]) for entry in entries]))
    return pattern


def test_what_is_missing_in_a_packet_does_not_tell_the_class() -> None:
    """Nulls and −999 in every field of every record, but for those of EXPLAINED in the alert itself."""
    night = SimulatedNight("20240707", count=1_000)
    truth = dict(zip(night.truths()["candid"].tolist(), night.truths()["class"].tolist(), strict=True))
    patterns, classes = [], []
    for chunk in night.chunks():
        for start, end in zip(chunk.starts, chunk.ends, strict=True):
            (record,) = fastavro.reader(io.BytesIO(chunk.data[start:end].tobytes()))
            patterns.append(_pattern(record))
            classes.append(truth[record["candid"]])
    names = sorted({name for pattern in patterns for name in pattern})
    whole = {name: np.median([p[name] for p in patterns if name in p]) for name in names}
    features = np.array([[pattern.get(name, whole[name]) for name in names] for pattern in patterns])
    told = features[:, np.ptp(features, axis=0) > 0]
    assert told.shape[1] >= 5, "failed forced photometry and missing cutouts vary"
    numbers = np.array([[p.name for p in POPULATIONS].index(name) for name in classes])
    for weigh in (_equal, _balanced):
        chance, error = _expected(numbers, weigh(numbers))
        assert balanced_score(told, numbers, weigh(numbers)) < chance + _SIGMAS * error


def test_a_known_body_nearby_is_no_proof() -> None:
    """Some alerts that lie near a predicted body are none of it, within the radius that the cuts use too."""
    night = SimulatedNight("20240707", count=5_000)
    truth = dict(zip(night.truths()["candid"].tolist(), night.truths()["class"].tolist(), strict=True))
    decoder, near = AlertDecoder(TextPool()), list[str]()
    for chunk in night.chunks():
        columns = decoder.decode(chunk)[0].columns
        near += [truth[candid] for candid in columns["candid"][columns["ssdistnr"] >= 0].tolist()]
    strangers = [name for name in near if name not in ("known asteroid", "comet")]
    assert 0 < len(strangers) < 0.1 * len(near)
