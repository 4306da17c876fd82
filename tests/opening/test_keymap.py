"""The user's own keys are checked before anything happens."""

import re

import pytest

from huntui.actions import ACTIONS
from huntui.opening.keymap import canonical, key_mistake


@pytest.mark.parametrize(
    ("keymap", "sentence"),
    [
        ({"quit": ""}, "keys.quit names no key"),
        ({"quit": "Q,"}, "keys.quit names no key"),
        ({"quit": "pgup"}, "keys.quit: there is no key 'pgup'; .* Did you mean 'pageup'"),
        ({"quit": "ctrl+"}, r"keys.quit: there is no key 'ctrl\+'"),
        ({"exprt": "y"}, "there is no action 'exprt' in keys; .* Did you mean 'export'"),
        ({"export": "Y", "undo": "Y"}, "'Y' would be both undo and export anywhere"),
        ({"export": "c"}, "'c' would be both claim and export anywhere"),
        ({"stage_up": "u"}, "'u' would be both stage_up and undo in the panel Funnel"),
        ({"value_up": "u"}, "'u' would be both value_up and undo in the panel Inspector"),
        ({"export": "ctrl+m"}, r"keys.export: a terminal does not tell ctrl\+m from enter"),
        ({"export": "ctrl+left_square_bracket"}, "from escape"),
        ({"quit": "question_mark"}, r"'\?' would be both help and quit"),
        ({"stay": "e"}, "'e' would be both export_first and stay"),
    ],
)
def test_a_key_that_cannot_work_is_one_sentence(keymap: dict[str, str], sentence: str) -> None:
    """No key, no such key, no such action, or two actions on one key."""
    assert re.search(sentence, key_mistake(keymap))


@pytest.mark.parametrize(
    "keymap",
    [{}, {"export": "Y"}, {"quit": "Q, ctrl+q"}, {"claim": "x", "unclaim": "c"}, {"row_up": "Y", "stage_up": "Y"}],
)
def test_keys_that_can_work_are_taken(keymap: dict[str, str]) -> None:
    """Two actions may swap keys, and panels that never have the focus together may share one."""
    assert key_mistake(keymap) == ""


def test_every_key_of_the_table_is_a_key() -> None:
    """What huntui binds itself could be written into a configuration."""
    assert [key for action in ACTIONS for key in action.keys if not canonical(key)] == []
