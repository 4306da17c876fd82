"""Nights put together are what one night with all their packets is; read here, where no cluster is needed."""

import csv
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sweeping import Call, counted

from huntui.errors import SourceError
from huntui.sources.simulated import SimulatedSource
from huntui.sources.sweep import SweepSource
from huntui.sweep.question import NightTask
from huntui.sweep.reading import Result, read_night

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Carry out tasks one after the other, the last one first, in the place of a cluster."""

    def carry_out(tasks: Sequence[NightTask], _: object, took: Callable[[NightTask, Result], None], __: object) -> None:
        for task in reversed(tasks):
            took(task, read_night(task))

    monkeypatch.setattr("huntui.sweep.cluster.carry_out", carry_out)


@pytest.fixture
def halves(packet_files: list[Path], tmp_path: Path) -> tuple[Path, Path]:
    """Return two folders with every other real packet, one packet in both."""
    one, two = tmp_path / "one", tmp_path / "two"
    for number, path in enumerate(packet_files):
        folder = (one, two)[number % 2]
        folder.mkdir(exist_ok=True)
        shutil.copy(path, folder)
    shutil.copy(next(one.iterdir()), two)
    return one, two


def rows(path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file without its comments."""
    return list(csv.DictReader(line for line in Path(path).open(encoding="utf-8") if not line.startswith("#")))


def test_two_halves_of_a_night_together_are_the_night(call: Call, halves: tuple[Path, Path], packets_dir: Path) -> None:
    """Stages, distinct objects and survivors, treasures, exports, and light curves merged over both."""
    named = "--source", str(halves[0]), "--source", str(halves[1])
    files = "--export", "all.csv", "--light-curves", "curves.csv", "--export", "packets.tar"
    swept = call("sweep", *named, "--name", "halves", "--json", *files)
    run = call("run", "--source", str(packets_dir), "--json", "--export", "run.csv", "--light-curves", "run-curves.csv")
    assert swept.code == 0, swept.err
    totals, whole = swept.summary["totals"], counted(run.out)
    assert totals["repeated"] == 1
    assert totals["alerts"] == whole["alerts"] + 1
    assert [totals[key] for key in ("objects", "survivors", "treasures", "bad_packets")] == [
        whole[key] for key in ("objects", "survivors", "treasures", "bad_packets")
    ]
    assert [stage["name"] for stage in totals["stages"]] == [stage["name"] for stage in whole["stages"]]
    assert rows("all.csv") == rows("run.csv")
    theirs = {row["objectId"] for row in rows("all.csv")}
    assert {row["objectId"] for row in rows("curves.csv")} == theirs
    detections = [row for row in rows("run-curves.csv") if row["kind"] != "limit" and row["programid"]]
    assert [row for row in rows("curves.csv") if row["kind"] != "limit" and row["programid"]] == detections


def test_one_night_swept_is_the_night_to_the_last_exposure(call: Call, packets_dir: Path) -> None:
    """Its light curves and exports, per object and per alert, are those of a single run."""
    named = "--source", str(packets_dir)
    files = "--columns", "objectId,candid,jd,rate,partner_arcsec,ssnamenr", "--per-alert"
    assert call("sweep", *named, "--name", "n", *files, "--export", "s.csv", "--light-curves", "sc.csv").code == 0
    assert call("run", *named, *files, "--export", "r.csv", "--light-curves", "rc.csv").code == 0
    assert rows("s.csv") == rows("r.csv")
    assert rows("sc.csv") == rows("rc.csv")


def test_a_sweep_opens_like_a_night(call: Call, halves: tuple[Path, Path]) -> None:
    """With its cuts, its hunt and its survivors, unless others are asked for, and a sentence about what it is."""
    named = "--source", str(halves[0]), "--source", str(halves[1])
    cuts = "--cuts", "ztf-summer-school-2024", "--hunt", "rare-finds"
    swept = call("sweep", *named, *cuts, "--set", "real.drb_min=0.8", "--name", "halves", "--json")
    assert swept.code == 0, swept.err
    again = call("run", "--source", "sweeps/halves", "--json")
    totals, found = swept.summary["totals"], counted(again.out)
    assert found["survivors"] == totals["survivors"]
    assert [one["name"] for one in found["treasures"]] == [one["name"] for one in totals["treasures"]]
    assert "A sweep of 2 nights, one to two: these are the survivors of 908 alerts." in again.err
    other = counted(call("run", "--source", "sweeps/halves", "--cuts", "none", "--json").out)
    assert other["stages"] == []
    assert other["alerts"] == totals["survivors"]["alerts"]
    shown = call("show", rows_of(call)[0], "--source", "sweeps/halves")
    assert shown.code == 0, shown.err


def rows_of(call: Call) -> list[str]:
    """Return the objects of the sweep."""
    call("run", "--source", "sweeps/halves", "--export", "again.csv", "--overwrite")
    return [row["objectId"] for row in rows("again.csv")]


def test_packets_that_have_no_room_are_left_out_and_said(call: Call, packets_dir: Path) -> None:
    """The table has all survivors; their packets cannot be exported as a whole."""
    named = "--source", str(packets_dir), "--set", "sweep.max_packets=5", "--name", "few", "--json"
    swept = call("sweep", *named, "--export", "all.csv", "--export", "packets.tar")
    assert swept.code == 1
    assert "packets of survivors were left out" in swept.err
    night = swept.summary["nights"][0]
    assert night["packets"] == 5
    assert night["packets"] + night["packets_left_out"] == night["counts"]["survivors"]["alerts"]
    assert len(rows("all.csv")) == night["counts"]["survivors"]["objects"]
    assert "left out" in call("run", "--source", "sweeps/few").err


def test_a_simulated_night_says_so_wherever_it_appears(call: Call) -> None:
    """In the summary, on standard error, in exports, and where the sweep is opened."""
    nights = "20240701..20240702", "--source", "simulated", "--set", "simulate.count=60", "--cuts", "none"
    swept = call("sweep", *nights, "--json", "--export", "s.csv")
    assert swept.summary["simulated"]
    assert swept.err.count("SIMULATED, 60 alerts") == 2
    assert "SIMULATED" in Path("s.csv").read_text()
    assert "SIMULATED" in call("run", "--source", "sweeps/20240701-20240702").err
    (found,) = rows("s.csv")[:1]
    truth = SweepSource(Path("sweeps/20240701-20240702")).truth([found["objectId"], "ZTF00nobody"])
    nights = [SimulatedSource(date, count=60) for date in ("20240701", "20240702")]
    assert truth == next(filter(None, (night.truth([found["objectId"]]) for night in nights)))
    assert call("sweep", "20240701").code == 1
    assert call("sweep", "20240701", "--simulate", "--set", "simulate.count=150").code == 0


def test_a_summary_that_is_damaged_is_refused_in_a_sentence(call: Call, packets_dir: Path) -> None:
    """Whatever was done to it: text, keys, or the tar of a night."""
    call("sweep", "--source", str(packets_dir), "--name", "n", "--max-alerts", "100")
    summary = Path("sweeps/n/sweep.json")
    text = summary.read_text()
    for changed in (text[:100], "[]", text.replace('"nights"', '"knights"'), text.replace('"name": "', '"name": "../')):
        summary.write_text(changed)
        with pytest.raises(SourceError, match=r"sweep\.json"):
            SweepSource(Path("sweeps/n"))
    summary.write_text(text)
    (night,) = Path("sweeps/n/nights").iterdir()
    night.write_bytes(b"nonsense")
    with pytest.raises(SourceError, match="is no tar"):
        SweepSource(Path("sweeps/n"))
    assert (
        call("sweep", "--source", str(packets_dir), "--name", "n", "--max-alerts", "100").err.count("done before") == 0
    )


def test_a_folder_that_is_in_use_is_left_alone(call: Call, tmp_path: Path) -> None:
    """Two sweeps into the same folder would mix."""
    from huntui.night.locks import locked

    (tmp_path / "sweeps" / "n").mkdir(parents=True)
    lock = locked(tmp_path / "sweeps" / "n" / ".lock")
    assert lock is not None
    with lock:
        refused = call("sweep", "--source", "somewhere", "--name", "n")
    assert refused.code == 2
    assert "another huntui sweeps into it" in refused.err


def test_what_does_not_belong_together_is_refused(call: Call) -> None:
    """Each in one sentence, before any work."""
    wrong: dict[str, Any] = {
        "--name ../up": "is the name of a folder",
        "--scheduler tcp://a:1 --workers 2": "are for workers on this machine",
        "--columns ra": "about exports",
        "--memory lots": "no amount of memory",
        "--export a.xyz": "'.xyz' is not known",
    }
    for options, words in wrong.items():
        refused = call("sweep", "20240701", "--source", "simulated", "--set", "simulate.count=10", *options.split())
        assert (refused.code, words in refused.err) == (2, True), refused.err
