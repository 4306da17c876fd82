"""Arrays that refuse what NumPy and compiled kernels let pass, for running the kernels as plain Python.

A negative index reads from the other end, and a slice beyond the end is silently shorter: both are reads that the code
did not mean. With Numba's compiler switched off (`NUMBA_DISABLE_JIT=1`) a kernel is a Python function, and given arrays
of this kind it raises at the first such read or write.
"""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

import numpy as np

ENTRANCES = {
    "huntui.packets.blocks.kernel": ("decode", "match_headers"),
    "huntui.packets.files.kernel": ("decode_files",),
    "huntui.alerts.kernel": ("intern", "rehash"),
}
"""The kernels that Python calls with what came from a packet; all others are called by these."""


class OutOfBoundsError(IndexError):
    """A kernel read or wrote where it must not."""


class Guarded(np.ndarray):
    """An array with no index below 0, and no slice beyond its end unless it is itself a slice of one."""

    whole = False
    """A slice is read in pieces, of which the last may be shorter; the array itself never is."""

    def __getitem__(self, key: Any) -> Any:
        self._check(key)
        return super().__getitem__(key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._check(key)
        super().__setitem__(key, value)

    def _check(self, key: Any) -> None:
        for one, size in zip(key if isinstance(key, tuple) else (key,), self.shape, strict=False):
            if isinstance(one, slice):
                first = 0 if one.start is None else one.start
                last = size if one.stop is None else one.stop
                good = 0 <= first <= last and (last <= size or not self.whole)
            else:
                good = 0 <= one < size
            if not good:
                raise OutOfBoundsError(f"index {key} of an array of shape {self.shape}")


def guarded(value: Any) -> Any:
    """Return arrays as guarded ones over the same memory, and named tuples with theirs guarded."""
    if isinstance(value, np.ndarray):
        array = value.view(Guarded)
        array.whole = True
        return array
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(guarded(part) for part in value))
    return value


def guard_kernels() -> None:
    """Let every kernel that Python calls with bytes of a packet work on guarded arrays, in this process, for good."""
    for name, functions in ENTRANCES.items():
        module = import_module(name)
        for function in functions:
            setattr(module, function, _on_guarded(getattr(module, function)))


def _on_guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def call(*arguments: Any) -> Any:
        return function(*(guarded(argument) for argument in arguments))

    return call
