"""Writing a file: asks for its name, and again before one that exists is changed."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from huntui.errors import ExistsError, HuntuiError
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import without_middle
from huntui.tui.widgets.line_input import LineInput

Write = Callable[[Path, bool], Awaitable[str]]
"""Writes a file (the second argument: whether it may change one that exists) and returns a sentence about it."""

_LONGEST_SENTENCE = 300


class AskFile(Dialog[str]):
    """Gives back the sentence about what was written, or None."""

    BINDINGS = bindings("export")
    panel = "export"

    def __init__(
        self,
        title: str,
        write: Write,
        proposal: str,
        keymap: dict[str, str],
        *,
        label: str = "File (.csv or .json):",
        note: str = "",
    ) -> None:
        """Prepare to ask; `note` is a sentence to know before writing."""
        super().__init__(title, keymap)
        self._write, self._proposal, self._label, self._note = write, proposal, label, note
        self._allowed: Path | None = None

    def inside(self) -> list[Widget]:
        """Return the field for the name and a line for what happens."""
        return [plain(self._label), LineInput(self._proposal), plain(self._note, id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Type into the field at once."""
        self.query_one(Input).focus()

    def on_input_changed(self) -> None:
        """Forget the permission to change a file when the name is another."""
        self._allowed = None

    def action_write_file(self) -> None:
        """Write; where the file exists that is told first, and the next time it is done."""
        self.after_typing(self._write_file)

    def _write_file(self) -> None:
        name = self.query_one(Input).value.strip()
        try:
            path = Path(name).expanduser()
        except RuntimeError:
            self._say(f"{name}: there is no such user; give the path of a file.", wrong=True)
            return
        if not name:
            self._say(f"Type the name of a file, such as {self._proposal}.", wrong=True)
            return
        self._begin(path)

    @work(exclusive=True)
    async def _begin(self, path: Path) -> None:
        self._say("Writing …")
        try:
            sentence = await self._write(path, path == self._allowed)
        except ExistsError as error:
            self._allowed = path
            self._say(f"{error} Enter goes on, Esc goes back.", wrong=True)
        except (HuntuiError, OSError) as error:
            self._say(str(error), wrong=True)
        else:
            self.dismiss(sentence)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(without_middle(sentence, _LONGEST_SENTENCE)))
        outcome.set_classes("error" if wrong else "quiet")

    def action_leave_export(self) -> None:
        """Go back without writing."""
        self.dismiss(None)
