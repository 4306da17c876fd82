"""Nights behind an address: copied, read and removed; and nothing that is secret is told, logged or written."""

import logging
import shutil
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from night_server import Behaviour, archive_of, serving
from sweeping import DATES, Call

from huntui.errors import MissingError, SourceError
from huntui.sweep import remote
from huntui.sweep.question import NightTask
from huntui.sweep.reading import Result, read_night
from huntui.sweep.remote import Remote

pytestmark = pytest.mark.slow

SECRET = "h0rse-battery"


@pytest.fixture
def server(five_nights: Path) -> Behaviour:
    """Return what a server of two nights does."""
    members = {
        date: {path.name: path.read_bytes() for path in sorted((five_nights / date).glob("*.avro"))[:40]}
        for date in DATES[:2]
    }
    return Behaviour({f"ztf_public_{date}.tar.gz": archive_of(one) for date, one in members.items()})


def test_nights_behind_https_are_swept_and_nothing_secret_is_told(
    call: Call, scheduler: str, server: Behaviour, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """On workers; the third is not there. The password is searched in whatever was printed, logged or written."""
    caplog.set_level(logging.DEBUG)
    with serving(server) as url:
        place = url.replace("http://", f"http://me:{SECRET}@") + f"/ztf_public_{{date}}.tar.gz?token={SECRET}"
        again = (
            "sweep",
            f"{DATES[0]}..{DATES[2]}",
            "--source",
            place,
            "--scheduler",
            scheduler,
            "--json",
            "-v",
            "--log-file",
            "log.txt",
        )
        swept = call(*again)
        assert [night["outcome"] for night in swept.summary["nights"]] == ["read", "read", "missing"], swept.err
        assert swept.summary["totals"]["alerts"] == 80
        assert swept.summary["nights"][0]["source"] == f"{url}/ztf_public_{DATES[0]}.tar.gz"
        assert call(*again).err.count("done before") == 2
        server.etag = '"another"'
        assert call(*again).err.count("done before") == 0
    gone = call(*again, "--set", "fetch.attempts=1")
    assert [night["outcome"] for night in gone.summary["nights"]] == ["failed"] * 3
    said = [swept.out, swept.err, gone.out, gone.err, caplog.text]
    assert not any(SECRET in text for text in said)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert [path for path in written if SECRET.encode() in path.read_bytes()] == []


def test_a_copy_is_the_whole_night_or_none(server: Behaviour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is cut is asked for again, an answer that will not change is not, and a full disk is said."""
    monkeypatch.setattr("huntui.online.patience._FIRST", 0.01)
    with serving(server) as url:
        there = Remote(f"{url}/ztf_public_{DATES[0]}.tar.gz")
        server.cuts = [1000]
        copy = there.copied_to(tmp_path, 3)
        assert copy.read_bytes() == server.files[f"ztf_public_{DATES[0]}.tar.gz"]
        with pytest.raises(MissingError, match="is not there"):
            Remote(f"{url}/ztf_public_{DATES[4]}.tar.gz").fingerprint(3)
        server.statuses = [403] * 4
        with pytest.raises(SourceError, match="the server answers 403"):
            there.fingerprint(3)
        server.statuses = []
        monkeypatch.setattr(remote, "_SPARE_BYTES", 10**18)
        with pytest.raises(SourceError, match="free"):
            there.copied_to(tmp_path, 3)


def test_a_path_of_the_file_system_is_read_where_it_lies(
    call: Call, five_nights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `file://`; a folder of fsspec ends with a slash, and only what belongs to a night is copied from it."""

    def carry_out(tasks: Sequence[NightTask], _: object, took: Callable[[NightTask, Result], None], __: object) -> None:
        for task in tasks:
            took(task, read_night(task))

    monkeypatch.setattr("huntui.sweep.cluster.carry_out", carry_out)
    shutil.copytree(five_nights / DATES[0], "here")
    Path("here/notes.txt").write_text("mine")
    whole = Path("here").resolve()
    plain = call("sweep", "--source", f"file://{whole}", "--name", "plain", "--json")
    copied = call("sweep", "--source", f"local://{whole}/", "--name", "copied", "--json")
    assert plain.code == copied.code == 0
    assert plain.summary["nights"][0]["source"] == str(whole)
    assert copied.summary["simulated"]
    assert plain.summary["totals"] == copied.summary["totals"]


def test_a_damaged_copy_is_named_by_where_it_came_from(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the temporary folder of a worker."""

    def carry_out(tasks: Sequence[NightTask], _: object, took: Callable[[NightTask, Result], None], __: object) -> None:
        for task in tasks:
            took(task, read_night(task))

    monkeypatch.setattr("huntui.sweep.cluster.carry_out", carry_out)
    with tarfile.open("night.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo("readme.txt"))
    server = Behaviour({"ztf_public_20240701.tar.gz": b"nonsense" * 100, "night.tar": Path("night.tar").read_bytes()})
    with serving(server) as url:
        for name in server.files:
            swept = call("sweep", "--source", f"{url}/{name}", "--json", "--fresh", "--name", "n")
            (night,) = swept.summary["nights"]
            assert night["outcome"] == "failed"
            assert night["why"].startswith(f"{url}/{name}: ")
