"""A note on an object, typed into a line."""

from textual.widget import Widget

from huntui.hunt.marks import MAX_NOTE
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import clean
from huntui.tui.widgets.line_input import LineInput


class AskNote(Dialog[str]):
    """Begins with the note that is there; gives back what it is to be, or None."""

    BINDINGS = bindings("note")
    panel = "note"

    def __init__(self, object_id: str, note: str, keymap: dict[str, str]) -> None:
        super().__init__(f"Note on {clean(object_id)}", keymap)
        self._field = LineInput(clean(note), compact=True, most=MAX_NOTE)

    def inside(self) -> list[Widget]:
        """Return the line, and what becomes of it."""
        return [
            self._field,
            plain("It is kept with the hunt and is in exports. An empty one is gone.", classes="quiet"),
        ]

    def on_mount(self) -> None:
        """Type into the line at once."""
        self._field.focus()

    def action_keep_note(self) -> None:
        """Give the line back."""
        self.after_typing(self._take)

    def _take(self) -> None:
        self.dismiss(self._field.value.strip())

    def action_leave_note(self) -> None:
        """Leave the note as it was."""
        self.dismiss(None)
