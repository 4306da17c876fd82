"""Where on the sky an alert lies: latitude above the plane of the Galaxy and of the solar system."""

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import Family, Float64s

# North Galactic pole, J2000 [deg]: The Hipparcos and Tycho Catalogues, ESA SP-1200, vol. 1, eq. 1.5.11.
GALACTIC_POLE = (192.85948, 27.12825)
# The ecliptic pole follows from the obliquity at J2000, 84381.406 arcsec: IAU 2006 Resolution B1.
ECLIPTIC_POLE = (270.0, 90.0 - 84381.406 / 3600.0)

COLUMNS = (
    Column("gal_b", "f4", False, "deg", "Galactic latitude: near 0 in the Milky Way", "ESA SP-1200, eq. 1.5.11"),
    Column("ecl_b", "f4", False, "deg", "ecliptic latitude: near 0 where asteroids are", "IAU 2006 Resolution B1"),
)


def latitude(ra: npt.NDArray[np.floating], dec: npt.NDArray[np.floating], pole: tuple[float, float]) -> Float64s:
    """Return the latitude [deg] of positions `ra`, `dec` [deg] in the frame whose north pole is at `pole` [deg]."""
    pole_ra, pole_dec = np.radians(pole)
    ra, dec = np.radians(ra), np.radians(dec)
    sine = np.sin(dec) * np.sin(pole_dec) + np.cos(dec) * np.cos(pole_dec) * np.cos(ra - pole_ra)
    return np.asarray(np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))), np.float64)


def compute(batch: AlertBatch) -> Columns:
    """Return the latitudes of a batch."""
    ra, dec = batch.columns["ra"].astype(np.float64), batch.columns["dec"].astype(np.float64)
    with np.errstate(invalid="ignore"):
        return {
            "gal_b": latitude(ra, dec, GALACTIC_POLE).astype(np.float32),
            "ecl_b": latitude(ra, dec, ECLIPTIC_POLE).astype(np.float32),
        }


FAMILY = Family(COLUMNS, compute)
