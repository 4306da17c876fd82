"""A gzip stream can be entered in the middle, and what can be unpacked of a damaged one is what gzip gives of it."""

import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from isal import isal_zlib
from packing import gunzipped, gzipped

from huntui.sources.deflate.gunzip import Gunzip
from huntui.sources.deflate.kernel import find_block
from huntui.sources.deflate.points import MOST_POINTS, Point, Points
from huntui.sources.tars.stream import BrokenStreamError, open_file

RNG = np.random.default_rng(5)
# Bytes that compress to about half, in many blocks, with repetitions from far behind.
CONTENT = b"".join(
    RNG.integers(0, 40, 3000).astype(np.uint8).tobytes() + b"cutoutScience" + bytes(RNG.integers(0, 3000))
    for _ in range(400)
)


def gunzip(path: Path, points: Points, unpacked: int = 0) -> Gunzip:
    """Return the stream at the last point that is not behind a place."""
    return Gunzip(open_file(path), points, points.before(unpacked))


def everything(stream: Gunzip, most: int = 10_000) -> bytes:
    """Read to the end."""
    parts = []
    while part := stream.read(most):
        parts.append(part)
    stream.close()
    return b"".join(parts)


def until_broken(path: Path) -> tuple[bytes, str]:
    """Return what can be unpacked, and why no more."""
    stream, parts = gunzip(path, Points()), []
    try:
        while part := stream.read(10_000):
            parts.append(part)
    except BrokenStreamError as why:
        return b"".join(parts), str(why)
    return b"".join(parts), ""


def close_points(spacing: int = 100_000) -> Points:
    """Return points that lie closer than those of a real night."""
    points = Points()
    points.spacing = spacing
    return points


def in_members(content: bytes, size: int) -> bytes:
    """Return content as many gzip members behind each other."""
    return b"".join(gzipped(content[k : k + size]) for k in range(0, len(content), size))


PACKINGS = {
    "one member": gzipped(CONTENT),
    "fast": gzipped(CONTENT, 1),
    "best": gzipped(CONTENT, 9),
    "members": in_members(CONTENT, 250_000),
    "small members": in_members(CONTENT, 10_000),
    "padded with zeros": gzipped(CONTENT) + bytes(100_000),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_stream_entered_at_any_point_gives_what_it_gives_without_a_break(tmp_path: Path, packing: str) -> None:
    """Whether a point is the beginning of a member or of a block at any bit, to the end and across members."""
    path = tmp_path / "night.gz"
    path.write_bytes(PACKINGS[packing])
    points = close_points()
    assert everything(gunzip(path, points)) == CONTENT
    assert len(points) > len(CONTENT) / 450_000
    for place in range(0, len(CONTENT), 90_001):
        stream = gunzip(path, points, place)
        assert place - stream.unpacked < 450_000
        stream.skip(place - stream.unpacked)
        assert everything(stream) == CONTENT[place:]


@pytest.mark.slow
def test_the_end_of_a_large_member_is_found_from_a_point_at_any_bit(tmp_path: Path) -> None:
    """Its size, which stands last, fills all four bytes, and none of them is taken for another member."""
    content = CONTENT * 20
    path = tmp_path / "night.gz"
    path.write_bytes(gzipped(content, 1) + gzipped(b"another"))
    points = close_points(50_000)
    assert everything(gunzip(path, points), 2**20) == content + b"another"
    places = [point for point in points._points if point.window is not None]
    assert len({point.bit % 8 for point in places}) == 8
    for point in places[-30:]:
        tail = everything(Gunzip(open_file(path), Points(), point), 2**20)
        assert tail == content[point.unpacked :] + b"another"


def test_a_stream_that_has_nothing_to_find_is_read_from_its_beginning(tmp_path: Path) -> None:
    """Stored blocks have no header that can be told from noise."""
    path = tmp_path / "night.gz"
    path.write_bytes(gzipped(CONTENT, 0))
    points = close_points()
    assert everything(gunzip(path, points)) == CONTENT
    stream = gunzip(path, points, 500_000)
    stream.skip(500_000 - stream.unpacked)
    assert stream.read(1000) == CONTENT[500_000:501_000]


def test_points_are_found_by_whoever_comes_first(tmp_path: Path) -> None:
    """A stream entered at a point finds the next ones, so that a night need not have been read before."""
    path = tmp_path / "night.gz"
    path.write_bytes(gzipped(CONTENT))
    points = close_points()
    gunzip(path, points).skip(300_000)
    before = len(points)
    assert everything(gunzip(path, points, 300_000)) == CONTENT[points.before(300_000).unpacked :]
    assert len(points) > before


def test_points_stay_bounded_and_spread() -> None:
    """When there are too many, every second one goes and the spacing doubles; the first one stays."""
    points = Points()
    points.spacing = 10
    for k in range(10 * MOST_POINTS):
        points.add(Point(k, 10 * k, b""))
    assert len(points) <= MOST_POINTS
    assert points.before(5) == Point(0, 0, None)
    for place in range(0, 100 * MOST_POINTS, 1000):
        assert 0 <= place - points.before(place).unpacked <= 2 * points.spacing
    points.add(Point(1, 1, b""))
    assert points.before(2).unpacked == 0


def test_the_kernel_finds_the_blocks_of_a_stream_and_none_in_noise() -> None:
    """What it finds is a place from which the standard library unpacks the rest."""
    packed = np.frombuffer(zlib.compress(CONTENT, 6)[2:], np.uint8)
    bit = find_block(packed[50_000:], 40_000)
    assert bit > 0
    bits = np.unpackbits(packed[50_000:], bitorder="little")[bit:]
    assert len(zlib.decompressobj(-15, zdict=bytes(2**15)).decompress(np.packbits(bits, bitorder="little"))) > 100_000
    assert find_block(RNG.integers(0, 256, 300_000).astype(np.uint8), 300_000) == -1
    for size in range(8):
        assert find_block(packed[:size], size) == -1


@pytest.mark.parametrize("packing", ["one member", "small members"])
@pytest.mark.parametrize("behind", [b"garbage", b"\0\0garbage", b"\x1f", b"\x1f\x8b"])
def test_other_bytes_behind_the_end_are_told_and_zeros_are_not(tmp_path: Path, packing: str, behind: bytes) -> None:
    """As Python's gzip has it: all that was packed comes first."""
    path = tmp_path / "night.gz"
    path.write_bytes(PACKINGS[packing] + behind)
    found, why = until_broken(path)
    assert found == CONTENT
    assert why


def test_a_wrong_checksum_is_told_behind_everything(tmp_path: Path) -> None:
    """The checksum stands at the end."""
    for place in (-1, -8):
        packed = bytearray(PACKINGS["one member"])
        packed[place] ^= 1
        path = tmp_path / "night.gz"
        path.write_bytes(packed)
        found, why = until_broken(path)
        assert found == CONTENT
        assert "damaged" in why


def test_a_cut_stream_gives_all_that_is_there(tmp_path: Path) -> None:
    """In the header, in the middle, in the checksum."""
    packed = gzipped(CONTENT[:200_000])
    path = tmp_path / "night.gz"
    for size in (1, 5, 12, 100, len(packed) // 2, len(packed) - 9, len(packed) - 8, len(packed) - 3, len(packed) - 1):
        path.write_bytes(packed[:size])
        found, why = until_broken(path)
        assert found == gunzipped(packed[:size]), size
        assert "the file ends" in why or size == 1


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(st.integers(20, 10**9), st.integers(1, 255), st.booleans())
def test_before_a_damaged_byte_as_much_is_unpacked_as_gzip_does(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int, members: bool
) -> None:
    """A library that loses what it unpacked of the last piece does not decide what is lost.

    It may take a damaged header of a block for a good one longer than zlib does, and it unpacks a few literals at once,
    which it loses together.
    """
    size = 300_000
    packed = bytearray(in_members(CONTENT[:size], size // 2) if members else gzipped(CONTENT[:size]))
    first = len(gzipped(CONTENT[: size // 2])) if members else 0
    place = first + 20 + place % (len(packed) - first - 28)
    packed[place] ^= change
    path = tmp_path_factory.mktemp("gz") / "night.gz"
    path.write_bytes(packed)
    found, why = until_broken(path)
    whole, rest = CONTENT[: size // 2] if members else b"", bytes(packed[first:])
    assert found == whole + gunzipped(rest, isal_zlib)
    assert found.startswith(whole + gunzipped(rest)[:-3])
    assert why
