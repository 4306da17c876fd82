"""Pages about an object elsewhere, as templates that the configuration may add to."""

import re
from urllib.parse import quote

from huntui.errors import nearest

PLACEHOLDERS = ("objectId", "ra", "dec")
"""What a template may name, in braces; `ra` and `dec` are in degrees, J2000."""

PAGES = {
    "ALeRCE": "https://alerce.online/object/{objectId}",
    "Fink": "https://ztf.fink-portal.org/{objectId}",
    "Lasair": "https://lasair-ztf.lsst.ac.uk/objects/{objectId}/",
    "SIMBAD": "https://simbad.cds.unistra.fr/simbad/sim-coo?Coord={ra}%20{dec}&Radius=10&Radius.unit=arcsec",
    "TNS": "https://www.wis-tns.org/search?ra={ra}&decl={dec}&radius=5&coords_unit=arcsec",
    "NED": "https://ned.ipac.caltech.edu/conesearch?search_type=Near%20Position%20Search"
    "&in_csys=Equatorial&in_equinox=J2000&ra={ra}d&dec={dec}d&radius=0.2",
    "Aladin Lite": "https://aladin.cds.unistra.fr/AladinLite/?target={ra}%20{dec}&fov=0.05",
}
"""Those that are offered without any configuration; the first is the one that has a key of its own."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_LONGEST = 2000
_ALLOWED = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?\Z")


def page_mistake(name: str, template: str) -> str:
    """Return a sentence about what is wrong with a template, or nothing."""
    for word in _BRACES.findall(template):
        if word not in PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            return f"pages.{name}: there is no {{{word}}}; there are {known}.{nearest(word, PLACEHOLDERS)}"
    without = _BRACES.sub("0", template)
    if len(template) > _LONGEST or "{" in without or "}" in without or not _ALLOWED.match(without):
        return (
            f"pages.{name}: must be an address such as https://example.org/{{objectId}}, that begins with https:// and "
            "holds no space."
        )
    return ""


def address(template: str, object_id: str, ra: float | None, dec: float | None) -> str | None:
    """Return the address of an object's page, None where its template names a place that is not known."""
    values = {"objectId": object_id, "ra": _degrees(ra), "dec": _degrees(dec)}
    named = set(_BRACES.findall(template))
    if any(values[name] is None for name in named):
        return None
    return _BRACES.sub(lambda found: quote(values[found[1]] or "", safe="", errors="replace"), template)


def _degrees(value: float | None) -> str | None:
    return None if value is None or value != value else f"{value:.6f}"
