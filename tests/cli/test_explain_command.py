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
    assert len(lines) == 9
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
