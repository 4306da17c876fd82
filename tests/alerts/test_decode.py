"""Every value of every real packet is what fastavro says it is."""

import io
import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import fastavro
import numpy as np
import pytest
from fastavro.utils import generate_one
from oracles import fastavro_alerts as oracle

from huntui.alerts.batch import AlertBatch, Ragged
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.columns import ALERT, CANDIDATE, FORCED, HISTORY, NULL_I4, NULL_I8, NULL_TEXT, Column
from huntui.packets import faults
from huntui.packets.batch import PacketBatch, join


def batch_of(packets: list[bytes]) -> PacketBatch:
    """Return packets as a batch with their number as the address."""
    addresses = np.stack([np.arange(len(packets)), np.zeros(len(packets), int)], axis=1).astype(np.int64)
    return join(packets, addresses)


def plain(column: Column, stored: Any, texts: TextPool) -> Any:
    """Return a stored value as fastavro would give it."""
    if column.kind == "text":
        return None if stored == NULL_TEXT else texts.text(int(stored))
    if column.kind in ("f4", "f8"):
        return None if math.isnan(stored) else float(stored)
    return None if stored == (NULL_I4 if column.kind == "i4" else NULL_I8) else int(stored)


def entries(ragged: Ragged, k: int) -> dict[str, Any]:
    """Return the columns of one alert's entries."""
    rows = slice(ragged.offsets[k], ragged.offsets[k + 1])
    return {name: values[rows] for name, values in ragged.columns.items()}


def check_candidate(batch: AlertBatch, k: int, record: dict[str, Any]) -> None:
    """Compare every field of the candidate and the top level."""
    for column in (*ALERT, *CANDIDATE):
        expected = record.get(column.name) if column in ALERT else record["candidate"].get(column.name)
        if column.name == "isdiffpos":
            expected = oracle.sign(expected)
        assert plain(column, batch.columns[column.name][k], batch.texts) == expected, column.name


def check_history(batch: AlertBatch, k: int, record: dict[str, Any]) -> None:
    """Compare every kept value of the history."""
    history, expected = entries(batch.history, k), record.get("prv_candidates") or []
    assert len(history["jd"]) == len(expected)
    for i, entry in enumerate(expected):
        for column in HISTORY:
            stored = history[column.name][i]
            if column.name == "isdiffpos":
                assert {1: "t", 0: "f", -1: None}[int(stored)] == oracle.sign(entry.get("isdiffpos"))
            else:
                assert plain(column, stored, batch.texts) == entry.get(column.name), column.name


def check_forced(batch: AlertBatch, k: int, record: dict[str, Any]) -> None:
    """Compare every kept value of the forced photometry, in which -99999 is null."""
    forced, expected = entries(batch.forced, k), record.get("fp_hists") or []
    assert len(forced["jd"]) == len(expected)
    for i, entry in enumerate(expected):
        for column in FORCED:
            value = entry[column.name]
            missing = isinstance(value, float) and value == -99999.0
            assert plain(column, forced[column.name][i], batch.texts) == (None if missing else value), column.name


def test_every_value_of_every_real_packet_equals_fastavros(packet_files: list[Path]) -> None:
    """Candidate, history and forced photometry agree, and not one packet has to go through fastavro."""
    decoder = AlertDecoder(TextPool())
    batch, bad = decoder.decode(batch_of([path.read_bytes() for path in packet_files]))
    assert not bad
    assert decoder.decoder.odd_packets == 0
    assert len(batch) == len(packet_files)
    for k, path in enumerate(packet_files):
        (record,) = oracle.records(path)
        check_candidate(batch, k, record)
        check_history(batch, k, record)
        check_forced(batch, k, record)
        assert batch.texts.text(int(batch.version[k])) == oracle.header_version(path)


def test_every_odd_file_yields_its_alerts_or_a_counted_reason(odd_dir: Path) -> None:
    """What fastavro reads whole is read with the same values; what it cannot read is one bad packet."""
    for path in sorted(odd_dir.rglob("*.avro")):
        batch, bad = AlertDecoder(TextPool()).decode(batch_of([path.read_bytes()]))
        try:
            expected = oracle.records(path)
        except (ValueError, LookupError, EOFError):
            assert len(batch) == 0, path
            assert [faults.reason(one.fault) for one in bad] == ["truncated"], path
            continue
        assert not bad, path
        assert len(batch) == len(expected)
        for k, record in enumerate(expected):
            check_candidate(batch, k, record)
            check_history(batch, k, record)


@pytest.mark.parametrize("codec", ["null", "deflate"])
def test_every_header_in_the_schemas_folder_decodes(schemas_dir: Path, codec: str, tmp_path: Path) -> None:
    """A record written with each of the 18 writer schemas comes back with its values, compressed or not."""
    schemas = sorted(schemas_dir.glob("*.json"))
    assert len(schemas) == 18
    for path in schemas:
        schema = json.loads(path.read_text())
        record = generate_one(fastavro.parse_schema(schema))
        record["prv_candidates"] = None
        file = tmp_path / f"{path.stem}.{codec}.avro"
        with file.open("wb") as out:
            fastavro.writer(out, fastavro.parse_schema(schema), [record], codec=codec)
        decoder = AlertDecoder(TextPool())
        batch, bad = decoder.decode(batch_of([file.read_bytes()]))
        assert not bad, path.name
        assert decoder.decoder.odd_packets == (codec != "null")
        (written,) = oracle.records(file)
        check_candidate(batch, 0, written)


def test_a_packet_that_the_kernel_does_not_take_gives_the_same_through_fastavro(packet_files: list[Path]) -> None:
    """An unusual schema around the same values changes nothing but the way they are read."""
    record = oracle.records(packet_files[0])[0]
    schema = {
        "type": "record",
        "name": "odd",
        "version": "9.9",
        "fields": [
            {"name": "objectId", "type": "string"},
            {"name": "tags", "type": {"type": "map", "values": "long"}},
            {"name": "either", "type": ["null", "long", "string"]},
            {
                "name": "candidate",
                "type": {
                    "type": "record",
                    "name": "candidate",
                    "fields": [
                        {"name": "jd", "type": "double"},
                        {"name": "candid", "type": "long"},
                        {"name": "fid", "type": "long"},
                        {"name": "magpsf", "type": "double"},
                        {"name": "isdiffpos", "type": ["string", "null"]},
                    ],
                },
            },
        ],
    }
    out = io.BytesIO()
    fastavro.writer(out, fastavro.parse_schema(schema), [{**record, "tags": {"a": 1}, "either": "x"}])
    decoder = AlertDecoder(TextPool())
    batch, bad = decoder.decode(batch_of([packet_files[1].read_bytes(), out.getvalue()]))
    assert not bad
    assert decoder.decoder.odd_packets == 1
    assert batch.texts.text(int(batch.version[1])) == "9.9"
    for name in ("jd", "candid", "fid", "magpsf"):
        assert batch.columns[name][1] == record["candidate"][name]
    assert batch.texts.text(int(batch.columns["objectId"][1])) == record["objectId"]


def test_a_batch_cut_anywhere_gives_the_same_alerts(packet_files: list[Path]) -> None:
    """Batches of any size, one after the other, give the rows that a single batch gives."""
    packets = [path.read_bytes() for path in packet_files[:60]]
    whole, _ = AlertDecoder(TextPool()).decode(batch_of(packets))
    for cuts in ([0, 1, 60], [0, 7, 8, 33, 60]):
        decoder = AlertDecoder(TextPool())
        parts = [decoder.decode(batch_of(packets[a:b]))[0] for a, b in pairwise(cuts)]
        for column in (*ALERT, *CANDIDATE):
            expected = [plain(column, stored, whole.texts) for stored in whole.columns[column.name]]
            found = [plain(column, stored, part.texts) for part in parts for stored in part.columns[column.name]]
            assert found == expected, column.name
        for name, values in whole.history.columns.items():
            np.testing.assert_array_equal(np.concatenate([part.history.columns[name] for part in parts]), values)


def test_taking_rows_keeps_each_alert_with_its_own_history(packet_files: list[Path]) -> None:
    """Rows taken in any order bring their own entries along."""
    batch, _ = AlertDecoder(TextPool()).decode(batch_of([path.read_bytes() for path in packet_files[:20]]))
    taken = batch.take(np.array([13, 2, 7]))
    for k, row in enumerate((13, 2, 7)):
        np.testing.assert_array_equal(entries(taken.history, k)["jd"], entries(batch.history, row)["jd"])
        assert taken.columns["candid"][k] == batch.columns["candid"][row]


@pytest.mark.parametrize("words", [[], ["ZTF24aa", "", "ZTF24bb"], ["ZTF24aa", "\x1b[2J", "žluť"]])
def test_many_texts_at_once_are_what_each_alone_is(words: list[str]) -> None:
    """Nulls among them, and texts that must not be shown as they are."""
    pool = TextPool()
    codes = np.array([-1, *(pool.add(word) for word in words)], np.int32)
    assert pool.texts(codes) == [pool.text(int(code)) for code in codes]
