"""The numbers of docs/scale.md: what a year of ZTF, its whole public archive and a night of Rubin would take.

Every number of the page follows from what stands here: from `MEASURED`, from `GIVEN`, and from `scale.json`, which is
what `python -m bench rubin --json` printed in the same hour. The prose is in `scale.txt`. Whoever measures again writes
the new figures here and runs `docs/generate.py`, which writes the page and fails where it is not that of these figures.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

FOLDER = Path(__file__).parent
QUEUE: dict[str, Any] = json.loads((FOLDER / "scale.json").read_text(encoding="utf-8"))
"""The peaks of Rubin, and what a packet takes at a reader and where readers are put together."""
QUEUE_SHOWN = ("usual", "plane", "at once", "1 Gbit/s", "a core dies")
CORES = (1, 8, 64, 512)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the page begins with."""

    value: float
    unit: str
    what: str
    origin: str


MEASURED = {
    "reader": Figure(QUEUE["microseconds"], "µs", "of one core for a packet of a stream, up to its record", "`rubin`"),
    "folder": Figure(QUEUE["folder_microseconds"], "µs", "of processors for an alert of a folder", "`rubin`"),
    "archive": Figure(QUEUE["archive_microseconds"], "µs", "of processors for an alert of a tar.gz", "`rubin`"),
    "gunzip": Figure(QUEUE["gunzip_microseconds"], "µs", "of them only to decompress it", "`rubin`"),
    "tar_gz": Figure(QUEUE["archive_share"], "", "bytes of a tar.gz for each byte of packets", "`rubin`"),
    "packet": Figure(QUEUE["packet_bytes"], "bytes", "of a real packet of ZTF, on average", "`rubin`"),
    "memory": Figure(1_942, "bytes", "of memory for an alert of a night, with a full history", "`memory.full_history`"),
    "kept": Figure(630, "bytes", "on disk for an alert in the night cache", "`huntui/night/cache_file.py`"),
    "record": Figure(QUEUE["record_bytes"], "bytes", "for an alert in the group's topic", "`rubin`"),
    "together": Figure(QUEUE["together_microseconds"], "µs", "of one core to put it into the group's night", "`rubin`"),
    "together_memory": Figure(QUEUE["together_bytes"], "bytes", "of memory for an alert in that night", "`rubin`"),
    "two_workers": Figure(1.75, "×", "as fast are two workers of a sweep as one", "`sweep.two_workers`"),
    "one_worker": Figure(1.03, "×", "as long takes a night of a sweep as the night alone", "`sweep.one_worker`"),
    "cluster": Figure(3.9, "s", "to start a cluster on one machine", "`sweep`"),
}  # fmt: skip
"""By the time of processors, on two cores of a shared machine, which is not always as fast."""

GIVEN = {
    "archive_alerts": Figure(300e6, "alerts", "in ZTF's public archive", "assumed"),
    "night": Figure(147_000, "alerts", "in a public night of ZTF, on average", "Fink's statistics of the stream"),
    "largest": Figure(600_000, "alerts", "in a large public night", "assumed: four times the mean"),
    "nights": Figure(272, "nights", "of a year with alerts", "what makes 300 million since June 2018"),
    "rubin_night": Figure(10e6, "alerts", "in a night of Rubin", "DMTN-102 §2.2"),
    "visit": Figure(10_000, "alerts", "in a visit of Rubin, on average", "DMTN-102 §2.2, a requirement"),
    "peak": Figure(40_000, "alerts", "in a visit of Rubin, at most", "DMTN-102 §2.2, a requirement"),
    "rubin_packet": Figure(82 * 1024, "bytes", "of a packet of Rubin", "DMTN-102 §2.3, an estimate from above"),
    "visit_seconds": Figure(39, "s", "from a visit to the next", "DMTN-028"),
    "burst_seconds": Figure(5, "s", "in which all alerts of a visit may be sent", "DMTN-102 §2.4"),
}  # fmt: skip
"""What others say, or what is assumed."""


def value(name: str) -> float:
    """Return a number of the tables."""
    return (MEASURED | GIVEN)[name].value


@dataclass(frozen=True, slots=True)
class Load:
    """Alerts to be read."""

    name: str
    alerts: float
    packet_bytes: float
    largest_night: float

    @property
    def gigabytes(self) -> float:
        """All of its packets [GB]."""
        return self.alerts * self.packet_bytes / 1e9

    def core_hours(self, figure: str) -> float:
        """Return the hours of one core that a figure makes for every alert, longer for larger packets."""
        return self.alerts * value(figure) * self.packet_bytes / value("packet") / 3600e6

    def hours_on_line(self, gigabit: float) -> float:
        """Return the hours that a line of so many Gbit/s takes for it."""
        return 8 * self.gigabytes / gigabit / 3600

    def of_memory(self, figure: str) -> float:
        """Return what its largest night takes [GB]."""
        return self.largest_night * value(figure) / 1e9


YEAR = Load("a ZTF year", value("night") * value("nights"), value("packet"), value("largest"))
ARCHIVE = Load("the public archive", value("archive_alerts"), value("packet"), value("largest"))
RUBIN = Load("a Rubin night", value("rubin_night"), value("rubin_packet"), value("rubin_night"))


def page() -> str:
    """Return the page."""
    text = Template((FOLDER / "scale.txt").read_text(encoding="utf-8"))
    peak = 8 * value("peak") * value("rubin_packet") / 1e9
    return text.substitute(
        year_folder=hours(YEAR.core_hours("folder")),
        archive_tar=hours(ARCHIVE.core_hours("archive")),
        rubin_stream=hours(RUBIN.core_hours("reader")),
        year_line=hours(YEAR.hours_on_line(1)),
        archive_line=hours(ARCHIVE.hours_on_line(1)),
        rubin_line=hours(RUBIN.hours_on_line(1)),
        rubin_memory=f"{RUBIN.of_memory('memory'):.0f}",
        rubin_memory_8=f"{RUBIN.of_memory('memory') / 8:.1f}",
        rubin_together=f"{RUBIN.of_memory('together_memory'):.1f}",
        rubin_merge=f"{60 * RUBIN.core_hours('together') * value('packet') / value('rubin_packet'):.0f}",
        rubin_record=f"{RUBIN.of_memory('record'):.1f}",
        rubin_million=f"{RUBIN.alerts / 1e6:.0f}",
        rubin_visits=f"{RUBIN.alerts / value('visit'):,.0f}",
        rubin_tb=f"{RUBIN.gigabytes / 1e3:.2f}",
        peak_gbit=f"{peak:.0f}",
        peak_1=f"{peak:.0f}",
        peak_10=f"{peak / 10:.1f}",
        year_nights=f"{value('nights'):.0f}",
        archive_nights=f"{ARCHIVE.alerts / value('night'):,.0f}",
        largest_seconds=f"{3600 * largest_hours():.0f}",
        tar_gz=f"{value('tar_gz'):.2f}",
        one_worker=f"{value('one_worker'):.2f}",
        two_workers=f"{value('two_workers'):.2f}",
        queue_detail=QUEUE["detail"],
        totals=totals(),
        nights=nights(),
        peaks=peaks(),
        queue=queue(),
        measured=figures(MEASURED.values()),
        given=figures(GIVEN.values()),
    )


def totals() -> str:
    """Return what each load takes, a column for each."""
    lines: dict[str, Callable[[Load], str]] = {
        "alerts": lambda load: f"{load.alerts / 1e6:,.0f} million",
        "packets": lambda load: size(load.gigabytes),
        "one core, folder": lambda load: hours(load.core_hours("folder")),
        "one core, tar.gz": lambda load: hours(load.core_hours("archive")),
        "one core, stream": lambda load: hours(load.core_hours("reader")),
        "network, 1 Gbit/s": lambda load: hours(load.hours_on_line(1)),
        "network, 10 Gbit/s": lambda load: hours(load.hours_on_line(10)),
        "memory of its largest night": lambda load: f"{load.of_memory('memory'):.1f} GB",
        "night cache": lambda load: size(load.alerts * value("kept") / 1e9),
        "topic of a group": lambda load: size(load.alerts * value("record") / 1e9),
    }
    loads = (YEAR, ARCHIVE, RUBIN)
    return table(["", *(load.name for load in loads)], ([name, *map(told, loads)] for name, told in lines.items()))


def nights() -> str:
    """Return how long many nights take on several cores, and what feeds them."""
    rows = []
    for cores in CORES:
        each = [max(load.core_hours("archive") / cores, largest_hours()) for load in (YEAR, ARCHIVE)]
        fed = 8 * ARCHIVE.gigabytes * value("tar_gz") / (each[1] * 3600)
        rows.append([str(cores), *map(hours, each), f"{fed:,.1f} Gbit/s"])
    return table(["cores", YEAR.name, ARCHIVE.name, "its bytes"], rows)


def largest_hours() -> float:
    """Return the hours of one core for the largest night of ZTF."""
    return value("largest") * value("archive") / 3600e6


def peaks() -> str:
    """Return what the visits of Rubin ask of network and cores."""
    each = value("reader") * value("rubin_packet") / value("packet") / 1e6
    rows = []
    for name, alerts in (("a visit", value("visit")), ("a peak", value("peak"))):
        for seconds in (value("visit_seconds"), value("burst_seconds")):
            rate = alerts / seconds
            line = 8 * rate * value("rubin_packet") / 1e9
            rows.append([f"{name}, within {seconds:.0f} s", f"{rate:,.0f}", f"{line:.1f} Gbit/s", f"{rate * each:.2f}"])
    return table(["", "alerts/s", "network", "cores at work"], rows)


def queue() -> str:
    """Return how long alerts wait, from the simulation of the queue."""
    rows = [
        [
            one["traffic"],
            str(one["cores"]),
            *(f"{one[name]:.2f}" for name in ("p50", "p95", "p99", "longest")),
            f"{one['busy']:.1%}",
            f"{one['backlog']:,}",
            f"{one['drained']:.1f} s",
        ]
        for one in QUEUE["outcomes"]
        if one["traffic"] in QUEUE_SHOWN
    ]
    return table(["traffic", "cores", "p50", "p95", "p99", "longest", "busy", "backlog", "drained after"], rows)


def figures(some: Iterable[Figure]) -> str:
    """Return figures as a table."""
    rows = (
        [f"{one.value:,.0f}" if one.value >= 100 else f"{one.value:.3g}", one.unit, one.what, one.origin]
        for one in some
    )
    return table(["figure", "unit", "what", "from"], rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])


def hours(number: float) -> str:
    """Return hours in a unit in which they can be imagined."""
    if number < 1.5:
        return f"{number * 60:.0f} min" if number >= 1 / 60 else f"{number * 3600:.0f} s"
    return f"{number:.1f} h" if number < 48 else f"{number / 24:.1f} days"


def size(gigabytes: float) -> str:
    """Return bytes as GB or TB."""
    return f"{gigabytes / 1e3:,.1f} TB" if gigabytes >= 1e3 else f"{gigabytes:,.0f} GB"
