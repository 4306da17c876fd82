"""What huntui is measured against: the exercise's own loop, and the least that any reader has to do."""

import gzip
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import fastavro
import numpy as np
from isal import igzip

from bench.originals import Record

STAGES = ("real", "young", "precise", "not_solar_system", "brighter", "history", "sampled", "changing")
_CHUNK = 2**20


@dataclass(slots=True)
class Exercise:
    """What the exercise's loop gave, which may be run in parts."""

    seconds: float = 0.0
    alerts: int = 0
    passed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    """Alerts that passed a stage and all before it."""
    survivors: set[int] = field(default_factory=set)
    """Their candids."""


def exercise_loop(paths: Iterable[Path], found: Exercise) -> float:
    """Filter packets as the ZTF summer school's solution of 2024 does and return the seconds that took.

    Open, read, `fastavro.reader`, then one cut after the other in Python; the first that fails ends it. Its classifier
    is left out. What is missing rejects, where the published script would stop with an error.
    """
    started = time.perf_counter()
    for path in paths:
        with open(path, "rb") as file:
            for packet in fastavro.reader(file):
                assert isinstance(packet, dict)
                found.alerts += 1
                number = stages_passed(packet)
                for stage in STAGES[:number]:
                    found.passed[stage] += 1
                if number == len(STAGES):
                    found.survivors.add(packet["candid"])
    seconds = time.perf_counter() - started
    found.seconds += seconds
    return seconds


def stages_passed(packet: Record) -> int:
    """Return how many stages an alert passes before the first that rejects it."""
    candidate, history = packet["candidate"], packet["prv_candidates"] or []
    if candidate.get("drb") is None or candidate["drb"] < 0.7:
        return 0
    if candidate.get("jdstarthist") is None or candidate["jd"] - candidate["jdstarthist"] > 30:
        return 1
    if candidate.get("sigmapsf") is None or candidate["sigmapsf"] > 0.5:
        return 2
    if not _clear_of_solar_system(candidate.get("ssdistnr"), candidate.get("ssmagnr")):
        return 3
    if candidate.get("isdiffpos") not in ("t", "1"):
        return 4
    if not history:
        return 5
    days, magnitudes = _points_of_fit(candidate, history)
    if len(days) < 2:
        return 6
    rate = np.polyfit(days, magnitudes, 1)[0]
    return 8 if abs(rate) >= 0.15 else 7


def _clear_of_solar_system(distance: float | None, magnitude: float | None) -> bool:
    far = distance is not None and not 0 <= distance < 10
    implausible = magnitude is not None and not -20 < magnitude < 20
    return far or implausible


def _points_of_fit(candidate: Record, history: list[Record]) -> tuple[list[float], list[float]]:
    """Return days before the alert and magnitudes of its band; a Julian date itself would leave the fit few digits."""
    days, magnitudes = [0.0], [candidate["magpsf"]]
    for entry in history:
        if entry["magpsf"] is None or entry["magpsf"] >= 99 or entry["fid"] != candidate["fid"]:
            continue
        before = candidate["jd"] - entry["jd"]
        if 0.015 < before <= 14:
            days.append(-before)
            magnitudes.append(entry["magpsf"])
    return days, magnitudes


def read_only(paths: Sequence[Path]) -> float:
    """Read whole files one after the other in one thread and return the seconds that took."""
    started = time.perf_counter()
    for path in paths:
        with open(path, "rb") as file:
            file.read()
    return time.perf_counter() - started


def gunzip_only(path: Path) -> float:
    """Decompress a gzip file in one thread with the library that huntui uses and return the seconds that took."""
    with igzip.IGzipFile(path) as stream:  # type: ignore[no-untyped-call]
        return _drain(stream)


def gunzip_with_zlib(path: Path) -> float:
    """Do the same with Python's own gzip module."""
    with gzip.GzipFile(path) as stream:
        return _drain(stream)


def _drain(stream: gzip.GzipFile) -> float:
    room = bytearray(_CHUNK)
    started = time.perf_counter()
    while stream.readinto(room):
        pass
    return time.perf_counter() - started
