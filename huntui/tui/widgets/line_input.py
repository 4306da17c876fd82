"""A line to type into, which takes no character that could do anything but stand in its cell."""

from textual import events
from textual.widgets import Input

from huntui.tui.text import clean

MOST = 10_000
"""Characters that a line takes if nothing else is said; what is pasted beyond them is left out."""
LONGEST_NUMBER = 40
"""Characters that the line for a number takes."""


class LineInput(Input):
    """Shows its text as it is; lines that are pasted become one."""

    def __init__(
        self,
        value: str = "",
        *,
        compact: bool = False,
        replaced: bool = False,
        most: int = MOST,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Begin with a text; where it is to be `replaced`, what is typed first takes its place."""
        super().__init__(value, select_on_focus=replaced, compact=compact, id=id, classes=classes)
        self.cursor_blink = False
        self._most = most

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines, where the stock field takes the first one."""
        event.prevent_default()
        event.stop()
        self.replace(event.text, *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put clean text in the place of what stands between two places."""
        lines = " ".join(text.replace("\t", " ").splitlines())
        room = self._most - len(self.value) + abs(end - start)
        super().replace(clean(lines[: max(0, room)], MOST), start, end)
