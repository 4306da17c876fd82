"""A field of one line that takes only text that is safe to draw."""

from textual.widgets import Input

from huntui.tui.text import harmless

_LONGEST, _LONGEST_NUMBER = 200, 40


class PlainInput(Input):
    """A field without a frame; what no cell can show becomes a dot as it is typed or pasted."""

    def __init__(self, text: str, *, id: str | None = None, classes: str | None = None, number: bool = False) -> None:
        """Begin with a text; where it is a `number`, what is typed first takes its place."""
        longest = _LONGEST_NUMBER if number else _LONGEST
        super().__init__(text, select_on_focus=number, compact=True, max_length=longest, id=id, classes=classes)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Make a text safe, one character for another."""
        return harmless(value).replace("\n", " ")
