"""The one command that turns several knobs together, so that one undo turns them back."""

from collections.abc import Sequence

from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import Turn
from huntui.session.commands import Change, ReplaceCuts, SetKnob
from huntui.session.wording import worded


def letting_in(cuts: Cuts, turns: Sequence[tuple[str, Turn]]) -> tuple[Change, str]:
    """Return the command that makes these turns (stage and knob of each), and what it does in a few words.

    Raises `CutsError` where the cuts have no such knob any more.
    """
    turned, words = cuts, []
    commands = [SetKnob(stage, turn.knob, turn.value) for stage, turn in turns]
    for command in commands:
        turned = turned.set_knob(command.stage, command.knob, command.value)
        words.append(worded(command, cuts, turned))
    told = ", ".join(words)
    return (commands[0] if len(commands) == 1 else ReplaceCuts(turned, told)), told
