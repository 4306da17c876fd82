"""Packets that are copied, and how: a copy is the same packet with another candid, and another objectId if wanted.

The candid stands twice in a packet, at the top and in `candidate`. Both are overwritten in the bytes by a number that
takes as many bytes, so that a copy has the length, the schema and every other value of the packet that ZTF sent.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import fastavro

_SIMULATED_DATE = "20240707"
_LETTERS_KEPT = 5
"""The beginning of an objectId that says survey and year: ZTF18."""

Record = dict[str, Any]
"""A packet as fastavro gives it."""


@dataclass(frozen=True, slots=True)
class Original:
    """A packet of one alert, and where the names stand that a copy changes."""

    data: bytes
    candid: int
    candid_at: tuple[int, int]
    object_id: str
    object_at: int

    def write_copy(self, room: bytearray | memoryview, at: int, candid: int, object_id: str | None = None) -> int:
        """Write a copy with other names of the same length to `room` and return where it ends."""
        end = at + len(self.data)
        room[at:end] = self.data
        self.write_names(room, at, candid, object_id)
        return end

    def write_names(self, room: bytearray | memoryview, at: int, candid: int, object_id: str | None = None) -> None:
        """Write other names of the same length over those of a copy that begins at `at`."""
        written = varint(candid)
        for place in self.candid_at:
            room[at + place : at + place + len(written)] = written
        if object_id is not None:
            place = at + self.object_at
            room[place : place + len(object_id)] = object_id.encode("ascii")

    def copy(self, candid: int, object_id: str | None = None) -> bytes:
        """Return a copy with other names of the same length."""
        room = bytearray(len(self.data))
        self.write_copy(room, 0, candid, object_id)
        return bytes(room)


def find_names(data: bytes) -> Original | None:
    """Return a packet with the places of its names, or None for one that is no packet of one alert.

    A copy is decoded with fastavro and must equal the original in everything but the names.
    """
    records = decoded(data)
    if records is None or len(records) != 1:
        return None
    candid, object_id = records[0].get("candid"), records[0].get("objectId")
    if not isinstance(candid, int) or not isinstance(object_id, str):
        return None
    places = list(islice(_places(data, varint(candid)), 2))
    # A text is written as its length and its letters.
    name = varint(len(object_id.encode())) + object_id.encode()
    if len(places) < 2 or name not in data[: places[0]]:
        return None
    original = Original(data, candid, (places[0], places[1]), object_id, data.rindex(name, 0, places[0]) + 1)
    return original if _copies_well(original, records[0]) else None


def _copies_well(original: Original, record: Record) -> bool:
    candid = next(similar_candids(original.candid))
    copies = decoded(original.copy(candid, other_name(original.object_id, 0)))
    wanted = {
        **record,
        "candid": candid,
        "objectId": other_name(original.object_id, 0),
        "candidate": {**record["candidate"], "candid": candid},
    }
    # By what they look like, since no NaN equals another.
    return repr(copies) == repr([wanted])


def decoded(data: bytes) -> list[Record] | None:
    """Return what fastavro reads from a packet, or None when it reads nothing."""
    try:
        return [record for record in fastavro.reader(io.BytesIO(data)) if isinstance(record, dict)]
    except Exception:  # noqa: BLE001 (damaged packets fail in as many ways as there are bytes)
        return None


def _places(data: bytes, wanted: bytes) -> Iterator[int]:
    at = data.find(wanted)
    while at >= 0:
        yield at
        at = data.find(wanted, at + len(wanted))


def varint(value: int) -> bytes:
    """Return an Avro long: zigzag, seven bits a byte, the lowest first."""
    rest, out = (value << 1) ^ (value >> 63), bytearray()
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    out.append(rest)
    return bytes(out)


def similar_candids(candid: int) -> Iterator[int]:
    """Yield candids near one that take as many bytes."""
    size = len(varint(candid))
    for step in count(1):
        for near in (candid + step, candid - step):
            if abs(near) < 2**62 and len(varint(near)) == size:
                yield near


def other_name(object_id: str, number: int) -> str:
    """Return the objectId of that number with the beginning and the length of another."""
    letters = []
    for _ in range(len(object_id) - _LETTERS_KEPT):
        number, letter = divmod(number, len(ascii_lowercase))
        letters.append(ascii_lowercase[letter])
    return object_id[:_LETTERS_KEPT] + "".join(reversed(letters))


@dataclass(frozen=True, slots=True)
class Copy:
    """A packet under other names; `object_id` is None where it keeps its own."""

    original: Original
    candid: int
    object_id: str | None

    def data(self) -> bytes:
        """Return its bytes."""
        return self.original.copy(self.candid, self.object_id)


def copies(originals: Sequence[Original], *, new_objects: bool = False) -> Iterator[Copy]:
    """Yield the packets round after round, without end, with candids that are all distinct.

    In the first round each keeps its own candid, if no other has it. With `new_objects` every round brings other
    objects too, as a night of so many alerts would.
    """
    candids = _Candids()
    numbers = {name: number for number, name in enumerate(dict.fromkeys(each.object_id for each in originals))}
    for turn in count():
        for each in originals:
            number = turn * len(numbers) + numbers[each.object_id]
            yield Copy(each, candids.free(each.candid), other_name(each.object_id, number) if new_objects else None)


class _Candids:
    """Candids that were not given to anybody yet."""

    def __init__(self) -> None:
        self._used: set[int] = set()
        self._next: dict[int, Iterator[int]] = {}

    def free(self, candid: int) -> int:
        """Return the candid itself the first time, then others near it."""
        following = self._next.setdefault(candid, chain([candid], similar_candids(candid)))
        found = next(each for each in following if each not in self._used)
        self._used.add(found)
        return found


def real_originals(folder: Path, most: int) -> tuple[list[Original], int]:
    """Return the packets of a folder that can be copied, sorted by name, and the number of files that cannot.

    Of more than `most` files some are taken, evenly.
    """
    files = sorted(folder.glob("*.avro"))
    files = files[:: max(1, -(-len(files) // most))]
    found = [original for path in files if (original := find_names(path.read_bytes())) is not None]
    return found, len(files) - len(found)


def simulated_originals(number: int) -> list[Original]:
    """Return invented packets, where there are no real ones."""
    from huntui.simulate.night import SimulatedNight

    originals = []
    for chunk in SimulatedNight(_SIMULATED_DATE, count=number).chunks():
        for start, end in zip(chunk.starts, chunk.ends, strict=True):
            original = find_names(chunk.data[start:end].tobytes())
            assert original is not None
            originals.append(original)
    return originals
