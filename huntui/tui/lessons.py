"""What to teach somebody who is new: the next key that was never used, in a few words."""

from collections.abc import Callable, Mapping
from typing import Protocol

from huntui.actions import action, keys_of, shown_key

LESSONS: Mapping[str, str] = {
    "stage_down": "marks the next stage",
    "knob_more": "turns its knob",
    "undo": "takes that back",
    "go_to_checklist": "goes to the treasures",
    "starter": "loads cuts to begin with",
    "go_to_objects": "goes to the table",
    "row_down": "marks the next object",
    "claim": "claims it",
    "why": "says why it is here",
    "about_treasure": "says what one is",
    "meanings": "says what words mean",
    "zoom": "zooms a panel",
    "help": "lists all keys",
}
"""Actions in the order in which they are useful, and what each does."""


class Lessons(Protocol):
    """What the screen asks about keys that were used; `keep` may take its time and is called in a thread."""

    def used(self, action: str) -> bool:
        """Return whether an action was done before."""
        ...

    def use(self, action: str) -> None:
        """Remember that an action was done."""
        ...

    def keep(self) -> None:
        """Write down what is remembered."""
        ...


def next_lesson(used: Callable[[str], bool], panel: str) -> str | None:
    """Return the first action that was never `used` and works in the panel that has the keys."""
    return next((name for name in LESSONS if not used(name) and action(name).panel in (panel, "anywhere")), None)


def told(lesson: str, keymap: Mapping[str, str]) -> str:
    """Return a lesson in words, with the player's own key."""
    return f"{shown_key(keys_of(action(lesson), keymap)[0])} {LESSONS[lesson]}"


def taught_by(key: str, panel: str, keymap: Mapping[str, str]) -> str | None:
    """Return the lesson that a key is the practice of in a panel, None where it is none."""
    there = (name for name in LESSONS if action(name).panel in (panel, "anywhere"))
    return next((name for name in there if key in keys_of(action(name), keymap)), None)
