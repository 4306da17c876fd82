"""Compile the kernels once, in a child process, so that the keyboard stays live meanwhile.

Numba's type inference is Python and holds the GIL for seconds; what it makes is kept in `huntui.kernels.CACHE_FOLDER`.
"""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_DONE = "complete"
_WAIT_SECONDS = 300.0


def _marker() -> Path:
    from huntui.kernels import CACHE_FOLDER

    return CACHE_FOLDER / _DONE


def warm_up(say_compiling: Callable[[], object]) -> None:
    """Make sure that every kernel is compiled; calls `say_compiling` first when that will take a while.

    A cache that cannot be loaded is thrown away and made anew. A machine on which no child can be started compiles in
    this process, slowly but surely.
    """
    marker = _marker()
    if not marker.exists():
        say_compiling()
        _compile_in_child()
    try:
        exercise()
    except Exception:  # noqa: BLE001 (damaged cache files fail in as many ways as there are bytes)
        say_compiling()
        for path in marker.parent.glob("*"):
            if path.is_file():
                path.unlink(missing_ok=True)
        for path in marker.parent.glob("*/*.nb[ic]"):
            path.unlink(missing_ok=True)
        _compile_in_child()
        exercise()


def _compile_in_child() -> None:
    try:
        subprocess.run(
            [sys.executable, "-m", "huntui.engine.warmup"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_WAIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return


def exercise() -> None:
    """Run every kernel of the way from packet to night once, on a packet made for it."""
    import fastavro

    from huntui.alerts.decode import AlertDecoder
    from huntui.alerts.texts import TextPool
    from huntui.features.registry import compute
    from huntui.night.store import Night
    from huntui.packets.batch import join
    from huntui.packets.normalise import house_schema

    entry = {"jd": 2.0, "fid": 1, "magpsf": 18.0, "sigmapsf": 0.1, "isdiffpos": "t"}
    forced = {"jd": 2.0, "fid": 1, "procstatus": "0"}
    alert = {
        "objectId": "ZTF24aaaaaaa",
        "candidate": {"jd": 3.0, "candid": 1, "fid": 1, "isdiffpos": "t"},
        "prv_candidates": [entry],
        "fp_hists": [forced],
    }
    packet = io.BytesIO()
    fastavro.writer(packet, fastavro.parse_schema(house_schema()), [alert])
    decoder, night = AlertDecoder(TextPool()), Night(TextPool())
    import numpy as np

    for _ in range(2):  # the header is new the first time and found the second
        batch, _ = decoder.decode(join([packet.getvalue()], np.zeros((1, 2), np.int64)))
    for name in ("a" * 300, "b" * 5000):  # the pool has to grow
        decoder.texts.add(name)
    night.texts = decoder.texts
    night.append(batch, compute(batch))
    night.find(1)


def main() -> None:
    """Compile everything and say so by a marker in the cache."""
    exercise()
    from huntui.simulate.night import SimulatedNight

    SimulatedNight("20240101", count=2).packet(0)
    _marker().touch()


if __name__ == "__main__":
    main()
