"""A hunt file as written: which keys it has and what they may hold. What expressions mean is not looked at here."""

from collections.abc import Sequence
from reprlib import Repr
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from huntui.errors import HuntError, nearest

_Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
_Line = Annotated[str, Field(min_length=1, max_length=200)]
_Prose = Annotated[str, Field(min_length=1, max_length=4000)]
_Link = Annotated[str, Field(pattern=r"^https://[^\s{}]+/\S*$", max_length=500)]


class _Written(BaseModel):
    # strict: YAML has types of its own, and '5' where 5 is meant is a mistake worth telling.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WrittenTreasure(_Written):
    """One treasure of a hunt file."""

    name: _Name
    title: _Line
    about: _Prose
    looks_like: _Prose
    confirmed_by: _Prose
    points: int = Field(ge=1, le=1000)
    goal: int = Field(default=1, ge=1, le=1000)
    beware: _Prose
    starter: str | list[dict[str, Any]] | None = None
    confirm: list[_Link] = Field(default=[], max_length=10)


class WrittenHunt(_Written):
    """A hunt file."""

    name: _Name
    about: _Prose
    treasures: list[WrittenTreasure] = Field(min_length=1, max_length=100)


def check(data: object, where: str) -> WrittenHunt:
    """Return a hunt file's data as checked records.

    Raises `HuntError`: one sentence that begins with `where`, names the key and what it may be.
    """
    if not isinstance(data, dict):
        raise HuntError(f"{where}: must hold the keys {', '.join(WrittenHunt.model_fields)}, not {_short(data)}.")
    try:
        hunt = WrittenHunt.model_validate(data)
    except ValidationError as problem:
        raise HuntError(f"{where}: {_sentence(problem.errors(), data)}") from None
    seen: set[str] = set()
    for number, treasure in enumerate(hunt.treasures, start=1):
        if treasure.name in seen:
            raise HuntError(f"{where}: treasure {number} is named {treasure.name!r}, as one before it: rename one.")
        seen.add(treasure.name)
    return hunt


_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "list_type": "a list",
    "dict_type": "a stage with keys of its own",
    "model_type": "a treasure with keys of its own",
    "string_too_short": "text, not empty",
}
"""What a value must be, in words, for pydantic's types of error."""

_PATTERNS = {
    "name": "lower-case words joined by hyphens, as in dwarf-nova",
    "confirm": "a link that begins with https://",
}


def _sentence(errors: Sequence[ErrorDetails], data: dict[Any, Any]) -> str:
    error = errors[0]
    path, value = _locate(error["loc"], data)
    key = _spell(path, data)
    if error["type"] == "extra_forbidden":
        model = WrittenTreasure if "treasures" in path else WrittenHunt
        known = list(model.model_fields)
        return f"there is no key {key}; there are {', '.join(known)}.{nearest(str(path[-1]), known)}"
    if error["type"] == "missing":
        return f"{_spell([*path, error['loc'][-1]], data)} is missing."
    if error["type"] == "string_pattern_mismatch":
        name = next(part for part in reversed(path) if isinstance(part, str))
        return f"{key} must be {_PATTERNS[name]}, not {_short(value)}."
    if path[-1] == "starter":
        return f"{key} must be a list of stages or the name of a file of cuts, not {_short(value)}."
    expected = _EXPECTED.get(error["type"]) or _bound(error)
    return f"{key} must {'be ' + expected if expected in _EXPECTED.values() else expected}, not {_short(value)}."


def _bound(error: ErrorDetails) -> str:
    words = error["msg"].split(" should ", 1)[-1]
    return words.split(", not ", 1)[0].split(" after validation", 1)[0]


def _spell(path: Sequence[int | str], data: Any) -> str:
    """Return a key's path as a person would say it: `treasures.kilonova.points`, by name where it has one."""
    words: list[str] = []
    for step in path:
        data = _inside(data, step)
        named = data.get("name") if isinstance(data, dict) and isinstance(step, int) else None
        words.append(named if isinstance(named, str) and named else str(step + 1) if isinstance(step, int) else step)
    return ".".join(words)


_NOTHING = object()


def _inside(data: Any, step: int | str) -> Any:
    try:
        return data[step]
    except (TypeError, KeyError, IndexError):
        return _NOTHING


def _locate(location: Sequence[int | str], data: Any) -> tuple[list[int | str], Any]:
    """Follow pydantic's location as far as it leads through the data: behind that it names types, not keys."""
    path: list[int | str] = []
    for step in location:
        inside = _inside(data, step)
        if inside is _NOTHING:
            break
        data = inside
        path.append(step)
    return path, data


def _short(value: object) -> str:
    limited = Repr()
    limited.maxstring = limited.maxother = 60
    return limited.repr(value)
