"""A tar is a night: its packets come in the order they have in it, however named and whatever else it holds."""

import io
import os
import tarfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import add, addresses, contents, real_members, small_members, tar_of, until_broken

from huntui.errors import SourceError
from huntui.packets.decode import Decoder
from huntui.packets.faults import MAX_PACKET_BYTES, TOO_LARGE
from huntui.sources.tar import TarSource

FORMATS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
LONG = "a" * 60 + "/" + "b" * 120 + "/" + "c" * 90


def source_of(folder: Path, content: bytes) -> TarSource:
    """Return a source of a tar with this content."""
    path = folder / "night.tar"
    path.write_bytes(content)
    return TarSource(path)


@pytest.mark.parametrize("form", FORMATS)
def test_real_packets_come_as_they_were_packed_and_can_be_fetched_again(
    packets_dir: Path, tmp_path: Path, form: str
) -> None:
    """A fractional time makes the pax form write an extended header before each member."""
    members = real_members(packets_dir, 40)
    source = source_of(tmp_path, tar_of(members, FORMATS[form], mtime=0.5 if form == "pax" else 0))
    assert contents(source) == list(members.values())
    assert source.total == 40
    assert source.fraction == 1
    order = np.random.default_rng(1).permutation(40)
    found = addresses(source)
    assert [source.fetch(found[k]) for k in order] == [list(members.values())[k] for k in order]
    assert [source.describe(a).removeprefix(f"{source.title}: ") for a in found] == list(members)
    assert not source.simulated


@pytest.mark.parametrize("form", ["gnu", "pax"])
def test_names_of_any_length_and_alphabet_are_read(tmp_path: Path, form: str) -> None:
    """What a header has no room for stands in a header of its own before it."""
    members = {
        f"{LONG}.avro": b"one",
        "nächte/é.avro": b"two",
        f"{LONG}.txt": b"none",
        f"{LONG}/._x.avro": b"none",
        f"{'d' * 99}.avro": b"three",
    }
    source = source_of(tmp_path, tar_of(members, FORMATS[form]))
    assert contents(source) == [b"one", b"two", b"three"]
    assert source.describe(addresses(source)[0]).endswith(f"{LONG}.avro")


def test_a_name_that_is_parted_by_the_ustar_form_is_read(tmp_path: Path) -> None:
    """The folder stands in the prefix, the name in its own field."""
    source = source_of(tmp_path, tar_of({f"{'p' * 120}/{'n' * 80}.avro": b"packet", f"{'p' * 120}/._n.avro": b"no"}))
    assert contents(source) == [b"packet"]


def test_only_regular_members_called_avro_are_packets(tmp_path: Path) -> None:
    """Folders, links, devices, AppleDouble files and everything else are passed over."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        add(tar, "night", type=tarfile.DIRTYPE)
        add(tar, "folder.avro", type=tarfile.DIRTYPE)
        add(tar, "README", b"r" * 5000)
        add(tar, "night/._a.avro", b"AppleDouble")
        add(tar, "night/a.avro", b"first")
        add(tar, "link.avro", type=tarfile.SYMTYPE, linkname="night/a.avro")
        add(tar, "hard.avro", type=tarfile.LNKTYPE, linkname="night/a.avro")
        add(tar, "pipe.avro", type=tarfile.FIFOTYPE)
        add(tar, "dump.avro", b"d" * 700, type=b"D")
        add(tar, "volume.avro", type=b"V")
        add(tar, "a.avro.txt", b"text")
        add(tar, "old.avro", b"second", type=tarfile.AREGTYPE)
        add(tar, "deep/er/b.avro", b"", type=tarfile.CONTTYPE)
    assert contents(source_of(tmp_path, packed.getvalue())) == [b"first", b"second", b""]


def test_a_size_may_be_written_in_binary_or_in_a_pax_record(tmp_path: Path) -> None:
    """Both are how sizes beyond eight gibibytes are told."""
    content = bytearray(tar_of({"a.avro": b"x" * 1000, "b.avro": b"y"}))
    content[124:136] = b"\x80" + (1000).to_bytes(11, "big")
    content[148:156] = b"%06o\0 " % sum(content[:148] + b" " * 8 + content[156:512])
    assert contents(source_of(tmp_path, bytes(content))) == [b"x" * 1000, b"y"]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        add(tar, "c.avro", b"x" * 1000, pax_headers={"comment": "a=b", "size": "1000", "path": "d.avro"})
    source = source_of(tmp_path, packed.getvalue())
    assert contents(source) == [b"x" * 1000]
    assert source.describe(addresses(source)[0]).endswith(": d.avro")


def test_a_global_header_says_it_of_every_member(tmp_path: Path) -> None:
    """It is what `git archive` writes its commit into."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT, pax_headers={"comment": "f" * 40}) as tar:
        add(tar, "a.avro", b"packet")
    assert contents(source_of(tmp_path, packed.getvalue())) == [b"packet"]


def test_many_packets_come_in_batches_of_which_the_first_is_small(tmp_path: Path) -> None:
    """What is left in a buffer goes on in the next, and the last two batches keep their bytes."""
    members = small_members(1500)
    source = source_of(tmp_path, tar_of(members))
    kept, sizes, found = [], [], []
    for batch in source.batches():
        kept.append(batch)
        sizes.append(len(batch))
        for old in kept[-2:-1]:
            found += [old.data[a:b].tobytes() for a, b in zip(old.starts, old.ends, strict=True)]
    found += [kept[-1].data[a:b].tobytes() for a, b in zip(kept[-1].starts, kept[-1].ends, strict=True)]
    assert sizes[0] == 64
    assert max(sizes) == 256
    assert found == list(members.values())


@pytest.mark.slow
def test_a_packet_that_is_too_large_is_told_so_without_being_read(tmp_path: Path) -> None:
    """A file with a hole claims four gibibytes; a packet behind it is still found."""
    path = tmp_path / "night.tar"
    size = 4 * 2**30
    with path.open("wb") as file:
        for name, length in (("huge.avro", size), ("a.avro", 6), ("huge.txt", size), ("b.avro", 6)):
            info = tarfile.TarInfo(name)
            info.size = length
            file.write(info.tobuf(tarfile.GNU_FORMAT))
            if length == size:
                file.seek(size, 1)
            else:
                file.write(b"packet".ljust(512, b"\0"))
        file.write(bytes(1024))
    source = TarSource(path)
    batches = list(source.batches())
    sizes = [b - a for batch in batches for a, b in zip(batch.starts, batch.ends, strict=True)]
    assert sizes == [MAX_PACKET_BYTES + 1, 6, 6]
    assert Decoder().decode(batches[0]).bad[0] == TOO_LARGE
    assert len(source.fetch(addresses(source)[0])) == MAX_PACKET_BYTES + 1


def test_every_cut_gives_the_whole_packets_before_it_and_a_sentence(tmp_path: Path) -> None:
    """Wherever the file ends: in a header, in a member, behind one, in the mark of the end."""
    members = {"a.avro": b"a" * 700, "b.avro": b"b" * 100, "c.avro": b"c"}
    whole = tar_of(members)
    ends = [512 + 700, 1536 + 512 + 100, 2560 + 512 + 1]
    for size in [*range(600, 3700, 37), *ends, 1536, 2560, 3584]:
        found, message = until_broken(source_of(tmp_path, whole[:size]))
        assert found == [c for c, end in zip(members.values(), ends, strict=True) if end <= size]
        assert "night.tar: breaks off after" in message, size
        assert f"{len(found):,} packets" in message
    assert until_broken(source_of(tmp_path, whole[: 3584 + 512])) == (list(members.values()), "")


def test_a_broken_header_ends_the_night_with_a_sentence_that_says_where(tmp_path: Path) -> None:
    """Nothing behind it can be trusted."""
    content = bytearray(tar_of({"a.avro": b"a", "b.avro": b"b"}))
    content[1024] ^= 1
    found, message = until_broken(source_of(tmp_path, bytes(content)))
    assert found == [b"a"]
    assert "after 1 packet" in message
    assert "at byte 1,024" in message


def test_archives_behind_each_other_are_one_and_anything_else_behind_the_end_is_told(tmp_path: Path) -> None:
    """As `tar --ignore-zeros` reads them; zeros up to any length are padding."""
    one, other = tar_of({"a.avro": b"a"}), tar_of({"b.avro": b"b"})
    assert contents(source_of(tmp_path, one + other + bytes(700))) == [b"a", b"b"]
    found, message = until_broken(source_of(tmp_path, one + b"?" * 600))
    assert found == [b"a"]
    assert "behind the end" in message


def test_a_file_that_shrinks_while_it_is_read_breaks_off(tmp_path: Path) -> None:
    """What was read before counts."""
    source = source_of(tmp_path, tar_of(small_members(1500)))
    batches = source.batches()
    count = len(next(batches))
    os.truncate(tmp_path / "night.tar", 600_000)
    with pytest.raises(SourceError, match="breaks off after"):
        list(batches)
    assert count == 64


def test_a_member_that_is_gone_is_explained(tmp_path: Path) -> None:
    """Fetching says where it was; describing needs no member."""
    source = source_of(tmp_path, tar_of({"a.avro": b"a"}))
    address = addresses(source)[0]
    (tmp_path / "night.tar").write_bytes(b"")
    with pytest.raises(SourceError, match="byte 0"):
        source.fetch(address)
    assert "byte 0" in source.describe(address)
    (tmp_path / "night.tar").unlink()
    with pytest.raises(SourceError):
        source.fetch(address)
    with pytest.raises(SourceError, match=r"night\.tar"):
        source.fingerprint()


def test_a_fingerprint_changes_with_the_file(tmp_path: Path) -> None:
    """Its size and its time count."""
    source = source_of(tmp_path, tar_of({"a.avro": b"a"}))
    before = source.fingerprint()
    assert before == TarSource(tmp_path / "night.tar").fingerprint()
    os.utime(tmp_path / "night.tar", ns=(1, 1))
    assert source.fingerprint() != before


def test_a_marker_at_the_front_makes_the_night_simulated_before_it_is_read(tmp_path: Path) -> None:
    """Whatever folder of the archive it lies in."""
    assert source_of(tmp_path, tar_of({"n/SIMULATED": b"", "n/a.avro": b"a"})).simulated


def test_a_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    """Control characters in the name of a member are replaced."""
    source = source_of(tmp_path, tar_of({"\x1b[2J.avro": b"a"}))
    assert source.describe(addresses(source)[0]).isprintable()


def test_an_archive_without_packets_says_so(tmp_path: Path) -> None:
    """It may hold other things."""
    assert "holds no .avro packets" in until_broken(source_of(tmp_path, tar_of({"README": b"a"})))[1]


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_whatever_bytes_a_tar_holds_reading_it_ends(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Nothing but a sentence comes of it, and no packet that the archive has no bytes for."""
    whole = tar_of({f"{'n' * k}.avro": bytes(k) for k in range(1, 300, 60)}, tarfile.PAX_FORMAT, mtime=0.5)
    content = bytearray(whole)
    for place in data.draw(st.lists(st.integers(512, len(whole) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    found, _ = until_broken(source_of(tmp_path_factory.mktemp("tar"), bytes(content)))
    assert sum(map(len, found)) <= len(content)
