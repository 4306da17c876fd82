"""What kind of quantity each column is, in the words of the Virtual Observatory, and its unit as standards write it.

Words: UCD1+ controlled vocabulary 1.5, IVOA Recommendation 2023. Units: VOUnits 1.1, IVOA Recommendation 2023.
"""

import re

from huntui.columns import Column

_BY_NAME: dict[str, str] = {
    "objectId": "meta.id;meta.main",
    "candid": "meta.id;obs",
    "jd": "time.epoch;obs",
    "ra": "pos.eq.ra;meta.main",
    "dec": "pos.eq.dec;meta.main",
    "fid": "meta.code;instr.bandpass",
    "band": "instr.bandpass",
    "magpsf": "phot.mag;em.opt",
    "sigmapsf": "stat.error;phot.mag;em.opt",
    "diffmaglim": "phot.mag;stat.max",
    "mag": "phot.mag;em.opt",
    "sigma": "stat.error;phot.mag;em.opt",
    "isdiffpos": "meta.code",
    "rb": "stat.probability",
    "drb": "stat.probability",
    "fwhm": "instr.obsty.seeing",
    "gal_l": "pos.galactic.lon",
    "gal_b": "pos.galactic.lat",
    "ecl_b": "pos.ecliptic.lat",
    "exptime": "time.duration;obs.exposure",
    "ssnamenr": "meta.id;src.var",
    "color": "phot.color",
}
_BY_PATTERN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"sgscore\d"), "src.class.starGalaxy"),
    (re.compile(r"objectidps\d|tblid|pid|rcid|rfid"), "meta.id"),
    (re.compile(r"ra\w*"), "pos.eq.ra"),
    (re.compile(r"dec\w*"), "pos.eq.dec"),
    (re.compile(r"jd\w+"), "time.epoch"),
)
_BY_UNIT: dict[str, str] = {
    "mag": "phot.mag",
    "mag^2": "stat.covariance",
    "mag/day": "arith.rate;phot.mag",
    "day": "time.interval",
    "min": "time.interval",
    "s": "time.interval",
    "deg": "pos.angDistance",
    "arcsec": "pos.angDistance",
    "arcsec/h": "pos.pm",
    "pixel": "pos.angDistance;instr.pixel",
    "DN": "phot.count",
}
_UNITS: dict[str, str] = {
    "day": "d",
    "mag/day": "mag / d",
    "mag^2": "mag2",
    "pixel": "pix",
    "arcsec/h": "arcsec / h",
    "DN": "adu",
}
"""Those that are written otherwise in the schema."""


def ucd(column: Column) -> str:
    """Return the UCD of a column; what has no better word is a code, a number or a value."""
    if column.name in _BY_NAME:
        return _BY_NAME[column.name]
    matching = (word for pattern, word in _BY_PATTERN if pattern.fullmatch(column.name))
    word = next(matching, "") if column.unit in ("", "deg", "day") else ""
    return word or _BY_UNIT.get(column.unit) or _OF_KIND[column.kind]


_OF_KIND = {"text": "meta.code", "i4": "meta.number", "i8": "meta.number", "f4": "stat.value", "f8": "stat.value"}


def unit(column: Column) -> str:
    """Return the unit of a column in the notation of FITS and VOTable; empty where it has none."""
    return _UNITS.get(column.unit, column.unit)
