"""The messages: what the line above the footer has said."""

from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.said import Said
from huntui.tui.screens.searched_dialog import SearchedDialog
from huntui.tui.widgets.log_page import LogPage


class Log(SearchedDialog, stem="log"):
    """A page of sentences, the newest first."""

    BINDINGS = bindings("log")
    panel = "log"

    def __init__(self, snapshot: Snapshot, said: Said, keymap: dict[str, str]) -> None:
        super().__init__("Messages", LogPage(snapshot, said), keymap)

    def action_search_log(self) -> None:
        """Begin to type words."""
        self._page.search()
