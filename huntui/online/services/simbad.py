"""SIMBAD: what stands in it at a place on the sky.

After the TAP service of https://simbad.cds.unistra.fr/simbad/sim-tap, its table `basic`, and the object types of
https://simbad.cds.unistra.fr/guide/otypes.htx.
"""

from typing import Annotated
from urllib.parse import quote

from pydantic import Field

from huntui.config import LookupsConfig
from huntui.errors import AskError
from huntui.online.answer import Answer, Subject
from huntui.online.asker import Asker, Heard, heard
from huntui.online.server import printable

_PAGE = "https://simbad.cds.unistra.fr/simbad/sim-coo?Coord={ra:.6f}%20{dec:.6f}&Radius={radius:g}&Radius.unit=arcsec"
_NAMED = "https://simbad.cds.unistra.fr/simbad/sim-id?Ident="
_COLUMNS = ("main_id", "otype", "rvz_redshift", "sep_deg")
_ARCSEC = 3600.0


class _Column(Heard):
    name: str = Field(max_length=200)


class _Table(Heard):
    metadata: Annotated[list[_Column], Field(max_length=100)]
    data: Annotated[list[list[str | float | None]], Field(max_length=100)]


class _Row(Heard):
    main_id: str
    otype: str | None
    rvz_redshift: float | None
    sep_deg: float = Field(ge=0)


class SimbadService:
    """One question: the nearest objects within a cone."""

    def __init__(self, config: LookupsConfig, api_key: str) -> None:  # noqa: ARG002 (it wants none)
        """Take address and radius from the configuration."""
        self.endpoint, self._radius = config.simbad, config.radius

    def question(self, subject: Subject) -> str:
        """Ask by place."""
        ra, dec = placed(subject)
        return f"{ra:.6f} {dec:+.6f} {self._radius:g}"

    async def ask(self, subject: Subject, asker: Asker) -> Answer:
        """Return the type of the nearest object."""
        ra, dec = placed(subject)
        form = {"request": "doQuery", "lang": "adql", "format": "json", "maxrec": "5", "query": self._query(ra, dec)}
        told = await asker.ask("POST", self.endpoint, data=form)
        link = _PAGE.format(ra=ra, dec=dec, radius=self._radius)
        rows = _rows(told)
        if not rows:
            return Answer("SIMBAD", f'knows nothing within {self._radius:g}"', link=link)
        nearest, offset = rows[0], rows[0].sep_deg * _ARCSEC
        name, kind = printable(nearest.main_id, 60), printable(nearest.otype or "", 60)
        redshift = nearest.rvz_redshift
        says = f'{kind or "an object"}, {name}, {offset:.1f}" away'
        says += "" if redshift is None else f", z = {redshift:.4f}"
        link = f"{_NAMED}{quote(name, safe='')}"
        return Answer("SIMBAD", says, kind, redshift=redshift, offset_arcsec=round(offset, 2), link=link)

    def _query(self, ra: float, dec: float) -> str:
        here, point = f"POINT('ICRS', {ra:.6f}, {dec:.6f})", "POINT('ICRS', ra, dec)"
        circle = f"CIRCLE('ICRS', {ra:.6f}, {dec:.6f}, {self._radius / _ARCSEC:.8f})"
        return (
            f"SELECT TOP 5 main_id, otype, rvz_redshift, DISTANCE({point}, {here}) AS sep_deg FROM basic "
            f"WHERE CONTAINS({point}, {circle}) = 1 ORDER BY sep_deg"
        )


def placed(subject: Subject) -> tuple[float, float]:
    """Return where a subject is; raises `AskError` where nobody knows."""
    if subject.place is None:
        raise AskError("goes by place, and none is known; give --position RA,DEC or a night that holds it")
    return subject.place


def _rows(told: object) -> list[_Row]:
    table = heard(_Table, told)
    names = [column.name.lower() for column in table.metadata]
    if missing := [name for name in _COLUMNS if name not in names]:
        raise AskError(f"answers in a form that is not expected: no column {missing[0]}")
    return [heard(_Row, dict(zip(names, row, strict=False))) for row in table.data]
