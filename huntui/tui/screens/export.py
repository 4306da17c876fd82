"""Writing a file: asks for its name, and again before one that exists is changed."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from huntui.engine.snapshot import Snapshot
from huntui.errors import ExistsError, HuntuiError
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, key_line, plain
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
        note = plain(self._note, id="outcome", classes="quiet")
        return [plain(self._label, id="label"), LineInput(self._proposal), *self.lines(), note]

    def lines(self) -> Sequence[Widget]:
        """Return lines of options below the name."""
        return ()

    def keys(self) -> str:
        """Return the keys at the foot of the box; without options there is one line to be in."""
        return super().keys() if self.inner else key_line(self.panel, self._keymap, without=("export_up",))

    def on_mount(self) -> None:
        """Type into the field at once."""
        self.query_one(Input).focus()

    def on_input_changed(self) -> None:
        """Forget the permission to change a file when the name is another."""
        self._allowed = None

    def action_export_down(self) -> None:
        """Go to the next line."""
        self.focus_next()

    def action_export_up(self) -> None:
        """Go to the line before."""
        self.focus_previous()

    def action_write_file(self) -> None:
        """Write; where the file exists that is told first, and the next time it is done."""
        self.after_typing(self._write_file)

    def _write_file(self) -> None:
        name = self.query_one(Input).value.strip()
        try:
            path = Path(name).expanduser()
        except RuntimeError:
            self.say(f"{name}: there is no such user; give the path of a file.", wrong=True)
            return
        if not name:
            self.say(f"Type the name of a file, such as {self._proposal}.", wrong=True)
            return
        self._begin(path)

    @work(exclusive=True)
    async def _begin(self, path: Path) -> None:
        self.say("Writing …")
        try:
            sentence = await self._write(path, path == self._allowed)
        except ExistsError as error:
            self._allowed = path
            self.say(f"{error} Enter goes on, Esc goes back.", wrong=True)
        except (HuntuiError, OSError) as error:
            self.say(str(error), wrong=True)
        else:
            self.dismiss(sentence)

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Write a sentence at the foot."""
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(without_middle(sentence, _LONGEST_SENTENCE)))
        outcome.set_classes("error" if wrong else "quiet")

    def action_leave_export(self) -> None:
        """Go back without writing."""
        self.dismiss(None)


def dated(snapshot: Snapshot, stem: str, ending: str) -> str:
    """Return the name of a file with the date of the night in it, where it has one."""
    date = snapshot.night.date or ""
    return f"{stem}-{date}{ending}" if date.isalnum() else f"{stem}{ending}"
