"""`huntui run`: the counts as JSON and as a table, the exports, and what goes to which stream."""

import csv
import json
from pathlib import Path

from calling import SMALL, Huntui

KEYS = [
    "date",
    "source",
    "simulated",
    "schema_versions",
    "alerts",
    "objects",
    "duplicates",
    "bad_packets",
    "stages",
    "survivors",
    "treasures",
    "seconds",
    "alerts_per_second",
]
STAGE_KEYS = ["name", "keep", "in", "passed", "rejected", "rejected_only_here", "unknown"]


def test_json_is_one_object_with_the_agreed_keys(huntui: Huntui) -> None:
    """Programs rely on each of them."""
    said = huntui("run", *SMALL, "--json")
    report = json.loads(said.out)
    assert said.code == 0
    assert list(report) == KEYS
    assert all(list(stage) == STAGE_KEYS for stage in report["stages"])
    assert list(report["survivors"]) == ["alerts", "objects"]
    assert all(list(treasure) == ["name", "objects"] for treasure in report["treasures"])
    assert (report["date"], report["simulated"], report["alerts"]) == ("20240707", True, 300)
    assert report["treasures"][0]["name"] == "supernova"


def test_every_count_follows_from_the_one_before(huntui: Huntui) -> None:
    """What a stage passes enters the next; the last passes the survivors."""
    report = json.loads(huntui("run", *SMALL, "--json").out)
    entering = report["alerts"]
    for stage in report["stages"]:
        assert stage["in"] == entering
        assert stage["passed"] + stage["rejected"] == entering
        entering = stage["passed"]
    assert report["survivors"]["alerts"] == entering


def test_the_same_night_is_the_same_every_time(huntui: Huntui) -> None:
    """Apart from the clock, two runs print the same; another seed prints something else."""
    first, second, other = (
        json.loads(huntui("run", *SMALL, "--json", *more).out) for more in ([], [], ["--set", "simulate.seed=7"])
    )
    for report in (first, second, other):
        del report["seconds"], report["alerts_per_second"]
    assert first == second != other


def test_real_packets_are_all_read_and_nothing_says_simulated(huntui: Huntui, packets_dir: Path) -> None:
    """A folder needs no date."""
    said = huntui("run", "--source", str(packets_dir), "--json")
    report = json.loads(said.out)
    assert (report["alerts"], report["bad_packets"], report["simulated"], report["date"]) == (907, {}, False, None)
    assert "SIMULATED" not in said.err


def test_a_simulated_night_says_so_on_standard_error_and_in_the_table(huntui: Huntui) -> None:
    """And how to get the real one."""
    said = huntui("run", *SMALL)
    assert said.err.startswith("SIMULATED: every alert of this night is invented. For the real night, ")
    assert said.out.startswith("20240707 (SIMULATED)\n300 alerts of ")


def test_the_table_shows_stages_knobs_survivors_and_treasures(huntui: Huntui) -> None:
    """Numbers have thousands separators; columns are aligned."""
    lines = huntui("run", *SMALL, "--set", "young.age_max=31", "--set", "real.enabled=false").out.splitlines()
    header = next(line for line in lines if line.startswith("stage "))
    assert header.split("  ")[-1].strip() == "keep"
    assert any(line.startswith("young ") and line.endswith("(age_max 31)") for line in lines)
    assert any(line.startswith("real ") and "off: " in line for line in lines)
    assert any(line.startswith("survivors: ") for line in lines)
    assert any(line.startswith("supernova ") for line in lines)


def test_the_table_says_what_would_survive_without_each_stage(huntui: Huntui) -> None:
    """As many as survive when that stage is switched off."""
    lines = huntui("run", *SMALL).out.splitlines()
    head = next(line for line in lines if line.startswith("stage "))
    end = head.index("without it") + len("without it")
    (found,) = [line[:end].split()[-1] for line in lines if line.startswith("young ")]
    off = json.loads(huntui("run", *SMALL, "--json", "--set", "young.enabled=false").out)
    assert int(found) == off["survivors"]["alerts"] > 0


def test_standard_output_is_data_only(huntui: Huntui) -> None:
    """Notes about exports go to standard error."""
    said = huntui("run", *SMALL, "--json", "--export", "a.csv", "--export", "b.json")
    json.loads(said.out)
    assert "a.csv" in said.err
    assert "b.json" in said.err


def test_max_alerts_and_cuts_none_and_per_alert_give_a_row_per_alert(huntui: Huntui, here: Path) -> None:
    """`--cuts none` keeps everything."""
    said = huntui(
        "run", *SMALL, "--max-alerts", "100", "--cuts", "none", "--per-alert", "--export", "a.csv",
        "--columns", "objectId,candid,drb", "--json",
    )  # fmt: skip
    report = json.loads(said.out)
    assert (report["alerts"], report["stages"], report["survivors"]["alerts"]) == (100, [], 100)
    with (here / "a.csv").open(newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    assert list(rows[0]) == ["objectId", "candid", "drb"]
    assert len({row["candid"] for row in rows}) == len(rows) == 100


def test_an_export_has_a_row_per_surviving_object(huntui: Huntui, here: Path) -> None:
    """Its number is the one that the funnel says, and it tells that the night is simulated."""
    report = json.loads(huntui("run", *SMALL, "--cuts", "none", "--json", "--export", "a.csv").out)
    lines = (here / "a.csv").read_text().splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    assert len(rows) - 1 == report["survivors"]["objects"] == report["objects"]
    assert any("SIMULATED" in line for line in lines if line.startswith("#"))


def test_a_file_that_exists_is_kept_unless_told_otherwise(huntui: Huntui, here: Path) -> None:
    """It is checked before the night is read."""
    (here / "a.csv").write_text("mine")
    said = huntui("run", *SMALL, "--export", "a.csv")
    assert (said.code, said.out) == (2, "")
    assert "add --overwrite" in said.err
    assert (here / "a.csv").read_text() == "mine"
    assert huntui("run", *SMALL, "--export", "a.csv", "--overwrite").code == 0
    assert (here / "a.csv").read_text() != "mine"


def test_columns_of_the_configuration_are_those_of_an_export(huntui: Huntui, here: Path) -> None:
    """`--columns` goes before them."""
    for more, expected in (([], "ra,dec"), (["--columns", "dec"], "dec")):
        huntui("run", *SMALL, "--set", "columns=[ra, dec]", "--export", "a.csv", "--overwrite", *more)
        lines = (here / "a.csv").read_text().splitlines()
        assert next(line for line in lines if not line.startswith("#")) == expected


def test_own_cuts_and_hunts_go_before_those_that_came_with_huntui(huntui: Huntui, here: Path) -> None:
    """./cuts/transients.yaml is what --cuts transients means."""
    assert huntui("init").code == 0
    (here / "cuts" / "transients.yaml").write_text("stages: [{name: bright, keep: magpsf < 17}]\n")
    report = json.loads(huntui("run", *SMALL, "--json").out)
    assert [stage["name"] for stage in report["stages"]] == ["bright"]


def test_stages_of_the_configuration_are_the_funnel_unless_cuts_are_named(huntui: Huntui, here: Path) -> None:
    """An inline funnel serves a directory."""
    (here / "config.yaml").write_text("stages: [{name: bright, keep: magpsf < 17}]\nsimulate: {count: 200}\n")
    names = [
        [stage["name"] for stage in json.loads(huntui("run", "--date", "20240707", "--json", *more).out)["stages"]]
        for more in ([], ["--cuts", "none"])
    ]
    assert names == [["bright"], []]


def test_a_night_of_damaged_packets_is_read_to_its_end(huntui: Huntui, here: Path) -> None:
    """Damage is counted by its reason, and is no failure of the work."""
    (here / "night").mkdir()
    (here / "night" / "1.avro").write_bytes(b"Obj\x01 and nothing that follows")
    said = huntui("run", "--source", "night", "--json")
    report = json.loads(said.out)
    assert (said.code, report["alerts"], sum(report["bad_packets"].values())) == (0, 0, 1)
    assert report["survivors"] == {"alerts": 0, "objects": 0}


def test_without_a_terminal_the_screen_is_a_run(huntui: Huntui) -> None:
    """A pipe gets the table that `huntui run` prints."""
    first = huntui(*SMALL).out.splitlines()
    second = huntui("run", *SMALL).out.splitlines()
    assert first[0] == "20240707 (SIMULATED)"
    assert [line for line in first[2:] if not line.startswith("elapsed: ")] == [
        line for line in second[2:] if not line.startswith("elapsed: ")
    ]
