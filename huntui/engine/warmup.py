"""Compile the kernels once, in child processes, so that the keyboard stays live meanwhile.

Numba's type inference is Python and holds the GIL for seconds; what it makes is kept in `huntui.kernels.CACHE_FOLDER`.
"""

import gc
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huntui.alerts.batch import AlertBatch, Columns
    from huntui.columns import Column

KERNELS = 65
"""Kernels that are compiled, each into files of its own in the cache."""
_WAIT_SECONDS = 300.0
"""How long one kernel may take on a slow machine, before it is compiled in this process."""
_LOOK_SECONDS = 0.25

Say = Callable[[int], object]
"""Hears how many of all `KERNELS` are compiled."""


def warm_up(say_compiling: Say) -> None:
    """Make sure that every kernel is compiled; where that takes a while, `say_compiling` hears how far it has come.

    A cache that cannot be loaded is thrown away and made anew. A machine on which no child can be started compiles in
    this process, slowly but surely.
    """
    compile_missing(say_compiling)
    try:
        exercise_alerts()
    except Exception:  # noqa: BLE001 (damaged cache files fail in as many ways as there are bytes)
        _empty_cache()
        _compile_in_children(list(PARTS), say_compiling)
        exercise_alerts()


def compile_missing(say_compiling: Say) -> None:
    """Compile the kernels that are not in the cache, and load none: that is for whoever reads a night."""
    missing = [part for part in PARTS if not _is_compiled(part)]
    if missing:
        _compile_in_children(missing, say_compiling)


def spare_collector() -> None:
    """Keep what the libraries are made of out of every later collection of garbage, which takes 0.2 s with it."""
    if not gc.get_freeze_count():  # once: what is garbage at a later time must not be kept for ever
        gc.freeze()


def _is_compiled(part: str) -> bool:
    from huntui.kernels import CACHE_FOLDER

    return (CACHE_FOLDER / part).exists()


def _empty_cache() -> None:
    from huntui.kernels import CACHE_FOLDER

    for path in [*CACHE_FOLDER.rglob("*.nb[ic]"), *(CACHE_FOLDER / part for part in PARTS)]:
        path.unlink(missing_ok=True)


def compiled() -> int:
    """Return how many kernels are in the cache: Numba keeps an index file for each."""
    from huntui.kernels import CACHE_FOLDER

    return min(KERNELS, sum(1 for _ in CACHE_FOLDER.rglob("*.nbi")))


def _compile_in_children(parts: list[str], say: Say) -> None:
    """Compile each part in a process of its own, all at the same time, and say how far they have come."""
    say(told := compiled())
    children = []
    try:
        for part in parts:
            children.append(
                subprocess.Popen(
                    [sys.executable, "-m", "huntui.engine.warmup", part],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        until = time.monotonic() + _WAIT_SECONDS
        running = True
        while running:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(sys.executable, _WAIT_SECONDS)
            time.sleep(_LOOK_SECONDS)
            running = any(child.poll() is None for child in children)
            if (now := compiled()) > told:
                until = time.monotonic() + _WAIT_SECONDS
                say(told := now)
    except (OSError, subprocess.SubprocessError):
        for child in children:
            child.kill()


def exercise_alerts() -> None:
    """Run every kernel of the way from packet to night once, on a packet made for it."""
    from huntui.features.registry import compute

    _exercise_night(compute)


def exercise_night() -> None:
    """Run the kernels of that way once, but those of the features."""
    _exercise_night(lambda _: {})


def _exercise_night(compute: Callable[["AlertBatch"], "Columns"]) -> None:
    import numpy as np

    from huntui.alerts.decode import AlertDecoder
    from huntui.alerts.texts import TextPool
    from huntui.night.store import Night
    from huntui.packets.batch import PacketFiles, join

    texts = TextPool()
    decoder, night = AlertDecoder(texts), Night(texts)
    address = np.zeros((1, 2), np.int64)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "packet").write_bytes(_packet())
        for _ in range(2):  # the header is new the first time and found the second
            decoder.decode(join([_packet()], address))
            batch, _ = decoder.decode(PacketFiles(Path(folder), (b"packet",), address, address[:0]))
    for name in ("a" * 300, "b" * 5000):  # the pool has to grow
        texts.add(name)
    night.append(batch, compute(batch))
    night.look_over()
    night.find(1)


def _packet() -> bytes:
    """Return a packet with something in each of its parts."""
    import fastavro

    from huntui.packets.odd import house_schema

    alert = {
        "objectId": "ZTF24aaaaaaa",
        "candidate": {"jd": 3.0, "candid": 1, "fid": 1, "isdiffpos": "t"},
        "prv_candidates": [{"jd": 2.0, "fid": 1, "magpsf": 18.0, "sigmapsf": 0.1, "isdiffpos": "t"}],
        "fp_hists": [{"jd": 2.0, "fid": 1, "procstatus": "0"}],
    }
    packet = io.BytesIO()
    fastavro.writer(packet, fastavro.parse_schema(house_schema()), [alert])
    return packet.getvalue()


def exercise_features() -> None:
    """Run every kernel of the features once, on a batch without alerts: it need not wait for the decoder."""
    from huntui.features.registry import compute, compute_over_night

    batch = _no_alerts()
    compute(batch)
    compute_over_night(batch.columns)


def _no_alerts() -> "AlertBatch":
    import numpy as np

    from huntui.alerts.batch import AlertBatch, Columns, Ragged
    from huntui.alerts.texts import TextPool
    from huntui.columns import FORCED, HISTORY, PACKET

    def blank(columns: Iterable["Column"], *small: str) -> Columns:
        kinds = {one.name: "i1" if one.name in small else "i4" if one.kind == "text" else one.kind for one in columns}
        return {name: np.zeros(0, kind) for name, kind in kinds.items()}

    none, offsets = np.zeros(0, np.int32), np.zeros(1, np.int64)
    history = Ragged(offsets, blank(HISTORY, "fid", "isdiffpos"))
    forced = Ragged(offsets, blank(FORCED, "fid"))
    return AlertBatch(blank(PACKET.values()), history, forced, TextPool(), np.zeros((0, 2), np.int64), none, none)


def exercise_simulator() -> None:
    """Run every kernel of the simulator once."""
    from huntui.simulate.night import SimulatedNight

    SimulatedNight("20240101", count=2).packet(0)


PARTS: dict[str, Callable[[], None]] = {
    "night": exercise_night,
    "features": exercise_features,
    "simulate": exercise_simulator,
}
"""Kernels that are compiled together, each by one child."""


def main(part: str) -> None:
    """Compile one part and say so by a file in the cache."""
    from huntui.kernels import CACHE_FOLDER

    PARTS[part]()
    (CACHE_FOLDER / part).touch()


if __name__ == "__main__":
    main(sys.argv[1])
