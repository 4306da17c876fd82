"""Cutouts made by hand: a galaxy with a new star beside its middle, and what is wrong with others."""

import numpy as np

from huntui.alerts.cutout import Cutout

Triplet = tuple[Cutout, Cutout, Cutout]


def star(x: float, y: float, peak: float, width: float = 1.4, shape: tuple[int, int] = (63, 63)) -> np.ndarray:
    """Return an image of one blob at a column and a row."""
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    blob = peak * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / 2 / width**2)
    return blob.astype(np.float32)


def triplet() -> Triplet:
    """Return a supernova to the north-east of the middle of its galaxy, with noise that is always the same."""
    noise = np.random.default_rng(3).normal(0, 6, (3, 63, 63)).astype(np.float32)
    galaxy = star(36, 36, 300, 4) + star(36, 36, 600) + star(12, 50, 400) + 150
    new = star(31, 31, 900)
    images = (galaxy + new + noise[0], galaxy + noise[1] / 3, new + noise[2])
    names = ("science", "template", "difference")
    first, second, third = (Cutout(name, image) for name, image in zip(names, images, strict=True))
    return first, second, third


def without(missing: str, *, which: int = 1) -> Triplet:
    """Return cutouts of which one is missing."""
    first, second, third = (
        Cutout(cutout.name, None, missing) if place == which else cutout for place, cutout in enumerate(triplet())
    )
    return first, second, third
