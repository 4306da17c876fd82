"""From the command to the first paint, and to the first counter, on a pseudo-terminal."""

import subprocess
import sys
import time
from statistics import median

from bench.data import Packets
from bench.nights import arguments, compile_kernels
from bench.report import Figure, Reference, spread
from bench.sizes import Sizes
from bench.terminal import COLUMNS, ROWS, Terminal

_FIRST_PAINT_SECONDS, _FIRST_COUNTER_SECONDS = 1.0, 2.5
_PAINTED = "survivors"
_COUNTED = r"[1-9][0-9,]* */ *{total}"


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return both figures, each the median of several starts."""
    compile_kernels()
    total = f"{sum(1 for _ in packets.folder.glob('*.avro')):,}"
    paints, counters, imports = [], [], []
    for _ in range(sizes.starts):
        imports.append(_import_seconds())
        with Terminal(arguments(packets.folder), packets.scratch) as terminal:
            paints.append(terminal.wait_for(_PAINTED) - terminal.started)
            counters.append(terminal.wait_for(_COUNTED.format(total=total)) - terminal.started)
    reference = Reference("python_importing_textual", median(imports), "s")
    about = (
        f"median of {sizes.starts} starts at {COLUMNS}×{ROWS} with {total} {packets.about}, kernels and files cached: "
    )
    return [
        Figure(
            "start.first_paint", median(paints), "s", _FIRST_PAINT_SECONDS, at_most=True, reference=reference,
            detail=f"{about}{spread(paints, 's')} until the panels are on the screen.",
        ),
        Figure(
            "start.first_counter", median(counters), "s", _FIRST_COUNTER_SECONDS, at_most=True, reference=reference,
            detail=f"{about}{spread(counters, 's')} until the header counts packets.",
        ),
    ]  # fmt: skip


def _import_seconds() -> float:
    """Return the seconds that Python takes to start, to import the library of the screen and to end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
    return time.perf_counter() - started
