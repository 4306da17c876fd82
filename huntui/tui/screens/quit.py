"""Quitting while there is something that is in no file."""

from typing import Literal

from textual.widget import Widget

from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, key_line, plain

QuitAnswer = Literal["quit", "export", "save", "stay"]


class AskQuit(Dialog[QuitAnswer]):
    """Gives back what the user wants; only cuts can be saved."""

    BINDINGS = bindings("quit")
    panel = "quit"

    def __init__(self, keymap: dict[str, str], *, cuts: bool, claims: bool) -> None:
        """Prepare to ask; the arguments say what would be forgotten."""
        super().__init__("Quit?", keymap)
        self._cuts, self._claims = cuts, claims

    def inside(self) -> list[Widget]:
        """Return the question."""
        return [plain(_question(self._cuts, self._claims))]

    def keys(self) -> str:
        """Return the ways on; where the cuts are in a file there is nothing to save."""
        return key_line(self.panel, self._keymap, without=() if self._cuts else ("save_first",))

    def action_quit_now(self) -> None:
        """Quit."""
        self.dismiss("quit")

    def action_export_first(self) -> None:
        """Export first."""
        self.dismiss("export")

    def action_save_first(self) -> None:
        """Save the cuts first."""
        if self._cuts:
            self.dismiss("save")

    def action_stay(self) -> None:
        """Go on."""
        self.dismiss("stay")


def _question(cuts: bool, claims: bool) -> str:
    if cuts and claims:
        return (
            "Cuts and claims or marks were changed, and quitting forgets them. "
            "An export or a report holds all of it, a file of cuts only cuts."
        )
    if claims:
        return (
            "Claims or marks were changed since the last export or report, and quitting forgets them. "
            "An export holds them."
        )
    return "The cuts were changed, and quitting forgets that. A file of cuts holds them, and so does an export."
