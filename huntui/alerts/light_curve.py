"""The light curve of one object: detections, upper limits and forced photometry, in order of time."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class LightCurve:
    """Photometry of one object, one entry per row, sorted by `jd`; all arrays have the same length."""

    jd: npt.NDArray[np.float64]
    """Julian date [day]."""
    fid: npt.NDArray[np.int8]
    """Band: 1 g, 2 r, 3 i."""
    mag: npt.NDArray[np.float64]
    """Magnitude of the difference, or the 5-sigma limit where `is_limit` [mag]."""
    sigma: npt.NDArray[np.float64]
    """1-sigma uncertainty, NaN for a limit [mag]."""
    is_limit: npt.NDArray[np.bool_]
    """True where nothing was detected and `mag` is an upper limit."""
    is_positive: npt.NDArray[np.bool_]
    """True where the object is brighter than the reference."""
    is_forced: npt.NDArray[np.bool_]
    """True where it comes from forced photometry."""

    def __len__(self) -> int:
        return len(self.jd)
