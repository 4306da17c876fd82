"""A zip is a night: packets in the order of its directory, each judged by its own checksum."""

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import addresses, contents, real_members, small_members, until_broken

from huntui.errors import SourceError
from huntui.packets.faults import MAX_PACKET_BYTES
from huntui.sources.zip import ZipSource


class Unseekable(io.BytesIO):
    """A stream that cannot go back, so that sizes are written behind each member."""

    seek = None  # type: ignore[assignment]

    def tell(self) -> int:
        """Refuse."""
        raise io.UnsupportedOperation


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, *, streamed: bool = False) -> bytes:
    """Return a zip of members."""
    packed = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def source_of(folder: Path, content: bytes) -> ZipSource:
    """Return a source of a zip with this content."""
    path = folder / "night.zip"
    path.write_bytes(content)
    return ZipSource(path)


def unreadable(source: ZipSource) -> list[str]:
    """Return the descriptions of what could not be read."""
    return [source.describe(address) for batch in source.batches() for address in batch.unreadable]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_real_packets_come_as_they_were_packed_and_can_be_fetched_again(
    packets_dir: Path, tmp_path: Path, method: int
) -> None:
    """Their number is known at once."""
    members = real_members(packets_dir, 80)
    source = source_of(tmp_path, zip_of(members, method))
    assert source.total == 80
    assert source.fraction is None
    assert [len(batch) for batch in source.batches()] == [64, 16]
    assert contents(source) == list(members.values())
    found = addresses(source)
    for k in np.random.default_rng(3).permutation(80):
        assert source.fetch(found[k]) == list(members.values())[k]
        assert source.describe(found[k]) == f"{source.title}: {list(members)[k]}"
    assert not source.simulated


def test_only_regular_members_called_avro_are_packets(tmp_path: Path) -> None:
    """Folders, links, AppleDouble files and everything else are passed over; a marker makes the night simulated."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, mode in (("a.avro", 0o100644), ("link.avro", 0o120777), ("folder.avro/", 0o040755), ("b.avro", 0)):
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, b"")
        for name in ("README", "__MACOSX/night/._a.avro", "night/truth.parquet"):
            archive.writestr(name, b"other")
    source = source_of(tmp_path, packed.getvalue())
    assert source.total == len(contents(source)) == 2
    assert source.simulated


def test_a_damaged_encrypted_or_strangely_packed_member_is_unreadable_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Each is one bad packet."""
    members = {f"{name}.avro": name.encode() * 500 for name in "abcdef"}
    packed = bytearray(zip_of(members, zipfile.ZIP_STORED))
    places = [packed.index(b"PK\x01\x02")]
    while (place := packed.find(b"PK\x01\x02", places[-1] + 1)) > 0:
        places.append(place)
    packed[packed.index(b"bbbb") + 7] ^= 1
    packed[places[2] + 8] |= 1
    struct.pack_into("<H", packed, places[3] + 10, 14)
    struct.pack_into("<H", packed, places[4] + 10, zipfile.ZIP_DEFLATED)
    source = source_of(tmp_path, bytes(packed))
    assert contents(source) == [members["a.avro"], members["f.avro"]]
    assert [text[-6:] for text in unreadable(source)] == ["b.avro", "c.avro", "d.avro", "e.avro"]
    with pytest.raises(SourceError, match=r"b\.avro"):
        source.fetch(np.array([1, 0]))


@pytest.mark.slow
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_packet_that_is_too_large_is_told_so_and_not_unpacked_further(tmp_path: Path, method: int) -> None:
    """One byte more than a packet may have shows it."""
    members = {"huge.avro": bytes(3 * MAX_PACKET_BYTES), "a.avro": b"a"}
    source = source_of(tmp_path, zip_of(members, method))
    assert [len(packet) for packet in contents(source)] == [MAX_PACKET_BYTES + 1, 1]
    assert len(source.fetch(addresses(source)[0])) == MAX_PACKET_BYTES + 1


@pytest.mark.parametrize("streamed", [True, False])
def test_every_cut_gives_the_whole_packets_before_it_and_a_sentence(tmp_path: Path, streamed: bool) -> None:
    """Without its directory a zip is read member after member, even where sizes stand behind them."""
    members = small_members(12)
    packed = zip_of(members, streamed=streamed)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        starts = [info.header_offset for info in archive.infolist()]
        ends = [*starts[1:], archive.start_dir]
    for size in sorted({*range(1, len(packed), 1777), *ends, *(end - 1 for end in ends), len(packed) - 1}):
        source = source_of(tmp_path, packed[:size])
        found, message = until_broken(source)
        assert found == list(members.values())[: sum(end <= size for end in ends)], size
        assert message.startswith(f"{source.title}: breaks off after {len(found)} packet")
        assert [source.fetch(np.array([k, 0])) for k in range(len(found))] == found


def test_stored_members_are_found_without_a_directory_too(tmp_path: Path) -> None:
    """Unless their size stands only in it, which is said."""
    members = small_members(5)
    packed = zip_of(members, zipfile.ZIP_STORED)
    found, message = until_broken(source_of(tmp_path, packed[:-30]))
    assert found == list(members.values())
    assert "directory" in message
    found, message = until_broken(source_of(tmp_path, zip_of(members, zipfile.ZIP_STORED, streamed=True)[:-30]))
    assert found == []
    assert "directory" in message


def test_a_file_that_shrinks_while_it_is_read_breaks_off(tmp_path: Path) -> None:
    """What was read before counts."""
    source = source_of(tmp_path, zip_of(small_members(200)))
    batches = source.batches()
    next(batches)
    with (tmp_path / "night.zip").open("r+b") as file:
        file.truncate(400_000)
    with pytest.raises(SourceError, match="breaks off after"):
        list(batches)


def test_an_archive_without_packets_says_so(tmp_path: Path) -> None:
    """It may hold other things."""
    with pytest.raises(SourceError, match=r"holds no \.avro packets"):
        source_of(tmp_path, zip_of({"README": b"a"}))


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_whatever_a_zip_holds_reading_it_ends(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Nothing but sentences come of it."""
    packed = bytearray(zip_of({f"{k}.avro": bytes(k * 40) + b"end" for k in range(6)}))
    for place in data.draw(st.lists(st.integers(0, len(packed) - 1), min_size=1, max_size=5)):
        packed[place] = data.draw(st.integers(0, 255))
    try:
        source = source_of(tmp_path_factory.mktemp("zip"), bytes(packed))
    except SourceError:
        return
    found, _ = until_broken(source)
    assert all(packet.endswith(b"end") for packet in found)
