"""From a key press to the repaint that shows what it did, on a pseudo-terminal, while a night streams at full speed."""

from dataclasses import dataclass, field
from random import Random

from bench.data import Packets
from bench.nights import arguments, compile_kernels
from bench.report import Figure, NotMeasuredError, Reference, percentile, spread
from bench.sizes import Sizes
from bench.terminal import COLUMNS, ROWS, Terminal

_GOAL_MS = 50.0
MORE, LESS = b"\x1b[C", b"\x1b[D"
_ANSWERS = {MORE: r"drb_min +0\.70", LESS: r"drb_min +0\.65"}
"""What → and ← make of the first knob of the cuts that huntui begins with."""

_FINISHED = "finished"
_MOST_SESSIONS = 20
_FEWEST_PRESSES = 10


@dataclass(slots=True)
class Presses:
    """Milliseconds from the key to the repaint."""

    streaming: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    sessions: int = 0


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the slowest but one in twenty of many presses, in as many nights as it takes."""
    compile_kernels()
    found, pauses = Presses(), Random(1)
    while len(found.streaming) < sizes.keys and found.sessions < _MOST_SESSIONS:
        _press_keys(packets, sizes, found, pauses)
        found.sessions += 1
    if len(found.streaming) < min(sizes.keys, _FEWEST_PRESSES):
        raise NotMeasuredError("the night was read before enough keys could be pressed")
    return [
        Figure(
            "keys",
            percentile(found.streaming, 95),
            "ms",
            _GOAL_MS,
            at_most=True,
            reference=Reference("same_keys_when_idle", percentile(found.idle, 95), "ms"),
            detail=(
                f"p95 of {len(found.streaming)} presses of → and ← on a knob at {COLUMNS}×{ROWS}, until the knob's new "
                f"value is read from the terminal, while {found.sessions} nights of {sizes.kept:,} {packets.about} "
                f"streamed from a folder: {spread(found.streaming, 'ms')}; when all was read, "
                f"{len(found.idle)} presses: {spread(found.idle, 'ms')}."
            ),
        )
    ]


def _press_keys(packets: Packets, sizes: Sizes, found: Presses, pauses: Random) -> None:
    """Press keys while a night streams, then as many when it is read; the one during which it ends does not count."""
    with Terminal(arguments(packets.large_folder), packets.scratch) as terminal:
        terminal.wait_for("streaming")
        key = MORE
        while True:
            # The end is told once, before a key or after it.
            terminal.watch(_pause(pauses))
            if _FINISHED in terminal.text:
                break
            milliseconds, key = press(terminal, key)
            if _FINISHED in terminal.text:
                break
            found.streaming.append(milliseconds)
        while len(found.idle) < min(len(found.streaming), sizes.keys):
            terminal.watch(_pause(pauses))
            milliseconds, key = press(terminal, key)
            found.idle.append(milliseconds)


def _pause(pauses: Random) -> float:
    """Return seconds in which the next key comes at no particular moment of the screen's clock."""
    return pauses.uniform(0.03, 0.09)


def press(terminal: Terminal, key: bytes) -> tuple[float, bytes]:
    """Press a key; return the milliseconds until its answer, and the key that takes it back."""
    pressed = terminal.press(key)
    seen = terminal.wait_for(_ANSWERS[key])
    return 1e3 * (seen - pressed), LESS if key == MORE else MORE
