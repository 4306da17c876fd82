"""`huntui compare` and `huntui explain --filters`: other cuts without a screen."""

import csv
import json
from pathlib import Path

import pytest
from calling import SMALL, Huntui

SN_2021RHU = "ZTF21abiuvdk"


def survivors(huntui: Huntui, here: Path, packets_dir: Path, cuts: str) -> set[str]:
    """Return the objects that a run with these cuts exports."""
    path = here / f"{cuts}.csv"
    huntui("run", "--source", str(packets_dir), "--cuts", cuts, "--export", str(path), "--columns", "objectId")
    return {line for line in path.read_text().splitlines()[1:] if not line.startswith(("#", "objectId"))}


def test_what_is_gained_and_lost_is_what_two_runs_differ_in(huntui: Huntui, here: Path, packets_dir: Path) -> None:
    """With the counts of both funnels, in JSON and in the file that is exported."""
    asked = ("compare", "--source", str(packets_dir), "--b", "ampel-simple-decent", "--json", "--export", "sides.csv")
    said = huntui(*asked)
    assert said.code == 0
    found = json.loads(said.out)
    a, b = (survivors(huntui, here, packets_dir, cuts) for cuts in ("transients", "ampel-simple-decent"))
    names = {side: {one["objectId"] for one in found[side]} for side in ("gained", "lost", "common")}
    assert names == {"gained": b - a, "lost": a - b, "common": a & b}
    assert found["objects"] == {side: len(those) for side, those in names.items()}
    assert found["a"]["survivors"]["objects"] == len(a)
    stages = {stage["name"] for stage in found["b"]["stages"]}
    assert {one["rejected_by"] for one in found["lost"]} <= stages
    assert {one["rejected_by"] for one in found["common"]} == {None}
    lines = [line for line in (here / "sides.csv").read_text().splitlines() if not line.startswith("# ")]
    rows = list(csv.DictReader(lines))
    for side, those in names.items():
        assert {row["objectId"] for row in rows if row["side"] == side} == those
    assert "# compared with: ampel-simple-decent, 13 stages" in (here / "sides.csv").read_text()
    assert "1 objects" not in said.err


def test_for_a_person_both_funnels_stand_side_by_side(huntui: Huntui, packets_dir: Path) -> None:
    """The survivors in one line, then the counts, then the first objects with the stage that rejects them."""
    said = huntui("compare", "--source", str(packets_dir), "--b", "ampel-simple-decent")
    lines = said.out.splitlines()
    (heading,) = (line for line in lines if line.startswith("A: "))
    assert heading.split() == ["A:", "transients", "│", "B:", "ampel-simple-decent"]
    (last,) = (line for line in lines if line.count("survivors:") == 2)
    assert lines.index(last) == lines.index(heading) + 15
    objects = next(line.split() for line in lines if line.startswith("objects "))
    assert sum(line.startswith("  ZTF") for line in lines) == sum(min(20, int(number)) for number in objects[1:])
    assert f"  and {int(objects[1]) - 20} more; --json and --export have all of them" in lines


@pytest.mark.parametrize("extra", [("--a", "transients"), ("--cuts", "transients"), ()])
def test_cuts_against_themselves_gain_and_lose_nothing(
    huntui: Huntui, extra: tuple[str, ...], packets_dir: Path
) -> None:
    """However A is named; a knob of A that is turned makes the difference."""
    found = json.loads(huntui("compare", "--source", str(packets_dir), *extra, "--b", "transients", "--json").out)
    assert (found["gained"], found["lost"]) == ([], [])
    assert found["alerts"]["gained"] == found["alerts"]["lost"] == 0
    asked = ("--source", str(packets_dir), *extra, "--set", "young.age_max=1", "--b", "transients", "--json")
    turned = json.loads(huntui("compare", *asked).out)
    assert len(turned["gained"]) + len(turned["common"]) == found["objects"]["common"] > 0
    assert {one["rejected_by"] for one in turned["gained"]} == {"young"}
    assert turned["lost"] == []


def test_without_cuts_and_where_nothing_survives_both_ends_are_told(huntui: Huntui, here: Path) -> None:
    """No stage keeps every alert; two sides of nothing have no lists."""
    (here / "nothing.yaml").write_text("stages: [{name: all_of_them, keep: 'drb > 5'}]")
    said = huntui("compare", *SMALL, "--a", "nothing.yaml", "--b", "nothing.yaml")
    assert said.code == 0
    assert "rejects it at" not in said.out
    every = huntui("compare", *SMALL, "--cuts", "none", "--b", "nothing.yaml")
    assert "no stages: every alert is kept" in every.out
    assert "B rejects it at all_of_them" in every.out


def test_what_cannot_be_compared_is_told_in_one_sentence(huntui: Huntui, here: Path) -> None:
    """Before the night is read, with nothing on standard output."""
    (here / "broken.yaml").write_text("stages: [{name: a, keep: 'drb >'}]")
    (here / "folder.yaml").mkdir()
    (here / "there.csv").write_text("mine")
    for extra, words in (
        (("--b", "transiens"), "Did you mean 'transients'?"),
        (("--b", "broken.yaml"), "broken.yaml: stages[0].keep"),
        (("--b", "folder.yaml"), "There is no file folder.yaml"),
        (("--b", ""), "Which cuts?"),
        ((), "--b"),
        (("--a", "x.yaml", "--b", "none"), "There is no file x.yaml"),
        (("--a", "", "--b", "none"), "names nothing"),
        (("--a", "transients", "--cuts", "none", "--b", "none"), "--a and --cuts"),
        (("--b", "none", "--export", "there.csv"), "the file exists"),
        (("--b", "none", "--export", "x.txt"), "the ending says what is written"),
        (("--b", "none", "--overwrite"), "add --export FILE"),
    ):
        said = huntui("compare", *SMALL, *extra)
        assert (said.code, said.out) == (2, ""), extra
        assert words in said.err
        assert len(said.err.splitlines()) == 1
    assert (here / "there.csv").read_text() == "mine"


def test_all_filters_say_what_they_make_of_the_supernova(huntui: Huntui, packets_dir: Path) -> None:
    """How many of its alerts each keeps, where it loses the others, and by how much the newest fails."""
    said = huntui("explain", SN_2021RHU, "--filters", "--source", str(packets_dir))
    lines = said.out.splitlines()
    assert lines[0] == f"{SN_2021RHU}: 34 alerts"
    (place,) = (place for place, line in enumerate(lines) if "✓ ampel-simple-decent" in line)
    assert lines[place].split("ampel-simple-decent")[1].split() == (
        ["6", "of", "34", "lost:", "detected", "1", "·", "time_span", "23", "·", "sharp", "4"]
    )
    assert lines[place + 1].strip() == "newest alert: time_span: points_span 27.0387, needs ≤ 25: over by 2.03868 day"
    assert "(in force)" in lines[1]
    found = json.loads(huntui("explain", SN_2021RHU, "--filters", "--json", "--source", str(packets_dir)).out)
    (row,) = (row for row in found["filters"] if row["name"] == "bright-transient-survey")
    assert (row["kept"], row["lost"], row["newest"]) == (33, {"seen_before": 1}, {"kept": True, "why": None})


def test_a_filter_that_cannot_be_read_says_so_among_the_others(huntui: Huntui, here: Path, packets_dir: Path) -> None:
    """And the others say what they have to say."""
    (here / "cuts").mkdir()
    (here / "cuts" / "broken.yaml").write_text("stages: [{name: a, keep: 'drb >'}]")
    said = huntui("explain", SN_2021RHU, "--filters", "--source", str(packets_dir))
    assert said.code == 0
    assert "! broken" in said.out
    assert "broken.yaml: stages[0].keep" in said.out
    assert "✓ transients" in said.out


def test_what_no_filter_can_see_is_a_wrong_call(huntui: Huntui, odd_dir: Path) -> None:
    """What is not in the night, a bad packet, and --all, which says nothing more here."""
    for name in ("ZTF24nothing", "9" * 30, ""):
        said = huntui("explain", name, "--filters", *SMALL)
        assert (said.code, said.out) == (2, "")
        assert "no alert of 20240707 has this objectId or candid" in said.err
    path = next((odd_dir / "corrupt").glob("*.avro"))
    said = huntui("explain", path.name, "--filters", "--source", str(path.parent))
    assert said.code == 2
    assert "is a bad packet, " in said.err
    said = huntui("explain", SN_2021RHU, "--filters", "--all", *SMALL)
    assert said.code == 2
    assert "leave --all out" in said.err
