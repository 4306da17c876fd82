"""A folder of packets is a night, in the order of names, whatever else lies in it."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from huntui.errors import CallError, SourceError
from huntui.packets import faults
from huntui.packets.decode import Decoder
from huntui.sources.folder import FolderSource
from huntui.sources.registry import SOURCES
from huntui.sources.resolve import ARCHIVE_KINDS, NightRequest, resolve


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three packets in no order, and other things."""
    for name, content in (("b.avro", b"bb"), ("a.avro", b"a"), ("c.avro", b"ccc"), ("notes.txt", b"no packet")):
        (tmp_path / name).write_bytes(content)
    return tmp_path


def contents(source: FolderSource) -> list[bytes]:
    """Return every packet as bytes."""
    return [batch.read(k) for batch in source.batches() for k in range(len(batch))]


def test_packets_come_sorted_by_name_and_can_be_fetched_again(folder: Path) -> None:
    """An address leads back to the bytes and to the path."""
    source = FolderSource(folder)
    assert contents(source) == [b"a", b"bb", b"ccc"]
    assert source.total == 3
    (batch,) = source.batches()
    assert [source.fetch(address) for address in batch.addresses] == [b"a", b"bb", b"ccc"]
    assert [Path(source.describe(address)).name for address in batch.addresses] == ["a.avro", "b.avro", "c.avro"]
    assert not source.simulated
    assert source.truth(["ZTF24aaaaaaa"]) == {}


def test_many_packets_come_in_batches_and_none_is_lost(tmp_path: Path) -> None:
    """The first batch is small, so that the first counts come early."""
    for k in range(700):
        (tmp_path / f"{k:04d}.avro").write_bytes(str(k).encode())
    source = FolderSource(tmp_path)
    sizes = [len(batch) for batch in source.batches()]
    assert sizes[0] < sizes[1]
    assert sum(sizes) == 700
    assert contents(source) == [str(k).encode() for k in range(700)]


def test_a_file_that_vanishes_or_is_no_file_is_unreadable_and_the_rest_comes(folder: Path) -> None:
    """Nothing else is lost, and fetching it later says where it was."""
    (folder / "aa.avro").mkdir()
    source = FolderSource(folder)
    (folder / "b.avro").unlink()
    (batch,) = source.batches()
    assert [Path(source.describe(address)).name for address in batch.unreadable] == ["aa.avro"]
    assert [faults.reason(fault) for fault in Decoder().decode(batch).bad] == ["not_avro", "unreadable", "not_avro"]
    with pytest.raises(SourceError, match=r"b\.avro"):
        source.fetch(np.array([2, 0]))


def test_a_pipe_among_the_packets_is_unreadable_and_holds_nothing_up(folder: Path) -> None:
    """Nobody writes to it, and the packets behind it come all the same."""
    os.mkfifo(folder / "aa.avro")
    (batch,) = FolderSource(folder).batches()
    assert len(batch) == 3
    assert len(batch.unreadable) == 1


def test_a_folder_that_is_a_simulated_night_says_so(folder: Path) -> None:
    """The marker lies beside the packets, so that the night stays simulated wherever it goes."""
    (folder / "truth.parquet").write_bytes(b"")
    assert FolderSource(folder).simulated


def test_an_empty_and_a_missing_folder_are_explained(tmp_path: Path) -> None:
    """One sentence with the path in it."""
    with pytest.raises(SourceError, match=r"no \.avro files"):
        FolderSource(tmp_path)
    with pytest.raises(SourceError, match="nowhere"):
        FolderSource(tmp_path / "nowhere")


def test_a_date_is_its_folder_where_there_is_one_and_else_simulated(folder: Path, tmp_path: Path) -> None:
    """`--source` overrules both."""
    data = tmp_path / "data"
    shutil.copytree(folder, data / "20240707", ignore=shutil.ignore_patterns("data"))
    assert resolve(NightRequest("20240707", None, data)).kind == "folder"
    assert resolve(NightRequest("20240708", None, data)).kind == "simulated"
    assert resolve(NightRequest("20240707", "simulated", data)).simulated
    assert resolve(NightRequest(None, str(folder), data)).title == str(folder)
    assert resolve(NightRequest("20240707", "folder", data)).kind == "folder"


@pytest.mark.parametrize(
    ("request_", "error", "words"),
    [
        (NightRequest("20240708", None, simulate_missing=False), SourceError, "20240708"),
        (NightRequest(None, "simulated"), CallError, "--date"),
        (NightRequest(None, "folder"), CallError, "--date"),
        (NightRequest(None, "simulatd"), CallError, "'simulated'"),
        (NightRequest("20240708", "folder", Path("nowhere")), SourceError, "nowhere"),
    ],
)
def test_a_night_that_is_not_there_is_explained(request_: NightRequest, error: type[Exception], words: str) -> None:
    """The sentence names what is missing and what to do."""
    with pytest.raises(error, match=words):
        resolve(request_)


def test_the_registry_lists_what_resolve_makes() -> None:
    """Names of sources are what `--source` takes."""
    assert set(SOURCES) == {"folder", *ARCHIVE_KINDS, "kafka", "sweep", "simulated"}
