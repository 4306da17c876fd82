"""`huntui models`: a network is imported, and its score is a column of the next command."""

import json
from pathlib import Path

import pytest
from calling import Huntui

pytestmark = pytest.mark.slow


def test_an_imported_network_is_a_column_of_the_next_command(
    huntui: Huntui, models_dir: Path, packet_files: list[Path], tmp_path: Path
) -> None:
    """With no edit of the configuration; before the import cuts on it say where its weights are."""
    night = tmp_path / "night"
    night.mkdir()
    for path in packet_files[::60]:
        (night / path.name).symlink_to(path)
    wanted = ("run", "--source", str(night), "--no-cache", "--cuts", "ztf-summer-school-2024-acai", "--json")
    before = huntui(*wanted)
    assert before.code == 2
    assert "stage hosted needs the score acai_h" in before.err
    assert "github.com/dmitryduev/acai" in before.err
    assert huntui("models", "import", str(models_dir / "acai_h.h5")).code == 0
    listed = {one["name"]: one for one in json.loads(huntui("models", "list", "--json").out)}
    assert listed["acai_h"]["ready"]
    assert not listed["btsbot"]["ready"]
    after = huntui(*wanted)
    assert after.code == 0
    stages = {stage["name"]: stage for stage in json.loads(after.out)["stages"]}
    assert stages["hosted"]["in"] == stages["brighter"]["passed"]
    file = tmp_path / "scores.csv"
    all_alerts = ("--cuts", "none", "--per-alert", "--columns", "candid,acai_h", "--export", str(file))
    told = huntui("run", "--source", str(night), "--no-cache", *all_alerts)
    assert told.code == 0
    rows = [line.split(",") for line in file.read_text().splitlines() if line[:1].isdigit()]
    reference = json.loads((models_dir / "acai_h_reference.json").read_text())["detail"]
    scored = {candid: float(score) for candid, score in rows if score}
    assert len(rows) == len(packet_files[::60])
    assert scored
    for candid, score in scored.items():
        keras = reference[candid]
        expected = keras["acai_h"] if keras["acai_h"] is not None else keras["acai_h_drb_from_rb"]
        assert score == pytest.approx(expected, abs=1e-5)
    assert huntui("models", "import", str(models_dir / "README.md")).code == 2
