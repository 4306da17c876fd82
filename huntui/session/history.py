"""The way back and forth: every change as a step from one state to the next."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from huntui.errors import CallError
from huntui.funnel.cuts import Cuts
from huntui.hunt.claims import Claims, Pair
from huntui.hunt.marks import NO_MARKS, Marks
from huntui.hunt.settled import NOTHING_SETTLED, Settled

MAX_UNDO = 1000
"""Steps that can be taken back; older ones are forgotten."""

_BEGINNING = "as it began"


@dataclass(frozen=True, slots=True)
class State:
    """What a change changes."""

    cuts: Cuts
    claims: Claims
    marks: Marks = NO_MARKS
    settled: Settled = NOTHING_SETTLED

    def past(self, what: str) -> "Past":
        """Return it as a state that can be gone to; `what` led to it."""
        return Past(what, self.cuts, self.claims.standing, self.marks, self.settled)


@dataclass(frozen=True, slots=True)
class Step:
    """A change: what was before, what came of it, and what it was in a few words."""

    before: State
    after: State
    what: str


@dataclass(frozen=True, slots=True)
class Past:
    """A state that can be gone to."""

    what: str
    """The change that led to it; of the first state that it is how the hunt began."""
    cuts: Cuts
    standing: tuple[Pair, ...] = ()
    """The claims that held."""
    marks: Marks = NO_MARKS
    settled: Settled = NOTHING_SETTLED

    def state(self, treasures: tuple[str, ...], tried: tuple[Pair, ...] = ()) -> State:
        """Return what stood then, in a hunt with these treasures."""
        return State(self.cuts, Claims(treasures, self.standing, tried), self.marks, self.settled)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every state that can be gone to, in order of time, and which of them is in force."""

    states: tuple[Past, ...]
    place: int
    forgotten: int = 0
    """Number of older states that cannot be gone to any more."""


class History:
    """Steps that can be taken back, and those that were and can be done again."""

    def __init__(self) -> None:
        self._undo: deque[Step] = deque()
        self._first = _BEGINNING
        self._redo: list[Step] = []
        self._forgotten = 0

    @classmethod
    def restored(cls, past: Timeline, treasures: tuple[str, ...]) -> "History":
        """Return the history that gives this timeline; `treasures` are the names of the hunt."""
        history = cls()
        states = [state.state(treasures) for state in past.states]
        steps = [
            Step(before, after, state.what)
            for (before, after), state in zip(pairwise(states), past.states[1:], strict=True)
        ]
        history._undo.extend(steps[: past.place])
        history._redo = steps[: past.place - 1 if past.place else None : -1]
        history._first, history._forgotten = past.states[0].what, past.forgotten
        return history

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._redo)

    @property
    def undone(self) -> int:
        """Number of steps that can be done again."""
        return len(self._redo)

    def add(self, step: Step) -> None:
        """Remember a step; what was undone before it cannot be done again."""
        if step.after != step.before:
            self._undo.append(step)
        if len(self._undo) > MAX_UNDO:
            self._first = self._undo.popleft().what
            self._forgotten += 1
        self._redo.clear()

    def drop(self) -> Step:
        """Forget the newest step and return it, for another one to take its place."""
        return self._undo.pop()

    def take_back(self) -> Step:
        """Go back by a step and return it; raises `CallError` where there is none."""
        if not self._undo:
            raise CallError("There is nothing to undo.")
        self._redo.append(self._undo.pop())
        return self._redo[-1]

    def do_again(self) -> Step:
        """Go forth by a step and return it; raises `CallError` where there is none."""
        if not self._redo:
            raise CallError("There is nothing to do again: nothing was undone, or something else was done since.")
        self._undo.append(self._redo.pop())
        return self._undo[-1]

    def jump(self, place: int) -> State | None:
        """Go to a state and return it, None where it is in force already; raises `CallError` where there is none."""
        if not 0 <= place <= len(self._undo) + len(self._redo):
            raise CallError(f"There is no state {place} to go to.")
        state = None
        while place < len(self._undo):
            state = self.take_back().before
        while place > len(self._undo):
            state = self.do_again().after
        return state

    def fix_claims(self, now: State) -> None:
        """Have every state hold the claims and verdicts of `now`; a step that changed nothing else is none any more."""
        self._undo = deque(_with_claims(self._undo, now))
        self._redo = list(_with_claims(self._redo, now))

    def timeline(self, now: State) -> Timeline:
        """Return every state that can be gone to; `now` is the one in force."""
        steps = [*self._undo, *reversed(self._redo)]
        states = [steps[0].before if steps else now, *(step.after for step in steps)]
        told = [self._first, *(step.what for step in steps)]
        past = (state.past(what) for what, state in zip(told, states, strict=True))
        return Timeline(tuple(past), len(self._undo), self._forgotten)


def _with_claims(steps: Iterable[Step], now: State) -> Iterator[Step]:
    for step in steps:
        before, after = (replace(state, claims=now.claims, settled=now.settled) for state in (step.before, step.after))
        if before != after:
            yield replace(step, before=before, after=after)
