"""The three cutouts of an alert, read from its packet when somebody looks at it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huntui.alerts.images import MAX_IMAGE_BYTES, NAMES, read_image, unpacked
from huntui.alerts.stamps import read_stamps

__all__ = ["MAX_IMAGE_BYTES", "NAMES", "Cutout", "read_cutouts", "read_image"]


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
    try:
        stamps = read_stamps(packet, record)
    except ValueError as error:
        science, template, difference = (Cutout(name, None, str(error)) for name in NAMES)
    else:
        science, template, difference = (_cutout(name, stamps[name]) for name in NAMES)
    return science, template, difference


def _cutout(name: str, data: bytes | None) -> Cutout:
    if data is None:
        return Cutout(name, None, "the packet has none")
    try:
        return Cutout(name, read_image(unpacked(data)))
    except ValueError as error:
        return Cutout(name, None, str(error))
