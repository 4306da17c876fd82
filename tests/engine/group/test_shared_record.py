"""A record of a group gives back what was packed, and nothing else is taken for one."""

import json
import zlib

import numpy as np
import pytest

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.columns import PACKET
from huntui.engine.group.record import MAGIC, About, ForeignError, pack, parts_of, unpack
from huntui.engine.inbox import Arrival
from huntui.features.registry import compute
from huntui.packets.faults import BadPacket
from huntui.sources.simulated import SimulatedSource

ABOUT = About(
    kind="alerts", member="0" * 12, host="here", version="1", made_by="me", topic="one", cuts="none", cuts_digest="0"
)


@pytest.fixture(scope="module")
def arrival() -> Arrival:
    """Return what a batch with a bad packet at its end gave."""
    (packets,) = SimulatedSource("20240707", count=30).batches()
    batch, _ = AlertDecoder(TextPool()).decode(packets)
    addresses = np.vstack([packets.addresses, [[3, 7]]])
    return Arrival(batch, compute(batch), [BadPacket(2, (3, 7))], len(addresses), addresses)


@pytest.fixture(scope="module")
def record(arrival: Arrival) -> bytes:
    """Return it as a record."""
    return pack(ABOUT, arrival)


def changed(record: bytes, name: str, kind: str, size: int) -> bytes:
    """Return a record whose label tells another type and length of a column."""
    plain = zlib.decompress(record[len(MAGIC) :])
    length = int.from_bytes(plain[:4], "little")
    label = json.loads(plain[4 : 4 + length])
    label["columns"] = [[name, kind, size] if one[0] == name else one for one in label["columns"]]
    text = json.dumps(label).encode()
    return MAGIC + zlib.compress(len(text).to_bytes(4, "little") + text + plain[4 + length :])


def test_a_record_gives_every_column_back(arrival: Arrival, record: bytes) -> None:
    """Also to a pool that has other texts by the same codes."""
    texts = TextPool()
    texts.add("something else")
    about, back = unpack(record, texts)
    assert about == ABOUT
    assert back is not None
    for name, values in arrival.batch.columns.items():
        if PACKET[name].kind == "text":
            expected = [arrival.batch.texts.text(int(code)) for code in values]
            assert [texts.text(int(code)) for code in back.batch.columns[name]] == expected
        else:
            np.testing.assert_array_equal(back.batch.columns[name], values)
    for name, values in arrival.features.items():
        np.testing.assert_array_equal(back.features[name], values)
    np.testing.assert_array_equal(back.addresses, arrival.addresses)
    assert (back.bad, back.packets) == (arrival.bad, 31)


def test_a_sign_of_life_tells_of_no_alerts() -> None:
    """It says who is there, and nothing more."""
    about, arrival = unpack(pack(ABOUT.model_copy(update={"kind": "here"})), TextPool())
    assert (about.kind, arrival) == ("here", None)


def test_a_batch_with_too_many_alerts_is_told_packet_by_packet(
    arrival: Arrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a broker takes each record; together they tell the same."""
    monkeypatch.setattr("huntui.engine.group.record.MOST_ALERTS", 20)
    parts = list(parts_of(arrival))
    assert [len(part.batch) for part in parts] == [1] * 30 + [0]
    assert [part.bad for part in parts] == [[]] * 30 + [arrival.bad]
    candids = np.concatenate([part.batch.columns["candid"] for part in parts])
    np.testing.assert_array_equal(candids, arrival.batch.columns["candid"])


def test_no_damage_goes_through(record: bytes) -> None:
    """Whatever byte is another one, or missing at the end."""
    for at in range(0, len(record), 97):
        for damaged in (record[:at], record[:at] + bytes([record[at] ^ 1]) + record[at + 1 :]):
            with pytest.raises(ForeignError):
                unpack(damaged, TextPool())


@pytest.mark.parametrize(
    ("column", "kind", "size"),
    [
        ("jd", "f4", 60),
        ("jd", "f8", 29),
        ("objectId", "f4", 30),
        ("#ends", "i8", -1),
        ("jd", "O", 30),
        ("#bad", "i4", 6),
    ],
)
def test_a_record_that_is_whole_and_wrong_is_refused(record: bytes, column: str, kind: str, size: int) -> None:
    """Whoever may write to the topic may write anything."""
    with pytest.raises(ForeignError):
        unpack(changed(record, column, kind, size), TextPool())


def test_a_record_that_unpacks_to_more_than_there_can_be_takes_no_memory() -> None:
    """It is given up before all of it is there."""
    with pytest.raises(ForeignError, match="larger"):
        unpack(MAGIC + zlib.compress(bytes(80 * 2**20)), TextPool())


def test_who_wrote_a_record_is_checked() -> None:
    """A name that is none would be printed."""
    with pytest.raises(ForeignError):
        unpack(pack(About.model_construct(**{**ABOUT.model_dump(), "member": "\x1b[2J"})), TextPool())
