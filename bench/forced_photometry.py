"""Packets as they grew since 2024: each of schema 4.02 with a full month of history and of forced photometry."""

import io
from collections.abc import Sequence
from itertools import cycle, islice

import fastavro

from bench.originals import Original, Record, decoded, find_names

ENTRIES = 20
"""Entries of `prv_candidates`, and of `fp_hists`, in each packet."""

_VERSION = "4.02"


def with_full_history(originals: Sequence[Original], number: int) -> list[Original]:
    """Return up to `number` packets of schema 4.02, written anew with 20 entries in both histories.

    Entries come again as often as it takes; a packet without any gets those of another. None are returned where the
    packets of that schema have not both kinds.
    """
    packets = [(each, record) for each in originals if (record := _of_wanted_version(each)) is not None]
    history = [entry for _, record in packets for entry in _entries(record, "prv_candidates")]
    forced = [entry for _, record in packets for entry in _entries(record, "fp_hists")]
    if not history or not forced:
        return []
    return [_rewritten(each, record, history, forced) for each, record in packets[:number]]


def _of_wanted_version(original: Original) -> Record | None:
    records = decoded(original.data)
    if not records or records[0].get("schemavsn") != _VERSION or b"fp_hists" not in original.data:
        return None
    return records[0]


def _entries(record: Record, name: str) -> list[Record]:
    entries = record.get(name)
    return list(entries) if isinstance(entries, list) else []


def _rewritten(original: Original, record: Record, history: list[Record], forced: list[Record]) -> Original:
    full = {
        **record,
        "prv_candidates": list(islice(cycle(_entries(record, "prv_candidates") or history), ENTRIES)),
        "fp_hists": list(islice(cycle(_entries(record, "fp_hists") or forced), ENTRIES)),
    }
    schema = fastavro.reader(io.BytesIO(original.data)).writer_schema
    assert schema is not None
    packet = io.BytesIO()
    fastavro.writer(packet, schema, [full])
    found = find_names(packet.getvalue())
    assert found is not None
    return found
