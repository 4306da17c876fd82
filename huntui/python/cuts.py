"""Cuts as Python says them: a name, a file, a mapping; and knobs by name."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from huntui.engine.shelf import Shelf
from huntui.errors import CallError, CutsError, nearest
from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import cuts_from_mapping
from huntui.opening.night import PreparedNight
from huntui.opening.scores import check_cuts

Written = str | Path | Mapping[str, object] | Cuts | None
"""What names or holds cuts; None for those of the configuration."""

_OWN = "own cuts"


def chosen_cuts(written: Written, prepared: PreparedNight, knobs: Mapping[str, float], off: Sequence[str]) -> Cuts:
    """Return the cuts that are meant, their knobs turned and stages switched off; raises `CutsError`."""
    cuts = _cuts(written, prepared)
    for name, value in knobs.items():
        stage, knob = _knob(cuts, name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CutsError(f"{name}: a knob is set to a number, as in {{{name!r}: 1.5}}.")
        cuts = cuts.set_knob(stage, knob, float(value))
    if isinstance(off, str):
        raise CallError(f"off={off!r}: give a list of stages, as in off=[{off!r}].")
    for name in off:
        cuts = cuts.switch(name) if cuts.stage(name).enabled else cuts
    check_cuts(cuts, prepared.models)
    return cuts


def _cuts(written: Written, prepared: PreparedNight) -> Cuts:
    if written is None:
        return prepared.cuts
    if isinstance(written, Cuts):
        return written
    if isinstance(written, Path):
        return Shelf().cuts(str(written if written.is_absolute() else Path.cwd() / written))
    if isinstance(written, str):
        return Shelf().cuts(written)
    if isinstance(written, Mapping):
        whole = written if "stages" in written else {"stages": [_stage(*stage) for stage in written.items()]}
        return cuts_from_mapping(whole, _OWN, kinds(), name=_OWN)
    raise CutsError(f"cuts: give a name, a path or a mapping, not {type(written).__name__}.")


def _stage(name: str, keep: object) -> dict[str, object]:
    return {"name": name, "keep": keep}


def _knob(cuts: Cuts, name: str) -> tuple[str, str]:
    """Return stage and knob; raises `CutsError` for a name that is none, or of more than one."""
    stage, dot, knob = name.partition(".")
    if dot:
        cuts.stage(stage).knob(knob)
        return stage, knob
    having = [one.name for one in cuts.stages if name in one.knobs]
    if len(having) == 1:
        return having[0], name
    if having:
        raise CutsError(f"More than one stage has a knob {name!r}: say which, as in '{having[0]}.{name}'.")
    known = [knob for one in cuts.stages for knob in one.knobs]
    hint = nearest(name, known) or f" There are {', '.join(known) or 'none'}."
    raise CutsError(f"The cuts {cuts.name} have no knob {name!r}.{hint}")
