"""What the player did so far: the cuts and claims as they stand, and the way back to how they stood before."""

from collections import deque
from dataclasses import dataclass, replace

from huntui.errors import CallError
from huntui.funnel.cuts import Cuts
from huntui.hunt.claims import Claims
from huntui.hunt.treasure import Hunt
from huntui.session.commands import Claim, Redo, SetKnob, SwitchStage, TurnKnob, Unclaim, Undo
from huntui.session.journal import Entry, Journal
from huntui.session.wording import worded

MAX_UNDO = 1000
"""Steps that can be taken back; older ones are forgotten."""

Change = SetKnob | TurnKnob | SwitchStage | Claim | Unclaim
"""Commands that change cuts or claims."""


@dataclass(frozen=True, slots=True)
class _State:
    cuts: Cuts
    claims: Claims


@dataclass(frozen=True, slots=True)
class _Step:
    before: _State
    after: _State
    what: str


class Session:
    """Carries out commands one after the other and remembers how to take them back.

    A state is never changed but replaced, so that whatever was read from the session stays as it was.

    Moving the same knob again and again is one step: holding a key down can be taken back by one undo. Any other
    command in between begins a new step, an undo included; moving the knob back to where the step began leaves
    nothing to undo.
    """

    def __init__(self, cuts: Cuts, hunt: Hunt) -> None:
        self._state = self._saved = _State(cuts, Claims(hunt.names))
        self._undo: deque[_Step] = deque(maxlen=MAX_UNDO)
        self._redo: list[_Step] = []
        self._held: tuple[str, str] | None = None
        self._journal = Journal()
        self._cuts_version = 0

    @property
    def cuts(self) -> Cuts:
        """The cuts as they stand."""
        return self._state.cuts

    @property
    def claims(self) -> Claims:
        """The claims as they stand."""
        return self._state.claims

    @property
    def cuts_version(self) -> int:
        """Number of changes of the cuts so far, those by undo and redo included."""
        return self._cuts_version

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._redo)

    @property
    def unsaved(self) -> bool:
        """Whether cuts or claims differ from what they were at the last `saved`."""
        state, saved = self._state, self._saved
        return state.cuts != saved.cuts or state.claims.standing != saved.claims.standing

    def saved(self) -> None:
        """Learn that cuts and claims, as they stand, are in a file now."""
        self._saved = self._state

    def journal(self, since: int = 0) -> tuple[Entry, ...]:
        """Return the commands that were carried out, from the number `since` on, as far as they are kept."""
        return self._journal.since(since)

    def apply(self, command: Change | Undo | Redo) -> str:
        """Carry out a command and return a few words that say what it did.

        Raises `CallError` (a `CutsError` for a knob or a stage) when it cannot be done; nothing is changed then.
        """
        match command:
            case Undo():
                message = self._take_back()
            case Redo():
                message = self._do_again()
            case _:
                message = self._change(command)
        self._journal.append(command)
        return message

    def _change(self, command: Change) -> str:
        before, after = self._state, _changed(self._state, command)
        held = (command.stage, command.knob) if isinstance(command, SetKnob | TurnKnob) else None
        if after == before:
            return f"{worded(command, before.cuts, after.cuts)}, as it was"
        message = worded(command, before.cuts, after.cuts)
        if held is not None and held == self._held:
            before = self._undo.pop().before
        if after == before:
            held = None
        else:
            self._undo.append(_Step(before, after, worded(command, before.cuts, after.cuts)))
        self._redo.clear()
        self._held = held
        self._enter(after)
        return message

    def _take_back(self) -> str:
        if not self._undo:
            raise CallError("There is nothing to undo.")
        step = self._undo.pop()
        self._redo.append(step)
        self._return_to(step.before)
        return f"undone: {step.what}"

    def _do_again(self) -> str:
        if not self._redo:
            raise CallError("There is nothing to do again: nothing was undone, or something else was done since.")
        step = self._redo.pop()
        self._undo.append(step)
        self._return_to(step.after)
        return f"done again: {step.what}"

    def _return_to(self, state: _State) -> None:
        self._held = None
        self._enter(replace(state, claims=self.claims.with_standing_of(state.claims)))

    def _enter(self, state: _State) -> None:
        self._cuts_version += state.cuts != self.cuts
        self._state = state


def _changed(state: _State, command: Change) -> _State:
    cuts, claims = state.cuts, state.claims
    match command:
        case SetKnob(stage, knob, value):
            return _State(cuts.set_knob(stage, knob, value), claims)
        case TurnKnob(stage, knob, steps):
            return _State(cuts.turn(stage, knob, steps), claims)
        case SwitchStage(stage):
            return _State(cuts.switch(stage), claims)
        case Claim(object_id, treasure):
            return _State(cuts, claims.claim(object_id, treasure))
        case Unclaim(object_id, treasure):
            return _State(cuts, claims.unclaim(object_id, treasure))
