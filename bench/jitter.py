"""Numbers of a packet that a copy may change a little, and how: so that 150,000 alerts do not share 907 values."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from bench.originals import Original, decoded

_WINDOW = 1200
"""Bytes from the candidate's candid within which its numbers are looked for."""

Way = Literal["add", "multiply"]

JITTERED: dict[str, tuple[Way, float]] = {
    "magpsf": ("add", 0.1),
    "sigmapsf": ("multiply", 0.1),
    "drb": ("add", 0.05),
    "rb": ("add", 0.05),
    "fwhm": ("multiply", 0.1),
    "elong": ("multiply", 0.05),
    "magdiff": ("add", 0.05),
    "ssdistnr": ("multiply", 0.1),
    "distpsnr1": ("multiply", 0.1),
    "jdstarthist": ("add", 0.5),
}
"""Field of the candidate -> how it is changed, and the standard deviation [its unit, or a fraction of it]."""

_WITHIN_ONE = ("drb", "rb")
_NO_MATCH = -999.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number of a packet stands."""

    field: str
    at: int
    layout: str
    """As `struct` names it: a float or a double."""
    value: float


def jitter_places(original: Original) -> tuple[Place, ...]:
    """Return the numbers that can be changed in the bytes of a packet: tried, and read back with fastavro."""
    records = decoded(original.data)
    assert records is not None
    places = tuple(_candidates(original, records[0]["candidate"]))
    if _read_back(original.data, places):
        return places
    return tuple(place for place in places if _read_back(original.data, (place,)))


def _candidates(original: Original, candidate: dict[str, object]) -> Iterator[Place]:
    start = original.candid_at[1] - _WINDOW
    window = original.data[max(start, 0) : original.candid_at[1] + _WINDOW]
    for field in JITTERED:
        value = candidate.get(field)
        if not isinstance(value, float) or value == _NO_MATCH:
            continue
        layout = "<d" if field == "jdstarthist" else "<f"
        wanted = struct.pack(layout, value)
        if window.count(wanted) == 1:
            yield Place(field, max(start, 0) + window.index(wanted), layout, value)


def _read_back(data: bytes, places: tuple[Place, ...]) -> bool:
    """Return whether other numbers there are read as those fields and change nothing else of the packet."""
    changed, before = bytearray(data), decoded(data)
    assert before is not None
    for place in places:
        written = struct.pack(place.layout, place.value * 1.25 + 0.125)
        changed[place.at : place.at + len(written)] = written
        before[0]["candidate"][place.field] = struct.unpack(place.layout, written)[0]
    # By what they look like, since no NaN equals another.
    return repr(before) == repr(decoded(bytes(changed)))


class Jitter:
    """Changes the numbers of copies, many packets at once."""

    def __init__(self, originals: Sequence[Original]) -> None:
        places = [(k, place) for k, original in enumerate(originals) for place in jitter_places(original)]
        self._random = np.random.default_rng(1)
        self._columns = {
            layout: _Column.of([(k, place) for k, place in places if place.layout == layout]) for layout in ("<f", "<d")
        }

    def change(self, buffer: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], first: int) -> None:
        """Change the packets that begin at `starts` in the buffer, which are the originals from `first` on."""
        for layout, column in self._columns.items():
            chosen = slice(*np.searchsorted(column.packet, [first, first + len(starts)]))
            steps = self._random.standard_normal(len(column.packet[chosen]))
            values = column.value[chosen] + column.deviation[chosen] * steps
            values = np.clip(values, column.least[chosen], column.most[chosen])
            written = values.astype(layout).view(np.uint8).reshape(len(values), -1)
            at = starts[column.packet[chosen] - first] + column.at[chosen]
            buffer[at[:, None] + np.arange(written.shape[1])] = written


@dataclass(frozen=True, slots=True)
class _Column:
    """Numbers of one layout, in the order of the packets."""

    packet: npt.NDArray[np.int64]
    at: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    deviation: npt.NDArray[np.float64]
    least: npt.NDArray[np.float64]
    most: npt.NDArray[np.float64]

    @classmethod
    def of(cls, places: Sequence[tuple[int, Place]]) -> "_Column":
        limits = [(0.0, 1.0) if place.field in _WITHIN_ONE else (-np.inf, np.inf) for _, place in places]
        return cls(
            np.array([k for k, _ in places], np.int64),
            np.array([place.at for _, place in places], np.int64),
            np.array([place.value for _, place in places], np.float64),
            np.array([_deviation(place) for _, place in places], np.float64),
            np.array([least for least, _ in limits]),
            np.array([most for _, most in limits]),
        )


def _deviation(place: Place) -> float:
    way, deviation = JITTERED[place.field]
    return deviation if way == "add" else deviation * abs(place.value)
