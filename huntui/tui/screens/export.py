"""Exporting: asks for a file name, and again before a file is replaced."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from huntui.errors import HuntuiError
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain

Write = Callable[[Path, bool], Awaitable[str]]
"""Writes a file (the second argument: whether it may replace one) and returns a sentence about it."""


class AskFile(Dialog[str]):
    """Gives back the sentence about what was written, or None."""

    BINDINGS = bindings("export")
    panel = "export"

    def __init__(self, title: str, write: Write, proposal: str, keymap: dict[str, str]) -> None:
        super().__init__(title, keymap)
        self._write, self._proposal = write, proposal
        self._may_replace: Path | None = None

    def inside(self) -> list[Widget]:
        """Return the field for the name and a line for what happens."""
        field = Input(self._proposal, select_on_focus=False)
        field.cursor_blink = False
        return [plain("File (.csv or .json):"), field, plain("", id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Type into the field at once."""
        self.query_one(Input).focus()

    def on_input_changed(self) -> None:
        """Forget the permission to replace a file when the name is another."""
        self._may_replace = None

    def action_write_file(self) -> None:
        """Write, or ask first when the file exists."""
        name = self.query_one(Input).value.strip()
        if not name:
            self._say("Type the name of a file, such as finds.csv.", wrong=True)
            return
        path = Path(name).expanduser()
        if path.exists() and path != self._may_replace:
            self._may_replace = path
            self._say(f"{name} exists. Enter replaces it, Esc leaves it as it is.", wrong=True)
            return
        self._begin(path)

    @work(exclusive=True)
    async def _begin(self, path: Path) -> None:
        self._say("Writing …")
        try:
            sentence = await self._write(path, path == self._may_replace)
        except (HuntuiError, OSError) as error:
            self._say(str(error), wrong=True)
        else:
            self.dismiss(sentence)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(sentence))
        outcome.set_classes("error" if wrong else "quiet")

    def action_leave_export(self) -> None:
        """Go back without writing."""
        self.dismiss(None)
