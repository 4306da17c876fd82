"""What a server answers in the place of a night is told in one sentence, and asked again only where that is of use."""

import threading
from pathlib import Path

import pytest
from fetching_nights import Fetch
from night_server import NAME, Behaviour, serving

from huntui.errors import ConfigError, FetchError
from huntui.online.archive import NightThere, nights_there
from huntui.online.patience import Patience, Stopped
from huntui.online.server import Server


@pytest.mark.parametrize("status", [404, 410])
def test_a_night_that_is_not_there_is_told_at_once(fetch: Fetch, behaviour: Behaviour, status: int) -> None:
    """The list of nights is one call away, and no file is left."""
    behaviour.statuses = [status]
    with pytest.raises(
        FetchError, match=r"no such night in the archive; `huntui fetch --list` says which there are\.$"
    ):
        fetch()
    assert fetch.files() == {}
    assert fetch.waits == []


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_server_that_refuses_is_not_asked_again(fetch: Fetch, behaviour: Behaviour, status: int) -> None:
    """It has its reasons."""
    behaviour.statuses = [status]
    with pytest.raises(FetchError, match=f"the server answers {status} [A-Z].*; nothing was fetched"):
        fetch()
    assert fetch.files() == {}
    assert fetch.waits == []


def test_a_web_page_with_status_200_is_no_night(fetch: Fetch, behaviour: Behaviour) -> None:
    """Portals of hotels and login pages answer so."""
    behaviour.files[NAME] = b"<html>Please log in</html>"
    behaviour.content_type = "text/html; charset=utf-8"
    with pytest.raises(FetchError, match="answers with a web page, not with an archive"):
        fetch()
    assert fetch.files() == {}


@pytest.mark.parametrize(("content", "says"), [(b"<html>Sorry</html>", "no gzipped archive"), (b"", "an empty file")])
def test_what_is_no_archive_is_told_though_it_is_called_one(
    fetch: Fetch, behaviour: Behaviour, content: bytes, says: str
) -> None:
    """The first bytes of a gzip file are known."""
    behaviour.files[NAME] = content
    with pytest.raises(FetchError, match=says):
        fetch()
    assert fetch.files() == {}


def test_a_busy_server_is_asked_again_and_waited_for_longer_each_time(
    fetch: Fetch, behaviour: Behaviour, night: bytes
) -> None:
    """Twice as long, and after a minute no longer."""
    behaviour.statuses = [503, 500, 502]
    fetch()
    assert fetch.waits == [1.0, 2.0, 4.0]
    assert fetch.files() == {NAME: night}


def test_a_server_that_stays_busy_is_given_up(fetch: Fetch, behaviour: Behaviour) -> None:
    """So many times in a row as the configuration says."""
    behaviour.statuses = [503] * 9
    with pytest.raises(FetchError, match=r"answers 503 Service Unavailable \(4 times in a row\)"):
        fetch()
    assert len(fetch.waits) == 3
    assert fetch.files() == {}


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("7", 7.0),
        ("100000", 300.0),
        ("Sun, 07 Jul 2024 12:00:00 GMT", 0.0),
        ("soon", 1.0),
        ("-5", 1.0),
    ],
)
def test_a_server_may_say_how_long_to_wait(fetch: Fetch, behaviour: Behaviour, told: str, seconds: float) -> None:
    """`Retry-After` is believed within reason."""
    behaviour.statuses, behaviour.headers = [429], {"Retry-After": told}
    fetch()
    assert fetch.waits == [seconds]


def test_waits_are_shared_out_by_chance_and_end_when_somebody_stops_them() -> None:
    """A class whose downloads broke off together does not come back together."""
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) == 9

    chances = iter([0.0, 0.5, 1.0, *[1.0] * 9])
    patience = Patience(100, wait, lambda: next(chances))
    for _ in range(8):
        patience.wait("no")
    assert waits == [0.5, 1.5, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    with pytest.raises(Stopped):
        patience.wait("no")


def test_a_silent_server_is_given_up(tmp_path: Path, night: bytes) -> None:
    """It said where the night begins, and nothing more."""
    gate = threading.Event()
    with serving(Behaviour({NAME: night}, checksums=False, gate=gate, gate_at=1000)) as url:
        fetch = Fetch(url, tmp_path, attempts=1, timeout=0.2)
        with pytest.raises(FetchError, match=r"the server was silent for 0\.2 s \(once\)\. 1\.0 kB are kept"):
            fetch()
        gate.set()


def test_a_server_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    """Nobody listens there."""
    with serving(Behaviour()) as url:
        pass
    fetch = Fetch(url, tmp_path, attempts=2)
    with pytest.raises(FetchError, match=r"cannot be reached \(.*\) \(2 times in a row\)"):
        fetch()
    assert fetch.waits == [1.0]
    assert fetch.files() == {}


def test_a_redirect_is_followed_and_a_circle_is_not(fetch: Fetch, behaviour: Behaviour, night: bytes) -> None:
    """Archives move."""
    behaviour.files["moved.tar.gz"] = night
    behaviour.checksums = False
    behaviour.statuses, behaviour.headers = [302], {"Location": "moved.tar.gz"}
    fetch()
    assert fetch.files() == {NAME: night}
    behaviour.statuses = [302] * 20
    (fetch.folder / NAME).unlink()
    with pytest.raises(FetchError, match="leads nowhere"):
        fetch()


@pytest.mark.parametrize("url", ["", "ztf.uw.edu", "ftp://ztf.uw.edu/x", "file:///etc", "http://"])
def test_an_address_that_is_none_is_a_mistake_of_the_configuration(url: str) -> None:
    """It is told before anything is asked."""
    with pytest.raises(ConfigError, match="is no address of a server"):
        Server(url, 1.0)


def test_checksums_that_are_refused_are_none(fetch: Fetch, behaviour: Behaviour) -> None:
    """A night is still a night."""
    behaviour.checksums = False
    assert fetch().checked == "size"


def test_the_list_of_nights_has_their_sizes(behaviour: Behaviour) -> None:
    """The newest comes first."""
    behaviour.files = {NAME: bytes(12_345), "ztf_public_20180601.tar.gz": bytes(1000)}
    with serving(behaviour) as url:
        server = Server(url, 5.0)
        assert nights_there(server, Patience(1, lambda _: False)) == [
            NightThere("20240707", "12K"),
            NightThere("20180601", "1K"),
        ]
        behaviour.files = {}
        with pytest.raises(FetchError, match="lists no nights"):
            nights_there(server, Patience(1, lambda _: False))
        server.close()
