"""Cuts of the night made by hand, for the engine that tests of the screen drive."""

from dataclasses import replace

from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError
from huntui.features.registry import kinds
from huntui.funnel.counts import StageCount
from huntui.funnel.cuts import Cuts
from huntui.funnel.language.expression import compile_expression
from huntui.funnel.stage import Knob, Stage
from huntui.hunt.treasure import Hunt
from huntui.session.commands import Change
from huntui.session.session import Session


def cuts_of(stages: tuple[StageCount, ...]) -> Cuts:
    """Return the cuts of which these stages are the counts."""
    return Cuts("fake", "Stages by hand.", tuple(_stage(stage) for stage in stages))


def _stage(stage: StageCount) -> Stage:
    knobs = {knob.name: Knob(knob.value, knob.minimum, knob.maximum, knob.step) for knob in stage.knobs}
    expression = compile_expression(stage.keep, kinds(), knobs)
    return Stage(stage.name, stage.title, stage.keep, knobs, "reject", stage.enabled, expression)


def changed(snapshot: Snapshot, command: Change) -> Snapshot:
    """Return a snapshot with other cuts; a stage keeps the counts it had, and a new one lets half of all pass."""
    session = Session(snapshot.cuts or cuts_of(snapshot.stages), Hunt("none", "", ()))
    try:
        message = session.apply(command)
    except CallError as error:
        return replace(snapshot, message=str(error))
    before = {stage.name: stage for stage in snapshot.stages}
    half = StageCount("", "", "", True, (), 2000, 1000, 1000, 10, 5)
    stages = tuple(
        replace(
            before.get(stage.name, half),
            name=stage.name,
            title=stage.title,
            keep=stage.keep,
            enabled=stage.enabled,
            knobs=stage.knob_states(),
        )
        for stage in session.cuts.stages
    )
    return replace(snapshot, cuts=session.cuts, stages=stages, message=message)
