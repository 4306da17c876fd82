"""The starter of a treasure in the place of the player's cuts, and the way back to these."""

from collections.abc import Collection

from huntui.funnel.cuts import Cuts
from huntui.session.commands import ReplaceCuts
from huntui.session.history import Timeline

LOADED = "starter of "
"""How the words begin that tell of a starter in force."""

RETURNED = "back to your cuts"
"""The words that tell of the player's own cuts in force again."""


def starting(title: str, starter: Cuts, starters: Collection[str], timeline: Timeline) -> ReplaceCuts:
    """Return the command that puts a starter in force, or where it is, turned or not, the player's own cuts.

    `starters` are the names of all starters of the hunt. The player's own cuts are the newest before the state in
    force that are none of these; where there are none, how the hunt began.
    """
    past = [state.cuts for state in timeline.states[: timeline.place + 1]]
    if past and past[-1].name == starter.name:
        own = next((cuts for cuts in reversed(past) if cuts.name not in starters), past[0])
        if own != past[-1]:
            return ReplaceCuts(own, RETURNED)
    return ReplaceCuts(starter, f"{LOADED}{title}")
