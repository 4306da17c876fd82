"""Writes docs/simulated-night.md: a simulated night held against the real packets that lie beside a checkout.

`python docs/simulated_night.py` needs `../shared/alerts` (packets and manifest.csv), so no check of the continuous
integration runs it: run it after changing how a night is simulated.
"""

import csv
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import AlertBatch
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.simulate.night import SimulatedNight
from huntui.simulate.populations import POPULATIONS, Population, alerts_per_class
from huntui.sources.folder import FolderSource

PAGE = Path(__file__).parent / "simulated-night.md"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "alerts"
DATE, COUNT = "20240707", 24_948
_FEWEST = 5
"""Real packets that a class must have to be compared."""

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Sample:
    """Alerts as columns, and what each is said to be."""

    columns: dict[str, Floats]
    labels: npt.NDArray[np.str_]

    def of(self, chosen: Booleans) -> "Sample":
        """Return some of the alerts."""
        return Sample({name: values[chosen] for name, values in self.columns.items()}, self.labels[chosen])

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class Kind:
    """Real labels and simulated classes that mean about the same."""

    title: str
    real: str
    """Pattern that the label in the manifest matches from its beginning."""
    simulated: tuple[str, ...]
    remark: str


EVERYTHING = "All alerts"
KINDS = (
    Kind(EVERYTHING, "", tuple(population.name for population in POPULATIONS), (
        "The real packets are test data of brokers, gathered from 2017 to 2025: many were chosen because a filter kept "
        "them, so that artefacts, single detections and long upper-limit histories are rarer than on a night."
    )),
    Kind("Known asteroids", "asteroid$", ("known asteroid",), "A body with `ssdistnr` within 10 arcsec."),
    Kind("Supernovae Ia", r"(\(TNS\) )?SN Ia", ("supernova Ia",), (
        "Of the real packets 34 are of one object, SN 2021rhu, which was bright and followed for months; "
        "the simulated ones are of all ages and mostly near the limit."
    )),
    Kind("Supernovae of other kinds", r"(\(TNS\) )?SN I(I|b|c)|SLSN", (
        "supernova II", "supernova Ibc", "superluminous supernova",
    ), "Real ones have hosts in catalogues and were bright enough for a spectrum."),
    Kind("Pulsating and eclipsing stars", "RRLyr|RRAB|RRC|EB|EW|EA|Ellip|PulsV|Mira|LP|M$|V\\*|deltaCep|C\\*|SR", (
        "RR Lyrae", "eclipsing binary", "Mira",
    ), "Real ones are in SIMBAD or the GCVS, so brighter than most."),
    Kind("Quasars and blazars", r"QSO|Blazar|AGN|Seyfert|LINER|\(SIMBAD\) LINER", ("AGN", "blazar"), (
        "Most of the real ones are blazars of 3HSP."
    )),
    Kind("Cataclysmic variables", "CV|Catacl", ("dwarf nova",), "Real ones were chosen by catalogue, not in outburst."),
    Kind("Without a label", "$", tuple(p.name for p in POPULATIONS if p.name not in ("known asteroid", "comet")), (
        "Real packets that no catalogue names, against everything but known bodies."
    )),
)  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A number per alert that is compared."""

    name: str
    decimals: int
    values: Callable[[dict[str, Floats]], Floats]


def _column(name: str, decimals: int) -> Quantity:
    return Quantity(name, decimals, lambda columns: columns[name])


QUANTITIES = (
    _column("drb", 3),
    _column("rb", 2),
    _column("magpsf", 2),
    _column("sigmapsf", 3),
    _column("fwhm", 2),
    _column("ndethist", 0),
    _column("ncovhist", 0),
    Quantity("age", 1, lambda columns: columns["jd"] - columns["jdstarthist"]),
    _column("history", 0),
    _column("detections", 0),
    _column("magdiff", 2),
    _column("elong", 2),
    _column("scorr", 1),
    _column("diffmaglim", 2),
    Quantity("distnr", 2, lambda columns: _matched(columns, "distnr")),
    Quantity("distpsnr1", 2, lambda columns: _matched(columns, "distpsnr1")),
    Quantity("sgscore1", 2, lambda columns: _matched(columns, "sgscore1")),
)
FRACTIONS: tuple[tuple[str, Callable[[dict[str, Floats]], Booleans]], ...] = (
    ("positive", lambda columns: columns["positive"] > 0),
    ("solar system", lambda columns: (columns["ssdistnr"] >= 0) & (columns["ssdistnr"] <= 10)),
    ("on a star", lambda columns: (
        (columns["sgscore1"] > 0.5) & (columns["distpsnr1"] >= 0) & (columns["distpsnr1"] < 1.5)
    )),
    ("no PS1 source", lambda columns: columns["distpsnr1"] < 0),
    ("first detection", lambda columns: columns["ndethist"] == 1),
    ("drb above 0.65", lambda columns: columns["drb"] > 0.65),
)  # fmt: skip
MEANINGS = {
    "history": "entries of `prv_candidates`, upper limits included",
    "detections": "entries of `prv_candidates` with a magnitude",
    "age": "`jd − jdstarthist`, in days",
    "on a star": "`sgscore1 > 0.5` and `0 <= distpsnr1 < 1.5`, as stellar alerts are counted",
    "solar system": "`0 <= ssdistnr <= 10`",
}


def _matched(columns: dict[str, Floats], name: str) -> Floats:
    return np.where(columns[name] < 0, np.nan, columns[name])


_READ = (
    *("candid", "jd", "jdstarthist", "drb", "rb", "magpsf", "sigmapsf", "fwhm", "ndethist", "ncovhist", "magdiff"),
    *("elong", "scorr", "diffmaglim", "distnr", "distpsnr1", "sgscore1", "ssdistnr"),
)


def _columns(batch: AlertBatch) -> dict[str, npt.NDArray[Any]]:
    columns = {name: batch.columns[name] for name in _READ}
    detected = np.concatenate([[0], np.cumsum(np.isfinite(batch.history.columns["magpsf"]))])
    columns["history"] = np.diff(batch.history.offsets)
    columns["detections"] = np.diff(detected[batch.history.offsets])
    columns["positive"] = batch.columns["isdiffpos"] == batch.texts.find("t")
    return columns


def _decoded(batches: Iterable[Any]) -> dict[str, npt.NDArray[Any]]:
    decoder = AlertDecoder(TextPool())
    parts = [_columns(decoder.decode(batch)[0]) for batch in batches]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def real_sample(folder: Path) -> Sample:
    """Read the real packets and their labels from the manifest."""
    with (folder / "manifest.csv").open(newline="") as file:
        labels = {int(row["candid"]): row["label"] for row in csv.DictReader(file)}
    columns = _decoded(FolderSource(folder / "packets").batches())
    return _sample(columns, [labels.get(candid, "") for candid in columns["candid"].tolist()])


def simulated_sample() -> Sample:
    """Make the default night and look up what each alert is."""
    night = SimulatedNight(DATE, count=COUNT)
    return _sample(_decoded(night.chunks()), [str(name) for name in night.truths()["class"]])


def _sample(columns: dict[str, npt.NDArray[Any]], labels: list[str]) -> Sample:
    return Sample({name: values.astype(np.float64) for name, values in columns.items()}, np.array(labels))


def percentiles(values: Floats, decimals: int) -> str:
    """Return the 5th, 50th and 95th percentile of what is known."""
    known = values[np.isfinite(values)]
    if not len(known):
        return "–"
    return " / ".join(f"{value:.{decimals}f}" for value in np.percentile(known, (5, 50, 95)))


def percent(chosen: Booleans, known: Booleans) -> str:
    """Return how many of those of which it is known."""
    return f"{100 * chosen[known].mean():.0f} %" if known.any() else "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def comparison(kind: Kind, real: Sample, simulated: Sample) -> str:
    """Return one class as a heading, a remark and a table."""
    matches = np.array([re.match(kind.real, label) is not None for label in real.labels])
    one, two = real.of(matches), simulated.of(np.isin(simulated.labels, kind.simulated))
    if len(one) < _FEWEST:
        return ""
    rows = [
        [f"`{quantity.name}`", *(percentiles(quantity.values(s.columns), quantity.decimals) for s in (one, two))]
        for quantity in QUANTITIES
    ]
    for title, chosen in FRACTIONS:
        known = [np.isfinite(s.columns["drb"]) if "drb" in title else np.ones(len(s), np.bool_) for s in (one, two)]
        rows.append([title, *(percent(chosen(s.columns), k) for s, k in zip((one, two), known, strict=True))])
    head = ["", f"real ({len(one):,} alerts)", f"simulated ({len(two):,} alerts)"]
    return f"### {kind.title}\n\n{kind.remark}\n\n{table(head, rows)}"


def raised(population: Population, alerts: int) -> str:
    """Return how many times more alerts a class has than its share would give."""
    total = sum(other.share for other in POPULATIONS)
    factor = alerts / (population.share / total * COUNT)
    return f"{factor:,.0f} ×" if factor >= 1.5 else ""


def populations() -> str:
    """Return the table of classes."""
    rows = [
        [population.name, f"{100 * population.share:.4g} %", f"{alerts:,}", raised(population, alerts)]
        for population, alerts in zip(POPULATIONS, alerts_per_class(COUNT).tolist(), strict=True)
    ]
    return table(["class", "share of a real night", f"alerts among {COUNT:,}", "raised by"], rows)


def page(real: Sample, simulated: Sample) -> str:
    """Return the page."""
    text = (Path(__file__).parent / "simulated-night.txt").read_text(encoding="utf-8")
    meanings = "; ".join(f"`{name}`: {meaning}" for name, meaning in MEANINGS.items())
    sections = [section for kind in KINDS if (section := comparison(kind, real, simulated))]
    return text.format(
        date=DATE,
        count=f"{COUNT:,}",
        populations=populations(),
        packets=f"{len(real):,}",
        meanings=meanings,
        comparisons="\n\n".join(sections),
    )


def main() -> int:
    """Write the page."""
    if not SHARED.is_dir():
        print(f"{SHARED}: the real packets are not there, so that there is nothing to compare with.", file=sys.stderr)
        return 1
    PAGE.write_text(page(real_sample(SHARED), simulated_sample()), encoding="utf-8")
    print(f"{PAGE} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
