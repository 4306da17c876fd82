"""`huntui explain`: every alert of a night can be asked about, and a bad packet as well."""

import json
from pathlib import Path

import pytest
from calling import SMALL, Huntui

SN_2021RHU = "ZTF21abiuvdk"


def test_the_supernova_that_a_cut_loses_says_which_and_what_would_let_it_in(huntui: Huntui, packets_dir: Path) -> None:
    """By name, value and threshold; and with that knob it comes through."""
    asked = ("explain", SN_2021RHU, "--source", str(packets_dir), "--json")
    (alert,) = json.loads(huntui(*asked).out)
    (lost,) = (stage for stage in alert["stages"] if not stage["passes"])
    assert not alert["survives"]
    assert lost["name"] == "young"
    assert lost["comparisons"][0]["value"] == pytest.approx(65.0048, abs=1e-3)
    assert lost["comparisons"][0]["threshold"] == 60
    assert lost["comparisons"][0]["needs"] == "<="
    assert lost["comparisons"][0]["margin"] == pytest.approx(5.0048, abs=1e-3)
    assert lost["comparisons"][0]["unit"] == "day"
    assert lost["let_in_by"] == {"age_max": 66.0}
    (again,) = json.loads(huntui(*asked, "--set", "young.age_max=66").out)
    assert again["survives"]
    (before,) = json.loads(huntui(*asked, "--set", "young.age_max=65").out)
    assert not before["survives"]


def test_an_object_is_its_newest_alert_or_all_of_them_and_a_candid_is_one(huntui: Huntui, packets_dir: Path) -> None:
    """Oldest first."""
    source = ("--source", str(packets_dir), "--json")
    newest = json.loads(huntui("explain", SN_2021RHU, *source).out)
    every = json.loads(huntui("explain", SN_2021RHU, "--all", *source).out)
    assert len(every) > 1
    assert every[-1:] == newest
    one = json.loads(huntui("explain", str(every[0]["candid"]), *source).out)
    assert one == every[:1]


def test_for_a_person_there_is_a_line_per_stage(huntui: Huntui, packets_dir: Path) -> None:
    """With a mark, the comparisons, and what would let the alert in."""
    said = huntui("explain", SN_2021RHU, "--source", str(packets_dir), "--cuts", "ztf-summer-school-2024")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].endswith(": is rejected by young, changing")
    assert len(lines) == 10
    assert lines[-1] == "  let in by age_max 66 and rate_min 0.02"
    assert "✗ young" in said.out
    assert "age 65.0048, needs ≤ 30: over by 35.0048 day [let in by age_max 66]" in said.out
    assert "drb >= drb_min: yes (0.99998 against 0.7)" in said.out


def test_a_bad_packet_is_found_by_its_file(huntui: Huntui, odd_dir: Path) -> None:
    """With or without the suffix."""
    path = next((odd_dir / "corrupt").glob("*.avro"))
    for name in (path.name, path.stem):
        said = huntui("explain", name, "--source", str(path.parent))
        assert said.code == 0
        assert said.out.startswith(f"{path} is a bad packet, truncated: ")


def test_what_is_not_in_the_night_is_a_wrong_call(huntui: Huntui) -> None:
    """One sentence, nothing on standard output."""
    for name in ("ZTF24nothing", "9" * 30, "²", ""):
        said = huntui("explain", name, *SMALL)
        assert (said.code, said.out) == (2, "")
        assert "no alert of 20240707 has this objectId or candid" in said.err


def test_what_lets_an_alert_in_past_all_stages_does_so(huntui: Huntui, packets_dir: Path) -> None:
    """The turns of several stages, made together."""
    asked = ("explain", SN_2021RHU, "--source", str(packets_dir), "--cuts", "ztf-summer-school-2024", "--json")
    (alert,) = json.loads(huntui(*asked).out)
    assert set(alert["let_in_by"]) == {"young.age_max", "changing.rate_min"}
    turns = [word for knob, value in alert["let_in_by"].items() for word in ("--set", f"{knob}={value}")]
    (again,) = json.loads(huntui(*asked, *turns).out)
    assert again["survives"]
    assert again["let_in_by"] == {}


def test_the_supernova_is_the_nearest_miss_of_the_real_packets(huntui: Huntui, packets_dir: Path) -> None:
    """A line per object: objectId, candid, margin, what keeps it out, what lets it in."""
    said = huntui("explain", "--near-misses", "3", "--source", str(packets_dir))
    assert said.code == 0
    first, *others = said.out.splitlines()
    assert first == (
        "ZTF21abiuvdk  1705321360815015014  0.00261  young: age 62.9167, needs ≤ 60: over by 2.91668 day "
        "[let in by age_max 63; another alert of it comes through]"
    )
    assert len(others) == 2
    assert "rejected alerts" in said.err
    listed = json.loads(huntui("explain", "--near-misses", "3", "--source", str(packets_dir), "--json").out)
    assert [f"{one['objectId']}  {one['candid']}  {one['margin']:.3g}" for one in listed] == [
        "  ".join(line.split("  ")[:3]) for line in said.out.splitlines()
    ]
    assert listed[0]["let_in_by"] == {"young.age_max": 63.0}
    assert listed[0]["object_survives"]
    assert [one["name"] for one in listed[0]["stages"]] == ["young"]
    assert sum(one["margin"] for one in listed[1]["stages"]) == pytest.approx(listed[1]["margin"])


def test_without_rejected_alerts_there_are_no_near_misses(huntui: Huntui) -> None:
    """Nothing on standard output, or an empty list."""
    said = huntui("explain", "--near-misses", "3", "--cuts", "none", *SMALL)
    assert (said.code, said.out) == (0, "")
    assert "No alert was rejected." in said.err
    assert json.loads(huntui("explain", "--near-misses", "3", "--cuts", "none", "--json", *SMALL).out) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((SN_2021RHU, "--near-misses", "3"), "An ID and --near-misses cannot both be given"),
        ((), "Neither an ID nor --near-misses N was given"),
        (("--near-misses", "3", "--all"), "--all goes with an ID"),
        (("--near-misses", "0"), "--near-misses"),
    ],
)
def test_an_id_and_near_misses_exclude_each_other(huntui: Huntui, arguments: tuple[str, ...], words: str) -> None:
    """One sentence."""
    said = huntui("explain", *arguments, *SMALL)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
