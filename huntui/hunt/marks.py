"""What the player marks for himself: stars, hidden objects, notes. No mark changes a count, a survivor or the score."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from huntui.errors import CallError

MAX_MARKED = 3000
"""Objects that may have a mark of one kind: every state that can be gone to keeps its own."""
MAX_NOTE = 200
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks at one moment; a change returns new marks and leaves these as they are."""

    starred: tuple[str, ...] = ()
    """Names of objects, in the order they were marked."""
    hidden: tuple[str, ...] = ()
    """Names of objects that the table leaves out."""
    notes: tuple[tuple[str, str], ...] = ()
    """Name of an object, and the line that was written about it."""

    def star(self, object_ids: Iterable[str], on: bool) -> "Marks":
        """Star objects, or take their stars away; raises `CallError` for too many."""
        return replace(self, starred=_changed(self.starred, object_ids, on, "starred"))

    def hide(self, object_ids: Iterable[str], on: bool) -> "Marks":
        """Hide objects, or have them shown again; raises `CallError` for too many."""
        return replace(self, hidden=_changed(self.hidden, object_ids, on, "hidden"))

    def note(self, object_id: str, text: str) -> "Marks":
        """Write a line in the place of the one before; an empty one takes it away. Raises `CallError` if it is long."""
        if len(text) > MAX_NOTE:
            raise CallError(f"A note has at most {MAX_NOTE} characters, and this one would have {len(text):,}.")
        notes = dict(self.notes)
        notes.pop(object_id, None)
        if text:
            notes[object_id] = text
        if len(notes) > MAX_MARKED:
            raise CallError(f"{MAX_MARKED:,} objects have notes already: take one away first.")
        return replace(self, notes=tuple(notes.items()))

    def note_of(self, object_id: str | None) -> str:
        """Return what was written about an object, or nothing."""
        return next((text for name, text in self.notes if name == object_id), "")


NO_MARKS = Marks()
"""Nothing is marked."""


def _changed(held: tuple[str, ...], object_ids: Iterable[str], on: bool, what: str) -> tuple[str, ...]:
    if not on:
        gone = set(object_ids)
        return tuple(name for name in held if name not in gone)
    names = tuple(dict.fromkeys((*held, *object_ids)))
    if len(names) > max(MAX_MARKED, len(held)):
        raise CallError(f"At most {MAX_MARKED:,} objects can be {what}, and {len(held):,} are already.")
    return names
