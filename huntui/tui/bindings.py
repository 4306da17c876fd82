"""Bindings of Textual from the action table."""

from textual.binding import Binding, BindingType

from huntui.action import Action
from huntui.actions import actions_of, shown_key

_TYPED_INTO = (
    "export",
    "filter",
    "edit",
    "value",
    "why",
    "cuts",
    "matrix",
    "note",
    "training",
    "time",
    "period",
    "palette",
    "meanings",
)
"""Panels with a line to type into, whose own keys come before those of the line."""


def bindings(panel: str) -> list[BindingType]:
    """Return the bindings of one panel or dialog; each has the id by which it can be remapped."""
    return [_binding(action) for action in actions_of(panel)]


def _binding(action: Action) -> Binding:
    return Binding(
        ",".join(action.keys),
        action.id,
        action.title,
        show=action.footer,
        key_display=shown_key(action.keys[0]),
        tooltip=action.help,
        id=action.id,
        priority=action.panel in _TYPED_INTO,
    )
