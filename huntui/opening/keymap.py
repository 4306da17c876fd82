"""The user's own keys, checked before they reach the screen."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import combinations

from huntui.action import Action
from huntui.actions import ACTIONS, ON_SCREEN, PANELS, actions_of, keys_of
from huntui.errors import nearest

NAMED = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
    *("enter", "escape", "space", "tab", "backspace", *(f"f{number}" for number in range(1, 25))),
)
"""Keys that are no character, as Textual names them."""

_CHARACTERS = {"slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_"}
"""Characters that Textual does not name as Unicode does."""

_MODIFIER = re.compile(r"(?:(?:ctrl|shift|alt|super|hyper|meta)\+)*")
_EATEN = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape", "ctrl+j": "enter"}
"""Keys that a terminal sends as another one, or may."""


def key_mistake(keymap: Mapping[str, str]) -> str:
    """Return a sentence about the first mistake in `{action id: "key,key"}`, or nothing."""
    known = [action.id for action in ACTIONS]
    for name, keys in keymap.items():
        if name not in known:
            return f"there is no action {name!r} in keys; docs/keys.md lists them all.{nearest(name, known)}"
        for key in keys.split(","):
            if not key.strip():
                return f"keys.{name} names no key; say for example {name}: y, or leave it out."
            if (same := _EATEN.get(canonical(key.strip()))) is not None:
                return f"keys.{name}: a terminal does not tell {key.strip()} from {same}; give it another key."
            if not canonical(key.strip()):
                hint = nearest(_MODIFIER.sub("", key.strip()), NAMED)
                return f"keys.{name}: there is no key {key.strip()!r}; a key is a character or a name such as f2.{hint}"
    return _clash(keymap)


def canonical(key: str) -> str:
    """Return a key in one of its spellings (`question_mark` is `?`), or nothing when there is no such key."""
    modifiers = _MODIFIER.match(key) if len(key) > 1 else None
    before = modifiers.group() if modifiers else ""
    bare = key[len(before) :]
    if bare in NAMED or len(bare) == 1:
        return key
    character = _CHARACTERS.get(bare) or _by_name(bare)
    return before + character if character else ""


def _by_name(name: str) -> str:
    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""


def _clash(keymap: Mapping[str, str]) -> str:
    """Say which two actions want the same key at the same time."""
    for panel, together in _together():
        for first, second in combinations(together, 2):
            shared = _keys(first, keymap) & _keys(second, keymap)
            if shared and {first.id, second.id} & set(keymap):
                where = "anywhere" if first.panel == second.panel == "anywhere" else f"in the panel {PANELS[panel]}"
                return (
                    f"keys: {min(shared)!r} would be both {first.id} and {second.id} {where}; give one of them "
                    "another key."
                )
    return ""


def _keys(action: Action, keymap: Mapping[str, str]) -> set[str]:
    return {canonical(key) for key in keys_of(action, keymap)}


def _together() -> Iterator[tuple[str, tuple[Action, ...]]]:
    """Yield each panel with the actions that can be meant by a key there."""
    for panel in PANELS:
        if panel != "anywhere":
            yield panel, actions_of(panel) + (actions_of("anywhere") if panel in ON_SCREEN else ())
