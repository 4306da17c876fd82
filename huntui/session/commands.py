"""Everything a user can tell the engine to do. A command is data: it can be sent, kept in a journal and replayed."""

from dataclasses import dataclass

from huntui.funnel.cuts import Cuts
from huntui.funnel.draft import Draft
from huntui.hunt.state import Verdict
from huntui.session.panels import Panels


@dataclass(frozen=True, slots=True)
class SetKnob:
    """Set a knob of a stage to a value."""

    stage: str
    knob: str
    value: float


@dataclass(frozen=True, slots=True)
class TurnKnob:
    """Move a knob by a number of its steps, kept within its range."""

    stage: str
    knob: str
    steps: int


@dataclass(frozen=True, slots=True)
class SwitchStage:
    """Switch a stage off when it is on, and on when it is off."""

    stage: str


@dataclass(frozen=True, slots=True)
class AddStage:
    """Put a new stage behind another one, or before all others."""

    draft: Draft
    after: str | None = None


@dataclass(frozen=True, slots=True)
class EditStage:
    """Write a stage anew; it keeps its place."""

    stage: str
    draft: Draft
    goes_on: bool = False
    """Whether it belongs to the change of the same stage before it, so that one undo takes both back."""


@dataclass(frozen=True, slots=True)
class RemoveStage:
    """Take a stage away."""

    stage: str
    goes_on: bool = False
    """Whether it belongs to the change of the same stage before it: a new stage that is given up was never there."""


@dataclass(frozen=True, slots=True)
class MoveStage:
    """Move a stage down by a number of places, or up by a negative one."""

    stage: str
    places: int


@dataclass(frozen=True, slots=True)
class ReplaceCuts:
    """Put other cuts in the place of all stages."""

    cuts: Cuts
    why: str
    """A few words for the status line and the list of past states."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim an object as a treasure."""

    object_id: str
    treasure: str


@dataclass(frozen=True, slots=True)
class Unclaim:
    """Take a claim back."""

    object_id: str
    treasure: str


@dataclass(frozen=True, slots=True)
class ClaimAll:
    """Claim many objects as one treasure; those that are claimed as it already are passed over."""

    object_ids: tuple[str, ...]
    treasure: str


@dataclass(frozen=True, slots=True)
class UnclaimAll:
    """Take the claims of many objects as one treasure back; those that are not claimed as it are passed over."""

    object_ids: tuple[str, ...]
    treasure: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Settle a claim by hand, or open it again."""

    object_id: str
    treasure: str
    verdict: Verdict
    reason: str = ""
    """Who says so, in a line."""


@dataclass(frozen=True, slots=True)
class Star:
    """Star objects, or take their stars away."""

    object_ids: tuple[str, ...]
    on: bool = True


@dataclass(frozen=True, slots=True)
class Hide:
    """Leave objects out of the table, or show them again; nothing else knows of it."""

    object_ids: tuple[str, ...]
    on: bool = True


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Write a line about an object; an empty one takes it away."""

    object_id: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenHint:
    """Open the hints of a treasure up to a number, from 1 on; what that costs is paid once, and undo leaves it so."""

    treasure: str
    number: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last change of cuts, claims or marks."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was undone last."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Go to a state of the past, or to one that was undone: 0 is how it began."""

    place: int


@dataclass(frozen=True, slots=True)
class FilterRows:
    """Show only objects whose newest surviving alert meets a condition; an empty one shows all again."""

    condition: str


LOOKS_LIKE = "looks_like"
"""What to sort by for the order of the treasures that objects look like."""


@dataclass(frozen=True, slots=True)
class SortRows:
    """Sort the table by a column of the newest surviving alert, or by `LOOKS_LIKE`; without one, newest first."""

    column: str = ""
    descending: bool = False


NEWEST_FIRST = SortRows()


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop reading or replaying the night, or go on when it was stopped; commands work meanwhile."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Let a night come in again as it was observed, this many times as fast; at an infinite speed it is there at once.

    A night that is not read yet is replayed when it is.
    """

    speed: float


@dataclass(frozen=True, slots=True)
class ChangeSpeed:
    """Replay faster by a number of places in the list of speeds, or slower for a negative one."""

    places: int


@dataclass(frozen=True, slots=True)
class Step:
    """Stop at the next exposure of a night that is replayed, or go back to the one before.

    A night that is being read stands still after its next packets.
    """

    exposures: int = 1


@dataclass(frozen=True, slots=True)
class JumpTo:
    """Go to a time of the night (jd): what was taken until then is there, and nothing else."""

    jd: float


@dataclass(frozen=True, slots=True)
class WholeNight:
    """Show all of the night again."""


@dataclass(frozen=True, slots=True)
class End:
    """End the hunt: truth may be seen from now on, and no claim is made or taken back any more."""


@dataclass(frozen=True, slots=True)
class RememberPanels:
    """Keep where the player is on the screen for the next time; nothing else changes."""

    panels: Panels


ENDED = "The hunt has ended; --fresh begins anew."
"""What there is to say to whoever claims something after the end."""

Recut = SetKnob | TurnKnob | SwitchStage | AddStage | EditStage | RemoveStage | MoveStage | ReplaceCuts
"""Commands that change cuts."""

Change = Recut | Claim | Unclaim | ClaimAll | UnclaimAll | Settle | Star | Hide | WriteNote
"""Commands that change cuts, claims or marks, and can be taken back."""

TimeCommand = Replay | ChangeSpeed | Step | JumpTo | WholeNight
"""Commands about the time of the night, which change nothing of the hunt and are not taken back."""

Command = Change | OpenHint | Undo | Redo | Jump | FilterRows | SortRows | Pause | TimeCommand | End | RememberPanels
