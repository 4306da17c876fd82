"""`python -m bench rubin`: would huntui keep up with Rubin? Its peaks, simulated with what a batch takes here.

What comes is taken from Rubin's own documents: 10,000 alerts per visit on average and 40,000 at most, of 82 KiB each,
all sent within 5 s of the minute that is allowed for it, to brokers with 10 Gbit/s (DMTN-102, §2.2 to §2.5), and a
visit every 39 s (DMTN-028). What a batch takes is measured in the same run (`bench/service.py`). A packet of Rubin is
thought to take longer in proportion to its bytes, which is more than it will: images are not read.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median

import click
import numpy as np

from bench.data import Packets
from bench.queueing import VISIT_SECONDS, Outcome, Traffic, simulate
from bench.report import rounded, spread
from bench.service import Lying, Service, measure
from bench.sizes import Sizes

PACKET_BYTES = 82 * 1024
USUAL, PEAK = 10_000, 40_000
BURST_SECONDS = 5.0
TEN_GBIT, ONE_GBIT = 10e9, 1e9
CORES = (1, 2, 4, 8)
DEAD_SECONDS = 60.0
_WIDTH = 100
_BARS = " ▁▂▃▄▅▆▇█"


def traffics(visits: int, seed: int) -> tuple[Traffic, ...]:
    """Return what may come in so many visits."""
    random = np.random.default_rng(seed)
    even = (USUAL,) * visits
    plane = tuple(PEAK if visits <= 3 * visit < 2 * visits else USUAL for visit in range(visits))
    by_chance = tuple(random.poisson(USUAL, visits).tolist())
    return (
        Traffic("usual", even, BURST_SECONDS, TEN_GBIT),
        Traffic("by chance", by_chance, BURST_SECONDS, TEN_GBIT),
        Traffic("plane", plane, BURST_SECONDS, TEN_GBIT),
        Traffic("at once", plane, 0.0, TEN_GBIT),
        Traffic("1 Gbit/s", plane, BURST_SECONDS, ONE_GBIT),
    )


ABOUT = {
    "usual": "10,000 alerts in each visit, sent within 5 s, to readers with 10 Gbit/s",
    "by chance": "the same with a Poisson number in each visit",
    "plane": "one visit of three, all in a row, has 40,000 alerts",
    "at once": "those, all alerts of a visit sent in one moment",
    "1 Gbit/s": "those, within 5 s, to readers with 1 Gbit/s",
    "a core dies": "the plane, and one core is dead for 60 s in the middle of it",
}
"""What stands in the table, in words."""


def outcomes(rates: Sequence[float], visits: int, seed: int) -> dict[tuple[str, int], Outcome]:
    """Return how each number of cores does with each traffic."""
    every = traffics(visits, seed)
    found = {
        (one.name, cores): simulate(one, cores, rates, PACKET_BYTES, seed=seed) for one in every for cores in CORES
    }
    middle = VISIT_SECONDS * (visits // 2)
    plane = next(one for one in every if one.name == "plane")
    for cores in CORES:
        dead = (middle, middle + DEAD_SECONDS)
        found["a core dies", cores] = simulate(plane, cores, rates, PACKET_BYTES, seed=seed, dead=dead)
    return found


def as_table(found: dict[tuple[str, int], Outcome]) -> str:
    """Return the outcomes as a table, and below it the backlog over time on one core."""
    rows = [("traffic", "cores", "p50 s", "p95 s", "p99 s", "longest s", "busy", "backlog", "drained s")]
    for (name, cores), one in found.items():
        seconds = (f"{value:.2f}" for value in (one.p50, one.p95, one.p99, one.longest))
        rows.append((name, str(cores), *seconds, f"{one.busy:.1%}", f"{one.backlog:,}", f"{one.drained:.2f}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if k else cell.ljust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    lines += ["", "Packets that wait, on one core, over the whole time (a bar is the most in its part of it):"]
    for name in ABOUT:
        waiting = found[name, 1].waiting
        lines.append(f"{name:<{widths[0]}}  {bars(waiting, max(waiting))}  at most {max(waiting):,}")
    return "\n".join([*lines, "", *(f"{name:<{widths[0]}}  {about}" for name, about in ABOUT.items())])


def bars(values: Sequence[int], highest: int, width: int = _WIDTH) -> str:
    """Return values as bars, each the largest of its part; whatever is above 0 can be seen."""
    parts = np.array_split(np.asarray(values), min(width, len(values)))
    steps = len(_BARS) - 1
    return "".join(_BARS[-(-int(part.max()) * steps // max(1, highest))] for part in parts)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@click.option("--seed", default=1, help="Of everything that is drawn at random.")
@click.option(
    "--microseconds",
    type=click.FloatRange(0, min_open=True),
    help="What a packet takes on one core; without it that is measured.",
)
@click.option(
    "--data", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Real packets."
)
@click.pass_obj
def rubin(sizes: Sizes, as_json: bool, seed: int, microseconds: float | None, data: Path | None) -> None:
    """Simulate the peaks of Rubin: how long alerts wait, how many, and for how long, on 1, 2, 4 and 8 cores.

    \b
    Examples:
      python -m bench rubin
      python -m bench rubin --microseconds 2500     what a loop of fastavro in Python takes
    """
    if microseconds is None:
        with Packets(data, sizes) as packets:
            service = measure(packets, sizes)
    else:
        service = Service((1e-6 * microseconds,), PACKET_BYTES, "as given")
    larger = PACKET_BYTES / service.packet_bytes
    found = outcomes([rate * larger for rate in service.rates], sizes.visits, seed)
    said = (
        f"{spread(service.rates, 'µs per packet', 1e6)} on one core ({service.about}), mean size "
        f"{service.packet_bytes / 1000:.1f} kB; times {larger:.2f} for Rubin's "
        f"{PACKET_BYTES / 1000:.1f} kB."
    )
    if not as_json:
        print(f"{said}\n\n{as_table(found)}")
        return
    told = [
        {"traffic": name, "cores": cores, **{k: v for k, v in asdict(one).items() if k != "waiting"}}
        for (name, cores), one in found.items()
    ]
    values = {
        "microseconds": rounded(1e6 * median(service.rates)),
        "packet_bytes": rounded(service.packet_bytes),
        "record_bytes": rounded(service.record_bytes),
        "together_microseconds": rounded(1e6 * service.together_seconds),
        "together_bytes": rounded(service.together_bytes),
        **({} if service.lying is None else _told(service.lying)),
        "detail": said,
    }
    print(json.dumps({**values, "outcomes": told}, indent=2, ensure_ascii=False))


def _told(lying: Lying) -> dict[str, float]:
    return {
        "folder_microseconds": rounded(1e6 * lying.folder),
        "archive_microseconds": rounded(1e6 * lying.archive),
        "gunzip_microseconds": rounded(1e6 * lying.gunzip),
        "archive_share": rounded(lying.share),
    }


def main(arguments: Sequence[str], sizes: Sizes) -> None:
    """Run from the command line."""
    rubin.main(list(arguments), prog_name="python -m bench rubin", standalone_mode=False, obj=sizes)
