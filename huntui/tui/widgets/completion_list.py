"""What the word at the cursor may become: a short list with units and meanings, below the condition."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from huntui.funnel.language.complete import Completion, Completions
from huntui.tui.text import cell
from huntui.tui.widgets.panel import scrolled

_NAME, _UNIT = 18, 9
_WORDS = ("and", "or", "not", "in", "True", "False")
"""Words of the language that are whole as they are, though names have them within."""


class CompletionList(Static):
    """A list that is open while a word is typed; it marks nothing where the word is a whole name already."""

    class Clicked(Message):
        """A choice was clicked; it is the marked one now."""

    def __init__(self) -> None:
        super().__init__(id="completions")
        self._found: Completions | None = None
        self._marked: int | None = None
        self._top = 0
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return self._found is not None

    @property
    def marked(self) -> Completion | None:
        """The choice that Enter takes, or None."""
        return None if self._found is None or self._marked is None else self._found.choices[self._marked]

    @property
    def found(self) -> Completions | None:
        """What there is to choose from."""
        return self._found

    def show(self, found: Completions, word: str) -> None:
        """Open with the completions of a word, or close where there are none."""
        if not word or word in _WORDS or not found.choices:
            self.close()
            return
        self._found, self._top = found, 0
        self._marked = None if any(choice.name == word for choice in found.choices) else 0
        self.display = True
        self._draw()

    def close(self) -> None:
        """Take the list away."""
        self._found = self._marked = None
        self.display = False

    def go(self, lines: int) -> None:
        """Mark another choice; the list does not go round."""
        if self._found is not None:
            at = -1 if self._marked is None else self._marked
            self._marked = max(0, min(at + lines, len(self._found.choices) - 1))
            self._draw()

    def mark_first(self) -> None:
        """Mark a choice where none is."""
        if self._marked is None:
            self.go(1)

    def on_click(self, event: events.Click) -> None:
        """Take the choice under the mouse."""
        place = self._top + event.y
        if self._found is not None and 0 <= place < len(self._found.choices):
            self._marked = place
            self.post_message(self.Clicked())

    def on_resize(self) -> None:
        """Draw in the new width."""
        self._draw()

    def _draw(self) -> None:
        if self._found is None:
            return
        choices, height = self._found.choices, max(1, self.size.height)
        self._top = scrolled(self._top, self._marked or 0, height, len(choices))
        shown = range(self._top, min(self._top + height, len(choices)))
        lines = [self._line(choices[place], marked=place == self._marked) for place in shown]
        self.update(Content("\n").join(lines), layout=False)

    def _line(self, choice: Completion, *, marked: bool) -> Content:
        width = max(_NAME + _UNIT + 4, self.size.width)
        name = max(_NAME, min(len(choice.name), width - _UNIT - 4))
        meaning = cell(choice.meaning, width - name - _UNIT - 4)
        ink = "bold $foreground on $cursor" if marked else "$foreground"
        quiet = "$foreground on $cursor" if marked else "$muted"
        return Content.assemble(
            ("▸ " if marked else "  ", "bold $accent"),
            (f"{cell(choice.name, name)} ", ink),
            (f"{cell(choice.unit, _UNIT)} {meaning}", quiet),
        )
