"""Plain values checked against a pydantic model, and the first mistake told as one sentence.

Configuration, cuts and hunt files share it, so that all of them speak the same way of the same mistakes.
"""

from collections.abc import Sequence
from reprlib import Repr
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from huntui.errors import CallError, nearest

M = TypeVar("M", bound="Written")

_EXPECTED = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "list_type": "a list, as in [a, b]",
    "dict_type": "a section with keys of its own",
    "model_type": "a section with keys of its own",
    "model_attributes_type": "a section with keys of its own",
    "string_too_short": "text, not empty",
    "too_short": "a list that is not empty",
}
"""What a value must be, in words, for pydantic's types of error."""


class Written(BaseModel):
    """Something that a person writes down in YAML."""

    # strict: YAML has types of its own, and '5' where 5 is meant is a mistake worth telling.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def check(model: type[M], values: object, origin: str, error: type[CallError]) -> M:
    """Return `values` as a `model`.

    Raises `error` with a sentence that begins with `origin` and names the key, what it must be, and the nearest name
    where one was mistyped. A field says in its `description` what it must be where pydantic's own words are poor.
    """
    try:
        return model.model_validate(values)
    except ValidationError as problem:
        raise error(f"{origin}: {_sentence(problem.errors(), values, model)}") from None


def mistakes(model: type[M], values: object, origin: str) -> list[str]:
    """Return a sentence for every mistake, each as `check` would tell the first; none where there is nothing wrong."""
    try:
        model.model_validate(values)
    except ValidationError as problem:
        return [f"{origin}: {_sentence(errors, values, model)}" for errors in _by_key(problem.errors(), values)]
    return []


def _by_key(errors: Sequence[ErrorDetails], values: object) -> list[list[ErrorDetails]]:
    """Put the errors about one key together; a key that is missing because it is mistyped is no error of its own."""
    found: dict[tuple[int | str, ...], list[ErrorDetails]] = {}
    for error in errors:
        path, _ = _follow(error["loc"], values)
        missing = [error["loc"][-1]] if error["type"] == "missing" else []
        found.setdefault((*path, *missing), []).append(error)
    mistyped = [path for path, about in found.items() if about[0]["type"] == "extra_forbidden"]

    def meant(path: tuple[int | str, ...]) -> bool:
        return any(key[:-1] == path[:-1] and nearest(str(key[-1]), [str(path[-1])]) for key in mistyped)

    return [about for path, about in found.items() if not (about[0]["type"] == "missing" and meant(path))]


def short(value: object) -> str:
    """Return a value as it may stand in a message, however large it is."""
    limited = Repr()
    limited.maxstring = limited.maxother = 60
    return limited.repr(value)


def spell(path: Sequence[int | str]) -> str:
    """Return a path to a key as text: `stages[0].knobs.drb_min`; a key that is no plain word is quoted."""
    keys = (step if isinstance(step, int) or (step.isprintable() and len(step) <= 60) else short(step) for step in path)
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def _sentence(errors: Sequence[ErrorDetails], values: object, model: type[BaseModel]) -> str:
    # A mistyped key is also a missing one; the unknown key is what to tell.
    error = next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])
    path, value = _follow(error["loc"], values)
    if error["type"] == "missing":
        return f"{spell(path) or 'the file'} lacks the key {error['loc'][-1]}."
    if error["type"] in ("extra_forbidden", "invalid_key"):
        known = _keys(model, path[:-1])
        return f"there is no key {spell(path)}; there are {', '.join(known)}.{nearest(str(path[-1]), known)}"
    expected = _described(model, path) or _any_of([e for e in errors if _follow(e["loc"], values)[0] == path])
    return f"{spell(path) or 'the file'} must be {expected}, not {short(value)}."


def _any_of(errors: Sequence[ErrorDetails]) -> str:
    """Say what a value must be; where several types are allowed, pydantic reports an error for each."""
    *words, last = [_EXPECTED.get(e["type"]) or e["msg"].removeprefix("Input should be ") for e in errors]
    return f"{', '.join(words)} or {last}" if words else last


def _follow(location: Sequence[int | str], values: Any) -> tuple[list[int | str], Any]:
    """Follow pydantic's location as far as it leads through the values: behind that it names types, not keys."""
    path: list[int | str] = []
    for step in location:
        try:
            values = values[step]
        except (TypeError, KeyError, IndexError):
            break
        path.append(step)
    return path, values


def _keys(model: type[BaseModel], path: Sequence[int | str]) -> list[str]:
    """Return the keys that a section may have."""
    section: Any = model
    for step in path:
        section = _inside(section, step)
    return list(getattr(section, "model_fields", {}))


def _described(model: type[BaseModel], path: Sequence[int | str]) -> str | None:
    """Return the description of the innermost field on a path."""
    section: Any = model
    description = None
    for step in path:
        if isinstance(step, str) and step in getattr(section, "model_fields", {}):
            description = section.model_fields[step].description
        section = _inside(section, step)
        if isinstance(step, int) and hasattr(section, "model_fields"):
            # What is said of a list of sections is not true of one of them.
            description = None
    return description


def _inside(section: Any, step: int | str) -> Any:
    """Return the type of what a key or an index of a section holds."""
    fields = getattr(section, "model_fields", None)
    annotation = fields[step].annotation if fields is not None and step in fields else _element(section)
    return _bare(annotation)


def _element(annotation: Any) -> Any:
    return get_args(annotation)[-1] if get_origin(annotation) in (list, dict) else None


def _bare(annotation: Any) -> Any:
    """Take `Annotated` and `| None` away."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not type(None)]
        return _bare(options[0]) if len(options) == 1 else None
    return annotation
