"""The page of the help: every key from the action table, those of the focused panel first, and what the signs mean."""

from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from huntui.action import Action
from huntui.actions import MOUSE, ON_SCREEN, PANELS, actions_of, keys_of, shown_key
from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, wrapped
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.scrolling import Page
from huntui.tui.widgets.searched_page import SearchedPage

_SIGNS = (
    ("● ◆ ■", "detections in g, r and i; ○ ◇ □ where fainter than the reference"),
    ("▾ ▿", "upper limits in g and r: nothing was seen, so it was fainter"),
    ("● ○", "a stage that is on, and one that is off"),
    ("◆ ✓ ✗", "a claim that is open, confirmed, refuted"),
    ("★ ✎ - ☆", "an object with a star, with a note, hidden, hidden and starred"),
    ("┃", "an object of the range"),
    ("•", "an object that came, or came through, since you last moved in the table"),
    ("=", "where cuts are compared: the same stage stands on both sides"),
)
_KEYS = 16
_ABOUT = "The keys as they are now; keys in config.yaml changes them."

Row = tuple[str, str, str]
"""A key or a sign, what it means, and other words that it is found by."""


class HelpPage(SearchedPage):
    """One block per panel."""

    def __init__(self, snapshot: Snapshot, focused: str, keymap: Mapping[str, str]) -> None:
        super().__init__(snapshot, id="help-text")
        self._blocks = help_blocks(focused, keymap)

    def page_of(self, width: int) -> Page:
        """Return the rows that have the words, each under the title of its block."""
        body: list[list[Piece]] = []
        for title, rows in self._blocks:
            found = [row for row in rows if self.fits(" ".join((title, *row)))]
            if found:
                body += [[(title, "title")], *(line for row in found for line in _lines(row, width)), []]
        none: list[list[Piece]] = [[(cell("No key does that.", width), "muted")]]
        return Page([self.search_line(width, "/", _ABOUT)], body[:-1] or none, [[]])


def help_blocks(focused: str, keymap: Mapping[str, str]) -> list[tuple[str, list[Row]]]:
    """Return the keys of every panel under its title, the focused one first, and what mouse and signs mean."""
    panels = [panel for panel in dict.fromkeys([focused, "anywhere", *ON_SCREEN, "filter"]) if actions_of(panel)]
    blocks = [(PANELS[panel], [_row(action, keymap) for action in actions_of(panel)]) for panel in panels]
    blocks.append(("Mouse", [(what, does, "") for what, does in MOUSE]))
    return [*blocks, ("Signs", [(sign, meaning, "") for sign, meaning in _SIGNS])]


def _row(action: Action, keymap: Mapping[str, str]) -> Row:
    return " ".join(map(shown_key, keys_of(action, keymap))), action.help, f"{action.title} {action.id}"


def _lines(row: Row, width: int) -> Iterator[list[Piece]]:
    """Yield a row: the keys, and their meaning in as many lines as it needs; many keys have a line for themselves."""
    keys, meaning, _ = row
    lines = wrapped(meaning, max(20, width - _KEYS - 2))
    if cell_len(keys) > _KEYS:
        yield [(cell(f"  {keys}", width), "key")]
        keys = ""
    for place, line in enumerate(lines):
        yield [(cell(f"  {keys}" if not place else "", _KEYS + 2), "key"), (line, "value")]
