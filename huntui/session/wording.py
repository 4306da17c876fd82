"""How changes are told: what a command did, in the few words that fit a status line."""

from decimal import Decimal

from huntui.funnel.cuts import Cuts
from huntui.funnel.stage import Stage
from huntui.session.commands import (
    AddStage,
    Change,
    Claim,
    EditStage,
    MoveStage,
    RemoveStage,
    ReplaceCuts,
    SetKnob,
    SwitchStage,
    TurnKnob,
    Unclaim,
)


def worded(command: Change, before: Cuts, after: Cuts) -> str:
    """Say what a command did to the cuts, or which claim it made, without a full stop: `drb_min 0.65 → 0.70`."""
    match command:
        case SetKnob(stage, knob) | TurnKnob(stage, knob):
            old, new = before.stage(stage).knob(knob), after.stage(stage).knob(knob)
            values = (_number(value, new.step) for value in dict.fromkeys((old.value, new.value)))
            return f"{knob} {' → '.join(values)}"
        case SwitchStage(stage):
            return f"{stage} {'on' if after.stage(stage).enabled else 'off'}"
        case AddStage(draft):
            return f"stage {draft.name} added"
        case EditStage(stage, draft):
            return _edited(before.stage(stage), after.stage(draft.name))
        case RemoveStage(stage):
            return f"stage {stage} removed"
        case MoveStage(stage):
            place = [one.name for one in after.stages].index(stage) + 1
            return f"{stage} moved to place {place} of {len(after.stages)}"
        case ReplaceCuts(_, why):
            return why
        case Claim(object_id, treasure):
            return f"{object_id} claimed as {treasure}"
        case Unclaim(object_id, treasure):
            return f"{object_id} no longer claimed as {treasure}"


def _edited(old: Stage, new: Stage) -> str:
    if old.keep != new.keep:
        return f"{new.name}: {new.keep}"
    return f"{old.name} renamed to {new.name}" if old.name != new.name else f"{new.name} edited"


def _number(value: float, step: float) -> str:
    """Write a value with as many decimals as its step has, and more where it needs them: 0.70, not 0.7."""
    places = max(_places(value), _places(step))
    return f"{value:.{places}f}" if places <= 6 and abs(value) < 1e9 else f"{value:g}"


def _places(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
