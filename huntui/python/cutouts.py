"""The cutouts of an alert, as arrays and as a plot."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.alerts.cutout import NAMES, Cutout
from huntui.python.table import extra
from huntui.render.cutout import DIFFERENCE, Look, Shown, brightness


@dataclass(frozen=True, slots=True)
class Cutouts:
    """Science, template and difference image of an object's newest alert.

    Each is an array of pixel values [DN], 63 × 63 pixels of 1.01 arcsec unless the edge of the chip cuts it off, with
    its first row in the north and its first column in the east; None where the packet has none.
    """

    object_id: str
    """Name of the object."""
    science: npt.NDArray[np.float32] | None
    """The exposure of the alert."""
    template: npt.NDArray[np.float32] | None
    """The reference image, as it was before."""
    difference: npt.NDArray[np.float32] | None
    """What is left when one is taken from the other."""
    missing: tuple[str, ...] = ()
    """Why there is none, a sentence for each that is None."""

    def __repr__(self) -> str:
        shapes = [f"{name} {'none' if image is None else ' × '.join(map(str, image.shape))}" for name, image in self]
        return f"<Cutouts of {self.object_id!r}: {', '.join(shapes)}>"

    def __iter__(self) -> Any:
        """Yield name and image of each."""
        return iter([("science", self.science), ("template", self.template), ("difference", self.difference)])

    def plot(self, axes: Any = None) -> Any:
        """Draw them with matplotlib as the screen does, north up and east left, and return the axes.

        Raises `CallError` where matplotlib is not installed.
        """
        pyplot = extra("matplotlib.pyplot")
        if axes is None:
            axes = pyplot.subplots(1, 3, figsize=(9, 3.2))[1]
        science, template, difference = (Cutout(name, image) for name, image in self)
        whole = Shown((science, template, difference))
        for which, ax in enumerate(axes):
            ax.set(title=NAMES[which], xticks=[], yticks=[])
            image, _ = whole.whole(which)
            if image is not None and np.isfinite(image).any():
                share = brightness(image, Look(), len(image), signed=which == DIFFERENCE)
                ax.imshow(share, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
        return axes


def cutouts_of(object_id: str, cutouts: tuple[Cutout, Cutout, Cutout]) -> Cutouts:
    """Return what was read from a packet as an astronomer looks at it."""
    missing = tuple(f"{one.name}: {one.missing}" for one in cutouts if one.image is None)
    science, template, difference = (one.image for one in cutouts)
    return Cutouts(object_id, science, template, difference, missing)
