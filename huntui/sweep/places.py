"""Which nights are meant: dates, ranges of dates, folders, archives and addresses, each with a name of its own."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from huntui.errors import CallError
from huntui.sources.resolve import NightRequest
from huntui.sources.sweep_file import NAME
from huntui.sweep.remote import shown

DATE = "{date}"
MOST_NIGHTS = 10_000
SIMULATED = "simulated"
"""The kind of source that has a night for each date."""
_DAY = re.compile(r"(?<!\d)\d{8}(?!\d)")
_ENDINGS = (".tar.gz", ".tgz", ".tar", ".zip")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a night is."""

    name: str
    date: str | None
    request: NightRequest | None = None
    """Where on disk; None where it is copied from `url`."""
    url: str | None = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """What to call the place where nothing better is known."""
        if self.url is not None:
            return shown(self.url)
        assert self.request is not None
        return self.request.source or str(self.request.data / (self.request.date or ""))

    def absolute(self) -> NightRequest | None:
        """Return where on disk it is from wherever one looks."""
        if self.request is None:
            return None
        source = self.request.source
        if source is not None and source != SIMULATED:
            source = os.path.abspath(source)
        return replace(self.request, source=source, data=Path(os.path.abspath(self.request.data)))


def places(dates: Sequence[str], sources: Sequence[str], request: NightRequest) -> list[Place]:
    """Return every night that is meant, in the order of their names.

    `sources` with `{date}` in them, and `simulated`, stand for one night of each of the
    `dates`; without such a source these lie where `request` looks for them. Raises `CallError` where nothing is meant,
    a date is left over, or a night is meant twice.
    """
    templates = [source for source in sources if DATE in source or source == SIMULATED]
    plain = [source for source in sources if source not in templates]
    if templates and not dates:
        raise CallError(f"--source {shown(templates[0])}: say which nights, as in huntui sweep 20240701..20240731.")
    found = [_of_date(day, template, request) for day in dates for template in templates or (None,)]
    found += [_plain(source, request) for source in plain]
    if not found:
        raise CallError("Which nights? Say for example `huntui sweep 20240701..20240731`, or give --source a place.")
    if len(found) > MOST_NIGHTS:
        raise CallError(f"These are {len(found):,} nights; a sweep takes {MOST_NIGHTS:,} at most.")
    return sorted(_named_apart(found), key=lambda place: place.name)


def days(text: str) -> Iterator[str]:
    """Yield the dates of `20240701` or `20240701..20240731`; raises `CallError`."""
    first, dots, last = text.partition("..")
    begin, end = _day(first, text), _day(last, text) if dots else _day(first, text)
    if end < begin:
        raise CallError(f"{text}: ends before it begins; write the earlier date first.")
    if (end - begin).days >= MOST_NIGHTS:
        raise CallError(f"{text}: has {(end - begin).days + 1:,} nights; a sweep takes {MOST_NIGHTS:,} at most.")
    for number in range((end - begin).days + 1):
        yield f"{begin + timedelta(number):%Y%m%d}"


def _day(text: str, whole: str) -> date:
    try:
        if len(text) == 8 and text.isascii() and text.isdigit():
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        pass
    raise CallError(
        f"{whole}: is no night; write a date as in 20240707, or the first and the last as in 20240701..20240731."
    )


def _of_date(day: str, template: str | None, request: NightRequest) -> Place:
    if template is None:
        return Place(day, day, replace(request, date=day, source=None))
    if template == SIMULATED:
        return Place(day, day, replace(request, date=day, source=template))
    return _somewhere(day, day, template.replace(DATE, day), request)


def _plain(source: str, request: NightRequest) -> Place:
    name = Path(urlsplit(source).path if "://" in source else os.path.abspath(source)).name
    name = next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), name)
    if found := _DAY.search(name):
        name = found[0]
    name = re.sub(r"[^A-Za-z0-9._+-]+", "-", name).lstrip("._+-")[:70]
    return _somewhere(name or "night", None, source, request)


def _somewhere(name: str, day: str | None, source: str, request: NightRequest) -> Place:
    if not source:
        raise CallError("--source '': names nothing; give a name, or leave the option out.")
    if source == "kafka" or source.startswith("kafka://"):
        raise CallError(f"--source {source}: a stream has no end, and a sweep takes nights that have one.")
    if source.startswith("file://"):
        source = url2pathname(urlsplit(source).path)
    if "://" in source:
        return Place(name, day, url=source)
    return Place(name, day, replace(request, date=day, source=source))


def _named_apart(found: Iterable[Place]) -> Iterator[Place]:
    """Yield places of which no two have the same name; raises `CallError` where two are the same."""
    seen: list[Place] = []
    names: set[str] = set()
    for place in found:
        if place in seen:
            raise CallError(f"The night {place.name} at {place.title} is named twice; name it once.")
        seen.append(place)
        name, number = place.name, 1
        while name in names:
            number += 1
            name = f"{place.name}-{number}"
        names.add(name)
        assert NAME.fullmatch(name)
        yield replace(place, name=name)
