"""Python counts what `huntui run` counts."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import huntui
from huntui.cli.main import exit_code
from huntui.columns import CANDIDATE

TIMES = ("seconds", "alerts_per_second")


def counted(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Return what `huntui run --json` prints, without the times."""
    assert exit_code(["run", "--json", "--no-cache", *arguments]) == 0
    return without_times(json.loads(capsys.readouterr().out))


def without_times(told: dict[str, Any]) -> dict[str, Any]:
    """Return counts that do not depend on how fast the machine is."""
    return {key: value for key, value in told.items() if key not in TIMES}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("cuts", ["transients", "ztf-summer-school-2024", "none"])
def test_a_simulated_night_has_the_counts_of_run(
    night: huntui.Night, cuts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under the cuts that it was opened with, and under others that were applied later."""
    said = counted(capsys, "--date", "20240707", "--set", "simulate.count=600", "--cuts", cuts)
    assert without_times(night.apply(cuts).as_dict()) == said
    assert said["alerts"] == len(night) == 600


@pytest.mark.slow
@pytest.mark.parametrize("cuts", ["transients", "bright-transient-survey", "solar-system"])
def test_real_packets_have_the_counts_of_run(
    real: huntui.Night, packets_dir: Path, cuts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Alerts, objects, bad packets, every stage and every treasure."""
    assert without_times(real.apply(cuts).as_dict()) == counted(capsys, "--source", str(packets_dir), "--cuts", cuts)


@pytest.mark.slow
def test_a_turned_knob_has_the_counts_of_set(night: huntui.Night, capsys: pytest.CaptureFixture[str]) -> None:
    """By its name alone, with its stage, and beside a stage that is off."""
    said = counted(
        capsys, "--date", "20240707", "--set", "simulate.count=600", "--set", "real.drb_min=0.9",
        "--set", "young.age_max=200", "--set", "changing.enabled=false",
    )  # fmt: skip
    funnel = night.apply(knobs={"drb_min": 0.9, "young.age_max": 200}, off=["changing"])
    assert without_times(funnel.as_dict()) == said
    assert night.apply().as_dict() != funnel.as_dict()


def test_a_condition_written_down_counts_what_numpy_counts(night: huntui.Night) -> None:
    """A funnel says which alerts come through, in the order of the night's rows."""
    funnel = night.apply({"real": "drb >= 0.7", "bright": "magpsf < 19"})
    wanted = (night["drb"] >= np.float32(0.7)) & (night["magpsf"] < 19)
    assert np.array_equal(funnel.mask, wanted)
    assert funnel.alerts == int(wanted.sum()) > 0
    assert set(funnel.survivors) == set(night["objectId"][wanted])
    assert len(funnel) == len(funnel.survivors)


def test_a_funnel_is_not_changed_by_another_one(night: huntui.Night) -> None:
    """Two of them stand side by side."""
    before = night.apply()
    counts = before.as_dict()
    night.apply("none", knobs={})
    assert before.as_dict() == counts == night.apply().as_dict()


def test_survivors_are_the_objects_of_the_treasures(night: huntui.Night) -> None:
    """What looks like a treasure came through, and is counted as `run` counts it."""
    funnel = night.apply("none")
    assert {name: len(found) for name, found in funnel.treasures.items()} == {
        one["name"]: one["objects"] for one in funnel.as_dict()["treasures"]
    }
    assert sum(map(len, funnel.treasures.values())) > 10
    assert all(set(found) <= set(funnel.survivors) for found in funnel.treasures.values())


@pytest.mark.slow
def test_a_score_can_be_cut_on_and_is_a_column(night: huntui.Night) -> None:
    """The model that comes with huntui is asked when its score is wanted."""
    funnel = night.apply({"likely": "transient >= 0.5"})
    scores = night["transient"]
    assert np.array_equal(funnel.mask, scores >= np.float32(0.5))
    assert 0 < funnel.alerts < len(night)


def test_the_columns_of_real_packets_are_those_that_fastavro_reads(real: huntui.Night, packets_dir: Path) -> None:
    """Float by float, and null by null; each twentieth packet is looked at."""
    import fastavro

    columns = {name: real[name] for name in ("candid", "drb", "magpsf", "ssdistnr", "nid", "ssnamenr", "jdstartref")}
    rows = {int(candid): row for row, candid in enumerate(columns["candid"])}
    kinds = {column.name: column.kind for column in CANDIDATE}
    for path in sorted(packets_dir.glob("*.avro"))[::20]:
        with path.open("rb") as file:
            (alert,) = fastavro.reader(file)
        row = rows[alert["candid"]]
        for name in ("drb", "magpsf", "ssdistnr", "nid", "ssnamenr", "jdstartref"):
            value, told = alert["candidate"].get(name), columns[name][row]
            if value is None:
                assert np.ma.is_masked(told) or np.isnan(told), name
            else:
                assert told == (np.float32(value) if kinds[name] == "f4" else value), name
