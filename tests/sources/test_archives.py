"""An archive is taken for what is in it, and found by the date of its night."""

import bz2
import lzma
import os
import shutil
from pathlib import Path

import pytest
from packing import contents, gzipped, small_members, tar_of
from test_zip import zip_of

from huntui.errors import SourceError
from huntui.sources.resolve import NightRequest, how_to_get_real, resolve

MEMBERS = small_members(3)
TAR = tar_of(MEMBERS)
ARCHIVES = {"tar": TAR, "tar.gz": gzipped(TAR), "zip": zip_of(MEMBERS)}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_a_file_is_recognised_by_its_content_whatever_it_is_called(tmp_path: Path, kind: str) -> None:
    """Names lie."""
    path = tmp_path / "night.txt"
    path.write_bytes(ARCHIVES[kind])
    source = resolve(NightRequest(None, str(path)))
    assert source.kind == kind
    assert contents(source) == list(MEMBERS.values())
    source.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bz2.compress(TAR), "bunzip2 night.x"),
        (lzma.compress(TAR), "unxz night.x"),
        (b"\x28\xb5\x2f\xfd" + TAR, "unzstd night.x"),
        (b"Obj\x01avro", "the folder"),
        (b"", "neither a tar"),
        (b"Dear all, " * 100, "neither a tar"),
        (TAR[:300], "neither a tar"),
    ],
)
def test_what_is_no_archive_is_explained(tmp_path: Path, content: bytes, words: str) -> None:
    """One sentence says what it is and what to do."""
    path = tmp_path / "night.x"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=words):
        resolve(NightRequest(None, str(path)))


def test_a_pipe_is_no_archive_and_holds_nothing_up(tmp_path: Path) -> None:
    """Nobody writes to it."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="no regular file"):
        resolve(NightRequest(None, str(tmp_path / "pipe")))


def test_a_date_is_its_folder_then_its_archive_and_else_simulated(tmp_path: Path) -> None:
    """A folder without packets does not hide an archive."""
    request = NightRequest("20240707", None, tmp_path)
    assert resolve(request).kind == "simulated"
    (tmp_path / "ztf_public_20240707.tar.gz").write_bytes(ARCHIVES["tar.gz"])
    assert resolve(request).kind == "tar.gz"
    (tmp_path / "20240707").mkdir()
    assert resolve(request).kind == "tar.gz"
    (tmp_path / "ztf_public_20240707.tar").write_bytes(ARCHIVES["tar"])
    source = resolve(request)
    assert source.kind == "tar"
    assert source.title == str(tmp_path / "ztf_public_20240707.tar")
    (tmp_path / "20240707" / "a.avro").write_bytes(b"packet")
    assert resolve(request).kind == "folder"
    shutil.rmtree(tmp_path / "20240707")
    assert resolve(NightRequest("20240707", "tar.gz", tmp_path)).kind == "tar.gz"
    with pytest.raises(SourceError, match=r"ztf_public_20240707\.zip"):
        resolve(NightRequest("20240707", "zip", tmp_path))


def test_how_to_get_a_real_night_names_the_archive(tmp_path: Path) -> None:
    """Where it belongs, and by what name."""
    assert "ztf_public_20240707.tar.gz" in how_to_get_real(NightRequest("20240707", None, tmp_path))
