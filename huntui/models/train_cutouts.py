"""What trees learn of cutouts: the mean brightness of rings around the centre of each, 24 numbers to an alert.

A point source is bright within and dark without, a dipole is neither, and a host galaxy shows in the template alone.
The rings are taken of cutouts as a network gets them (`Input` of the kind triplet): each divided by its norm.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from huntui.models.inputs import images, triplet
from huntui.models.sidecar import Input

EDGES = (0.0, 1.5, 3.0, 4.5, 6.0, 9.0, 13.0, 20.0, 32.0)
"""Radii between which rings lie [pixel, 1.01 arcsec]; a seeing disc of ZTF is 2 pixels wide."""
CUTOUTS = Input(kind="triplet")
"""How cutouts are prepared."""
RINGS = tuple(f"{cutout}_ring_{k}" for cutout in CUTOUTS.channels for k in range(len(EDGES) - 1))
"""Names of the numbers: three cutouts, and of each the rings from the centre outwards."""

Float32s = npt.NDArray[np.float32]


@cache
def inside() -> npt.NDArray[np.bool_]:
    """Return which pixel is in which ring, shape (size², rings)."""
    across = np.arange(CUTOUTS.size) - CUTOUTS.size // 2
    radius = np.hypot(across[:, None], across[None, :]).reshape(-1, 1)
    return np.asarray((radius >= EDGES[:-1]) & (radius < EDGES[1:]))


def per_ring() -> npt.NDArray[np.float64]:
    """Return the number of pixels in each ring."""
    return np.asarray(inside().sum(axis=0), np.float64)


def prepared(stamps: dict[str, bytes | None]) -> Float32s:
    """Return the cutouts of one alert, shape (size, size, 3); raises `NoScoreError` where one cannot be used."""
    return triplet(CUTOUTS, images(stamps, CUTOUTS.channels))


def rings(triplets: Float32s) -> Float32s:
    """Return the rings of cutouts of shape (alerts, size, size, 3); shape (alerts, 24), as `RINGS` names them."""
    pixels = triplets.reshape(len(triplets), -1, len(CUTOUTS.channels)).transpose(0, 2, 1).astype(np.float64)
    return (pixels @ inside().astype(np.float64) / per_ring()).reshape(len(triplets), len(RINGS)).astype(np.float32)
