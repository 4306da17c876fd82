"""Fink: what its modules and cross-matches made of the alerts of a ZTF name.

After the API of https://api.ztf.fink-portal.org, `/api/v1/objects` (fink-object-api of 2026). Fink classifies alerts,
not objects, and computes its `v:classification` only for those who fetch all columns, megabytes for a variable star. A
few columns say as much, read in the order that its own rule of thumb has: TNS, then SIMBAD, then its modules.
"""

from pydantic import Field

from huntui.config import LookupsConfig
from huntui.online.answer import Answer, Subject
from huntui.online.asker import Asker, Heard, heard_list, joined
from huntui.online.server import printable
from huntui.online.services.service import NOT_KNOWN

_PAGE = "https://ztf.fink-portal.org/"
_COLUMNS = "i:jd,i:ssnamenr,d:cdsxmatch,d:tns,d:roid,d:snn_sn_vs_all,d:snn_snia_vs_nonia"
_NOTHING = ("", "nan", "null", "none", "unknown", "fail", "fail 500")
_EVEN = 0.5
_KNOWN_BODY, _CANDIDATE_BODY = 3, 2
"""What `roid` says of a body of the solar system: the Minor Planet Center knows it, or it looks like one."""


class _Alert(Heard):
    jd: float = Field(alias="i:jd", default=0.0)
    body: str | None = Field(alias="i:ssnamenr", default=None, max_length=200)
    simbad: str | None = Field(alias="d:cdsxmatch", default=None, max_length=200)
    tns: str | None = Field(alias="d:tns", default=None, max_length=200)
    roid: int | None = Field(alias="d:roid", default=None)
    supernova: float | None = Field(alias="d:snn_sn_vs_all", default=None)
    type_ia: float | None = Field(alias="d:snn_snia_vs_nonia", default=None)


class FinkService:
    """One question: some columns of every alert."""

    def __init__(self, config: LookupsConfig, api_key: str) -> None:  # noqa: ARG002 (it wants none)
        """Take the address from the configuration."""
        self.endpoint = config.fink

    def question(self, subject: Subject) -> str:
        """Ask by name."""
        return subject.object_id

    async def ask(self, subject: Subject, asker: Asker) -> Answer:
        """Return what the newest alert says."""
        link = joined(_PAGE, subject.object_id)
        wanted = {"objectId": subject.object_id, "columns": _COLUMNS, "output-format": "json"}
        told = await asker.ask("POST", joined(self.endpoint, "objects"), json=wanted)
        alerts = heard_list(_Alert, told or [])
        if not alerts:
            return Answer("Fink", NOT_KNOWN, link=link)
        seen = f"{len(alerts):,} {'alert' if len(alerts) == 1 else 'alerts'}"
        name, probability, by = _class_of(max(alerts, key=lambda alert: alert.jd))
        if not name:
            return Answer("Fink", f"knows it and has no class for it; {seen}", link=link)
        return Answer("Fink", f"{name}{by}; {seen}", name, probability, link=link)


def _class_of(newest: _Alert) -> tuple[str, float | None, str]:
    """Return the class of an alert, its probability where it has one, and who says so."""
    for told, by in ((newest.tns, " in TNS"), (newest.simbad, " in SIMBAD")):
        if _says(told):
            return printable(told or "", 60), None, by
    if newest.roid == _KNOWN_BODY:
        name = printable(newest.body or "", 60) if _says(newest.body) else ""
        comet = "/" in name or name.endswith("P")
        return "Solar System comet" if comet else "Solar System MPC", None, f" ({name})" if name else ""
    if newest.roid == _CANDIDATE_BODY:
        return "Solar System candidate", None, ""
    supernova, type_ia = newest.supernova or 0.0, newest.type_ia or 0.0
    if max(supernova, type_ia) > _EVEN:
        return "SN candidate", max(supernova, type_ia), f", SuperNNova {supernova:.2f}, of type Ia {type_ia:.2f}"
    return "", None, ""


def _says(text: str | None) -> bool:
    return (text or "").strip().lower() not in _NOTHING
