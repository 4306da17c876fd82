"""Keys that the mouse presses: those that are written at the foot of the screen or of a dialog."""

from collections.abc import Iterable, Mapping
from typing import Any

from textual.screen import Screen

from huntui.action import Action
from huntui.actions import footer_key, footer_pair, keys_of, shown_key


def press(screen: Screen[Any], action_id: str) -> None:
    """Press the key of an action, as it is now; nothing happens where that has none here."""
    for key, active in screen.active_bindings.items():
        if active.binding.id == action_id:
            # As the app's own: a key does not come back to the widget that posted it.
            screen.app.call_later(screen.app.simulate_key, key)
            return


def written_at(line: str, between: str, x: int, actions: Iterable[Action], keymap: Mapping[str, str]) -> Action | None:
    """Return the action whose key or title stands in cell `x` of a line of entries, as in `↑↓ stage · Esc back`.

    Of two that are written as one, their keys are told apart, and their title means the second.
    """
    start = 0
    for entry in line.split(between):
        if start <= x < start + len(entry):
            at = x - start - (len(entry) - len(entry.lstrip()))
            return next((_of_pair(each, at, keymap) for each in actions if _entry(each, keymap) == entry.strip()), None)
        start += len(entry) + len(between)
    return None


def _entry(action: Action, keymap: Mapping[str, str]) -> str:
    return f"{footer_key(action, keymap)} {action.title}"


def _of_pair(action: Action, at: int, keymap: Mapping[str, str]) -> Action:
    first, *second = footer_pair(action)
    return second[0] if second and at >= len(shown_key(keys_of(first, keymap)[0])) else first
