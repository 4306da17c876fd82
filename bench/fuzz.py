"""`python -m bench fuzz --minutes N`: look for a packet that does harm.

Changed packets are decoded by the kernels compiled with Numba's bounds check, and some by the kernels as plain Python
with arrays that refuse an index below 0. Each runs in a process of its own, with an empty folder for compiled kernels:
from the usual one it would get those without the check.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bench.data import SHARED
from bench.report import Figure, Reference, as_json, as_table, rounded

CHECKED_GOAL = 1_000_000
TWIN_GOAL = 2_000
MEMORY_GOAL_MEBIBYTES = 64

_TWIN_SHARE = 0.25
"""Of the time, since plain Python is a thousand times slower."""
ENVIRONMENTS = {"checked": {"NUMBA_BOUNDSCHECK": "1"}, "twin": {"NUMBA_DISABLE_JIT": "1"}}


class FoundHarmError(Exception):
    """A packet did harm; `str()` says what is known of it."""


@dataclass(frozen=True, slots=True)
class Run:
    """What became of the packets of one process."""

    tally: dict[str, Any]
    seconds: float


def worker(mode: str, seconds: float, seed: int, data: Path | None, first: int = 0) -> Run:
    """Let a process decode changed packets for a while; raises `FoundHarmError`."""
    command = [sys.executable, "-m", "bench.fuzz_worker", mode, "--seconds", str(seconds), "--seed", str(seed)]
    command += ["--first", str(first)] + (["--data", str(data)] if data else [])
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="huntui-fuzz-kernels-") as kernels:
        environment = {**os.environ, **ENVIRONMENTS[mode], "NUMBA_CACHE_DIR": kernels}
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            last: dict[str, Any] = {}
            for line in process.stdout:
                last = json.loads(line)
            said = process.stderr.read().strip()
    if process.returncode:
        batch = f"in batch {last['batch']} of seed {seed}" if "batch" in last else "before the first batch"
        how = f"signal {-process.returncode}" if process.returncode < 0 else "an error"
        raise FoundHarmError(f"The {mode} kernels ended with {how} {batch}.\n{said}".strip())
    return Run(last, time.monotonic() - begin)


def figures(checked: Run, twin: Run, seed: int) -> list[Figure]:
    """Return what was tried, and how much the memory grew meanwhile."""
    resident = checked.tally["resident"] / 2**20
    return [
        _inputs("fuzz_checked", checked, CHECKED_GOAL, seed),
        _inputs("fuzz_twin", twin, TWIN_GOAL, seed),
        Figure(
            "fuzz_memory",
            checked.tally["growth"] / 2**20,
            "MiB",
            MEMORY_GOAL_MEBIBYTES,
            True,
            Reference("held at the end", resident, "MiB"),
            "Most of the last third of the run, less the most of the first third.",
        ),
    ]


def _inputs(name: str, run: Run, goal: int, seed: int) -> Figure:
    tally = run.tally
    ways = ", ".join(f"{reason} {number:,}" for reason, number in tally["reasons"].items())
    again = f"{tally['alone']:,} also alone and {tally['files']:,} also from files, judged alike"
    rate = Reference("inputs per second", tally["inputs"] / run.seconds, "1/s")
    detail = f"No crash, no exception, no read out of bounds (seed {seed}). {again}. {ways}."
    return Figure(name, tally["inputs"], "inputs", goal, False, rate, detail)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.option("--minutes", type=click.FloatRange(min=0), default=10.0, show_default=True, help="How long to look.")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of real packets; without it ../shared/alerts/packets, or else simulated ones.",
)
@click.option("--json", "json_", is_flag=True, help="Print a JSON list instead of a table.")
@click.option("--seed", type=int, help="Try the packets of an earlier run again.")
def fuzz(minutes: float, data: Path | None, json_: bool, seed: int | None) -> int:
    """Look for a packet that makes the decoder crash, raise, read outside its bytes, differ or grow."""
    seed = int.from_bytes(os.urandom(4), "big") if seed is None else seed
    data = data or (SHARED if SHARED.is_dir() else None)
    seconds = 60 * minutes
    checked = worker("checked", (1 - _TWIN_SHARE) * seconds, seed, data)
    twin = worker("twin", _TWIN_SHARE * seconds, seed, data)
    found = figures(checked, twin, seed)
    print(as_json(found) if json_ else as_table(found))
    grown = found[-1]
    if not grown.ok:
        raise FoundHarmError(f"Memory grew by {rounded(grown.figure):g} MiB while nothing was kept (seed {seed}).")
    return 0


def main(arguments: list[str]) -> int:
    """Run from the command line: 0 where nothing was found, 1 for a packet that does harm, 2 for a wrong call."""
    try:
        return int(fuzz.main(arguments, prog_name="python -m bench fuzz", standalone_mode=False) or 0)
    except click.ClickException as error:
        print(f"bench: {error.format_message()}", file=sys.stderr)
        return 2
    except FoundHarmError as found:
        print(f"bench: {found}", file=sys.stderr)
        return 1
    except (click.Abort, KeyboardInterrupt):
        print("bench: interrupted.", file=sys.stderr)
        return 130
