"""The field for a condition: soft-wrapped, marks the place of an error, and takes only text that is safe to draw."""

from rich.text import Text
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location

from huntui.tui.text import harmless

_MOST = 20_000
"""Characters of a paste that are taken: more than any condition may have, and few enough to be drawn at once."""


class Condition(TextArea):
    """A condition that is being typed; places in it count characters from its beginning, line ends included."""

    COMPONENT_CLASSES = {"condition--wrong"}  # noqa: RUF012 (Textual's own declaration)

    def __init__(self, text: str) -> None:
        self._wrong: tuple[int, int] | None = None
        super().__init__(harmless(text[:_MOST]), soft_wrap=True, compact=True, tab_behavior="focus", id="condition")
        self.cursor_blink = False
        self.highlight_cursor_line = False

    @property
    def written(self) -> str:
        """The condition, with one character for each end of a line."""
        return "\n".join(self.document.lines)

    @property
    def cursor(self) -> int:
        """How many characters stand before the cursor."""
        row, column = self.cursor_location
        return self._start_of(row) + column

    def put(self, text: str, cursor: int) -> None:
        """Write another condition, as one step of the field's own undo."""
        lines = self.document.lines
        self.replace(text, (0, 0), (len(lines) - 1, len(lines[-1])))
        self.move_cursor(self._location(cursor))

    def mark(self, place: int, length: int) -> None:
        """Mark what is wrong; at the end of the text its last word's end, since there is nothing to see behind it."""
        text = self.written
        end = len(text.rstrip())
        start = max(0, min(place, end - 1))
        self._mark((start, max(start + 1, min(place + length, len(text)))))

    def unmark(self) -> None:
        """Mark nothing."""
        self._mark(None)

    def _mark(self, wrong: tuple[int, int] | None) -> None:
        if wrong != self._wrong:
            self._wrong = wrong
            self.notify_style_update()
            self.refresh()

    def edit(self, edit: Edit) -> EditResult:
        """Write what was typed or pasted, without what no field can show, in one line unless a comment ends with it."""
        text = harmless(edit.text[:_MOST])
        edit.text = text if "#" in text else text.replace("\n", " ")
        return super().edit(edit)

    def get_line(self, line_index: int) -> Text:
        """Return a line with its part of what is marked."""
        line = super().get_line(line_index)
        if self._wrong is not None:
            start = self._start_of(line_index)
            first, last = (min(max(place - start, 0), len(line)) for place in self._wrong)
            line.stylize(self.get_component_rich_style("condition--wrong", partial=True), first, last)
        return line

    def _start_of(self, row: int) -> int:
        return sum(len(line) + 1 for line in self.document.lines[:row])

    def _location(self, place: int) -> Location:
        before = self.written[:place]
        return before.count("\n"), place - (before.rfind("\n") + 1)
