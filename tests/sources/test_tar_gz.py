"""A gzipped tar is a night, whole or broken, and its packets are fetched again without unpacking all before them."""

import gzip
import tarfile
import threading
from pathlib import Path

import numpy as np
import pytest
from packing import (
    addresses,
    contents,
    gunzipped,
    gzipped,
    real_members,
    small_members,
    tar_of,
    until_broken,
)

from huntui.errors import SourceError
from huntui.packets.faults import MAX_PACKET_BYTES
from huntui.sources.deflate import points
from huntui.sources.tar import TarSource
from huntui.sources.tar_gz import GzippedTarSource

SMALL = small_members(120)
TAR = tar_of(SMALL)
PACKED = gzipped(TAR)


def source_of(folder: Path, content: bytes) -> GzippedTarSource:
    """Return a source of a file with this content."""
    path = folder / "night.tar.gz"
    path.write_bytes(content)
    return GzippedTarSource(path)


@pytest.fixture
def close_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the points where a stream can be entered lie close, as those of a night do for its size."""
    monkeypatch.setattr(points, "SPACING_BYTES", 200_000)


@pytest.mark.usefixtures("close_points")
@pytest.mark.parametrize("members", [1, 5])
def test_real_packets_come_as_they_were_packed_and_can_be_fetched_in_any_order(
    packets_dir: Path, tmp_path: Path, members: int
) -> None:
    """A gzip file may have many members, cut anywhere in the tar."""
    packets = real_members(packets_dir, 60)
    tar = tar_of(packets, tarfile.PAX_FORMAT, mtime=0.5)
    size = len(tar) // members + 1
    source = source_of(tmp_path, b"".join(gzipped(tar[k : k + size]) for k in range(0, len(tar), size)))
    assert source.total is None
    assert source.fraction == 0
    assert contents(source) == list(packets.values())
    assert source.fraction == 1
    found = addresses(source)
    for k in np.random.default_rng(2).permutation(60):
        assert source.fetch(found[k]) == list(packets.values())[k]
        assert source.describe(found[k]) == f"{source.title}: {list(packets)[k]}"
    source.close()


@pytest.mark.usefixtures("close_points")
def test_a_packet_can_be_fetched_without_the_night_having_been_read(packets_dir: Path, tmp_path: Path) -> None:
    """As when the night itself comes from the cache."""
    packets = real_members(packets_dir, 30)
    source = source_of(tmp_path, gzipped(tar_of(packets)))
    found = addresses(source)
    again = GzippedTarSource(tmp_path / "night.tar.gz")
    assert [again.fetch(found[k]) for k in (29, 0, 12)] == [list(packets.values())[k] for k in (29, 0, 12)]
    again.close()


def test_packets_are_fetched_while_the_night_is_read(tmp_path: Path) -> None:
    """By other threads, with a file of their own."""
    source = source_of(tmp_path, gzipped(tar_of(small_members(600))))
    expected = list(small_members(600).values())
    first = next(source.batches()).addresses
    wrong: list[int] = []

    def fetch(numbers: range) -> None:
        wrong.extend(k for k in numbers if source.fetch(first[k]) != expected[k])

    threads = [threading.Thread(target=fetch, args=(range(start, 64, 4),)) for start in range(4)]
    for thread in threads:
        thread.start()
    found = contents(source)
    for thread in threads:
        thread.join()
    assert found == expected
    assert not wrong
    source.close()


@pytest.mark.slow
@pytest.mark.parametrize("place", [0.05, 0.3, 0.5, 0.8, 0.97])
@pytest.mark.parametrize("damage", ["cut", "flip", "zero"])
def test_a_damaged_archive_gives_what_a_tar_gives_of_all_that_can_be_unpacked(
    tmp_path: Path, place: float, damage: str
) -> None:
    """The whole members before the damage, then one sentence with both places."""
    at = int(place * len(PACKED))
    broken = bytearray(PACKED[:at] if damage == "cut" else PACKED)
    if damage == "flip":
        broken[at] ^= 0x55
    elif damage == "zero":
        broken[at : at + 2000] = bytes(2000)
    found, message = until_broken(source_of(tmp_path, bytes(broken)))
    (tmp_path / "night.tar").write_bytes(gunzipped(bytes(broken)))
    assert found == until_broken(TarSource(tmp_path / "night.tar"))[0]
    assert message.startswith(f"{tmp_path / 'night.tar.gz'}: breaks off after {len(found):,} packet")
    assert "of the file (byte" in message


def test_an_archive_that_is_damaged_at_its_very_beginning_says_so_when_it_is_read(tmp_path: Path) -> None:
    """It has no packets, and one sentence."""
    for broken in (PACKED[:10], PACKED[:3], PACKED[:60]):
        found, message = until_broken(source_of(tmp_path, broken))
        assert found == []
        assert "breaks off after 0 packets" in message


def test_a_wrong_checksum_at_the_end_is_told_behind_all_packets(tmp_path: Path) -> None:
    """All of them count."""
    found, message = until_broken(source_of(tmp_path, PACKED[:-8] + bytes(8)))
    assert found == list(SMALL.values())
    assert f"after {len(found)} packets" in message


def test_zeros_behind_the_end_are_padding_and_anything_else_is_told(tmp_path: Path) -> None:
    """Tapes and downloads pad with zeros."""
    assert contents(source_of(tmp_path, PACKED + bytes(1000))) == list(SMALL.values())
    found, message = until_broken(source_of(tmp_path, PACKED + b"more"))
    assert found == list(SMALL.values())
    assert message


def test_an_archive_in_an_archive_file_of_its_own_is_read_on(tmp_path: Path) -> None:
    """Two archives behind each other, as `cat` makes them, are one night."""
    other = small_members(5, seed=9)
    assert contents(source_of(tmp_path, PACKED + gzipped(tar_of(other)))) == [*SMALL.values(), *other.values()]


@pytest.mark.slow
def test_a_bomb_is_passed_over_in_bounded_memory(tmp_path: Path) -> None:
    """A gibibyte of zeros in a member that is no packet, and one in a packet that is too large."""
    path = tmp_path / "night.tar.gz"
    size = 2**28
    with gzip.open(path, "wb", compresslevel=1) as file:
        for name, length in (("zeros", size), ("huge.avro", size), ("a.avro", 1)):
            info = tarfile.TarInfo(name)
            info.size = length
            file.write(info.tobuf(tarfile.USTAR_FORMAT))
            if length == size:
                for _ in range(size // 2**20):
                    file.write(bytes(2**20))
            else:
                file.write(b"a".ljust(512, b"\0"))
        file.write(bytes(1024))
    source = GzippedTarSource(path)
    assert [len(packet) for packet in contents(source)] == [MAX_PACKET_BYTES + 1, 1]
    source.close()


def test_gzip_of_something_else_is_no_night(tmp_path: Path) -> None:
    """Zeros, or a single packet."""
    for content in (bytes(10_000), b"Obj\x01" * 1000, b""):
        with pytest.raises(SourceError, match="is no tar archive"):
            source_of(tmp_path, gzipped(content))


def test_a_packet_that_is_gone_is_explained(tmp_path: Path) -> None:
    """The archive was replaced by a shorter one."""
    source = source_of(tmp_path, PACKED)
    last = addresses(source)[-1]
    (tmp_path / "night.tar.gz").write_bytes(PACKED[:1000])
    with pytest.raises(SourceError, match="cannot be read any more"):
        source.fetch(last)
    source.close()
