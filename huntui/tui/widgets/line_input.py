"""A line to type into, which takes no character that could do anything but stand in its cell."""

from textual import events
from textual.widgets import Input

from huntui.tui.text import clean

MOST = 10_000
"""Characters that a line takes; what is pasted beyond them is left out."""


class LineInput(Input):
    """Shows its text as it is; lines that are pasted become one."""

    def __init__(self, value: str = "", *, compact: bool = False) -> None:
        super().__init__(value, select_on_focus=False, compact=compact)
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines, where the stock field takes the first one."""
        event.prevent_default()
        event.stop()
        self.replace(event.text, *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put clean text in the place of what stands between two places."""
        lines = " ".join(text.replace("\t", " ").splitlines())
        super().replace(clean(lines[: max(0, MOST - len(self.value))], MOST), start, end)
