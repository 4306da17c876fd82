"""The light curve of one object: detections, upper limits and forced photometry, in order of time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FORCED_SNR = 3.0
"""Signal-to-noise from which forced photometry is a detection (ZTF forced-photometry manual, §6.4)."""

HISTORY_DRAWN = ("jd", "fid", "magpsf", "sigmapsf", "diffmaglim", "isdiffpos")
FORCED_DRAWN = ("jd", "fid", "forcediffimflux", "forcediffimfluxunc", "magzpsci", "diffmaglim")
"""Columns of history and forced photometry that a light curve is made of."""

Photometry = tuple[list[float], list[float], list[int]]
"""Julian dates, magnitudes (of limits NaN or 99 and more) and `fid` of an alert and its history; the alert is last."""

_NO_DETECTION_MAG = 99.0
_POGSON = 2.5 / np.log(10.0)


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
    programid: npt.NDArray[np.int32] | None = None
    """Programme that took the exposure: 1 public, 2 partnership, 3 Caltech, -1 unknown; None where nothing is known."""

    def __len__(self) -> int:
        return len(self.jd)


def merge(
    alerts: dict[str, Any], positive: npt.NDArray[np.bool_], history: dict[str, Any], forced: dict[str, Any]
) -> LightCurve:
    """Return one light curve from the alerts of an object and the entries of their packets.

    `alerts` has `jd fid magpsf sigmapsf` and, where it is known, `programid`; `history` and `forced` have the columns
    that `huntui.columns` lists (or none at all). The same exposure told by several packets counts once, a detection
    before a limit.
    """
    parts = [_part(alerts["jd"], alerts["fid"], alerts["magpsf"], alerts["sigmapsf"], positive, False)]
    if history:
        seen = history["magpsf"] < _NO_DETECTION_MAG
        mag = np.where(seen, history["magpsf"], history["diffmaglim"])
        sigma = np.where(seen, history["sigmapsf"], np.nan)
        parts.append(_part(history["jd"], history["fid"], mag, sigma, history["isdiffpos"] == 1, False, ~seen))
    if forced:
        mag, sigma = forced_magnitude(forced)
        limit = np.isnan(sigma)
        parts.append(_part(forced["jd"], forced["fid"], mag, sigma, ~limit, True, limit))
    jd, fid, mag, sigma, is_positive, is_forced, is_limit = (np.concatenate(p) for p in zip(*parts, strict=True))
    order = np.lexsort((is_limit, is_forced, fid, jd))
    order = order[np.isfinite(mag[order]) & np.isfinite(jd[order])]
    first = np.ones(len(order), bool)
    for name in (jd, fid, is_forced):
        first[1:] &= name[order][1:] == name[order][:-1]
    first[1:] = ~first[1:]
    kept = order[first]
    programid = None
    if "programid" in alerts:
        programid = np.full(len(jd), -1, np.int32)
        programid[: len(alerts["jd"])] = alerts["programid"]
        programid = programid[kept]
    return LightCurve(
        jd[kept], fid[kept], mag[kept], sigma[kept], is_limit[kept], is_positive[kept], is_forced[kept], programid
    )


def from_packet(alert: dict[str, Any], positive: bool, history: dict[str, Any]) -> LightCurve:
    """Return the light curve of one alert, columns of length 1, and its packet's history, as `merge` takes them."""
    seen = np.append(history["magpsf"] < _NO_DETECTION_MAG, True)
    jd = np.append(history["jd"], alert["jd"])
    mag = np.append(history["magpsf"], alert["magpsf"]).astype(np.float64)
    mag[:-1][~seen[:-1]] = history["diffmaglim"][~seen[:-1]]
    sigma = np.append(history["sigmapsf"], alert["sigmapsf"]).astype(np.float64)
    sigma[~seen] = np.nan
    positives = np.append(history["isdiffpos"] == 1, positive) & seen
    fid = np.append(history["fid"], alert["fid"]).astype(np.int8)
    order = np.argsort(jd, kind="stable")
    order = order[np.isfinite(jd[order] + mag[order])]
    return LightCurve(
        jd[order], fid[order], mag[order], sigma[order], ~seen[order], positives[order], np.zeros(len(order), np.bool_)
    )


def forced_magnitude(forced: dict[str, Any]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return magnitude and uncertainty [mag] of forced photometry; below 3 sigma the 5-sigma limit and NaN.

    magnitude = magzpsci − 2.5 log10(flux); a negative flux is a fading, not a detection.
    Source: Masci et al. 2023, arXiv:2305.16279, the manual of ZTF's forced photometry, §6.4.
    """
    flux, noise = forced["forcediffimflux"].astype(np.float64), forced["forcediffimfluxunc"].astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = (flux / noise >= FORCED_SNR) & (noise > 0)
        mag = forced["magzpsci"].astype(np.float64) - 2.5 * np.log10(np.where(seen, flux, 1.0))
        sigma = _POGSON * noise / np.where(seen, flux, 1.0)
    return np.where(seen, mag, forced["diffmaglim"].astype(np.float64)), np.where(seen, sigma, np.nan)


def _part(
    jd: npt.NDArray[Any],
    fid: npt.NDArray[Any],
    mag: npt.NDArray[Any],
    sigma: npt.NDArray[Any],
    positive: npt.NDArray[np.bool_],
    forced: bool,
    limit: npt.NDArray[np.bool_] | None = None,
) -> tuple[npt.NDArray[Any], ...]:
    nothing = np.zeros(len(jd), np.bool_)
    return (
        jd.astype(np.float64),
        fid.astype(np.int8),
        mag.astype(np.float64),
        sigma.astype(np.float64),
        positive,
        nothing | forced,
        nothing if limit is None else limit,
    )
