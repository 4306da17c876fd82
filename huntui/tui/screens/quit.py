"""Quitting while there is something that was not exported."""

from typing import Literal

from textual.widget import Widget

from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain

QuitAnswer = Literal["quit", "export", "stay"]


class AskQuit(Dialog[QuitAnswer]):
    """Gives back what the user wants."""

    BINDINGS = bindings("quit")
    panel = "quit"

    def __init__(self, keymap: dict[str, str]) -> None:
        super().__init__("Quit?", keymap)

    def inside(self) -> list[Widget]:
        """Return the question."""
        return [plain("Claims or cuts were changed since the last export, and quitting forgets them.")]

    def action_quit_now(self) -> None:
        """Quit."""
        self.dismiss("quit")

    def action_export_first(self) -> None:
        """Export first."""
        self.dismiss("export")

    def action_stay(self) -> None:
        """Go on."""
        self.dismiss("stay")
