"""How many packets a tar holds, from its headers alone."""

import os
import time
from io import FileIO

import numpy as np

from huntui.sources.tars import kernel
from huntui.sources.tars.walk import new_state

_SECONDS = 0.7
_TURNS_PER_LOOK = 256
# Room for the headers of nearly every member; a longer one is not worth counting for.
_BYTES = 4096


def count_packets(file: FileIO) -> int | None:
    """Go from header to header; None where that takes too long or is not possible. Raises `OSError`."""
    size = os.fstat(file.fileno()).st_size
    buffer, found, state = np.empty(_BYTES, np.uint8), np.empty((3, _BYTES // kernel.BLOCK), np.int64), new_state()
    until = time.monotonic() + _SECONDS
    at = total = turn = 0
    while turn % _TURNS_PER_LOOK or time.monotonic() < until:
        turn += 1
        file.seek(at)
        used = file.readinto(buffer.data) or 0
        why, behind, n = kernel.find_packets(buffer, used, 0, at, state, 0, found, 0)
        total += n
        at += behind
        if used < kernel.BLOCK or why == kernel.BAD:
            return total if at <= size else None
        if not behind:
            return None
    return None
