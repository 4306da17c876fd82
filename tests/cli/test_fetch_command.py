"""`huntui fetch` and `--fetch`: real nights from a server, which in these tests is this machine."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import Huntui
from night_server import DATE, NAME, Behaviour, archive_of, serving

from huntui.cli.fetch_progress import FetchProgress


@pytest.fixture
def behaviour(packets_dir: Path) -> Behaviour:
    """Return a server of a night of forty real alerts, and of one with clouds."""
    packets = sorted(packets_dir.glob("*.avro"))[:40]
    real = archive_of({path.name: path.read_bytes() for path in packets})
    return Behaviour({NAME: real, "ztf_public_20240101.tar.gz": archive_of({})})


@pytest.fixture
def url(behaviour: Behaviour) -> Iterator[str]:
    """Return its address."""
    with serving(behaviour) as address:
        yield address


def test_a_night_that_is_fetched_is_found_by_its_date(huntui: Huntui, here: Path, url: str) -> None:
    """It goes where `run --date` looks; the second call has nothing to do."""
    said = huntui("fetch", DATE, "--base-url", url)
    assert (said.code, said.out) == (0, "")
    assert said.err.endswith(f"data/{NAME}: 1.9 MB fetched, its MD5 checksum is right.\n")
    again = huntui("fetch", DATE, "--base-url", url)
    assert again.code == 0
    assert f"data/{NAME} is here already" in again.err
    run = huntui("run", "--date", DATE, "--json", "--no-cache")
    told = json.loads(run.out)
    assert (told["alerts"], told["simulated"], told["source"]) == (40, False, f"data/{NAME}")
    assert [path.name for path in (here / "data").iterdir()] == [NAME]


def test_overwrite_fetches_again(huntui: Huntui, here: Path, url: str, behaviour: Behaviour) -> None:
    """As after the archive was corrected."""
    (here / "data").mkdir()
    (here / "data" / NAME).write_bytes(b"old")
    assert huntui("fetch", DATE, "--base-url", url, "--overwrite").code == 0
    assert (here / "data" / NAME).read_bytes() == behaviour.files[NAME]


def test_a_cloudy_night_has_no_alerts_and_is_no_failure(huntui: Huntui, url: str) -> None:
    """Its archive is an empty tar: that is said, and the exit code is 0."""
    said = huntui("fetch", "20240101", "--base-url", url)
    assert said.code == 0
    assert "0 alerts: nothing was published of this night" in said.err
    run = huntui("run", "--date", "20240101")
    assert run.code == 0
    assert "0 alerts of 0 objects" in run.out
    assert "The night is empty" in run.out


def test_a_night_that_does_not_exist_is_one_sentence(huntui: Huntui, here: Path, url: str) -> None:
    """Nothing is left of the attempt."""
    said = huntui("fetch", "19990101", "--base-url", url)
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "there is no such night in the archive" in said.err
    assert list((here / "data").iterdir()) == []


def test_of_several_nights_those_that_are_there_come(huntui: Huntui, here: Path, url: str) -> None:
    """The exit code tells of the others."""
    said = huntui("fetch", "19990101", DATE, "--base-url", url)
    assert said.code == 1
    assert [path.name for path in (here / "data").iterdir()] == [NAME]


def test_the_list_has_nights_here_and_there(huntui: Huntui, here: Path, url: str, behaviour: Behaviour) -> None:
    """A line per night, the newest first; when the server is gone those here are listed all the same."""
    huntui("fetch", DATE, "--base-url", url)
    (here / "data" / "20250101").mkdir()
    (here / "data" / "20250101" / "1.avro").write_bytes(b"")
    said = huntui("fetch", "--list", "--base-url", url)
    assert said.code == 0
    assert [line.split(None, 2) for line in said.out.splitlines()] == [
        ["20250101", "-", "packets in data/20250101"],
        [DATE, f"{len(behaviour.files[NAME]) // 1000}K", f"packets in data/{NAME}"],
        ["20240101", "0K"],
    ]
    assert "2 here, 2 in the archive" in said.err
    behaviour.files = {}
    said = huntui("fetch", "--list", "--base-url", url)
    assert said.code == 1
    assert len(said.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Which night?"),
        (["20240707", "--list"], "Which night?"),
        (["2024"], "is not a date"),
        (["--list", "--overwrite"], "--overwrite is about nights that are fetched"),
        (["20240707", "--base-url", "nowhere"], "is no address of a server"),
        (["20240707", "--set", "fetch.attempts=0"], "fetch.attempts"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(huntui: Huntui, arguments: list[str], says: str) -> None:
    """Before any server is asked."""
    said = huntui("fetch", *arguments)
    assert said.code == 2
    assert says in said.err


def test_another_night_of_that_date_is_told(huntui: Huntui, here: Path, url: str) -> None:
    """A folder of packets is what `--date` opens."""
    folder = here / "data" / DATE
    folder.mkdir(parents=True)
    (folder / "1.avro").write_bytes(b"")
    said = huntui("fetch", DATE, "--base-url", url)
    assert (
        f"data/{DATE} has packets as well, and is what --date opens; --source data/{NAME} opens this one." in said.err
    )


def test_run_fetches_a_night_and_reads_it_meanwhile(huntui: Huntui, here: Path, url: str, behaviour: Behaviour) -> None:
    """The counts are those of the night, which is on disk then and not fetched again."""
    arguments = ("run", "--date", DATE, "--fetch", "--set", f"fetch.base_url={url}", "--json", "--no-cache")
    said = huntui(*arguments)
    assert said.code == 0
    told = json.loads(said.out)
    assert (told["alerts"], told["bad_packets"], told["simulated"]) == (40, {}, False)
    assert [path.name for path in (here / "data").iterdir()] == [NAME]
    assert json.loads(huntui(*arguments).out)["stages"] == told["stages"]
    assert behaviour.ranges_asked == [None]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"wrong_checksum": True}, "its MD5 checksum is"),
        ({"statuses": [404]}, "there is no such night"),
        ({"content_type": "text/html"}, "answers with a web page"),
        ({"cuts": [900_000, 0]}, "2 times in a row"),
    ],
)
def test_what_fails_while_it_is_read_is_told_as_well(
    huntui: Huntui, url: str, behaviour: Behaviour, fault: dict[str, object], says: str
) -> None:
    """What came before is counted, and the exit code is 1."""
    for name, value in fault.items():
        setattr(behaviour, name, value)
    settings = ("--set", f"fetch.base_url={url}", "--set", "fetch.attempts=2", "--set", "fetch.timeout=5")
    said = huntui("run", "--date", DATE, "--fetch", "--json", *settings)
    assert said.code == 1
    assert says in said.err
    assert "alerts" in json.loads(said.out)


@pytest.mark.parametrize("arguments", [["--source", "x", "--fetch"], ["--fetch"]])
def test_what_cannot_be_fetched_is_a_wrong_call(huntui: Huntui, arguments: list[str]) -> None:
    """Only a date names a night of the archive."""
    said = huntui("run", *arguments)
    assert said.code == 2
    assert "--fetch" in said.err


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_there(here: Path, behaviour: Behaviour, url: str, huntui: Huntui) -> None:
    """A process that is interrupted leaves a part, which the next call goes on with."""
    behaviour.gate, behaviour.gate_at = threading.Event(), 700_000
    command = [sys.executable, "-m", "huntui", "fetch", DATE, "--base-url", url]
    process = subprocess.Popen(command, cwd=here, stderr=subprocess.PIPE, text=True)
    part = here / "data" / f"{NAME}.part"
    for _ in range(2000):
        if part.exists() and part.stat().st_size == 700_000:
            break
        threading.Event().wait(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "is kept; the same call goes on from there" in err
    assert part.stat().st_size == 700_000
    behaviour.gate.set()
    behaviour.gate = None
    said = huntui("fetch", DATE, "--base-url", url)
    assert "700.0 kB of it before" in said.err
    assert (here / "data" / NAME).read_bytes() == behaviour.files[NAME]


def test_the_line_has_share_bytes_rate_and_time_left() -> None:
    """The rate is that of the last seconds."""
    now = iter([0.0, 1.0, 2.0, 30.0])
    progress = FetchProgress(DATE, lambda: next(now))
    for size in (0, 10_000_000, 1_000_000_000):
        progress.look(size, 4_000_000_000)
    assert progress.line() == "━━━━━━──────────────────  25%  0:06 left  20240707  1.0 GB of 4.0 GB, 500.0 MB/s"
    progress.look(1_000_000_000, 4_000_000_000)
    assert "left" not in progress.line()
