"""Services that answer wrongly, by halves, too much, slowly, or not at all."""

import gzip
import threading
import zlib
from pathlib import Path
from typing import Any

import pytest
from asking import answers
from service_server import PROBABILITIES, TABLE, Given, Services

from huntui.online.asker import MOST_BYTES

PATH = "/fink/objects"
BOMB = gzip.compress(b" " * (MOST_BYTES + 1))


async def failure(services: Services, folder: Path, given: Given, **config: Any) -> str:
    """Return why Fink gives no answer, and make sure that nothing of it is kept."""
    services.given[PATH] = given
    found = await answers(services, folder, services=["Fink"], **config)
    assert (found["Fink"].says, found["Fink"].classified) == ("", "")
    assert list(folder.iterdir()) == []
    assert found["Fink"].failed.isprintable()
    return found["Fink"].failed


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Given(body=b"<html>Welcome</html>", kind="text/html; charset=utf-8"), "a web page, not with JSON"),
        (Given(body=b"<html>Welcome</html>"), "not JSON"),
        (Given(body=b""), "not JSON"),
        (Given(body=b'[{"i:jd": 1'), "not JSON"),
        (Given(body=b'[{"i:jd": NaN}]'), "NaN is no number in JSON"),
        (Given(body=b"\xff\xfe\x00"), "not JSON"),
        (Given(body=b"[" * 200_000), "nested too deeply"),
        (Given({"i:jd": 1.0}), "a list of at most 10,000 was"),
        (Given([{"i:jd": "soon"}]), "i:jd must be a number, not 'soon'"),
        (Given([{"d:tns": "x" * 300}]), "d:tns must be"),
        (Given([1, 2]), "must be a section"),
        (Given(["x"] * 10_001), "a list of at most 10,000 was"),
        (Given(body=b" " * (MOST_BYTES + 1)), "more than 4,194,304 bytes"),
        (Given(body=BOMB, headers={"Content-Encoding": "gzip"}), "more than 4,194,304 bytes"),
        (Given(body=b"no gzip", headers={"Content-Encoding": "gzip"}), "cannot be unpacked"),
        (Given(body=gzip.compress(b"[]")[:-9], headers={"Content-Encoding": "gzip"}), "broke off within its answer"),
        (Given(body=b"[]", headers={"Content-Encoding": "br"}), "answers in br, which was not asked for"),
        (Given([], cut=1), "broke off"),
        (Given(status=500), "answers 500 Internal Server Error"),
        (Given(status=401), "answers 401 Unauthorized"),
        (Given(status=204), "answers 204 No Content"),
        (Given(status=429), "answers 429 Too Many Requests"),
        (Given(status=503, headers={"Retry-After": "soon\x07"}), "answers 503 Service Unavailable"),
        (Given(status=302, headers={"Location": "http://example.org/x"}), "leads to http://example.org, where nothing"),
        (Given(status=302, headers={"Location": "ftp://127.0.0.1/x"}), "leads to ftp://127.0.0.1"),
        (Given(status=307, headers={"Location": PATH}), "from one address to the next without end"),
        (Given(status=307, headers={"Location": "http://x:y/"}), "broke off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "given",
)
async def test_a_wrong_answer_is_told_in_a_few_words(
    services: Services, tmp_path: Path, given: Given, words: str
) -> None:
    """Nothing of it is believed, and nothing is kept."""
    assert words in await failure(services, tmp_path, given)


async def test_what_is_compressed_is_unpacked(services: Services, tmp_path: Path) -> None:
    """Both ways that servers have."""
    for encoding, body in (("gzip", gzip.compress(b"[]")), ("deflate", zlib.compress(b"[]"))):
        services.given[PATH] = Given(body=body, headers={"Content-Encoding": encoding})
        found = await answers(services, tmp_path, services=["Fink"], again=True)
        assert found["Fink"].says == "does not know it"


async def test_a_redirect_on_the_same_server_is_followed(services: Services, tmp_path: Path) -> None:
    """As where a slash is missing at the end."""
    services.given[PATH] = Given(status=307, headers={"Location": f"{PATH}/"})
    services.given[f"{PATH}/"] = Given([])
    assert (await answers(services, tmp_path, services=["Fink"]))["Fink"].says == "does not know it"
    assert services.paths == [PATH, f"{PATH}/"]


@pytest.mark.slow
async def test_a_service_that_is_silent_is_given_up_and_the_others_answer(services: Services, tmp_path: Path) -> None:
    """The whole of it is bounded, not the pauses."""
    gate = threading.Event()
    services.given[PATH] = Given([], gate=gate)
    found = await answers(services, tmp_path, timeout=0.5)
    gate.set()
    assert found["Fink"].failed == "gave no answer within 0.5 s"
    assert found["SIMBAD"].classified == "SN*"


async def test_a_server_that_is_not_there_is_told(services: Services, tmp_path: Path) -> None:
    """Nobody listens on that port, or the name means nothing."""
    found = await answers(services, tmp_path, services=["Fink"], fink="http://127.0.0.1:9/api")
    assert found["Fink"].failed.startswith("cannot be reached (")
    found = await answers(services, tmp_path, services=["Fink"], fink="http://nowhere.invalid/api")
    assert found["Fink"].failed.startswith("cannot be reached (")


async def test_a_table_without_the_columns_is_no_answer(services: Services, tmp_path: Path) -> None:
    """As where the service has another version by now."""
    services.given["/simbad"] = Given({**TABLE, "metadata": [{"name": "main_id"}]})
    found = await answers(services, tmp_path, services=["SIMBAD"])
    assert found["SIMBAD"].failed == "answers in a form that is not expected: no column otype"


async def test_a_probability_is_between_nothing_and_one(services: Services, tmp_path: Path) -> None:
    """Whatever a server says."""
    path = next(path for path in services.given if path.endswith("/probabilities"))
    services.given[path] = Given([{**PROBABILITIES[0], "probability": 12.0}])
    found = await answers(services, tmp_path, services=["ALeRCE"])
    assert "probability must be" in found["ALeRCE"].failed
