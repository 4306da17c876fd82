"""The night keeps every alert once, and an older view of it stays true while it grows."""

from pathlib import Path

import numpy as np
import pytest
from oracles import fastavro_alerts

from huntui.alerts.batch import AlertBatch
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import UNSEEN, TextPool, clean
from huntui.features.registry import compute
from huntui.night.quarantine import Quarantine
from huntui.night.store import Night
from huntui.packets import faults
from huntui.packets.batch import join


def decoded(paths: list[Path], texts: TextPool) -> AlertBatch:
    """Return the alerts of some files; an address is the number of the file."""
    addresses = np.stack([np.arange(len(paths)), np.zeros(len(paths), int)], axis=1).astype(np.int64)
    batch, _ = AlertDecoder(texts).decode(join([path.read_bytes() for path in paths], addresses))
    return batch


def night_of(*groups: list[Path], most: int | None = None) -> Night:
    """Return a night made of several batches."""
    night = Night(TextPool())
    for paths in groups:
        batch = decoded(paths, night.texts)
        night.append(batch, compute(batch), most)
    return night


def test_a_candid_seen_again_is_a_duplicate_within_a_batch_and_between_batches(packet_files: list[Path]) -> None:
    """The first one stays, with its own history."""
    night = night_of(packet_files[:10] + packet_files[3:5], packet_files[5:20])
    assert len(night) == 20
    assert night.duplicates == 7
    assert sum(night.schema_versions().values()) == 20
    view = night.view()
    for row, path in enumerate(packet_files[:20]):
        (record,) = fastavro_alerts.records(path)
        assert view.value("candid", row) == record["candid"]
        assert view.history.end[row] - view.history.begin[row] == len(record["prv_candidates"])
        assert night.find(record["candid"]) == row
    assert night.find(1) is None


def test_a_night_grows_to_thousands_without_losing_one(packet_files: list[Path]) -> None:
    """Tables and columns are made larger on the way, and every alert is found again."""
    night = Night(TextPool())
    batch = decoded(packet_files, night.texts)
    features = compute(batch)
    for shift in range(6):
        batch.columns["candid"] += shift
        night.append(batch, features)
    candids = night.view().column("candid")
    assert len(night) + night.duplicates == 6 * 907
    assert len(np.unique(candids)) == len(night)
    for row in range(0, len(night), 97):
        assert night.find(int(candids[row])) == row


def test_an_older_view_does_not_change_while_the_night_grows(packet_files: list[Path]) -> None:
    """Readers in other threads see what they saw."""
    night = night_of(packet_files[:100])
    old = night.view()
    before = {name: values.copy() for name, values in old.columns.items()}
    for first in range(100, 900, 100):
        batch = decoded(packet_files[first : first + 100], night.texts)
        night.append(batch, compute(batch))
    assert len(old) == 100
    for name, values in before.items():
        np.testing.assert_array_equal(old.columns[name], values)


@pytest.mark.parametrize("most", [1, 5, 12, 13])
def test_a_limit_counts_distinct_alerts(packet_files: list[Path], most: int) -> None:
    """Duplicates before the last wanted alert are counted, what comes behind it is not."""
    paths = packet_files[:5] + packet_files[:5] + packet_files[5:15]
    night = night_of(paths, packet_files[15:20], most=most)
    assert len(night) == most
    assert night.duplicates == (0 if most <= 5 else 5)


def test_objects_are_counted_by_name_and_merge_their_light_curves(packet_files: list[Path]) -> None:
    """The 34 packets of one supernova are one object, whose curve has each exposure once."""
    night = night_of(packet_files)
    view = night.view()
    names = {fastavro_alerts.records(path)[0]["objectId"] for path in packet_files}
    assert view.objects == len(names) == 814
    rows = view.rows_of("ZTF21abiuvdk")
    assert len(rows) == 34
    assert (np.diff(view.column("jd")[rows]) >= 0).all()
    curve = view.light_curve(rows)
    points = list(zip(curve.jd.tolist(), curve.fid.tolist(), curve.is_forced.tolist(), strict=True))
    assert len(set(points)) == len(points)
    records = [r for path in packet_files for r in fastavro_alerts.records(path) if r["objectId"] == "ZTF21abiuvdk"]
    exposures = {(r["candidate"]["jd"], r["candidate"]["fid"]) for r in records}
    for record in records:
        entries = record["prv_candidates"]
        exposures |= {(e["jd"], e["fid"]) for e in entries if (e["magpsf"] or e["diffmaglim"]) is not None}
    assert {(jd, fid) for jd, fid, forced in points if not forced} == exposures
    assert len(view.rows_of("ZTF00nowhere")) == 0


@pytest.mark.parametrize("every", [1, 2, 50], ids=["all", "half", "few"])
def test_the_newest_chosen_alert_of_each_object_is_found(packet_files: list[Path], every: int) -> None:
    """By jd, then candid, newest object first, whatever order the alerts came in and however many are chosen."""
    view = night_of(packet_files[::-1]).view()
    chosen = np.arange(len(view)) % every == 0
    expected: dict[int, tuple[float, int]] = {}
    for row in np.flatnonzero(chosen):
        key = (float(view.column("jd")[row]), int(view.column("candid")[row]))
        expected[int(view.object_of[row])] = max(expected.get(int(view.object_of[row]), key), key)
    rows = view.newest_per_object(chosen)
    found = [(float(view.column("jd")[row]), int(view.column("candid")[row])) for row in rows]
    assert found == sorted(expected.values(), reverse=True)


def test_the_quarantine_counts_by_reason_and_keeps_where_each_packet_is() -> None:
    """Most frequent reason first; packets in the order they came."""
    quarantine = Quarantine()
    packets = [faults.BadPacket(fault, (7, at)) for at, fault in enumerate([faults.TRUNCATED, 1, faults.TRUNCATED])]
    for packet in packets:
        quarantine.add(packet)
    assert quarantine.counts() == {"truncated": 2, "not_avro": 1}
    view = quarantine.view()
    assert list(view) == packets
    quarantine.add(packets[0])
    assert list(view) == packets
    assert len(quarantine) == 4


def test_every_reason_has_a_name_and_a_meaning() -> None:
    """Names are stable identifiers; meanings are words."""
    names = [name for name, _ in faults.MEANINGS.values()]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and meaning for name, meaning in faults.MEANINGS.values())


def test_texts_are_numbered_once_however_many_there_are() -> None:
    """The pool grows over thousands of texts, long ones and empty ones among them, and finds each again."""
    pool = TextPool()
    texts = ["", "x" * 9000, *(f"ZTF24{k:07d}" for k in range(5000)), "ÿ", "日本"]
    codes = [pool.add(text) for text in texts]
    assert codes == list(range(len(texts)))
    assert [pool.add(text) for text in texts] == codes
    assert [pool.find(text) for text in texts] == codes
    assert [pool.text(code) for code in codes] == texts
    assert pool.find("never seen") == UNSEEN
    assert len(pool) == len(texts)
    assert pool.text(-1) is None


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("two\nlines\r\t", "twolines"),
        ("null\x00byte\x7f\x9b", "nullbyte"),
        ("right-to-left \u202eoverride", "right-to-left override"),
        ("zero\u200bwidth \ufeff", "zerowidth "),
        ("[bold]kept as it is[/bold]", "[bold]kept as it is[/bold]"),
        ("\ud800", ""),
    ],
)
def test_text_leaves_without_what_could_act_on_a_terminal(hostile: str, shown: str) -> None:
    """Control and format characters are taken away, the rest is left alone."""
    assert clean(hostile) == shown
