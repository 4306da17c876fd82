"""`huntui lookup`: what it prints, what it refuses, and its exit codes."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from calling import SMALL, Huntui
from service_server import NAME, Given, Services

PLACE = ("--position", "45.123456,-12.5")


@pytest.fixture
def on(here: Path, services: Services) -> Services:
    """Switch look-ups on in the directory, with the server on this machine in the place of all services."""
    (here / "config.yaml").write_text(json.dumps({"lookups": services.config().model_dump()}))
    return services


def test_every_service_has_a_line(huntui: Huntui, on: Services) -> None:
    """What it says, which treasures of the hunt that speaks for, and where to go on."""
    said = huntui("lookup", NAME, *PLACE)
    assert (said.code, said.err) == (0, "")
    alerce, fink, simbad, tns = said.out.splitlines()
    assert alerce.startswith("ALeRCE  SNIa with 0.83 by lc_classifier; 57 detections; speaks for supernova  https://")
    assert alerce.endswith(f"  https://alerce.online/object/{NAME}")
    assert fink.startswith(
        "Fink    SN candidate, SuperNNova 0.91, of type Ia 0.87; 2 alerts; speaks for supernova  https://"
    )
    assert simbad.startswith('SIMBAD  SN*, SN 2021rhu, 0.4" away, z = 0.0035; speaks for supernova  https://')
    assert tns.startswith("TNS     SN 2021rhu, SN Ia, z = 0.0035, in Fink's copy; speaks for supernova  https://")
    assert len(on.asked) == 5


def test_the_same_as_json(huntui: Huntui, on: Services) -> None:
    """Nothing else stands on standard output; what is kept says so and is not asked for, unless --again."""
    told: list[list[dict[str, Any]]] = []
    for more, requests in (((), 5), ((), 5), (("--again",), 10)):
        said = huntui("lookup", NAME, *PLACE, "--json", *more)
        assert (said.code, len(on.asked)) == (0, requests)
        told.append(json.loads(said.out))
    first, kept, again = told
    assert [one["service"] for one in first] == ["ALeRCE", "Fink", "SIMBAD", "TNS"]
    assert {key: first[2][key] for key in ("class", "probability", "redshift", "offset_arcsec", "failed")} == {
        "class": "SN*", "probability": None, "redshift": 0.0035, "offset_arcsec": 0.36, "failed": None,
    }  # fmt: skip
    assert first[2]["speaks"]["supernova"] == "confirmed"
    assert kept == [{**one, "kept": True} for one in first]
    assert [one["kept"] for one in again] == [False] * 4


@pytest.mark.slow
def test_the_place_is_taken_from_a_night(huntui: Huntui, on: Services, packets_dir: Path) -> None:
    """And an object that is not in there is a wrong call."""
    night = ("--source", str(packets_dir))
    said = huntui("lookup", NAME, *night)
    assert said.code == 0
    assert "SIMBAD  SN*" in said.out
    asked = len(on.asked)
    said = huntui("lookup", "ZTF99zzzzzzz", *night)
    assert (said.code, said.out, len(on.asked)) == (2, "", asked)
    assert "ZTF99zzzzzzz" in said.err


def test_without_a_place_those_that_need_one_say_so(huntui: Huntui, on: Services) -> None:
    """On standard error; the others are on standard output, and that is no failure."""
    said = huntui("lookup", NAME)
    assert (said.code, len(said.out.splitlines())) == (0, 3)
    assert said.err == ("SIMBAD goes by place, and none is known; give --position RA,DEC or a night that holds it.\n")
    assert "/simbad" not in on.paths


def test_look_ups_are_off_and_say_how_to_switch_them_on(huntui: Huntui, services: Services) -> None:
    """Not one request is sent, and no night is read for it."""
    for night in ((), SMALL):
        said = huntui("lookup", NAME, *PLACE, *night, "--set", f"lookups.alerce={services.url}/alerce")
        assert (said.code, said.out) == (2, "")
        assert "with lookups.enabled: true in config.yaml" in said.err
    assert services.asked == []


def test_an_invented_object_is_refused_before_its_night_is_made(huntui: Huntui, on: Services) -> None:
    """Also where its place is given."""
    said = huntui("lookup", NAME, *SMALL, *PLACE)
    assert (said.code, said.out, on.asked) == (2, "", [])
    assert f"{NAME} is invented" in said.err


def test_where_no_service_answers_the_work_has_failed(huntui: Huntui, on: Services) -> None:
    """Each says why, and a list of that is still printed as JSON."""
    on.given = {path: Given(status=500, body=b"\x1b[31m") for path in on.given}
    said = huntui("lookup", NAME, *PLACE)
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines() == [
        *(f"{name} answers 500 Internal Server Error." for name in ("ALeRCE", "Fink", "SIMBAD", "TNS")),
        f"huntui: No service has answered about {NAME}.",
    ]
    said = huntui("lookup", NAME, *PLACE, "--json")
    assert said.code == 1
    assert {one["failed"] for one in json.loads(said.out)} == {"answers 500 Internal Server Error"}


@pytest.mark.slow
def test_one_that_is_silent_does_not_keep_the_others(huntui: Huntui, on: Services) -> None:
    """It is given up, and that is no failure of the whole."""
    on.given["/simbad"] = Given({}, gate=threading.Event())
    said = huntui("lookup", NAME, *PLACE, "--set", "lookups.timeout=0.5")
    assert (said.code, len(said.out.splitlines())) == (0, 3)
    assert said.err == "SIMBAD gave no answer within 0.5 s.\n"


@pytest.mark.parametrize("position", ["", "45", "45,x", "nan,0", "400,0", "45,-91", "1,2,3", "inf,0"])
def test_a_position_that_is_none_is_a_wrong_call(huntui: Huntui, on: Services, position: str) -> None:
    """With an example of a right one."""
    said = huntui("lookup", NAME, "--position", position)
    assert (said.code, on.asked) == (2, [])
    assert "as in --position 199.1243,53.6763" in said.err


@pytest.mark.parametrize("name", ["", " ", "a\x1b[31mb", "x" * 101])
def test_a_name_that_can_be_none_is_a_wrong_call(huntui: Huntui, on: Services, name: str) -> None:
    """And nothing of it reaches the terminal as it is."""
    said = huntui("lookup", name)
    assert (said.code, on.asked) == (2, [])
    assert "an objectId was expected" in said.err
    assert "\x1b" not in said.err


def test_the_key_of_tns_is_never_shown(huntui: Huntui, on: Services) -> None:
    """Where it is wrongly put on a command line, or into a file of configuration."""
    for value in ("hush-hush", "[hush-hush]"):
        said = huntui("lookup", NAME, *PLACE, "--set", f"lookups.tns_api_key={value}", "-v")
        assert (said.code, on.asked) == (2, [])
        assert "lookups.tns_api_key" in said.err
        assert "hush-hush" not in said.err


def test_clearing_the_cache_removes_the_answers_too(huntui: Huntui, on: Services, user_answers: Path) -> None:
    """Each of those that were kept, and the next question is asked again."""
    huntui("lookup", NAME, *PLACE)
    assert len(list(user_answers.iterdir())) == 4
    said = huntui("cache", "clear")
    assert said.err.endswith("and 4 answers of look-ups\n")
    assert list(user_answers.iterdir()) == []
    huntui("lookup", NAME, *PLACE)
    assert len(on.asked) == 10
