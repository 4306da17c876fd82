"""The Transient Name Server: whether a transient has a name there, and whether somebody has classified it.

TNS gives nothing to programs without a key: its API answers 401, and its pages are for people. With the key of a bot of
the user's own (`lookups.tns_api_key`, `lookups.tns_bot`) it is asked itself, for what is at a place; after the TNS API
of https://www.wis-tns.org, `/api/get/search` and `/api/get/object`. Without one, Fink's public copy of its names is
asked by the ZTF name (`/api/v1/resolver` of https://api.ztf.fink-portal.org), and the answer says so.
"""

import json
from typing import Any
from urllib.parse import quote

from pydantic import Field, field_validator

from huntui.config import LookupsConfig
from huntui.errors import AskError
from huntui.online.answer import Answer, Subject
from huntui.online.asker import Asker, Heard, heard, heard_list, joined
from huntui.online.server import printable
from huntui.online.services.service import NOT_KNOWN
from huntui.online.services.simbad import placed

_PAGE = "https://www.wis-tns.org/object/"
_SEARCH = "https://www.wis-tns.org/search?internal_name="


class _Copied(Heard):
    """A row of Fink's copy, all of whose values are text."""

    fullname: str = Field(alias="d:fullname", max_length=200)
    type: str | None = Field(alias="d:type", default=None, max_length=200)
    redshift: float | None = Field(alias="d:redshift", default=None)

    @field_validator("redshift", mode="before")
    @classmethod
    def _as_number(cls, value: object) -> object:
        try:
            number = float(value) if isinstance(value, str) else value
        except ValueError:
            return None
        return None if number != number else number


class _Found(Heard):
    objname: str = Field(max_length=200)
    prefix: str | None = Field(default=None, max_length=20)


class _Type(Heard):
    name: str | None = Field(default=None, max_length=200)


class _Object(Heard):
    objname: str = Field(max_length=200)
    name_prefix: str | None = Field(default=None, max_length=20)
    object_type: _Type | None = None
    redshift: float | None = None


class TnsService:
    """Asks TNS itself where there is a key, else Fink's copy of it."""

    def __init__(self, config: LookupsConfig, api_key: str) -> None:
        """Take addresses, radius and the bot from the configuration."""
        self._key, self._bot, self._radius = api_key, config.tns_bot, config.radius
        self.endpoint = config.tns if api_key else config.fink

    def question(self, subject: Subject) -> str:
        """Ask by place with a key, by name without one."""
        if not self._key:
            return subject.object_id
        ra, dec = placed(subject)
        return f"{ra:.6f} {dec:+.6f} {self._radius:g}"

    async def ask(self, subject: Subject, asker: Asker) -> Answer:
        """Return name, type and redshift."""
        return await (self._of_tns(subject, asker) if self._key else self._of_copy(subject, asker))

    async def _of_copy(self, subject: Subject, asker: Asker) -> Answer:
        wanted = {"resolver": "tns", "name": subject.object_id, "reverse": True, "output-format": "json"}
        told = await asker.ask("POST", joined(self.endpoint, "resolver"), json=wanted)
        found = heard_list(_Copied, told or [])
        if not found:
            return Answer("TNS", f"{NOT_KNOWN}, in Fink's copy", link=_search(subject))
        # A transient is listed anew once it is classified, as an SN in the place of an AT.
        one = next((one for one in found if _class_of(one.type)), found[0])
        return _answer(one.fullname, one.type, one.redshift, ", in Fink's copy")

    async def _of_tns(self, subject: Subject, asker: Asker) -> Answer:
        ra, dec = placed(subject)
        where = {"ra": f"{ra:.6f}", "dec": f"{dec:.6f}", "radius": f"{self._radius:g}", "units": "arcsec"}
        found = heard_list(_Found, _reply(await self._get("search", where, asker)) or [])
        if not found:
            return Answer("TNS", f'knows nothing within {self._radius:g}"', link=_search(subject))
        told = _reply(await self._get("object", {"objname": found[0].objname}, asker))
        one = heard(_Object, told)
        kind = one.object_type.name if one.object_type else None
        return _answer(f"{one.name_prefix or found[0].prefix or ''} {one.objname}".strip(), kind, one.redshift, "")

    async def _get(self, what: str, data: dict[str, str], asker: Asker) -> object:
        form = {"api_key": self._key, "data": json.dumps(data)}
        told = await asker.ask("POST", joined(self.endpoint, what), data=form, headers={"User-Agent": self._marker()})
        if told is None:
            raise AskError("has no such address any more (404); is lookups.tns right?")
        return told

    def _marker(self) -> str:
        """Return what TNS wants every bot to say of itself."""
        number, _, name = self._bot.partition(" ")
        return f'tns_marker{{"tns_id": {number}, "type": "bot", "name": {json.dumps(name)}}}'


def _search(subject: Subject) -> str:
    return f"{_SEARCH}{quote(subject.object_id, safe='')}"


def _reply(told: Any) -> object:
    """Return what an answer of TNS holds; it stands under `data`, in older versions under its `reply`."""
    data = told.get("data") if isinstance(told, dict) else None
    return data.get("reply", data) if isinstance(data, dict) else data


def _class_of(kind: str | None) -> str:
    return "" if (kind or "").strip().lower() in ("", "nan", "none", "null") else printable(kind or "", 60)


def _answer(name: str, kind: str | None, redshift: float | None, where: str) -> Answer:
    full, classified = printable(name, 60), _class_of(kind)
    says = f"{full}, {classified or 'not classified'}{'' if redshift is None else f', z = {redshift:.4f}'}{where}"
    link = joined(_PAGE, full.rpartition(" ")[2])
    return Answer("TNS", says, classified, redshift=redshift, link=link)
