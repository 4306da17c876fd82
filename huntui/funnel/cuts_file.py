"""Cuts as written in a file: read with every mistake named by its place, and written back."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from huntui import strict_yaml
from huntui.checked import Written, check, spell
from huntui.errors import CutsError, ExpressionError
from huntui.funnel.cuts import MAX_STAGES, Cuts
from huntui.funnel.language.table import Kind
from huntui.funnel.stage import Knob, Missing, Stage, build_stage

_Finite = Annotated[float, Field(allow_inf_nan=False)]


class _KnobPart(Written):
    value: _Finite
    min: _Finite
    max: _Finite
    step: _Finite


class _StagePart(Written):
    name: str = Field(description="text; put quotes around it")
    title: str = ""
    keep: str = Field(description="text; put quotes around it")
    knobs: dict[str, _KnobPart] = Field(default={})
    missing: Missing = Field(default="reject", description="reject or keep")
    enabled: bool = True


class _CutsPart(Written):
    name: str = ""
    about: str = ""
    source: str = ""
    version: str | int = ""
    stages: list[_StagePart] = Field(
        min_length=1, max_length=MAX_STAGES, description=f"a list of 1 to {MAX_STAGES} stages"
    )


def load_cuts(path: Path, kinds: Mapping[str, Kind]) -> Cuts:
    """Read a file of cuts over the columns of `kinds`; its name is the file's where it gives none.

    Raises `CutsError` with one sentence that names the file and the place in it.
    """
    return cuts_from_mapping(strict_yaml.read(path, CutsError), str(path), kinds, name=path.stem)


def cuts_from_mapping(
    data: object, where: str, kinds: Mapping[str, Kind], *, name: str = "cuts", known: dict[str, Stage] | None = None
) -> Cuts:
    """Check cuts that came as plain values; `where` names their origin in messages, and `name` is the default name.

    Whoever reads many cuts that are alike gives the stages `known` so far, which are not parsed again. Raises
    `CutsError` with one sentence, or `ExpressionError` where an expression is wrong.
    """
    part = check(_CutsPart, data, where, CutsError)
    known = {} if known is None else known
    stages = tuple(_once(stage, f"{where}: stages[{k}]", kinds, known) for k, stage in enumerate(part.stages))
    try:
        return Cuts(part.name or name, part.about, stages, part.source, str(part.version))
    except CutsError as error:
        raise CutsError(f"{where}: {error}") from None


def cuts_to_mapping(cuts: Cuts) -> dict[str, Any]:
    """Return cuts as plain values, which `cuts_from_mapping` reads back to the same; for exports and files."""
    about = {"name": cuts.name, "about": cuts.about, "source": cuts.source, "version": cuts.version}
    return {key: text for key, text in about.items() if text} | {"stages": [_written(stage) for stage in cuts.stages]}


def numbered(cuts: Sequence[Cuts]) -> tuple[list[dict[str, Any]], list[int]]:
    """Return each distinct set of cuts once, as plain values in the order of appearance, and the place of each."""
    distinct: dict[str, dict[str, Any]] = {}
    known: dict[int, str] = {}
    for one in cuts:
        if id(one) not in known:
            values = cuts_to_mapping(one)
            known[id(one)] = repr(values)
            distinct.setdefault(repr(values), values)
    places = {key: place for place, key in enumerate(distinct)}
    return list(distinct.values()), [places[known[id(one)]] for one in cuts]


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


def _once(part: _StagePart, where: str, kinds: Mapping[str, Kind], known: dict[str, Stage]) -> Stage:
    key = repr(part)
    if key not in known:
        known[key] = _stage(part, where, kinds)
    return known[key]


def _stage(part: _StagePart, where: str, kinds: Mapping[str, Kind]) -> Stage:
    knobs = {name: _knob(knob, f"{where}.{spell(['knobs', name])}") for name, knob in part.knobs.items()}
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
