"""Which cut loses the supernova ZTF21abiuvdk, SN 2021rhu of type Ia, in its 34 real alerts, under each filter."""

from collections import Counter
from pathlib import Path

import pytest
from oracles import fastavro_alerts
from published import loaded, passes

LOST = {
    "ampel-simple-decent": {"kept": 6, "detected": 1, "time_span": 23, "sharp": 4},
    "bright-transient-survey": {"kept": 33, "seen_before": 1},
    "infant-supernova": {"time_span": 32, "deep_limit": 2},
    "ipac-purity": {"kept": 17, "real": 16, "point_like": 1},
    "solar-system": {"at_known_object": 34},
    "solar-system-candidates": {"new_here": 32, "nothing_there": 2},
    "transients": {"kept": 26, "seen_before": 1, "young": 4, "changing": 3},
    "ztf-summer-school-2024": {"kept": 6, "young": 19, "sampled": 2, "changing": 7},
}
"""How many of its alerts each filter keeps, and how many each stage is the first to reject."""


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
