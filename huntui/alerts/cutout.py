"""The three cutouts of an alert, read from its packet when somebody looks at it."""

import io
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.packets.faults import MAX_PACKET_BYTES

NAMES = ("science", "template", "difference")
MAX_IMAGE_BYTES = 8 * 2**20
"""A 63 × 63 cutout has 19 kB; what unpacks to more than this is not one."""

_CARD, _BLOCK = 80, 2880
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Cutout:
    """One image, or why there is none."""

    name: str
    """`science`, `template` or `difference`."""
    image: npt.NDArray[np.float32] | None
    """Pixel values [DN], shape (rows, columns) as stored; 63 × 63 unless cut off by the chip's edge."""
    missing: str = ""
    """Why there is no image."""


def read_cutouts(packet: bytes, record: int = 0) -> tuple[Cutout, Cutout, Cutout]:
    """Return the cutouts of one alert of a packet; whatever is wrong with one of them is said in its place."""
    from fastavro.schema import SchemaParseException

    damage = LookupError, ValueError, TypeError, ArithmeticError, EOFError, RecursionError, AttributeError
    try:
        alert = _record(packet, record)
    except (*damage, SchemaParseException) as error:
        science, template, difference = (Cutout(name, None, f"the packet cannot be read: {error}") for name in NAMES)
    else:
        science, template, difference = (_cutout(name, alert.get(f"cutout{name.title()}")) for name in NAMES)
    return science, template, difference


def _record(packet: bytes, record: int) -> dict[str, Any]:
    import fastavro

    if len(packet) > MAX_PACKET_BYTES:
        raise ValueError("it is too large")
    for number, alert in enumerate(fastavro.reader(io.BytesIO(packet))):
        if number == record and isinstance(alert, dict):
            return alert
    raise LookupError("it has no such record")


def _cutout(name: str, stamp: Any) -> Cutout:
    data = stamp.get("stampData") if isinstance(stamp, dict) else None
    if not isinstance(data, bytes) or not data:
        return Cutout(name, None, "the packet has none")
    try:
        return Cutout(name, read_image(_unpacked(data)))
    except (ValueError, zlib.error) as error:
        return Cutout(name, None, str(error))


def _unpacked(data: bytes) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    unpacker = zlib.decompressobj(_GZIP)
    plain = unpacker.decompress(data, MAX_IMAGE_BYTES + 1)
    if len(plain) > MAX_IMAGE_BYTES:
        raise ValueError("unpacks to more than any cutout has")
    return plain


def read_image(fits: bytes) -> npt.NDArray[np.float32]:
    """Return the image of a FITS file of 32-bit floats; raises `ValueError` for anything else.

    Source: Definition of the Flexible Image Transport System (FITS), version 4.0, §3.3 and §4.4.1.
    """
    cards: dict[str, str] = {}
    for at in range(0, len(fits) - _CARD + 1, _CARD):
        card = fits[at : at + _CARD].decode("ascii", "replace")
        if card[:8].strip() == "END":
            start = -(-(at + _CARD) // _BLOCK) * _BLOCK
            break
        cards[card[:8].strip()] = card[9:].partition("/")[0].strip()
    else:
        raise ValueError("is not a FITS image")
    if cards.get("SIMPLE") != "T" or cards.get("BITPIX") != "-32" or cards.get("NAXIS") != "2":
        raise ValueError("is not a FITS image of floats")
    width, height = (int(cards.get(axis, "0")) for axis in ("NAXIS1", "NAXIS2"))
    if width <= 0 or height <= 0 or start + 4 * width * height > len(fits):
        raise ValueError("is shorter than its header says")
    pixels = np.frombuffer(fits, ">f4", width * height, start)
    return pixels.astype(np.float32).reshape(height, width)
