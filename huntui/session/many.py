"""Commands for many objects at once: which of the objects are left to change."""

from collections.abc import Collection
from dataclasses import replace

from huntui.errors import CallError
from huntui.session.commands import Change, ClaimAll, Hide, Star, UnclaimAll
from huntui.session.history import State


def passing_over(command: Change, state: State) -> tuple[Change, str]:
    """Return a command without the objects that are as it wants them, each of the others once, and how many those were.

    Raises `CallError` where none is left to claim or to unclaim.
    """
    match command:
        case ClaimAll(object_ids, treasure):
            left = _without(object_ids, _claimed_as(treasure, state))
            if not left:
                raise CallError(f"Each of them is claimed as {treasure} already.")
            return replace(command, object_ids=left), _told(object_ids, left, "already")
        case UnclaimAll(object_ids, treasure):
            left = _without(object_ids, _claimed_as(treasure, state), wanted=True)
            if not left:
                raise CallError(f"None of them is claimed as {treasure}.")
            return replace(command, object_ids=left), _told(object_ids, left, "not")
        case Star(object_ids, on):
            return _of_marks(command, object_ids, frozenset(state.marks.starred), on)
        case Hide(object_ids, on):
            return _of_marks(command, object_ids, frozenset(state.marks.hidden), on)
    return command, ""


def _claimed_as(treasure: str, state: State) -> frozenset[str]:
    return frozenset(object_id for object_id, claimed in state.claims.standing if claimed == treasure)


def _of_marks(
    command: Star | Hide, object_ids: tuple[str, ...], marked: frozenset[str], on: bool
) -> tuple[Star | Hide, str]:
    left = _without(object_ids, marked, wanted=not on)
    return (replace(command, object_ids=left), _told(object_ids, left, "already")) if left else (command, "")


def _without(object_ids: tuple[str, ...], names: Collection[str], *, wanted: bool = False) -> tuple[str, ...]:
    """Return the objects of which it is `wanted` whether their names are among others, each once."""
    return tuple(dict.fromkeys(name for name in object_ids if (name in names) == wanted))


def _told(object_ids: tuple[str, ...], left: tuple[str, ...], how: str) -> str:
    passed = len(dict.fromkeys(object_ids)) - len(left)
    return f" ({passed:,} {'was' if passed == 1 else 'were'} {how})" if passed else ""
