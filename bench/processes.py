"""Measurements in processes of their own, on as many cores as a measurement is about."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from bench.report import NotMeasuredError

P = ParamSpec("P")
R = TypeVar("R")


def on_cores(cores: int | None, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Do work in a new process that may use so many cores, or all of them for None, and return what it returns.

    Raises `NotMeasuredError` on a machine that has fewer, or that cannot hold a process to some of its cores.
    """
    chosen = None if cores is None else _first_cores(cores)
    with ProcessPoolExecutor(1, get_context("spawn"), _stay_on, (chosen,)) as process:
        return process.submit(work, *args, **kwargs).result()


def cores_there_are(*, at_most: int) -> int:
    """Return how many cores this process may use, or `at_most`; raises `NotMeasuredError` where nobody can say."""
    return min(at_most, len(_cores()))


def _cores() -> list[int]:
    if not hasattr(os, "sched_setaffinity"):
        raise NotMeasuredError("this system cannot hold a process to one core")
    return sorted(os.sched_getaffinity(0))


def _first_cores(cores: int) -> list[int]:
    found = _cores()
    if len(found) < cores:
        raise NotMeasuredError(f"it takes {cores} cores, and there is {len(found)}")
    return found[:cores]


def _stay_on(cores: list[int] | None) -> None:
    if cores is not None:
        os.sched_setaffinity(0, cores)
