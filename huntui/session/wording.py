"""How changes are told: what a command did, in the few words that fit a status line."""

from decimal import Decimal

from huntui.funnel.cuts import Cuts
from huntui.funnel.stage import Stage
from huntui.session.commands import (
    AddStage,
    Change,
    Claim,
    ClaimAll,
    EditStage,
    Hide,
    MoveStage,
    RemoveStage,
    ReplaceCuts,
    SetKnob,
    Settle,
    Star,
    SwitchStage,
    TurnKnob,
    Unclaim,
    UnclaimAll,
    WriteNote,
)


def worded(command: Change, before: Cuts, after: Cuts) -> str:
    """Say what a command did to cuts, claims or marks, without a full stop: `drb_min 0.65 → 0.70`."""
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
        case ClaimAll(object_ids, treasure):
            return f"{_named(object_ids)} claimed as {treasure}"
        case UnclaimAll(object_ids, treasure):
            return f"{_named(object_ids)} no longer claimed as {treasure}"
        case Settle(object_id, treasure, verdict):
            return f"{object_id} as {treasure} {'open again' if verdict == 'open' else verdict}"
        case Star(object_ids, on):
            return f"{_named(object_ids)} {'starred' if on else 'no longer starred'}"
        case Hide(object_ids, on):
            return f"{_named(object_ids)} {'hidden' if on else 'shown again'}"
        case WriteNote(object_id, text):
            return f"note on {object_id} {'written' if text.strip() else 'taken away'}"


def _named(object_ids: tuple[str, ...]) -> str:
    return object_ids[0] if len(object_ids) == 1 else f"{len(object_ids):,} objects"


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
