"""Writes docs/treasures.md: how many of its treasures a hunt suggests, and how many other things.

`python docs/treasures.py` measures the default hunt, `python docs/treasures.py NAME` another, on simulated nights and
on the real packets that lie beside a checkout (`../shared/alerts`). It takes minutes and needs these packets, so that
no check of the continuous integration runs it: run it after changing a treasure. `--tune` prints instead what small
nights of other seeds say, which is what to look at while changing one; the page is of nights that nobody looked at.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui import shipped, truth
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.errors import HuntError
from huntui.features import registry
from huntui.funnel.funnel import Funnel
from huntui.hunt.hunt import load_hunt
from huntui.hunt.treasure import Hunt, Treasure
from huntui.hunt.verdict import judge
from huntui.night.store import Night
from huntui.night.view import NightView
from huntui.packets.batch import PacketBatch
from huntui.simulate.night import SimulatedNight
from huntui.sources.folder import FolderSource

FOLDER = Path(__file__).parent
PAGE = FOLDER / "treasures.md"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "alerts"
HUNT = "rare-finds"
NIGHTS = (("20240115", 1), ("20240407", 2), ("20240707", 3), ("20240915", 4), ("20241130", 5))
"""Dates and seeds of the nights of the page: of all seasons, and none of them used to change a treasure."""
TUNING = (("20240310", 101), ("20240620", 102), ("20241020", 103))
COUNT, TUNING_COUNT = 24_948, 6_000
COMPLETE, PURE = 0.8, 0.5
"""What a treasure must reach so as not to be called weak."""

LABELS = (
    (r"SN Ia", "supernova Ia"),
    (r"SN II", "supernova II"),
    (r"SN I[bc]", "supernova Ibc"),
    (r"SLSN", "superluminous supernova"),
    (r"TDE", "tidal disruption"),
    (r"asteroid$", "known asteroid"),
    (r"QSO|AGN|Seyfert|LINER", "AGN"),
    (r"Blazar|BLLac|BLLAC", "blazar"),
    (r"RR(Lyr|AB|C)?$", "RR Lyrae"),
    (r"E[ABW]\b", "eclipsing binary"),
    (r"M$", "Mira"),
    (r"UG|CV|CataclyV", "dwarf nova"),
    (r"YSO|TTau|Orion|INA?\b|WTTS|UXOR|Ae\*", "young stellar object"),
    (r"SR|LB?$|RS?$|RV|DSCT|HADS|PulsV|deltaCep|Cepheid|CWB|BY|Ellip|NL|ZAND|Symb|ROT|Irreg", "variable star"),
    (r"PN|Pec|WR|YellowSG|post-AGB|Cl\*|PM|LensedImage|LBV|ILRT|UV$", "something else"),
)
"""What a label begins with, and the class of a simulated night that it means; the first that fits counts."""
_SAYS_MORE = r"RR|E[ABW]\b|UG|NL|M$"
"""Classes of the VSX that go before the label of another catalogue."""


@dataclass
class Counts:
    """How many objects, or packets, a definition finds; numbers add up over nights."""

    found: Counter[str] = field(default_factory=Counter)
    """What it suggests, by class; `""` where nobody knows the class."""
    right: Counter[str] = field(default_factory=Counter)
    """Those among them that are confirmed, by class."""
    present: Counter[str] = field(default_factory=Counter)
    """All that would be confirmed, by class."""

    def add(
        self, classes: npt.NDArray[np.str_], confirmed: npt.NDArray[np.bool_], chosen: npt.NDArray[np.bool_]
    ) -> None:
        """Count objects: their classes, whether each would be confirmed, and whether each is suggested."""
        self.present.update(classes[confirmed].tolist())
        self.right.update(classes[confirmed & chosen].tolist())
        self.found.update(classes[chosen].tolist())

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.found + other.found, self.right + other.right, self.present + other.present)

    @property
    def wrong(self) -> Counter[str]:
        """What it suggests and should not, by class, those of unknown class left out."""
        return Counter({name: n for name, n in (self.found - self.right).items() if name})

    @property
    def completeness(self) -> float:
        """Share of what would be confirmed that is suggested; NaN where there is nothing."""
        present = self.present.total()
        return self.right.total() / present if present else float("nan")

    @property
    def purity(self) -> float:
        """Share of what is suggested, and whose class is known, that is confirmed; NaN where there is nothing."""
        right = self.right.total()
        found = right + self.wrong.total()
        return right / found if found else float("nan")


@dataclass
class Measured:
    """What became of one treasure."""

    alone: Counts = field(default_factory=Counts)
    """With every alert."""
    started: Counts = field(default_factory=Counts)
    """With the alerts that survive its starter."""


def hunt_of(name: str) -> Hunt:
    """Return a hunt by name or path; raises `HuntError`."""
    return load_hunt(shipped.find("hunts", name), registry.kinds(), {c.name: c.kind for c in truth.COLUMNS})


def read(batches: Iterable[PacketBatch]) -> NightView:
    """Return the alerts of packets with their features; damaged packets are left out."""
    texts = TextPool()
    decoder, night = AlertDecoder(texts), Night(texts)
    for packets in batches:
        batch, _ = decoder.decode(packets)
        night.append(batch, registry.compute(batch))
    night.look_over()
    return night.view()


def suggested(view: NightView, treasure: Treasure, *, start: bool) -> npt.NDArray[np.bool_]:
    """Return for each object whether it is suggested: as on the screen, by the newest of its alerts that survives.

    Without `start`, or where there is no starter, every alert survives.
    """
    survivors = np.ones(len(view), np.bool_)
    if start and treasure.starter is not None:
        funnel = Funnel(treasure.starter)
        funnel.extend(view)
        survivors = funnel.survivors
    newest = view.newest_per_object(survivors)
    looks = treasure.looks_like.evaluate(view, 0, len(view)).yes
    objects = np.zeros(view.objects, np.bool_)
    objects[view.object_of[newest]] = looks[newest]
    return objects


def measure(hunt: Hunt, view: NightView, truths: Mapping[str, Mapping[str, Any]]) -> dict[str, Measured]:
    """Return what a hunt makes of the objects of a night; an object without truth is of the class `""`."""
    firsts = np.unique(view.object_of, return_index=True)[1]
    names = [str(view.value("objectId", row)) for row in firsts.tolist()]
    classes = np.array([str(truths.get(name, {}).get("class", "")) for name in names])
    verdicts = judge(hunt, [(name, treasure) for treasure in hunt.names for name in names], truths)
    measured = {}
    for treasure in hunt.treasures:
        confirmed = np.array([verdicts[name, treasure.name] == "confirmed" for name in names])
        one = measured[treasure.name] = Measured()
        one.alone.add(classes, confirmed, suggested(view, treasure, start=False))
        one.started.add(classes, confirmed, suggested(view, treasure, start=True))
    return measured


def class_of(row: Mapping[str, str]) -> str:
    """Return the class that the label of a real packet means; `""` without a label, or with one that only suspects."""
    label, vsx = re.sub(r"^\((TNS|SIMBAD)\) ", "", row["label"]), row["vsx"]
    for text in (vsx, label) if re.match(_SAYS_MORE, vsx) else (label, vsx):
        for pattern, name in LABELS:
            if re.match(pattern, text) and "andidate" not in text:
                return name
    return ""


def measure_labelled(hunt: Hunt, folder: Path) -> dict[str, Counts]:
    """Return what `looks_like` says of each real packet; treasures that ask for more than the class are left out."""
    with (folder / "manifest.csv").open(newline="") as file:
        said = {int(row["candid"]): class_of(row) for row in csv.DictReader(file)}
    view = read(FolderSource(folder / "packets").batches())
    classes = np.array([said.get(candid, "") for candid in view.column("candid").tolist()])
    truths = {name: {"class": name} for name in np.unique(classes).tolist() if name}
    verdicts = judge(hunt, [(name, treasure) for treasure in hunt.names for name in truths], truths)
    measured = {}
    for treasure in hunt.treasures:
        if treasure.confirmed_by.kinds.keys() != {"class"}:
            continue
        counts = measured[treasure.name] = Counts()
        confirmed = np.array([verdicts.get((name, treasure.name)) == "confirmed" for name in classes.tolist()])
        counts.add(classes, confirmed, treasure.looks_like.evaluate(view, 0, len(view)).yes)
    return measured


def measure_nights(hunt: Hunt, nights: Iterable[tuple[str, int]], count: int) -> dict[str, Measured]:
    """Return what a hunt makes of simulated nights, of which dates and seeds are given, all together."""
    total = {name: Measured() for name in hunt.names}
    for date, seed in nights:
        night = SimulatedNight(date, seed, count)
        view = read(night.chunks())
        names = [str(view.texts.text(code)) for code in np.unique(view.column("objectId")).tolist()]
        for name, one in measure(hunt, view, night.truth(names)).items():
            total[name] = Measured(total[name].alone + one.alone, total[name].started + one.started)
    return total


def percent(share: float) -> str:
    """Return a share in per cent, a dash for none."""
    return "–" if np.isnan(share) else f"{100 * share:.0f} %"


def several(counted: Counter[str], most: int) -> str:
    """Return the commonest classes with their numbers."""
    return ", ".join(f"{n:,} {name}" for name, n in counted.most_common(most))


def weakness(counts: Counts) -> str:
    """Return what a treasure does not reach, in a few words; nothing for a strong one."""
    said = []
    if counts.completeness < COMPLETE:
        said.append(f"finds {percent(counts.completeness)}")
    if counts.purity < PURE:
        said.append(f"{percent(counts.purity)} of what it suggests is right")
    return ", ".join(said)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def nights_table(measured: Mapping[str, Measured]) -> str:
    """Return the table of completeness and purity on simulated nights."""
    rows = []
    for name, one in measured.items():
        cells = [f"`{name}`", f"{one.alone.present.total():,}"]
        for counts in (one.started, one.alone):
            right = counts.right.total()
            cells += [
                f"{right:,} ({percent(counts.completeness)})",
                f"{right:,} of {right + counts.wrong.total():,} ({percent(counts.purity)})",
            ]
        rows.append(cells)
    return table(
        ["treasure", "there are", "found, starter", "right, starter", "found, all alerts", "right, all alerts"], rows
    )


def classes_table(measured: Mapping[str, Measured]) -> str:
    """Return the table of what is found of each class, and of what is suggested by mistake."""
    rows = []
    for name, one in measured.items():
        found = ", ".join(
            f"{kind} {one.started.right[kind]:,} of {n:,} ({percent(one.started.right[kind] / n)})"
            for kind, n in one.started.present.most_common()
        )
        rows.append([f"`{name}`", found, several(one.started.wrong, 4)])
    return table(["treasure", "found with its starter, by class", "wrongly suggested, commonest"], rows)


def labelled_table(measured: Mapping[str, Counts]) -> str:
    """Return the table of what is found among labelled real packets."""
    rows = []
    for name, counts in measured.items():
        labelled = counts.present.total()
        rows.append(
            [
                f"`{name}`",
                f"{counts.right.total()} of {labelled}" if labelled else "–",
                str(counts.wrong.total()),
                several(counts.wrong, 4),
                str(counts.found[""]),
            ]
        )
    return table(["treasure", "of the right label, suggested", "of others", "which", "without a label"], rows)


def definitions(hunt: Hunt) -> str:
    """Return the table of what was measured."""
    rows = []
    for treasure in hunt.treasures:
        stages = treasure.starter.stages if treasure.starter else ()
        knobs = [
            f" ({', '.join(f'{k} {v:g}' for k, v in stage.values().items())})" if stage.values() else ""
            for stage in stages
        ]
        cuts = "; ".join(f"`{stage.keep}`{knob}" for stage, knob in zip(stages, knobs, strict=True))
        rows.append([f"`{treasure.name}`", f"`{treasure.looks_like.text}`", cuts])
    return table(["treasure", "looks like", "starter"], rows)


def page(hunt: Hunt, nights: Mapping[str, Measured], labelled: Mapping[str, Counts], packets: int) -> str:
    """Return the page."""
    weak = [(name, said) for name, one in nights.items() if (said := weakness(one.started))]
    text = (FOLDER / "treasures.txt").read_text(encoding="utf-8")
    return text.format(
        hunt=hunt.name,
        nights=", ".join(f"{date} with seed {seed}" for date, seed in NIGHTS),
        count=f"{COUNT:,}",
        packets=f"{packets:,}",
        complete=percent(COMPLETE),
        pure=percent(PURE),
        totals=nights_table(nights),
        weak="\n".join(f"- `{name}`: {said}" for name, said in weak) or "None.",
        classes=classes_table(nights),
        labelled=labelled_table(labelled),
        definitions=definitions(hunt),
    )


def main() -> int:
    """Write the page, or print what small nights say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("hunt", nargs="?", default=HUNT, help="name or path of a hunt")
    parser.add_argument("--tune", action="store_true", help="print what small nights of other seeds say; write nothing")
    asked = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED}: the real packets are not there, and half of the page is about them.", file=sys.stderr)
        return 1
    try:
        hunt = hunt_of(asked.hunt)
    except HuntError as problem:
        parser.error(str(problem))
    labelled = measure_labelled(hunt, SHARED)
    if asked.tune:
        nights = measure_nights(hunt, TUNING, TUNING_COUNT)
        print(nights_table(nights), classes_table(nights), labelled_table(labelled), sep="\n\n")
        return 0
    nights = measure_nights(hunt, NIGHTS, COUNT)
    packets = len(list((SHARED / "packets").glob("*.avro")))
    PAGE.write_text(page(hunt, nights, labelled, packets), encoding="utf-8")
    print(f"{PAGE} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
