"""Packets with something wrong in them: real ones, changed in the ways in which bytes go wrong or are made to."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import fastavro
import numpy as np

from huntui.packets.batch import NO_ADDRESSES, PacketBatch, join
from huntui.packets.container import SYNC_BYTES, read_header, write_block, write_long

_STAMP_BYTES = 300
_WITH_STAMPS = 10
"""Every so manieth packet keeps its cutouts; they are most of its bytes and the least of what can go wrong."""

_NUMBERS = (0, 1, -1, 2, 13, 64, -64, 10_000, 10_001, 2**20, 2**24, 2**31 - 1, 2**31, -(2**31), 2**40, 2**62, -(2**63))


@dataclass(frozen=True, slots=True)
class Original:
    """A packet of one alert that is whole."""

    data: bytes
    body: int
    """Where its first block begins."""


@dataclass(slots=True)
class Draft:
    """A packet that is being changed, within the buffer of its batch."""

    data: bytearray
    begin: int
    body: int
    end: int
    random: Random

    def place(self) -> int:
        """Return a place behind the header, mostly among the first fields."""
        return self.body + int(self.random.random() ** 3 * (self.end - self.body))

    def write(self, at: int, value: bytes) -> None:
        """Write some bytes, but none behind the packet's end."""
        value = value[: max(self.end - at, 0)]
        self.data[at : at + len(value)] = value


def _nothing(draft: Draft) -> None:
    """Leave the packet whole."""
    del draft


def _flips(draft: Draft) -> None:
    for _ in range(draft.random.randint(1, 6)):
        at = min(draft.place(), draft.end - 1)
        draft.data[at] ^= 1 << draft.random.randrange(8)


def _noise(draft: Draft) -> None:
    size = draft.random.randint(1, 24)
    draft.write(draft.place(), draft.random.randbytes(size))


def _number(draft: Draft) -> None:
    draft.write(draft.place(), write_long(draft.random.choice(_NUMBERS)))


def _endless_number(draft: Draft) -> None:
    draft.write(draft.place(), b"\xff" * draft.random.randint(1, 12))


def _frame(draft: Draft) -> None:
    count, size = draft.random.choice(_NUMBERS), draft.end - draft.body + draft.random.randint(-40, 40)
    draft.write(draft.body, write_long(draft.random.choice((1, count))) + write_long(size))


def _cut(draft: Draft) -> None:
    draft.end = draft.random.randint(draft.begin, draft.end)


def _cut_near_the_end(draft: Draft) -> None:
    draft.end = max(draft.begin, draft.end - draft.random.randint(1, 2 * SYNC_BYTES))


def _swallow(draft: Draft) -> None:
    draft.end = min(len(draft.data), draft.end + draft.random.randint(1, 2000))


def _splice(draft: Draft) -> None:
    size = draft.random.randint(1, 4000)
    at = draft.random.randrange(len(draft.data))
    draft.write(draft.place(), bytes(draft.data[at : at + size]))


def _shift(draft: Draft) -> None:
    at, by = draft.place(), draft.random.randint(1, 8)
    draft.data[at : draft.end - by] = draft.data[at + by : draft.end]


def _sync(draft: Draft) -> None:
    at = draft.random.choice((draft.body, draft.end)) - draft.random.randint(1, SYNC_BYTES)
    draft.data[at] ^= draft.random.randint(1, 255)


def _header(draft: Draft) -> None:
    at = draft.random.randrange(draft.begin, draft.body)
    draft.data[at] = draft.random.choice((0, 0x22, 0x2C, 0x7B, 0x7D, 0x5B, 0xFF, draft.random.randrange(256)))


CHANGES: dict[str, tuple[Callable[[Draft], None], int]] = {
    "none": (_nothing, 50),
    "flips": (_flips, 250),
    "noise": (_noise, 130),
    "number": (_number, 200),
    "endless number": (_endless_number, 60),
    "frame": (_frame, 50),
    "cut": (_cut, 40),
    "cut near the end": (_cut_near_the_end, 30),
    "swallow": (_swallow, 30),
    "splice": (_splice, 90),
    "shift": (_shift, 50),
    "sync": (_sync, 15),
    "header": (_header, 5),
}
"""Every way to change a packet, and how often of a thousand. A new header is costly to read, so few are changed."""


def read_originals(folder: Path | None, most: int) -> list[Original]:
    """Return up to `most` packets of a folder, or simulated ones without it, and a few that are written otherwise."""
    found = [_shortened(data, k) for k, data in enumerate(_packets(folder, most))]
    return [Original(data, read_header(data).size + SYNC_BYTES) for data in (*found, *_rewritten(found[0]))]


def _packets(folder: Path | None, most: int) -> list[bytes]:
    if folder is None:
        from huntui.simulate.night import SimulatedNight

        night = SimulatedNight("20240707", count=most)
        return [night.packet(k) for k in range(most)]
    paths = sorted(folder.rglob("*.avro"))
    return [path.read_bytes() for path in paths[:: max(1, len(paths) // most)][:most]]


def _shortened(data: bytes, k: int) -> bytes:
    """Return a packet with its cutouts cut short, under the same header."""
    if k % _WITH_STAMPS == 0:
        return data
    reader = fastavro.reader(io.BytesIO(data))
    schema: Any = reader.writer_schema
    record: Any = next(reader)
    for value in record.values():
        if isinstance(value, dict) and "stampData" in value:
            value["stampData"] = value["stampData"][:_STAMP_BYTES]
    body = io.BytesIO()
    fastavro.schemaless_writer(body, schema, record)
    header = read_header(data)
    return data[: header.size + SYNC_BYTES] + write_block(1, body.getvalue(), header.sync)


def _rewritten(data: bytes) -> list[bytes]:
    """Return a packet as it does not come from ZTF: in the house schema, compressed, and in one that has no plan."""
    from huntui.packets.odd import house_schema

    record: Any = next(fastavro.reader(io.BytesIO(data)))
    odd = house_schema()
    odd["fields"].append({"name": "tags", "type": {"type": "map", "values": "long"}})
    packets = []
    for schema, codec in (
        (house_schema(), "null"),
        (house_schema(), "deflate"),
        (house_schema(), "snappy"),
        (odd, "null"),
    ):
        out = io.BytesIO()
        fastavro.writer(out, fastavro.parse_schema(schema), [record | {"tags": {"a": 1}}], codec)
        packets.append(out.getvalue())
    return packets


def make_batch(originals: Sequence[Original], size: int, random: Random) -> tuple[PacketBatch, list[str]]:
    """Return a batch of changed packets, their number being their address, and the name of each one's change."""
    chosen = random.choices(originals, k=size)
    names = random.choices(list(CHANGES), [often for _, often in CHANGES.values()], k=size)
    data = bytearray(b"".join(original.data for original in chosen))
    starts, ends = np.zeros(size, np.int64), np.zeros(size, np.int64)
    at = 0
    for k, (original, name) in enumerate(zip(chosen, names, strict=True)):
        draft = Draft(data, at, at + original.body, at + len(original.data), random)
        CHANGES[name][0](draft)
        starts[k], ends[k] = at, draft.end
        at += len(original.data)
    addresses = np.stack([np.arange(size), np.zeros(size, np.int64)], axis=1)
    return PacketBatch(np.frombuffer(data, np.uint8), starts, ends, addresses, NO_ADDRESSES), names


def alone(batch: PacketBatch, k: int) -> PacketBatch:
    """Return one packet of a batch in a buffer that ends where it ends."""
    return join([batch.data[batch.starts[k] : batch.ends[k]].tobytes()], batch.addresses[k : k + 1])
