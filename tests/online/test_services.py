"""What is asked of each public service, and how its answer is read."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from asking import answers
from service_server import ALERTS, COPIED, NAME, TABLE, Given, Services

from huntui.online.answer import Answer, Subject

WHEN = 1_720_353_600.0


async def test_every_service_is_asked_in_its_way_and_says_what_it_knows(services: Services, tmp_path: Path) -> None:
    """ALeRCE and Fink by name, SIMBAD by place, TNS in Fink's copy by name; nothing else is sent."""
    found = await answers(services, tmp_path)
    assert found["ALeRCE"] == Answer(
        "ALeRCE", "SNIa with 0.83 by lc_classifier; 57 detections", "SNIa", 0.83,
        link=f"https://alerce.online/object/{NAME}", asked=WHEN,
    )  # fmt: skip
    assert found["Fink"] == Answer(
        "Fink", "SN candidate, SuperNNova 0.91, of type Ia 0.87; 2 alerts", "SN candidate", 0.91,
        link=f"https://ztf.fink-portal.org/{NAME}", asked=WHEN,
    )  # fmt: skip
    simbad = found["SIMBAD"]
    assert simbad.says == 'SN*, SN 2021rhu, 0.4" away, z = 0.0035'
    assert (simbad.classified, simbad.redshift, simbad.offset_arcsec) == ("SN*", 0.0035, 0.36)
    tns = found["TNS"]
    assert (tns.says, tns.classified) == ("SN 2021rhu, SN Ia, z = 0.0035, in Fink's copy", "SN Ia")
    assert tns.link == "https://www.wis-tns.org/object/2021rhu"

    bodies = {path: body for path, body, _ in services.asked}
    assert json.loads(bodies["/fink/objects"])["objectId"] == NAME
    assert json.loads(bodies["/fink/resolver"])["name"] == NAME
    query = parse_qs(bodies["/simbad"])["query"][0]
    assert "CIRCLE('ICRS', 45.123456, -12.500000, 0.00055556)" in query
    assert all(headers["User-Agent"].startswith("huntui/") for _, _, headers in services.asked)


async def test_tns_itself_is_asked_by_place_where_there_is_a_key(services: Services, tmp_path: Path) -> None:
    """The bot says who it is, as TNS wants it; the key is in the body, and in nothing that is kept."""
    keys = {"tns_api_key": "env:MY_KEY", "tns_bot": "12345 my_bot", "environment": {"MY_KEY": "hush-hush"}}
    found = await answers(services, tmp_path, services=["TNS"], **keys)
    assert found["TNS"].says == "SN 2021rhu, SN Ia, z = 0.0035"
    assert services.paths == ["/tns/search", "/tns/object"]
    (_, search, headers), (_, wanted, _) = services.asked
    assert headers["User-Agent"] == 'tns_marker{"tns_id": 12345, "type": "bot", "name": "my_bot"}'
    assert parse_qs(search)["api_key"] == ["hush-hush"]
    assert json.loads(parse_qs(search)["data"][0]) == {
        "ra": "45.123456", "dec": "-12.500000", "radius": "2", "units": "arcsec",
    }  # fmt: skip
    assert json.loads(parse_qs(wanted)["data"][0]) == {"objname": "2021rhu"}
    assert all(b"hush-hush" not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("path", "value", "service", "says", "classified"),
    [
        (f"/alerce/objects/{NAME}/probabilities", [], "ALeRCE", "knows it and has no class for it; 57 detections", ""),
        ("/fink/objects", [], "Fink", "does not know it", ""),
        ("/fink/objects", [{"i:jd": 1.0}], "Fink", "knows it and has no class for it; 1 alert", ""),
        ("/fink/objects", [{**ALERTS[0], "d:tns": "SN II"}], "Fink", "SN II in TNS; 1 alert", "SN II"),
        ("/fink/objects", [{**ALERTS[0], "d:cdsxmatch": "RRLyr"}], "Fink", "RRLyr in SIMBAD; 1 alert", "RRLyr"),
        (
            *("/fink/objects", [{"d:roid": 3, "i:ssnamenr": "12345"}]),
            *("Fink", "Solar System MPC (12345); 1 alert", "Solar System MPC"),
        ),
        (
            *("/fink/objects", [{"d:roid": 3, "i:ssnamenr": "C/2020V2"}]),
            *("Fink", "Solar System comet (C/2020V2); 1 alert", "Solar System comet"),
        ),
        ("/fink/objects", [{"d:roid": 2}], "Fink", "Solar System candidate; 1 alert", "Solar System candidate"),
        ("/simbad", {**TABLE, "data": []}, "SIMBAD", 'knows nothing within 2"', ""),
        ("/fink/resolver", [], "TNS", "does not know it, in Fink's copy", ""),
        ("/fink/resolver", COPIED[:1], "TNS", "AT 2021rhu, not classified, in Fink's copy", ""),
    ],
)
async def test_what_a_service_knows_less_of_is_told(
    services: Services, tmp_path: Path, path: str, value: Any, service: str, says: str, classified: str
) -> None:
    """That it knows nothing is an answer too."""
    services.given[path] = Given(value)
    answer = (await answers(services, tmp_path, services=[service]))[service]
    assert (answer.says, answer.classified, answer.failed) == (says, classified, "")


async def test_an_object_that_alerce_has_not_is_not_asked_about_twice(services: Services, tmp_path: Path) -> None:
    """Its 404 says so."""
    found = await answers(services, tmp_path, Subject("ZTF99zzzzzzz"), services=["ALeRCE"])
    assert found["ALeRCE"].says == "does not know it"
    assert services.paths == ["/alerce/objects/ZTF99zzzzzzz"]


async def test_a_name_cannot_lead_elsewhere(services: Services, tmp_path: Path) -> None:
    """It comes from a packet, and is quoted wherever it stands in an address."""
    name = "../../fink/objects?x=1#"
    found = await answers(services, tmp_path, Subject(name), services=["ALeRCE"])
    assert services.paths == ["/alerce/objects/..%2F..%2Ffink%2Fobjects%3Fx%3D1%23"]
    assert found["ALeRCE"].link.startswith("https://alerce.online/object/..%2F")


async def test_without_a_place_those_that_need_one_are_not_asked(services: Services, tmp_path: Path) -> None:
    """And say what would help; the others answer."""
    found = await answers(services, tmp_path, Subject(NAME))
    assert "/simbad" not in services.paths
    assert found["SIMBAD"].failed == "goes by place, and none is known; give --position RA,DEC or a night that holds it"
    assert found["ALeRCE"].classified == "SNIa"


async def test_what_a_server_writes_can_steer_no_terminal(services: Services, tmp_path: Path) -> None:
    """Control characters are gone from every word that is shown."""
    evil = "\x1b]0;owned\x07SN\u202eIa"
    services.given["/fink/objects"] = Given([{"i:jd": 1.0, "d:tns": evil}])
    services.given["/simbad"] = Given({**TABLE, "data": [[evil, evil, None, 0.0]]})
    services.given["/fink/resolver"] = Given([{"d:fullname": f"SN {evil}", "d:type": evil}])
    for answer in (await answers(services, tmp_path, services=["Fink", "SIMBAD", "TNS"])).values():
        assert not answer.failed
        assert (answer.says + answer.classified + answer.link).isprintable()
