"""What `huntui sweep` prints: one object for programs, a table of nights and stages for people."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from huntui.engine.summary import aligned, of_objects

if TYPE_CHECKING:
    from huntui.sources.sweep_file import SweepFile, SweptNight


def as_json(summary: "SweepFile") -> str:
    """Return what stands in `sweep.json`; programs rely on its keys."""
    return json.dumps(summary.model_dump(), indent=2, ensure_ascii=False)


def as_text(summary: "SweepFile") -> str:
    """Return the table: what passed each stage of each night, sums, and what is counted once."""
    totals = summary.totals
    stages = [stage["name"] for stage in totals["stages"]]
    rows = [["night", "alerts", *stages, "outcome"], *(_row(night, len(stages)) for night in summary.nights)]
    rows.append(["all", *_numbers(totals), ""])
    invented = "SIMULATED: every alert of some of these nights is invented.\n" if summary.simulated else ""
    blocks = [aligned(rows, f"l{'r' * (len(stages) + 1)}l"), _together(totals), _treasures(totals)]
    return invented + "\n\n".join("\n".join(block) for block in blocks if block)


def _row(night: "SweptNight", stages: int) -> list[str]:
    numbers = _numbers(night.counts) if night.counts is not None else ["-"] * (stages + 1)
    return [night.name, *numbers, night.outcome]


def _numbers(counts: Mapping[str, Any]) -> list[str]:
    return [f"{counts['alerts']:,}", *(f"{stage['passed']:,}" for stage in counts["stages"])]


def _together(totals: Mapping[str, Any]) -> list[str]:
    survivors, bad = totals["survivors"], sum(totals["bad_packets"].values())
    return [
        f"{of_objects(totals['alerts'], totals['objects'])}, {totals['duplicates']:,} duplicates, {bad:,} bad packets, "
        f"{totals['repeated']:,} alerts in more than one night",
        f"survivors: {of_objects(survivors['alerts'], survivors['objects'])}, each counted once",
    ]


def _treasures(totals: Mapping[str, Any]) -> list[str]:
    rows = [[one["name"], f"{one['objects']:,}"] for one in totals["treasures"]]
    return aligned([["looks like", "objects"], *rows], "lr") if rows else []
