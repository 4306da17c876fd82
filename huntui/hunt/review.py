"""Looks a hunt file over for whoever writes one: all its mistakes at once, and what is allowed but hardly meant."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from huntui import checked, truth
from huntui.checked import Written
from huntui.errors import HuntError, nearest
from huntui.hunt.hunt import Kinds, confirmed_by, looks_like, mistakes_of_sets, name_taken, starter
from huntui.hunt.treasure import PLACES, Hunt, Treasure
from huntui.hunt.written import WrittenHunt, WrittenSet, WrittenTreasure


def mistakes(data: object, where: str, kinds: Kinds, truth_kinds: Kinds) -> list[str]:
    """Return a sentence for every mistake in what a hunt file holds, with `where`, the key and the nearest name.

    An expression or a starter tells its first mistake only, and a treasure of which a key is wrong tells of no others.
    Without any mistake `hunt_from_mapping` makes a hunt of it.
    """
    found = checked.mistakes(WrittenHunt, data, where)
    names: set[str] = set()
    for k, treasure in _right(data, "treasures", WrittenTreasure):
        place = f"{where}: treasures[{k}]"
        if treasure.name in names:
            found.append(name_taken(treasure.name, place))
        names.add(treasure.name)
        found += _in_its_parts(treasure, place, kinds, truth_kinds)
    # A set may well name a treasure of which something else is wrong.
    named = [one.get("name") for one in _listed(data, "treasures") if isinstance(one, dict)]
    known = tuple(dict.fromkeys(name for name in named if isinstance(name, str)))
    return [*found, *mistakes_of_sets(_right(data, "sets", WrittenSet), known, where)]


_Part = TypeVar("_Part", bound=Written)


def _right(data: Any, key: str, part: type[_Part]) -> Iterator[tuple[int, _Part]]:
    """Yield what has the right keys in a list of the file, each with its place there."""
    for k, one in enumerate(_listed(data, key)):
        try:
            yield k, part.model_validate(one)
        except ValidationError:
            continue


def _listed(data: Any, key: str) -> list[Any]:
    written = data.get(key) if isinstance(data, dict) else None
    return written if isinstance(written, list) else []


def _in_its_parts(treasure: WrittenTreasure, place: str, kinds: Kinds, truth_kinds: Kinds) -> Iterator[str]:
    for part in (
        partial(looks_like, treasure, place, kinds),
        partial(confirmed_by, treasure, place, truth_kinds),
        partial(starter, treasure, place, kinds),
    ):
        try:
            part()
        except HuntError as problem:
            yield str(problem)


def warnings(hunt: Hunt) -> list[str]:
    """Return a sentence about everything in a hunt that works and is hardly meant, treasure by treasure."""
    return [f"{treasure.name}: {words}" for treasure in hunt.treasures for words in _doubts(treasure)]


def _doubts(treasure: Treasure) -> Iterator[str]:
    if "class" not in treasure.confirmed_by.kinds:
        yield "confirmed_by never mentions a class, so that objects of any class can confirm it."
    for name in _quoted(treasure.confirmed_by.text):
        if name not in truth.CLASSES:
            known = list(truth.CLASSES)
            yield f"confirmed_by: no simulated night has a class {name!r}.{nearest(name, known)}"
    if treasure.starter is None:
        yield "it has no starter, so that a beginner has nothing to begin with."
    yield from _about_links(treasure.confirm)


def _quoted(text: str) -> list[str]:
    """Return the texts of an expression over truth, of whose columns only the class is a text."""
    return [one or other for one, other in re.findall(r"'([^']*)'|\"([^\"]*)\"", text)]


def _about_links(links: tuple[str, ...]) -> Iterator[str]:
    places = [set(re.findall(r"\{(\w*)\}", link)) for link in links]
    for name in sorted(set().union(*places) - set(PLACES)):
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        yield f"confirm: nothing is put in for {{{name}}}; there are {known}.{nearest(name, PLACES)}"
    if not any("objectId" in found or {"ra", "dec"} <= found for found in places):
        yield "confirm: no link leads to the object; put {objectId}, or {ra} and {dec}, into one."
