"""The bottom line: the keys of the panel that has the focus, and those that work anywhere."""

from collections.abc import Sequence

from textual import events

from huntui.actions import actions_of, by_importance, footer_key, keys_of
from huntui.engine.snapshot import Snapshot
from huntui.tui.pressing import press, written_at
from huntui.tui.widgets.panel import Panel, Piece

_ALWAYS = ("help", "quit")
_ALONE = ("filter", "start")
"""Panels in which the keys for anywhere are typed instead."""
_GAP = 2


class Footer(Panel):
    """One line from the action table."""

    def __init__(self, snapshot: Snapshot, keymap: dict[str, str]) -> None:
        super().__init__(snapshot)
        self._keymap = keymap
        self._panel = "funnel"

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def show_panel(self, panel: str) -> None:
        """Show the keys of another panel."""
        self._panel = panel
        self.repaint()

    def line(self, y: int) -> Sequence[Piece]:  # noqa: ARG002 (there is one)
        """Return the keys that fit."""
        return footer(self._panel, self._keymap, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        line = "".join(text for text, _ in self.line(0))
        actions = (*actions_of(self._panel), *actions_of("anywhere"))
        place = event.get_content_offset(self)
        action = written_at(line, " " * _GAP, place.x, actions, self._keymap) if place is not None else None
        if action is not None:
            press(self.screen, action.id)


def footer(panel: str, keymap: dict[str, str], width: int) -> list[Piece]:
    """Return key and title of the actions that fit into `width` cells, the important ones; help and quit stay."""
    anywhere = () if panel in _ALONE else actions_of("anywhere")
    own = {key for action in actions_of(panel) for key in keys_of(action, keymap)}
    # What a panel does with a key of its own is not done anywhere.
    others = [action for action in anywhere if not own.intersection(keys_of(action, keymap))]
    shown = [action for action in (*actions_of(panel), *others) if action.footer]
    entries = {action.id: (footer_key(action, keymap), action.title) for action in shown}
    # The last entry needs no room behind it.
    room = width - 1 + _GAP - sum(_length(entries[name]) for name in _ALWAYS if name in entries)
    fitting = set(_ALWAYS)
    for action in by_importance(panel, [action for action in shown if action.id not in _ALWAYS]):
        if (room := room - _length(entries[action.id])) < 0:
            break
        fitting.add(action.id)
    order = [name for name in entries if name not in _ALWAYS] + [name for name in _ALWAYS if name in entries]
    pieces: list[Piece] = [(" ", "plain")]
    pieces += [piece for name in order if name in fitting for piece in _drawn(entries[name])]
    *_, (last, ink) = pieces
    return [*pieces[:-1], (last.rstrip(), ink)]


def _length(entry: tuple[str, str]) -> int:
    return len(entry[0]) + len(entry[1]) + 3


def _drawn(entry: tuple[str, str]) -> list[Piece]:
    return [(entry[0], "key"), (f" {entry[1]}  ", "muted")]
