"""Prints, for each kind of labelled real packets, the 5th, 50th and 95th percentile of features.

For whoever writes a hunt: `python docs/feature_table.py apparent_skew color_scatter`, or without names every feature of
apparent magnitudes, shares, deeper limits and colour. The packets and their labels are not part of the project; they
are looked for in `../shared/alerts`, or in the folder that `--alerts` names (`packets/*.avro`, `manifest.csv`).
"""

import argparse
import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import Columns
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features import registry, shares
from huntui.features.apparent import magnitudes
from huntui.packets.batch import join

ALERTS = Path(__file__).resolve().parents[2] / "shared" / "alerts"
NEW = (
    *(column.name for column in (*magnitudes.COLUMNS, *shares.COLUMNS)),
    *("color_scatter", "deeper_limit_gap", "limit_rate"),
)

KINDS = (
    ("RR Lyrae", r"RR"),
    ("eclipsing", r"E[ABW]|GlCl"),
    ("cepheid", r"CWB|deltaCep|Cepheid"),
    ("cataclysmic", r"CV|CataclyV|UG|NL"),
    ("long-period", r"(M|LB|L|SR|S\*|M:)$|LPV|LP\*|AGB|OH/IR|Candidate_(C\*|Mi)"),
    ("blazar", r"Blazar|BLLac|BLLAC|\(SIMBAD\) BLLac"),
    ("AGN", r"QSO|AGN|Seyfert|LINER|\(SIMBAD\) (QSO|AGN|Seyfert|LINER)"),
    ("young star", r"YSO|TTau|Orion|Ae\*|Irregular"),
    ("TDE", r"TDE|\(TNS\) TDE"),
    ("SLSN", r"SLSN|\(TNS\) SLSN"),
    ("SN Ia", r"SN Ia|\(TNS\) SN Ia"),
    ("other SN", r"SN I|\(TNS\) SN I"),
    ("asteroid", r"asteroid$"),
)
"""What a label, or else a class in VSX, begins with, and what that is called here; the first that fits counts."""


def kind(row: Mapping[str, str]) -> str:
    """Return what an object of the manifest is, "other" for other labels and "" for none."""
    said = [row["vsx"], row["label"]] if row["vsx"].startswith(("RR", "E", "UG", "NL")) else [row["label"], row["vsx"]]
    for text in filter(None, said):
        for name, pattern in KINDS:
            if re.match(pattern, text):
                return name
    return "other" if any(said) else ""


def read(packets: Sequence[Path]) -> tuple[Columns, npt.NDArray[np.int64]]:
    """Return the features of packets, and the candid of each alert."""
    data = join([path.read_bytes() for path in packets], np.zeros((len(packets), 2), np.int64))
    batch, _ = AlertDecoder(TextPool()).decode(data)
    return registry.compute(batch), batch.columns["candid"].astype(np.int64)


def table(names: Sequence[str], values: Columns, kinds: Sequence[str]) -> str:
    """Return the table: per feature a line for each kind, with how many have a value, and the percentiles of those."""
    of = np.array(kinds)
    lines = []
    for name in names:
        lines.append(f"{name} [{registry.features()[name].unit or '1'}]")
        for one in [*(known for known, _ in KINDS), "other"]:
            mine = values[name][of == one].astype(np.float64)
            known = mine[~np.isnan(mine)]
            if len(known):
                spread = "".join(f"{value:11.3f}" for value in np.percentile(known, [5, 50, 95]))
                lines.append(f"  {one:12}{len(known):4} of{len(mine):4}{spread}")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("feature", nargs="*", default=NEW)
    parser.add_argument("--alerts", type=Path, default=ALERTS)
    asked = parser.parse_args()
    if unknown := [name for name in asked.feature if name not in registry.features()]:
        parser.error(f"no feature is called {unknown[0]!r}; docs/features.md has all of them")
    with (asked.alerts / "manifest.csv").open(newline="") as file:
        kinds = {int(row["candid"]): kind(row) for row in csv.DictReader(file)}
    values, candids = read(sorted((asked.alerts / "packets").glob("*.avro")))
    print(table(asked.feature, values, [kinds.get(int(candid), "") for candid in candids]))


if __name__ == "__main__":
    main()
