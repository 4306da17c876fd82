"""The packets that are measured with: copies that differ in nothing but their names."""

import io
import tarfile
from itertools import islice
from pathlib import Path
from typing import Any

import fastavro
import pytest

from bench.data import Packets
from bench.forced_photometry import ENTRIES, with_full_history
from bench.growing import write_night
from bench.jitter import JITTERED
from bench.originals import Original, copies, find_names, real_originals, similar_candids, varint
from bench.replicas import ReplicaSource
from bench.sizes import Sizes


def read(data: bytes) -> dict[str, Any]:
    """Return the one alert of a packet, as fastavro reads it."""
    (record,) = fastavro.reader(io.BytesIO(data))
    assert isinstance(record, dict)
    return record


@pytest.fixture(scope="module")
def originals(few_packets: Path) -> list[Original]:
    """Return a few real packets with the places of their names."""
    found, left_out = real_originals(few_packets, 100)
    assert left_out == 0
    return found


def test_copies_have_distinct_candids_and_are_otherwise_equal(originals: list[Original]) -> None:
    """In the first round the packets are themselves; every later copy has the same bytes in all other places."""
    made = list(islice(copies(originals), 5 * len(originals)))
    assert len({copy.candid for copy in made}) == len(made)
    assert [copy.data() for copy in made[: len(originals)]] == [original.data for original in originals]
    for copy in made:
        before, after = read(copy.original.data), read(copy.data())
        assert after["candid"] == after["candidate"]["candid"] == copy.candid
        after["candid"] = after["candidate"]["candid"] = before["candid"]
        assert repr(after) == repr(before)


def test_copies_of_new_objects_have_names_of_their_own(originals: list[Original]) -> None:
    """Packets that share an object share it in every round, and no object comes back in another."""
    size = len(originals)
    made = list(islice(copies(originals, new_objects=True), 3 * size))
    names = [read(copy.data())["objectId"] for copy in made]
    assert len(set(names)) == 3 * len({original.object_id for original in originals})
    assert all(name.startswith(made[k].original.object_id[:5]) and len(name) == 12 for k, name in enumerate(names))


def test_packets_that_share_a_candid_get_different_ones(originals: list[Original]) -> None:
    """Even in the first round, where each would like to keep its own."""
    made = list(islice(copies([originals[0], originals[0]]), 6))
    assert len({copy.candid for copy in made}) == 6


@pytest.mark.parametrize("candid", [0, 63, -64, 2**61 - 1, -(2**61), 1382302730115015012])
def test_a_similar_candid_takes_as_many_bytes(candid: int) -> None:
    """Written as fastavro writes it, from the smallest numbers to the largest."""
    out = io.BytesIO()
    fastavro.schemaless_writer(out, "long", candid)
    assert out.getvalue() == varint(candid)
    assert {len(varint(near)) for near in islice(similar_candids(candid), 50)} == {len(varint(candid))}


def test_a_large_folder_is_taken_from_evenly(few_packets: Path, originals: list[Original]) -> None:
    """Every second packet, where there are about twice as many as wanted."""
    found, _ = real_originals(few_packets, len(originals) // 2 + 1)
    assert found == originals[::2]


@pytest.mark.parametrize("data", [b"", b"Obj\x01", b"no packet at all"], ids=["empty", "only magic", "text"])
def test_what_is_no_packet_of_one_alert_is_not_copied(data: bytes) -> None:
    """It is left out, and counted."""
    assert find_names(data) is None


@pytest.mark.slow
def test_full_histories_are_twenty_entries_of_each_kind(packet_files: list[Path]) -> None:
    """Of schema 4.02, readable, cutouts and all, also for a packet that had none before."""
    packets = (path.read_bytes() for path in reversed(packet_files) if b"fp_hists" in path.read_bytes())
    originals = [found for data in packets if (found := find_names(data)) is not None]
    full = with_full_history(originals, 8)
    assert len(full) == 8
    assert not all(read(original.data)["fp_hists"] for original in originals[:8])
    for packet in full:
        record = read(packet.data)
        assert record["schemavsn"] == "4.02"
        assert len(record["prv_candidates"]) == len(record["fp_hists"]) == ENTRIES
        assert record["cutoutScience"]["stampData"]


def test_a_folder_is_filled_to_its_size_and_gone_afterwards(few_packets: Path) -> None:
    """One file per packet, named by its candid."""
    number = len(list(few_packets.glob("*.avro")))
    with Packets(few_packets, Sizes(copies=1, files=3 * number - 1, kept=number + 1)) as packets:
        assert packets.about == "real packets"
        files = sorted(packets.folder.glob("*.avro"))
        assert len(files) == 3 * number - 1
        assert all(read(path.read_bytes())["candid"] == int(path.stem) for path in files)
        assert len(list(packets.large_folder.glob("*.avro"))) == number + 1
    assert not packets.scratch.exists()


def test_without_real_packets_simulated_ones_take_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And it is said."""
    (tmp_path / "damaged.avro").write_bytes(b"Obj\x01")
    with Packets(tmp_path, Sizes(copies=1, files=5)) as packets:
        assert len(list(packets.folder.glob("*.avro"))) == 5
        assert packets.about == "simulated packets"
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("1 files of ")
    assert said[1].endswith("simulated ones take their place.")


def test_a_night_of_copies_in_memory_is_delivered_whole(originals: list[Original]) -> None:
    """Batch after batch, with a candid of its own for every packet."""
    source = ReplicaSource(originals, 700)
    candids, delivered, looked_at = set(), 0, 0
    for batch in source.batches():
        delivered += len(batch)
        for k in range(0, len(batch), 7):
            looked_at += 1
            candids.add(read(batch.data[batch.starts[k] : batch.ends[k]].tobytes())["candid"])
    assert delivered == 700
    assert len(candids) == looked_at >= 100


def test_copies_in_memory_share_no_numbers_that_cuts_ask_for_and_differ_in_no_other(originals: list[Original]) -> None:
    """From the second round on; what is jittered stays near, and scores stay between 0 and 1."""
    (batch,) = [b for k, b in enumerate(ReplicaSource(originals, 2 * len(originals)).batches()) if k == 1]
    changed = 0
    for original, start, end in zip(originals, batch.starts, batch.ends, strict=True):
        before, after = read(original.data), read(batch.data[start:end].tobytes())
        for name in JITTERED.keys() & before["candidate"].keys():
            old, new = before["candidate"][name], after["candidate"][name]
            changed += new != old
            assert (new is None) is (old is None)
            assert name not in ("drb", "rb") or new is None or 0 <= new <= 1
            after["candidate"][name] = old
        for record in (after, after["candidate"]):
            record["candid"] = before["candid"]
        after["objectId"] = before["objectId"]
        assert repr(after) == repr(before)
    assert changed > 5 * len(originals)


def test_a_night_to_grow_is_a_tar_of_packets_without_images(originals: list[Original], tmp_path: Path) -> None:
    """Everything else of them is there."""
    archive = tmp_path / "night.tar"
    assert write_night(originals, len(originals) + 3, archive) == len(originals) + 3
    with tarfile.open(archive) as tar:
        packets = [read(file.read()) for member in tar if (file := tar.extractfile(member))]
    assert len({packet["candid"] for packet in packets}) == len(originals) + 3
    for packet, original in zip(packets, originals, strict=False):
        before = read(original.data)
        assert repr(packet["prv_candidates"]) == repr(before["prv_candidates"])
        assert packet["cutoutScience"] is packet["cutoutTemplate"] is packet["cutoutDifference"] is None
        assert repr(packet["candidate"]) == repr(before["candidate"])
