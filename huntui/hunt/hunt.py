"""Reads hunt files."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from huntui import checked, shipped, strict_json, strict_yaml
from huntui.errors import CallError, ExpressionError, HuntError, nearest
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import cuts_from_mapping, load_cuts
from huntui.funnel.language.expression import Expression, compile_expression
from huntui.funnel.language.table import Kind
from huntui.hunt.treasure import Hunt, Treasure, TreasureSet
from huntui.hunt.written import WrittenHunt, WrittenSet, WrittenTreasure

Kinds = Mapping[str, Kind]


def load_hunt(path: Path, kinds: Kinds, truth_kinds: Kinds) -> Hunt:
    """Read a hunt file.

    `kinds` are the columns that `looks_like` and the starter may read, `truth_kinds` those that `confirmed_by` may
    read. Raises `HuntError`: one sentence with the file, the key, and the nearest name where one was mistyped.
    """
    return hunt_from_mapping(strict_yaml.read(path, HuntError), str(path), kinds, truth_kinds)


def hunt_digest(path: Path) -> str:
    """Return what tells a hunt file that can be hunted from every other: its content, whatever its layout is."""
    return strict_json.digest(strict_yaml.read(path, HuntError))


def hunt_from_mapping(data: object, where: str, kinds: Kinds, truth_kinds: Kinds) -> Hunt:
    """Make a hunt from what its file holds; `where` names the file in errors, which are `HuntError`s."""
    written = checked.check(WrittenHunt, data, where, HuntError)
    treasures: dict[str, Treasure] = {}
    for k, treasure in enumerate(written.treasures):
        place = f"{where}: treasures[{k}]"
        if treasure.name in treasures:
            raise HuntError(name_taken(treasure.name, place))
        treasures[treasure.name] = _treasure(treasure, place, kinds, truth_kinds)
    for mistake in mistakes_of_sets(enumerate(written.sets), tuple(treasures), where):
        raise HuntError(mistake)
    sets = tuple(TreasureSet(one.name, one.title, tuple(one.treasures), one.points) for one in written.sets)
    return Hunt(written.name, _folded(written.about), tuple(treasures.values()), sets)


def _treasure(written: WrittenTreasure, place: str, kinds: Kinds, truth_kinds: Kinds) -> Treasure:
    return Treasure(
        name=written.name,
        title=written.title,
        about=_folded(written.about),
        beware=_folded(written.beware),
        looks_like=looks_like(written, place, kinds),
        confirmed_by=confirmed_by(written, place, truth_kinds),
        starter=starter(written, place, kinds),
        points=written.points,
        goal=written.goal,
        hints=tuple(_folded(hint) for hint in written.hints),
        confirm=tuple(written.confirm),
    )


def name_taken(name: str, place: str) -> str:
    """Say that a treasure has the name of one before it."""
    return f"{place}.name: there is a treasure {name!r} before it; give one another name."


def mistakes_of_sets(sets: Iterable[tuple[int, WrittenSet]], treasures: tuple[str, ...], where: str) -> Iterator[str]:
    """Say what is wrong with sets, each given with its place in the file, of a hunt that has these treasures."""
    before: set[str] = set()
    for k, one in sets:
        place = f"{where}: sets[{k}]"
        if one.name in before:
            yield f"{place}.name: there is a set {one.name!r} before it; give one another name."
        before.add(one.name)
        for j, name in enumerate(one.treasures):
            if name not in treasures:
                known = ", ".join(treasures)
                yield (
                    f"{place}.treasures[{j}]: there is no treasure {name!r} in this hunt; there are {known}."
                    f"{nearest(name, treasures)}"
                )
            elif name in one.treasures[:j]:
                yield f"{place}.treasures[{j}]: {name!r} is in this set already; name each treasure once."


def looks_like(written: WrittenTreasure, place: str, kinds: Kinds) -> Expression:
    """Return how a treasure looks; raises `HuntError` with the place."""
    return _expression(written.looks_like, f"{place}.looks_like", kinds)


def confirmed_by(written: WrittenTreasure, place: str, truth_kinds: Kinds) -> Expression:
    """Return what confirms a treasure; raises `HuntError` with the place."""
    return _over_truth(written.confirmed_by, f"{place}.confirmed_by", truth_kinds)


def starter(written: WrittenTreasure, place: str, kinds: Kinds) -> Cuts | None:
    """Return the cuts to begin a treasure with, named after it; raises `HuntError` with the place."""
    cuts = _starter(written.starter, f"{place}.starter", kinds)
    return cuts and replace(cuts, name=f"{written.name}-starter")


def _folded(prose: str) -> str:
    return " ".join(prose.split())


def _expression(text: str, place: str, kinds: Kinds) -> Expression:
    try:
        expression = compile_expression(_folded(text), kinds)
    except ExpressionError as problem:
        raise HuntError(f"{place}: {problem}") from None
    return expression


_CLASS = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|\bclass\b""")
_READABLE_CLASS = "\N{FULLWIDTH LATIN SMALL LETTER C}lass"


def _over_truth(text: str, place: str, truth_kinds: Kinds) -> Expression:
    """Compile an expression over truth columns, of which one is named `class`.

    `class` is a reserved word to the parser unless it is spelt with a letter that Python takes for the same one: it
    is a name then, and the name is `class`. Quoted texts are left alone, and every place stays where it was.
    """
    try:
        expression = _expression(_CLASS.sub(lambda found: found[1] or _READABLE_CLASS, text), place, truth_kinds)
    except HuntError as problem:
        raise HuntError(str(problem).replace(_READABLE_CLASS, "class")) from None
    return replace(expression, text=_folded(text))


def _starter(written: str | list[dict[str, object]] | None, place: str, kinds: Kinds) -> Cuts | None:
    if written is None:
        return None
    try:
        if isinstance(written, str):
            return load_cuts(shipped.find("cuts", written), kinds)
        return cuts_from_mapping({"stages": written}, place, kinds)
    except CallError as problem:
        raise HuntError(f"{place}: {problem}" if isinstance(written, str) else str(problem)) from None
