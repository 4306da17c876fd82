"""Which cut loses the supernova ZTF21abiuvdk, SN 2021rhu of type Ia, in its 34 real alerts, under each filter."""

import re
from collections import Counter
from pathlib import Path

import pytest
from oracles import fastavro_alerts
from published import CUTS, loaded, passes

LOST = {
    "ampel-simple-decent": {"kept": 6, "detected": 1, "time_span": 23, "sharp": 4},
    "bright-transient-survey": {"kept": 33, "seen_before": 1},
    "fink-early-supernova": {"kept": 6, "early": 28},
    "fink-rate-based-kilonova": {"new": 30, "fading": 4},
    "infant-supernova": {"time_span": 32, "deep_limit": 2},
    "ipac-purity": {"kept": 17, "real": 16, "point_like": 1},
    "nuclear-transient": {"galaxy": 34},
    "solar-system": {"at_known_object": 34},
    "solar-system-candidates": {"new_here": 32, "nothing_there": 2},
    "transients": {"kept": 26, "seen_before": 1, "young": 4, "changing": 3},
    "ztf-summer-school-2024": {"kept": 6, "young": 19, "sampled": 2, "changing": 7},
    "ztfrest-fast-transients": {"detected": 1, "new": 27, "short_in_g": 1, "no_slow_rise": 4, "fading": 1},
}
"""How many of its alerts each filter keeps, and how many each stage is the first to reject."""
NEEDS_WEIGHTS = {"ztf-summer-school-2024-acai"}
"""Cuts on the score of a model that does not come along: their oracle reads Keras scores (test_full_solution.py)."""


@pytest.fixture(scope="module")
def supernova(packets_dir: Path) -> list[bytes]:
    """Return its packets."""
    paths = sorted(packets_dir.glob("*.avro"))
    return [path.read_bytes() for path in paths if fastavro_alerts.records(path)[0]["objectId"] == "ZTF21abiuvdk"]


@pytest.mark.slow
@pytest.mark.parametrize("name", LOST)
def test_each_filter_loses_the_supernova_where_it_did(name: str, supernova: list[bytes]) -> None:
    """Whoever changes a filter sees here what becomes of a supernova that everybody knows."""
    cuts = loaded(name)
    enabled = [stage.name for stage in cuts.stages if stage.enabled]
    found = passes(cuts, supernova)[:, [stage.enabled for stage in cuts.stages]]
    assert len(supernova) == 34
    assert LOST[name] == Counter("kept" if row.all() else enabled[int(row.argmin())] for row in found)


def test_every_filter_that_comes_along_has_its_line() -> None:
    """A new file of cuts says here what becomes of the supernova under it."""
    assert LOST.keys() | NEEDS_WEIGHTS == {path.stem for path in CUTS.glob("*.yaml")}


def test_every_stage_named_here_is_one_that_is_switched_on() -> None:
    """And all 34 alerts are accounted for under each filter."""
    for name, found in LOST.items():
        enabled = {stage.name for stage in loaded(name).stages if stage.enabled}
        assert found.keys() <= enabled | {"kept"}, name
        assert sum(found.values()) == 34, name


def test_the_page_says_what_is_said_here() -> None:
    """docs/sn2021rhu.md has a line for each filter, with the same numbers and no other."""
    page = (CUTS.parent / "docs" / "sn2021rhu.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| (\d+) \| ([^|]*) \|", page, flags=re.MULTILINE)
    written = {
        name: {stage: int(count) for stage, count in re.findall(r"`(\w+)` (\d+)", lost)} for name, _, lost in rows
    }
    kept = {name: int(count) for name, count, _ in rows}
    assert len(rows) == len(LOST)
    assert kept == {name: found.get("kept", 0) for name, found in LOST.items()}
    assert written == {name: {key: n for key, n in found.items() if key != "kept"} for name, found in LOST.items()}
