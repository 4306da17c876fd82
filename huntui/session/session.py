"""What the player did so far: cuts, claims and marks as they stand, and the way back to how they stood before."""

from dataclasses import replace

from huntui.errors import CallError
from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.hunt.claims import Claims
from huntui.hunt.hints import Taken, hint_costs, opened
from huntui.hunt.marks import Marks
from huntui.hunt.settled import Settled
from huntui.hunt.treasure import Hunt
from huntui.session.commands import (
    ENDED,
    AddStage,
    Change,
    Claim,
    ClaimAll,
    EditStage,
    End,
    Hide,
    Jump,
    MoveStage,
    OpenHint,
    Recut,
    Redo,
    RemoveStage,
    ReplaceCuts,
    SetKnob,
    Settle,
    Star,
    SwitchStage,
    TurnKnob,
    Unclaim,
    UnclaimAll,
    Undo,
    WriteNote,
)
from huntui.session.history import History, State, Step, Timeline
from huntui.session.journal import Entry, Journal
from huntui.session.many import passing_over
from huntui.session.memory import MAX_PAIRS, MAX_REASON, Memory, one_line
from huntui.session.panels import NOWHERE
from huntui.session.wording import worded


class Session:
    """Carries out commands one after the other and remembers how to take them back.

    A state is never changed but replaced, so that whatever was read from the session stays as it was.

    Moving the same knob again and again is one step: holding a key down can be taken back by one undo; so is writing a
    stage from its first letter to its last. Any other command in between begins a new step, an undo included; moving
    the knob back to where the step began leaves nothing to undo.

    Hints that were opened stay open and paid, whatever is undone.

    Once the hunt is ended the claims stay as they are, in every state that can be gone to, while cuts may be changed.
    """

    def __init__(self, cuts: Cuts, hunt: Hunt, memory: Memory | None = None) -> None:
        """Begin with cuts and no claims, or go on where a session was that left its `memory`."""
        self._state = self._saved = State(cuts, Claims(hunt.names))
        self._history = History()
        self._ended = False
        self._hint_costs = {treasure.name: hint_costs(treasure) for treasure in hunt.treasures}
        self.hints: Taken = () if memory is None else memory.of_hunt(hunt.names).hints
        """The hints that were opened."""
        if memory is not None:
            memory = memory.of_hunt(hunt.names)
            self._state = memory.now.state(hunt.names, memory.tried)
            self._saved = memory.saved.state(hunt.names)
            self._history = History.restored(memory.timeline, hunt.names)
            if memory.ended:
                self._end()
        self._under: tuple[Cuts, ...] = () if memory is None else memory.under
        self.panels = NOWHERE if memory is None else memory.panels
        """Where the player is on the screen."""
        self.forgotten = 0
        """How many steps that were undone the last command made impossible to do again."""
        self._timeline: Timeline | None = None
        self._held: tuple[str, ...] | None = None
        self._first: Change | None = None
        self._journal = Journal()
        self._cuts_version = 0 if memory is None else 1

    @property
    def cuts(self) -> Cuts:
        """The cuts as they stand."""
        return self._state.cuts

    @property
    def claims(self) -> Claims:
        """The claims as they stand."""
        return self._state.claims

    @property
    def ended(self) -> bool:
        """Whether the hunt was ended, which nothing takes back."""
        return self._ended

    @property
    def marks(self) -> Marks:
        """The marks as they stand."""
        return self._state.marks

    @property
    def settled(self) -> Settled:
        """What was settled by hand."""
        return self._state.settled

    @property
    def cuts_version(self) -> int:
        """Number of changes of the cuts so far, those by undo and redo included."""
        return self._cuts_version

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self._history.can_redo

    @property
    def timeline(self) -> Timeline:
        """Every state that can be gone to, and which of them is in force."""
        if self._timeline is None:
            self._timeline = self._history.timeline(self._state)
        return self._timeline

    @property
    def memory(self) -> Memory:
        """What another session needs to go on from here; a snapshot of now."""
        return Memory(
            self.timeline, self.claims.tried, self._under, self._saved.past(""), self._ended, self.panels, self.hints
        )

    @property
    def unsaved_cuts(self) -> bool:
        """Whether the cuts differ from what they were when they were last put into a file."""
        return self.cuts != self._saved.cuts

    @property
    def unsaved_claims(self) -> bool:
        """Whether claims, verdicts or marks differ from what they were when they were last put into a file."""
        now, saved = self._state, self._saved
        return (now.claims.standing, now.marks, now.settled) != (saved.claims.standing, saved.marks, saved.settled)

    @property
    def unsaved(self) -> bool:
        """Whether cuts, claims or marks are in no file as they stand."""
        return self.unsaved_cuts or self.unsaved_claims

    def saved(self) -> None:
        """Learn that cuts, claims and marks, as they stand, are in a file now."""
        self._saved = self._state

    def saved_cuts(self, cuts: Cuts) -> None:
        """Learn that these cuts are in a file now."""
        self._saved = replace(self._saved, cuts=cuts)

    def journal(self, since: int = 0) -> tuple[Entry, ...]:
        """Return the commands that were carried out, from the number `since` on, as far as they are kept."""
        return self._journal.since(since)

    def apply(self, command: Change | OpenHint | Undo | Redo | Jump | End) -> str:
        """Carry out a command and return a few words that say what it did.

        Raises `CallError` (a `CutsError` for a knob or a stage) when it cannot be done; nothing is changed then.
        """
        self.forgotten = 0
        match command:
            case Undo():
                step = self._history.take_back()
                message = f"undone: {step.what}"
                self._return_to(step.before)
            case Redo():
                step = self._history.do_again()
                message = f"done again: {step.what}"
                self._return_to(step.after)
            case Jump(place):
                message = self._jump(place)
            case OpenHint(treasure, number):
                message = self._open_hint(treasure, number)
            case End():
                message = self._end()
            case _:
                message = self._change(command)
        self._journal.append(command)
        return message

    def _end(self) -> str:
        if self._ended:
            raise CallError(ENDED)
        self._ended, self._held, self._timeline = True, None, None
        self._history.fix_claims(self._state)
        return "the hunt has ended: no claim counts from now on, cuts may still be changed"

    def _open_hint(self, treasure: str, number: int) -> str:
        costs, before = self._hint_costs.get(treasure, ()), dict(self.hints).get(treasure, 0)
        if not before < number <= len(costs):
            raise CallError(f"There is no hint {number} on {treasure} left to open.")
        if self._ended:
            raise CallError("The hunt has ended: hints are open to everybody, and cost nothing any more.")
        self.hints = opened(self.hints, treasure, number)
        paid = sum(costs[before:number])
        price = f"{-paid:+,} {'point' if paid == 1 else 'points'}" if paid else "free"
        return f"hint {number} of {len(costs)} on {treasure}: {price}"

    def _change(self, command: Change) -> str:
        command, passed = passing_over(command, self._state)
        before, after = self._state, _changed(self._state, command)
        if self._ended and (after.claims, after.settled) != (before.claims, before.settled):
            raise CallError(ENDED)
        message = worded(command, before.cuts, after.cuts) + passed
        if after == before:
            return f"{message}, as it was"
        if isinstance(command, ReplaceCuts) and self.unsaved_cuts:
            message += "; undo brings yours back"
        self.forgotten = self._history.undone
        what = command
        if self._held is not None and self._held == _continues(command):
            before, what = self._history.drop().before, _as_one(self._first, command)
        else:
            self._first = command
        self._held = _goes_on_with(command) if after != before else None
        self._history.add(Step(before, after, worded(what, before.cuts, after.cuts)))
        self._enter(after)
        return message

    def _jump(self, place: int) -> str:
        state = self._history.jump(place)
        if state is not None:
            self._return_to(state)
        return f"back to: {self.timeline.states[place].what}"

    def _return_to(self, state: State) -> None:
        self._held = None
        self._enter(replace(state, claims=self.claims.with_standing_of(state.claims)))

    def _enter(self, state: State) -> None:
        self._cuts_version += state.cuts != self.cuts
        self._state, self._timeline = state, None
        # A pair is new only where it is claimed, which leaves the cuts as they are.
        self._under += (state.cuts,) * (len(state.claims.tried) - len(self._under))


def _continues(command: Change) -> tuple[str, ...] | None:
    """Return what a command goes on with, where it can be one step with the command before it."""
    match command:
        case SetKnob(stage, knob) | TurnKnob(stage, knob):
            return stage, knob
        case EditStage(stage, _, True) | RemoveStage(stage, True):
            return (stage,)
    return None


def _goes_on_with(command: Change) -> tuple[str, ...] | None:
    """Return what the next command must continue to be one step with this one."""
    match command:
        case AddStage(draft) | EditStage(_, draft):
            return (draft.name,)
    return _continues(command)


def _as_one(first: Change | None, last: Change) -> Change:
    """Return the one command that does what a first one and those that continued it did."""
    match first, last:
        case AddStage(_, after), EditStage(_, draft):
            return AddStage(draft, after)
        case EditStage(stage), EditStage(_, draft):
            return EditStage(stage, draft)
    return last


def _changed(state: State, command: Change) -> State:
    match command:
        case Claim(object_id, treasure):
            return replace(state, claims=_claimed(state.claims, (object_id,), treasure))
        case ClaimAll(object_ids, treasure):
            return replace(state, claims=_claimed(state.claims, object_ids, treasure))
        case Unclaim(object_id, treasure):
            return replace(state, claims=_unclaimed(state.claims, (object_id,), treasure))
        case UnclaimAll(object_ids, treasure):
            return replace(state, claims=_unclaimed(state.claims, object_ids, treasure))
        case Settle(object_id, treasure, verdict, reason):
            settled = state.settled.settle(state.claims, object_id, treasure, verdict, one_line(reason)[:MAX_REASON])
            return replace(state, settled=settled)
        case Star(object_ids, on):
            return replace(state, marks=state.marks.star(object_ids, on))
        case Hide(object_ids, on):
            return replace(state, marks=state.marks.hide(object_ids, on))
        case WriteNote(object_id, text):
            return replace(state, marks=state.marks.note(object_id, one_line(text)))
    return replace(state, cuts=_recut(state.cuts, command))


def _claimed(claims: Claims, object_ids: tuple[str, ...], treasure: str) -> Claims:
    for object_id in object_ids:
        claims = claims.claim(object_id, treasure)
    if len(claims.tried) > MAX_PAIRS:
        raise CallError(f"A hunt has room for {MAX_PAIRS:,} claims, those taken back included, and no more.")
    return claims


def _unclaimed(claims: Claims, object_ids: tuple[str, ...], treasure: str) -> Claims:
    for object_id in object_ids:
        claims = claims.unclaim(object_id, treasure)
    return claims


def _recut(cuts: Cuts, command: Recut) -> Cuts:
    match command:
        case SetKnob(stage, knob, value):
            return cuts.set_knob(stage, knob, value)
        case TurnKnob(stage, knob, steps):
            return cuts.turn(stage, knob, steps)
        case SwitchStage(stage):
            return cuts.switch(stage)
        case AddStage(draft, after):
            return cuts.add(draft.build(kinds()), after)
        case EditStage(stage, draft):
            return cuts.edit(stage, draft.build(kinds()))
        case RemoveStage(stage):
            return cuts.remove(stage)
        case MoveStage(stage, places):
            return cuts.move(stage, places)
        case ReplaceCuts(others):
            return others
