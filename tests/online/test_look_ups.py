"""How often services are asked: not at all, once, again, and never too soon."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from asking import SUBJECT, answers
from service_server import NAME, Given, Services

from huntui.errors import AskError, ConfigError
from huntui.online.answer import Answer, Subject
from huntui.online.kept_answers import KeptAnswers
from huntui.online.look_ups import LookUps
from huntui.online.pace import Pace

HOUR = 3600.0


async def test_a_second_question_within_the_hours_asks_nobody(services: Services, tmp_path: Path) -> None:
    """The answer is the same, says when it was given, and that it was kept."""
    first = await answers(services, tmp_path, now=lambda: 1000.0)
    asked = len(services.asked)
    second = await answers(services, tmp_path, now=lambda: 1000.0 + 23.9 * HOUR)
    assert len(services.asked) == asked
    assert second == {name: replace(answer, kept=True) for name, answer in first.items()}
    assert {answer.asked for answer in second.values()} == {1000.0}


async def test_it_is_asked_again_where_that_is_wanted_or_the_answer_is_old(services: Services, tmp_path: Path) -> None:
    """Or kept nowhere, or from a time to come, as of a clock that was wrong."""
    await answers(services, tmp_path, services=["Fink"], now=lambda: 1000.0)
    await answers(services, tmp_path, services=["Fink"], now=lambda: 1000.0, again=True)
    await answers(services, tmp_path, services=["Fink"], now=lambda: 1000.0 + 24 * HOUR)
    await answers(services, tmp_path, services=["Fink"], now=lambda: 10.0)
    await answers(services, tmp_path, services=["Fink"], now=lambda: 10.0, keep_hours=0.0)
    assert services.paths == ["/fink/objects"] * 5


async def test_another_object_place_or_address_is_another_question(services: Services, tmp_path: Path) -> None:
    """An answer is never taken for that to another one."""
    await answers(services, tmp_path, services=["SIMBAD"])
    await answers(services, tmp_path, replace(SUBJECT, place=(45.0, -12.5)), services=["SIMBAD"])
    await answers(services, tmp_path, services=["SIMBAD"], radius=5.0)
    services.given["/mirror"] = services.given["/simbad"]
    await answers(services, tmp_path, services=["SIMBAD"], simbad=f"{services.url}/mirror")
    assert services.paths == ["/simbad"] * 3 + ["/mirror"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\x00\xff" * 50, b'{"key": 1}', b"x" * 50_000], ids=len)
async def test_a_damaged_answer_is_asked_for_again(services: Services, tmp_path: Path, damage: bytes) -> None:
    """And written anew."""
    await answers(services, tmp_path, services=["Fink"])
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert (await answers(services, tmp_path, services=["Fink"]))["Fink"].classified == "SN candidate"
    assert len(services.asked) == 2
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [whole]


def test_the_oldest_answers_make_room(tmp_path: Path) -> None:
    """All of them together take no more than is allowed."""
    kept = KeptAnswers(tmp_path, 24.0, 2000)
    keys = [KeptAnswers.key("Fink", "https://x", str(number)) for number in range(20)]
    for key in keys:
        kept.keep(key, Answer("Fink", "says " + "x" * 100, asked=5.0))
    assert 0 < sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2000
    assert kept.find(keys[-1], 5.0) is not None
    assert kept.find(keys[0], 5.0) is None
    left = len(list(tmp_path.iterdir()))
    assert (kept.clear(), list(tmp_path.iterdir())) == (left, [])


async def test_a_folder_that_cannot_be_written_keeps_nothing_and_harms_nothing(
    services: Services, tmp_path: Path
) -> None:
    """A file stands in its place."""
    file = tmp_path / "file"
    file.write_text("mine")
    for _ in range(2):
        assert (await answers(services, file, services=["Fink"]))["Fink"].classified == "SN candidate"
    assert len(services.asked) == 2
    assert file.read_text() == "mine"


def test_a_server_is_asked_at_its_pace_whoever_asks() -> None:
    """Eight threads at one moment of a clock that stands still: each has a time of its own, an interval apart."""
    pace = Pace(lambda: 100.0)
    waits: list[float] = []
    threads = [threading.Thread(target=lambda: waits.append(pace.reserve(1.5, 60.0))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [1.5 * number for number in range(8)]


def test_a_time_that_has_come_is_not_waited_for() -> None:
    """Pauses count from the last time, not from the first."""
    now = [100.0]
    pace = Pace(lambda: now[0])
    assert pace.reserve(2.0, 10.0) == 0.0
    now[0] = 101.5
    assert pace.reserve(2.0, 10.0) == 0.5
    now[0] = 110.0
    assert pace.reserve(2.0, 10.0) == 0.0


async def test_a_server_that_wants_to_be_left_alone_is(services: Services, tmp_path: Path) -> None:
    """Until the seconds of its Retry-After are over; meanwhile it is said and nothing is sent."""
    now = [100.0]
    pace = Pace(lambda: now[0])
    look_ups = LookUps(services.config(services=["Fink"], timeout=30.0), folder=tmp_path, pace=lambda _: pace)
    found: list[Answer] = []
    services.given["/fink/objects"] = Given(status=429, headers={"Retry-After": "120"})
    await look_ups.ask(SUBJECT, found.append)
    services.given["/fink/objects"] = Given([])
    now[0] = 150.0
    await look_ups.ask(SUBJECT, found.append)
    assert len(services.asked) == 1
    now[0] = 221.0
    await look_ups.ask(SUBJECT, found.append)
    assert [answer.failed or answer.says for answer in found] == [
        "answers 429 Too Many Requests, and wants to be left alone for 120 s",
        "wants to be left alone for 70 s more",
        "does not know it",
    ]


def test_nobody_waits_for_a_turn_longer_than_for_an_answer() -> None:
    """And who does not wait takes no turn from others."""
    pace = Pace(lambda: 0.0)
    assert [pace.reserve(10.0, 15.0), pace.reserve(10.0, 15.0)] == [0.0, 10.0]
    with pytest.raises(AskError, match="is to be asked again only in 20 s"):
        pace.reserve(10.0, 15.0)
    assert pace.reserve(10.0, 25.0) == 20.0


async def test_what_is_cancelled_is_taken_back(services: Services, tmp_path: Path) -> None:
    """Those who answered before have been heard, and nothing is left running."""
    services.given["/fink/objects"] = Given([], gate=threading.Event())
    look_ups = LookUps(services.config(services=["Fink", "SIMBAD"]), folder=tmp_path, pace=lambda _: Pace())
    found: list[Answer] = []
    heard = asyncio.Event()

    def say(answer: Answer) -> None:
        found.append(answer)
        heard.set()

    asking = asyncio.create_task(look_ups.ask(SUBJECT, say))
    await heard.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert [answer.service for answer in found] == ["SIMBAD"]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_each_service_is_asked_once_however_often_it_is_named(services: Services, tmp_path: Path) -> None:
    """And one that is not named is not asked."""
    found = await answers(services, tmp_path, Subject(NAME), services=["Fink", "Fink"])
    assert (list(found), services.paths) == (["Fink"], ["/fink/objects"])


@pytest.mark.parametrize(
    "address", ["", "alerce.online", "ftp://x/y", "https://me:secret@x/y", "http://x/y?z=1", "http://x:y/"]
)
def test_an_address_that_is_none_is_told_before_anything_is_asked(services: Services, address: str) -> None:
    """With what one looks like."""
    with pytest.raises(ConfigError, match="is no address of a service") as caught:
        LookUps(services.config(alerce=address), environment={})
    assert "secret" not in str(caught.value)


def test_a_key_that_cannot_be_used_is_told_and_never_shown(services: Services) -> None:
    """It stands in the configuration itself, is not set, or has no bot beside it."""
    for key, words in (("hush-hush", "a secret must not stand in"), ("env:NOT_THERE", "is not set")):
        with pytest.raises(ConfigError, match=words) as caught:
            LookUps(services.config(tns_api_key=key, tns_bot="1 a"), environment={})
        assert "hush-hush" not in str(caught.value)
    with pytest.raises(ConfigError, match=r"lookups\.tns_bot"):
        LookUps(services.config(tns_api_key="env:KEY"), environment={"KEY": "hush-hush"})
    LookUps(services.config(tns_api_key="env:NOT_THERE", services=["Fink"]), environment={})
