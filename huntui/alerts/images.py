"""A cutout's file, as packets bring it, unpacked and read: a gzipped FITS image of floats."""

import zlib

import numpy as np
import numpy.typing as npt
from isal import isal_zlib

NAMES = ("science", "template", "difference")
MAX_IMAGE_BYTES = 8 * 2**20
"""A 63 × 63 cutout has 19 kB; what unpacks to more than this is not one."""

_CARD, _BLOCK = 80, 2880
_GZIP = 16 + zlib.MAX_WBITS


def unpacked(data: bytes) -> bytes:
    """Return a file as it was before it was gzipped; raises `ValueError` where it cannot be one."""
    if data[:2] != b"\x1f\x8b":
        return data
    unpacker = isal_zlib.decompressobj(_GZIP)
    try:
        plain: bytes = unpacker.decompress(data, MAX_IMAGE_BYTES + 1)
    except isal_zlib.IsalError as error:  # type: ignore[misc]
        raise ValueError(str(error)) from None
    if len(plain) > MAX_IMAGE_BYTES:
        raise ValueError("unpacks to more than any cutout has")
    return plain


def read_image(fits: bytes) -> npt.NDArray[np.float32]:
    """Return the image of a FITS file of 32-bit floats; raises `ValueError` for anything else.

    Source: Definition of the Flexible Image Transport System (FITS), version 4.0, §3.3 and §4.4.1.
    """
    cards: dict[bytes, bytes] = {}
    for at in range(0, len(fits) - _CARD + 1, _CARD):
        keyword = fits[at : at + 8].rstrip()
        if keyword == b"END":
            start = -(-(at + _CARD) // _BLOCK) * _BLOCK
            break
        cards[keyword] = fits[at + 9 : at + _CARD]
    else:
        raise ValueError("is not a FITS image")
    if _value(cards, b"SIMPLE") != b"T" or _value(cards, b"BITPIX") != b"-32" or _value(cards, b"NAXIS") != b"2":
        raise ValueError("is not a FITS image of floats")
    width, height = (int(_value(cards, axis) or b"0") for axis in (b"NAXIS1", b"NAXIS2"))
    if width <= 0 or height <= 0 or start + 4 * width * height > len(fits):
        raise ValueError("is shorter than its header says")
    pixels = np.frombuffer(fits, ">f4", width * height, start)
    return pixels.astype(np.float32).reshape(height, width)


def _value(cards: dict[bytes, bytes], keyword: bytes) -> bytes:
    return cards.get(keyword, b"").partition(b"/")[0].strip()
