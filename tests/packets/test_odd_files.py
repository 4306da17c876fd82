"""Each of the 65 damaged and unusual packets is what fastavro says it is, or one packet with the expected reason."""

from collections import Counter
from pathlib import Path

import pytest
from containers import decode
from oracles import fastavro_alerts as oracle

CORRUPT = {
    "121540793515135009": "truncated",
    "121540793515135010": "truncated",
    "516401801315010009": "truncated",
    "516434762915010006": "truncated",
    "516442330015015017": "truncated",
}
"""Bytes were lost from each, so that its last block is shorter than it says."""

ALERTS = {"nocutout": 17, "other": 33, "variants": 9, "multi": 3}
"""How many alerts the whole files of each folder hold."""


def test_every_file_of_the_folder_is_looked_at(odd_dir: Path) -> None:
    """A file that is added wants an expectation."""
    files = Counter(path.parent.name for path in odd_dir.rglob("*.avro"))
    assert files == {"corrupt": len(CORRUPT), "multi": 1, "nocutout": 17, "other": 33, "variants": 9}


@pytest.mark.parametrize("name", CORRUPT)
def test_a_corrupt_file_is_one_bad_packet_between_good_ones(odd_dir: Path, name: str) -> None:
    """fastavro cannot read it either."""
    path = odd_dir / "corrupt" / f"{name}.avro"
    with pytest.raises((ValueError, LookupError, EOFError)):
        oracle.records(path)
    good = sorted((odd_dir / "nocutout").glob("*.avro"))[0].read_bytes()
    alerts, bad = decode(good, path.read_bytes(), good)
    assert bad == [(1, CORRUPT[name])]
    assert alerts.addresses[:, 0].tolist() == [0, 2]


@pytest.mark.parametrize("folder", ALERTS)
def test_every_alert_of_an_unusual_file_is_an_alert_with_fastavros_values(odd_dir: Path, folder: str) -> None:
    """Other schemas, other shapes, no cutouts, several blocks: all in one batch, none of them bad."""
    paths = sorted((odd_dir / folder).glob("*.avro"))
    alerts, bad = decode(*(path.read_bytes() for path in paths))
    assert not bad
    expected = [(path, k, record) for path in paths for k, record in enumerate(oracle.records(path))]
    assert len(alerts) == len(expected) == ALERTS[folder]
    for row, (path, k, record) in enumerate(expected):
        assert alerts.record[row] == k
        assert paths[alerts.addresses[row, 0]] == path
        assert alerts.texts.text(int(alerts.columns["objectId"][row])) == record["objectId"]
        assert alerts.texts.text(int(alerts.version[row])) == oracle.header_version(path)
        for name in ("candid", "jd", "ra", "dec", "fid", "magpsf", "sigmapsf", "rb"):
            assert alerts.columns[name][row] == pytest.approx(record["candidate"][name], rel=1e-7), (path, name)
        history = record.get("prv_candidates") or []
        rows = slice(alerts.history.offsets[row], alerts.history.offsets[row + 1])
        assert alerts.history.columns["jd"][rows].tolist() == [entry["jd"] for entry in history]
