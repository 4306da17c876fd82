"""Cutouts: science, template and difference of 63 × 63 pixels as gzipped FITS, with what belongs to each look.

The template holds the counterpart (a star, or a galaxy of three blobs) and a few neighbours; the difference holds the
change; science is their sum but for a small residual, as in ZTF after the two images are matched. As in ZTF the first
row lies in the north and the first column in the east.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from isal import isal_zlib

from huntui.simulate.arrays import Booleans, Integers
from huntui.simulate.curves import ZERO_POINT
from huntui.simulate.draws import Floats, Keys, combine, normal, uniform
from huntui.simulate.kernels import Texts, draw_stamps
from huntui.simulate.plan import PIXEL_ARCSEC, QUADRANT_PIXELS
from huntui.simulate.populations import Look

SIZE = 63
_FITS_BLOCK = 2880
_HEADER_BYTES, _FILE_BYTES = 2880, 20160
_MISSING = 0.002
"""Share of the cutouts that a packet lacks: an estimate, so that whoever draws them learns to do without."""
_CENTRE = 31.0
_SATURATION_DN = 55_000.0
_NEIGHBOURS, _TEMPLATE_BLOBS, _DIFFERENCE_BLOBS = 4, 7, 8
_NOISE_LENGTH = 1 << 18
_GZIP_WINDOW = 31
_LEVEL = 1
"""Level 1 of isal takes 40 microseconds for a cutout, where zlib takes 320, and is no larger than ZTF's own files."""

_Frame = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the cutouts of alerts show; arrays over alerts."""

    keys: Keys
    """Keys of the object at this exposure."""
    place_keys: Keys
    """Keys of the object, for what stays there from one exposure to the next."""
    look: Integers
    flux: Floats
    """Flux of the change [microjansky]."""
    limit: Floats
    seeing: Floats
    zero_point: Floats
    east: Floats
    north: Floats
    """Offset of the reference's nearest source [arcsec]."""
    magnr: Floats
    extended: Booleans
    x: Floats
    y: Floats
    """Place in the readout channel [pixel]."""
    trail_pixels: Floats
    """Length of a trail [pixel]."""


@cache
def _fits_header(width: int, height: int) -> bytes:
    cards = (
        f"SIMPLE  = {'T':>20}",
        f"BITPIX  = {-32:>20}",
        f"NAXIS   = {2:>20}",
        f"NAXIS1  = {width:>20}",
        f"NAXIS2  = {height:>20}",
        "BUNIT   = 'DN      '",
        "END",
    )
    return "".join(card.ljust(80) for card in cards).ljust(_HEADER_BYTES).encode()


def noise_tile(key: Keys) -> npt.NDArray[np.float32]:
    """Return a run of normal noise for all cutouts of a night: drawing it anew would cost more than all the rest."""
    return normal(combine(key, np.arange(_NOISE_LENGTH)), 600).astype(np.float32)


def cut_out(scene: Scene, noise: npt.NDArray[np.float32]) -> Texts:
    """Return the cutout files, three per alert: science, template, difference."""
    count = len(scene.flux)
    sigma = scene.seeing / 2.355
    per_dn = np.power(10.0, 0.4 * (scene.zero_point - ZERO_POINT))
    limit_dn = np.power(10.0, 0.4 * (scene.zero_point - scene.limit))
    pixel_noise = limit_dn / 5.0 / (2.0 * np.sqrt(np.pi) * sigma) * 0.6
    sky = 90.0 + 120.0 * uniform(scene.place_keys, 601)
    levels = np.stack([sky, 0.45 * pixel_noise, pixel_noise, 0.02 * pixel_noise], axis=1)
    peak = scene.flux * per_dn / (2.0 * np.pi * sigma**2)
    offsets = np.stack([uniform(scene.keys, 602 + k) for k in range(3)], axis=1)
    stamps = np.empty((count, 3, SIZE, SIZE), np.float32)
    draw_stamps(
        stamps,
        _template_blobs(scene, sigma),
        _difference_blobs(scene, sigma, peak, pixel_noise),
        levels,
        noise,
        np.floor(offsets * (_NOISE_LENGTH - SIZE * SIZE)).astype(np.int64),
    )
    missing = np.stack([uniform(scene.keys, 606 + k) for k in range(3)], axis=1) < _MISSING
    return _files(stamps, _frames(scene.x, scene.y), missing.ravel())


def _frames(x: Floats, y: Floats) -> list[_Frame | None]:
    """Rows and columns of the cutouts that lie on the readout channel; None where all of them do."""
    last = QUADRANT_PIXELS
    left, right = np.ceil(_CENTRE - x).astype(int), np.floor(last + _CENTRE - x).astype(int) + 1
    low, high = np.ceil(_CENTRE - y).astype(int), np.floor(last + _CENTRE - y).astype(int) + 1
    edges = np.stack([low, high, left, right], axis=1).clip(0, SIZE)
    whole = (edges == (0, SIZE, 0, SIZE)).all(axis=1)
    return [
        None if is_whole else (slice(low, high), slice(left, right))
        for is_whole, (low, high, left, right) in zip(whole, edges.tolist(), strict=True)
    ]


def _files(
    stamps: npt.NDArray[np.float32], frames: list[_Frame | None], missing: npt.NDArray[np.bool_]
) -> Texts:  # fmt: skip
    """Return the cutouts packed; one that is missing is empty, one at the edge holds only what lies in its frame."""
    files = np.zeros((3 * len(stamps), _FILE_BYTES), np.uint8)
    files[:, :_HEADER_BYTES] = np.frombuffer(_fits_header(SIZE, SIZE), np.uint8)
    pixels = files[:, _HEADER_BYTES : _HEADER_BYTES + 4 * SIZE * SIZE].view(">f4")
    pixels[:] = stamps.reshape(len(files), SIZE * SIZE)
    packed = [
        b"" if is_missing else isal_zlib.compress(file, _LEVEL, _GZIP_WINDOW)
        for file, is_missing in zip(files, missing, strict=True)
    ]
    for alert, frame in enumerate(frames):
        for k in range(3):
            if frame is not None and packed[3 * alert + k]:
                packed[3 * alert + k] = isal_zlib.compress(_cut(stamps[alert, k], frame), _LEVEL, _GZIP_WINDOW)
    ends = np.append(np.cumsum([len(file) for file in packed]), 0).astype(np.int64)
    return Texts(np.frombuffer(b"".join(packed), np.uint8), ends)


def _cut(stamp: npt.NDArray[np.float32], frame: _Frame) -> bytes:
    pixels = stamp[frame]
    height, width = pixels.shape
    data = pixels.astype(">f4").tobytes()
    return _fits_header(width, height) + data.ljust(-(-len(data) // _FITS_BLOCK) * _FITS_BLOCK, b"\0")


def _peak_of(scene: Scene, mag: Floats, sigma: Floats) -> Floats:
    dn = np.power(10.0, 0.4 * (scene.zero_point - mag)) / (2.0 * np.pi * sigma**2)
    return np.minimum(dn, _SATURATION_DN)


def _template_blobs(scene: Scene, sigma: Floats) -> Floats:
    """The nearest source and its neighbours; a galaxy is a core, a disc and a halo, flattened."""
    blobs = np.zeros((len(sigma), _TEMPLATE_BLOBS, 5))
    x, y = _CENTRE - scene.east / PIXEL_ARCSEC, _CENTRE - scene.north / PIXEL_ARCSEC
    peak = _peak_of(scene, scene.magnr, sigma)
    flat = 0.45 + 0.55 * uniform(scene.place_keys, 610)
    size = np.clip(1.0 + 0.35 * (21.0 - scene.magnr), 1.0, 4.0)
    for k, (share, wide) in enumerate(((0.5, 1.1), (0.12, 2.0), (0.03, 4.0))):
        width = sigma * np.where(scene.extended, 1.0 + (wide - 1.0) * size / 2.0, wide if k else 1.0)
        height = np.where(scene.extended, peak * share, peak * (1.0 if k == 0 else 0.004 / wide))
        blobs[:, k] = np.stack([x, y, height, width, np.where(scene.extended, width * flat, width)], axis=1)
    for k in range(_NEIGHBOURS):
        mag = 21.5 + 2.2 * np.log(uniform(scene.place_keys, 620 + k))
        blobs[:, 3 + k] = np.stack(
            [
                SIZE * uniform(scene.place_keys, 630 + k),
                SIZE * uniform(scene.place_keys, 640 + k),
                np.where(uniform(scene.place_keys, 650 + k) < 0.6, _peak_of(scene, mag.clip(14.0), sigma), 0.0),
                sigma,
                sigma,
            ],
            axis=1,
        )
    return blobs


def _difference_blobs(scene: Scene, sigma: Floats, peak: Floats, pixel_noise: Floats) -> Floats:
    blobs = np.zeros((len(sigma), _DIFFERENCE_BLOBS, 5))
    blobs[:, 0] = np.stack([np.full(len(sigma), _CENTRE), np.full(len(sigma), _CENTRE), peak, sigma, sigma], axis=1)
    trails = np.flatnonzero(scene.look == Look.TRAIL)
    comas = np.flatnonzero(scene.look == Look.COMA)
    artefacts = np.flatnonzero(scene.look == Look.ARTEFACT)
    angle = 2 * np.pi * uniform(scene.place_keys, 660)
    for k in range(_DIFFERENCE_BLOBS):
        along = (k / (_DIFFERENCE_BLOBS - 1) - 0.5) * scene.trail_pixels[trails]
        blobs[trails, k, 0] = _CENTRE + along * np.cos(angle[trails])
        blobs[trails, k, 1] = _CENTRE + along * np.sin(angle[trails])
        blobs[trails, k, 2] = peak[trails] / 3.0
        blobs[trails, k, 3:] = sigma[trails, None]
    blobs[comas, 1] = blobs[comas, 0] * np.array([1.0, 1.0, 0.35, 2.2, 2.2])
    blobs[comas, 2] = blobs[comas, 0] * np.array([1.0, 1.0, 0.08, 5.0, 5.0])
    _spoil(blobs, artefacts, uniform(scene.keys, 661), angle, pixel_noise)
    return blobs


def _spoil(blobs: Floats, rows: Integers, kind: Floats, angle: Floats, pixel_noise: Floats) -> None:
    """Turn the point sources of `rows` into dipoles, cosmic rays, bad columns, or leave a faint bump, by `kind`."""
    dipoles, rays = rows[kind[rows] < 0.45], rows[(kind[rows] >= 0.45) & (kind[rows] < 0.65)]
    columns = rows[(kind[rows] >= 0.65) & (kind[rows] < 0.8)]
    blobs[dipoles, 1] = blobs[dipoles, 0] * np.array([1.0, 1.0, -0.85, 1.0, 1.0])
    for blob, side in ((0, 0.9), (1, -0.9)):
        blobs[dipoles, blob, 0] += side * np.cos(angle[dipoles])
        blobs[dipoles, blob, 1] += side * np.sin(angle[dipoles])
    blobs[rays, 0, 2] *= 4.0
    blobs[rays, 0, 3:] = 0.45
    blobs[rays, 1] = blobs[rays, 0]
    blobs[rays, 1, :2] += np.stack([np.cos(angle[rays]), np.sin(angle[rays])], axis=1)
    blobs[columns, 1] = blobs[columns, 0]
    blobs[columns, 1, 2] = np.sign(blobs[columns, 0, 2]) * 6.0 * pixel_noise[columns]
    blobs[columns, 1, 3:] = np.array([0.4, 1e5])
