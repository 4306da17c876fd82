"""Cuts as written in a file: read with every mistake named by its place, and written back."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from reprlib import Repr
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from huntui import strict_yaml
from huntui.errors import CutsError, ExpressionError, nearest
from huntui.funnel.cuts import MAX_STAGES, Cuts
from huntui.funnel.language.table import Kind
from huntui.funnel.stage import Knob, Missing, Stage, build_stage

_Finite = Annotated[float, Field(allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _KnobPart(_Part):
    value: _Finite
    min: _Finite
    max: _Finite
    step: _Finite


class _StagePart(_Part):
    name: str
    title: str = ""
    keep: str
    knobs: dict[str, _KnobPart] = {}
    missing: Missing = "reject"
    enabled: bool = True


class _CutsPart(_Part):
    name: str = ""
    about: str = ""
    source: str = ""
    version: str | int = ""
    stages: Annotated[list[_StagePart], Field(min_length=1, max_length=MAX_STAGES)]


def load_cuts(path: Path, kinds: Mapping[str, Kind]) -> Cuts:
    """Read a file of cuts over the columns of `kinds`; its name is the file's where it gives none.

    Raises `CutsError` with one sentence that names the file and the place in it.
    """
    return cuts_from_mapping(strict_yaml.read(path, CutsError), str(path), kinds, name=path.stem)


def cuts_from_mapping(data: object, where: str, kinds: Mapping[str, Kind], *, name: str = "cuts") -> Cuts:
    """Check cuts that came as plain values; `where` names their origin in messages, and `name` is the default name.

    Raises `CutsError` with one sentence, or `ExpressionError` where an expression is wrong.
    """
    if not isinstance(data, dict):
        raise CutsError(f"{where}: must hold a list `stages`, not {_short(data)}.")
    try:
        part = _CutsPart.model_validate(data)
    except ValidationError as problem:
        raise CutsError(f"{where}: {_sentence(problem.errors(), data)}") from None
    stages = tuple(_stage(stage, f"{where}: stages[{k}]", kinds) for k, stage in enumerate(part.stages))
    try:
        return Cuts(part.name or name, part.about, stages, part.source, str(part.version))
    except CutsError as error:
        raise CutsError(f"{where}: {error}") from None


def cuts_to_mapping(cuts: Cuts) -> dict[str, Any]:
    """Return cuts as plain values, which `cuts_from_mapping` reads back to the same; for exports and files."""
    about = {"name": cuts.name, "about": cuts.about, "source": cuts.source, "version": cuts.version}
    return {key: text for key, text in about.items() if text} | {"stages": [_written(stage) for stage in cuts.stages]}


def _written(stage: Stage) -> dict[str, Any]:
    knobs = {
        name: {"value": knob.value, "min": knob.minimum, "max": knob.maximum, "step": knob.step}
        for name, knob in stage.knobs.items()
    }
    return {
        "name": stage.name,
        "title": stage.title,
        "keep": stage.keep,
        **({"knobs": knobs} if knobs else {}),
        "missing": stage.missing,
        "enabled": stage.enabled,
    }


def _stage(part: _StagePart, where: str, kinds: Mapping[str, Kind]) -> Stage:
    knobs = {name: _knob(knob, f"{where}.knobs.{name}") for name, knob in part.knobs.items()}
    try:
        return build_stage(
            part.name, part.keep, kinds, title=part.title, knobs=knobs, missing=part.missing, enabled=part.enabled
        )
    except ExpressionError as error:
        what = f"{where}.keep: {error}"
        raise ExpressionError(what, error.expression, error.place, error.length) from None
    except CutsError as error:
        raise CutsError(f"{where}: {error}") from None


def _knob(part: _KnobPart, where: str) -> Knob:
    try:
        return Knob(part.value, part.min, part.max, part.step)
    except CutsError as error:
        raise CutsError(f"{where}.{error}") from None


_EXPECTED = {
    "bool_type": "true or false",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text; put quotes around it",
    "list_type": "a list",
    "too_short": "a list of one stage or more",
    "too_long": f"a list of at most {MAX_STAGES} stages",
    "dict_type": "a section with keys of its own",
    "model_type": "a section with keys of its own",
    "literal_error": "reject or keep",
}
"""What a value must be, in words, for pydantic's types of error."""


def _sentence(errors: Sequence[ErrorDetails], data: Any) -> str:
    # A mistyped key is also a missing one; the unknown key is what to tell.
    error = next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])
    *parents, last = _existing(error["loc"], data)
    if error["type"] == "missing":
        place = _path(error["loc"][:-1])
        return f"{place or 'the file'} lacks the key {error['loc'][-1]}."
    if error["type"] == "extra_forbidden":
        known = _keys(parents)
        hint = nearest(str(last), known) or f" There are {', '.join(known)}."
        return f"there is no key {_path([*parents, last])}.{hint}"
    expected = _EXPECTED.get(error["type"], error["msg"].removeprefix("Input should be "))
    return f"{_path([*parents, last])} must be {expected}, not {_short(error['input'])}."


def _existing(location: Sequence[int | str], data: Any) -> list[int | str]:
    """Return pydantic's location as far as it leads through the data: behind that it names types, not keys."""
    path: list[int | str] = []
    for step in location:
        try:
            data = data[step]
        except (TypeError, KeyError, IndexError):
            break
        path.append(step)
    return path or list(location)


def _keys(parents: Sequence[int | str]) -> list[str]:
    """Return the keys that a section may have."""
    depth: dict[int, type[_Part]] = {0: _CutsPart, 2: _StagePart, 4: _KnobPart}
    return list(depth[len(parents)].model_fields)


def _path(location: Sequence[int | str]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return text.removeprefix(".")


def _short(value: object) -> str:
    limited = Repr()
    limited.maxstring = limited.maxother = 60
    return limited.repr(value)
