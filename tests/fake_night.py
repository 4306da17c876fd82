"""A night made by hand for tests of the screen: eight stages, 64 objects, ten treasures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from huntui.alerts.light_curve import LightCurve, Photometry
from huntui.engine.snapshot import NightState, Snapshot, Value
from huntui.engine.stage_view import StageView
from huntui.funnel.counts import KnobState, StageCount
from huntui.funnel.cuts import Cuts
from huntui.funnel.distribution import Distribution
from huntui.funnel.stage import build_stage
from huntui.funnel.what_if import WhatIf
from huntui.hunt.state import ClaimState, HuntState, TreasureState
from huntui.session.history import Past, Timeline

NEWEST_JD = 2460498.95

_STAGES = (
    ("real", "Real, not an artefact", "drb >= drb_min", {"drb_min": (0.65, 0.0, 1.0, 0.05)}, 8113, 41),
    (
        "clean",
        "A clean subtraction",
        "nbad <= bad_max and fwhm <= fwhm_max",
        {"bad_max": (0, 0, 10, 1), "fwhm_max": (5.0, 1.0, 12.0, 0.5)},
        7420,
        3,
    ),
    (
        "not-moving",
        "Not a known asteroid",
        "not 0 <= ssdistnr < asteroid_arcsec",
        {"asteroid_arcsec": (10.0, 0.0, 30.0, 1.0)},
        6935,
        17,
    ),
    (
        "not-star",
        "Not on top of a star",
        "not (sgscore1 > star_score and 0 <= distpsnr1 < 1.5)",
        {"star_score": (0.76, 0.0, 1.0, 0.02)},
        2418,
        212,
    ),
    ("brighter", "Brighter than the reference", "isdiffpos == 't'", {}, 1706, 88),
    ("seen-before", "Seen at least twice", "n_det >= det_min", {"det_min": (2.0, 1.0, 10.0, 1.0)}, 1320, 64),
    ("young", "Not known here for long", "age <= age_max", {"age_max": (60.0, 1.0, 365.0, 1.0)}, 164, 590),
    ("changing", "Changing its brightness", "abs(rate) >= rate_min", {"rate_min": (0.03, 0.0, 1.0, 0.01)}, 71, 93),
)

_TREASURES = (
    (
        "supernova",
        "Supernova",
        "A star that explodes and outshines its galaxy for weeks.",
        "an active galaxy, or a variable star on a faint galaxy.",
        10,
        3,
        12,
    ),
    ("infant", "Infant supernova", "Seen within three days of its first light.", "an asteroid seen once.", 30, 1, 2),
    (
        "asteroid",
        "Known asteroid",
        "A rock of the solar system where the catalogue expects it.",
        "a flare on a star.",
        5,
        5,
        41,
    ),
    ("mover", "Unknown mover", "Moves, and no catalogue knows it.", "an artefact.", 25, 1, 1),
    (
        "quasar",
        "Flickering quasar",
        "Gas that falls into a giant black hole flickers for years.",
        "a supernova in the nucleus.",
        10,
        2,
        7,
    ),
    (
        "tde",
        "Tidal disruption",
        "A star torn apart by a black hole: blue and slow.",
        "a supernova near the nucleus.",
        40,
        1,
        1,
    ),
    (
        "dwarf-nova",
        "Dwarf nova",
        "The disc around a white dwarf flares by many magnitudes.",
        "a young supernova.",
        15,
        2,
        5,
    ),
    ("flare", "Flare of a red dwarf", "A small cool star brightens for an hour.", "an asteroid.", 15, 1, 3),
    ("kilonova", "Kilonova-like", "Fades by half a magnitude a day and reddens.", "a dwarf nova.", 100, 1, 0),
    ("cepheid", "Pulsating star", "Swells and shrinks with a period.", "an eclipsing binary.", 5, 3, 118),
)


@dataclass(frozen=True)
class FakeRows:
    """Rows of a table as dictionaries, counting how many cells were read."""

    table: tuple[Mapping[str, Value], ...]
    looks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reads: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.table)

    def object_id(self, row: int) -> str:
        """Name of the object in a row."""
        return str(self.table[row]["objectId"])

    def value(self, column: str, row: int) -> Value:
        """Value of a column."""
        self.reads.append(row)
        return self.table[row].get(column)

    def photometry(self, row: int) -> Photometry:
        """What the light curve of the row has, limits without a magnitude."""
        curve = light_curve(row)
        newest = np.flatnonzero(~curve.is_limit)[-1] + 1
        mag = np.where(curve.is_limit, np.nan, curve.mag)
        return curve.jd[:newest].tolist(), mag[:newest].tolist(), curve.fid[:newest].tolist()

    def suggestions(self, row: int) -> tuple[str, ...]:
        """Treasures that the object looks like."""
        return self.looks.get(self.object_id(row), ())

    def find(self, object_id: str) -> int | None:
        """Row of an object."""
        return next((row for row, cells in enumerate(self.table) if cells["objectId"] == object_id), None)


@dataclass(frozen=True)
class FakeBadPackets:
    """Packets that were refused, in a folder with a long name, counting which were looked at."""

    reasons: tuple[str, ...]
    reads: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.reasons)

    def reason(self, place: int) -> str:
        """Stable name of what is wrong."""
        self.reads.append(place)
        return self.reasons[place]

    def reference(self, place: int) -> str:
        """Path of a file."""
        return f"/data/a-folder-with-a-rather-long-name/ztf/public/20240707/{2738123456000000000 + place}.avro"


def damaged(snapshot: Snapshot, **numbers: int) -> Snapshot:
    """Return a night with so many bad packets of each reason, one reason after the other."""
    reasons = tuple(reason for reason, number in numbers.items() for _ in range(number))
    night = replace(snapshot.night, bad_packets=dict(sorted(numbers.items(), key=lambda entry: -entry[1])))
    return replace(snapshot, night=night, bad_packets=FakeBadPackets(reasons))


def stages(share: float = 1.0) -> tuple[StageCount, ...]:
    """Return the funnel after this share of the night."""
    counted, entered = [], round(24_948 * share)
    for name, title, keep, knobs, passed, only in _STAGES:
        kept = round(passed * share)
        states = tuple(KnobState(knob, *map(float, numbers)) for knob, numbers in knobs.items())
        counted.append(
            StageCount(name, title, keep, True, states, entered, kept, entered - kept, round(only * share), 0)
        )
        entered = kept
    return tuple(counted)


def stage_view(stage: StageCount, knob: str | None, bins: int) -> StageView:
    """Return a hill of alerts over the range of a stage's knob; it rejects those below its value."""
    found = next((one for one in stage.knobs if one.name == knob), None)
    if found is None:
        return StageView(stage.name, None, None, None, None)
    values = np.linspace(found.minimum, found.maximum, bins)
    share = (values - found.minimum) / (found.maximum - found.minimum)
    reach = np.rint(300 * np.exp(-(((share - 0.6) / 0.2) ** 2))).astype(np.int64)
    alone = np.where(values < found.value, reach // 20, 0)
    shown = Distribution(
        "drb", found.value, found.minimum, found.maximum, reach, alone, below=1, above=2, no_match=3, unknown=4
    )
    less, more = (WhatIf(found.value + turn * found.step, -turn * 312, -turn * 41) for turn in (-1, 1))
    return StageView(stage.name, knob, shown, less, more)


def hunt() -> HuntState:
    """Return a checklist with three claims: one confirmed, one refuted, one open."""
    treasures = [TreasureState(*row, claimed=0, confirmed=0, refuted=0) for row in _TREASURES]
    treasures[0] = replace(treasures[0], claimed=2, confirmed=1, refuted=1)
    treasures[6] = replace(treasures[6], claimed=2, confirmed=2)
    claims = (
        ClaimState(object_id(3), "supernova", "confirmed", 10),
        ClaimState(object_id(5), "supernova", "refuted", -5),
        ClaimState(object_id(9), "dwarf-nova", "open", 0),
    )
    return HuntState("first-night", "A first night of treasures.", tuple(treasures), claims, 35)


def object_id(number: int) -> str:
    """Return a name like ZTF's own: the year and seven letters."""
    scattered = (number + 1) * 2_654_435_761 % 26**5
    letters = "".join(chr(ord("a") + scattered // 26**place % 26) for place in range(5))
    return f"ZTF24a{letters[:1]}{letters}"


def rows(count: int = 64) -> FakeRows:
    """Return this many objects, every third of them with a suggestion."""
    rng = np.random.default_rng(20240707)
    mag, drb = rng.uniform(16.2, 20.4, count), rng.uniform(0.66, 1.0, count)
    age, rate = rng.uniform(0.9, 59.0, count), rng.normal(0.0, 0.12, count)
    table = [
        {
            "objectId": object_id(k),
            "fid": 1 + k % 2,
            "magpsf": float(mag[k]),
            "drb": None if k == 4 else float(drb[k]),
            "age": float(age[k]),
            "n_det": int(2 + age[k] / 3),
            "rate": float("nan") if k == 6 else float(rate[k]),
            "jd": NEWEST_JD - k / 1000,
            "ra": (217.5 + 3.75 * k) % 360,
            "dec": -3.25 + k,
        }
        for k in range(count)
    ]
    looks = {object_id(k): ("supernova", "infant") if k % 6 == 0 else ("dwarf-nova",) for k in range(0, count, 3)}
    return FakeRows(tuple(table), looks)


def streaming(share: float = 1.0) -> Snapshot:
    """Return a night that is being read, after this share of it."""
    alerts = round(24_948 * share)
    night = NightState(
        "20240707",
        "simulated",
        True,
        24_948,
        alerts,
        alerts,
        round(alerts * 0.83),
        seconds=12.0,
        alerts_per_second=2079.0,
        fraction=share,
    )
    return Snapshot(1, 0, "streaming", night, stages(share), round(71 * share), rows(round(64 * share)), hunt())


def with_past(snapshot: Snapshot, states: int, place: int) -> Snapshot:
    """Return a hunt with so many states, of which one is in force: knobs were turned, and every fifth a stage added."""
    stages = [build_stage(f"s{k}", "drb > 0.5", {"drb": "number"}) for k in range(1 + states // 5)]
    pasts = [
        Past(f"drb_min {k / 1000:.3f} → {(k + 1) / 1000:.3f}" if k % 5 else f"stage s{k // 5} added", cuts)
        for k, cuts in enumerate(Cuts("fake", "", tuple(stages[: min(100, 1 + k // 5)])) for k in range(states))
    ]
    return replace(snapshot, timeline=Timeline((Past("as it began", pasts[0].cuts), *pasts[1:]), place))


def light_curve(number: int) -> LightCurve:
    """Return a supernova in two bands with limits before and forced photometry below."""
    rng = np.random.default_rng(number)
    days = np.sort(np.concatenate([np.arange(-30, 0.5, 2.0), np.arange(-29.05, 0.5, 2.0)]))
    fid = np.where(np.arange(len(days)) % 2, 2, 1).astype(np.int8)
    peak = rng.uniform(-14, -4)
    rise = np.where(days < peak, 0.035, 0.008)
    mag = 17.6 + rise * (days - peak) ** 2 + np.where(fid == 1, 0.2, 0.0) * np.maximum(days - peak, 0) / 5
    limit = mag > 20.4
    sigma = np.where(limit, np.nan, 0.03 * 10 ** (0.28 * (mag - 17.6)))
    mag = np.where(limit, 20.5 + 0.2 * rng.standard_normal(len(days)), mag + sigma * rng.standard_normal(len(days)))
    no = np.zeros(len(days), bool)
    return LightCurve(NEWEST_JD + days, fid, mag, sigma, limit, ~limit, no)
