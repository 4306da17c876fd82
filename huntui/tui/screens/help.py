"""The help: every key from the action table, those of the focused panel first."""

from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.screens.searched_dialog import SearchedDialog
from huntui.tui.widgets.help_page import HelpPage


class Help(SearchedDialog, stem="help"):
    """A page of keys."""

    BINDINGS = bindings("help")
    panel = "help"

    def __init__(self, snapshot: Snapshot, focused: str, keymap: dict[str, str]) -> None:
        super().__init__("Keys", HelpPage(snapshot, focused, keymap), keymap)

    def action_search_help(self) -> None:
        """Begin to type words."""
        self._page.search()
