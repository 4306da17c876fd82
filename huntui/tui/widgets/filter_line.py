"""The line in which the filter of the table is typed: the condition, its hits, and what the word may become."""

from collections.abc import Sequence
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from huntui.engine.snapshot import Snapshot
from huntui.errors import ExpressionError
from huntui.features.registry import columns, kinds
from huntui.funnel.language.complete import Completion, Completions, complete
from huntui.funnel.language.expression import compile_expression
from huntui.tui.bindings import bindings
from huntui.tui.text import cell, count
from huntui.tui.widgets.line_input import LineInput
from huntui.tui.widgets.object_columns import by_name, named_by
from huntui.tui.widgets.panel import Panel, Piece

_TALL = 30
"""Lines of the screen from which on several completions are shown."""
_SEVERAL = 3
_NAME_WIDTH, _UNIT_WIDTH, _MORE_WIDTH = 15, 8, 6
_EXAMPLE = "A condition such as magpsf < 18 and fid == 1, over the newest surviving alert of each object."


class FilterLine(Vertical):
    """Lies below the table while somebody types; every key that makes a condition filters."""

    BINDINGS = bindings("filter")

    class Typed(Message):
        """Something was typed: the condition, or None where it is none or the same as before."""

        def __init__(self, condition: str | None) -> None:
            super().__init__()
            self.condition = condition

    class Left(Message):
        """Somebody is done with the line: the condition that is kept, empty for none."""

        def __init__(self, condition: str) -> None:
            super().__init__()
            self.condition = condition

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(id="filter")
        self._field = LineInput(compact=True)
        self._hits, self._completions = Hits(snapshot), CompletionList(snapshot)
        self._before: Widget | None = None
        self._told = ""
        self.mistake = ""
        """One sentence about what was typed, where it is no condition."""

    def compose(self) -> ComposeResult:
        """Put the condition beside its hits, and the completions below."""
        yield Horizontal(Slash(self._hits.snapshot), self._field, self._hits)
        yield self._completions

    def on_mount(self) -> None:
        """Complete the word that the cursor comes to."""
        self.watch(self._field, "selection", self._complete, init=False)

    @property
    def is_typed_into(self) -> bool:
        """Whether keys go into the line."""
        return self.screen.focused is self._field

    def open(self, condition: str) -> None:
        """Begin to type, with a condition to go on with."""
        self._before, self._told = self.screen.focused, condition
        self._completions.styles.height = _SEVERAL if self.screen.size.height >= _TALL else 1
        self.display = True
        self._field.value = condition
        self._field.cursor_position = len(condition)
        # At once: keys typed in the same breath are meant for the line.
        self.screen.set_focus(self._field)
        self._look(condition)

    def insert(self, text: str) -> None:
        """Type."""
        self._field.insert_text_at_cursor(text)

    def close(self) -> None:
        """Leave the table as it is filtered."""
        self.display = False
        self.mistake = ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Try what was typed."""
        event.stop()
        if self.display:
            self._look(event.value)
            condition = self._told if self.mistake else by_name(event.value.strip())
            self.post_message(self.Typed(condition if condition != self._told else None))
            self._told = condition

    def _look(self, condition: str) -> None:
        try:
            if condition.strip():
                compile_expression(by_name(condition), kinds())
            self.mistake = ""
        except ExpressionError as error:
            self.mistake = str(error)
        self._complete()

    def _complete(self) -> None:
        found = complete(self._field.value, self._field.cursor_position, columns())
        name = named_by(found.text[found.start : found.stop])
        self._completions.offer(replace(found, choices=tuple(sorted(found.choices, key=lambda one: one.name != name))))

    def on_completion_list_clicked(self, event: "CompletionList.Clicked") -> None:
        """Take the completion that was clicked."""
        self._take(event.place)

    def action_complete_word(self) -> None:
        """Take the first completion."""
        self._take(0)

    def _take(self, place: int) -> None:
        offered = self._completions.offered
        if place < len(offered.choices):
            self._field.value, self._field.cursor_position = offered.put(offered.choices[place])

    def action_keep_filter(self) -> None:
        """Leave the line; what is no condition is to be mended first."""
        self._look(self._field.value)
        if self.mistake:
            self.post_message(self.Typed(None))
            return
        self._leave(by_name(self._field.value.strip()))

    def action_remove_filter(self) -> None:
        """Leave the line and show all objects."""
        self._leave("")

    def _leave(self, condition: str) -> None:
        # At once: keys typed in the same breath are meant for the panels.
        self.screen.set_focus(self.screen.query_one("#objects") if condition else self._before)
        self.close()
        self.post_message(self.Left(condition))


class Slash(Panel):
    """What the line begins with."""

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def line(self, y: int) -> Sequence[Piece]:  # noqa: ARG002 (there is one)
        """Return the key that opens the line."""
        return [(" / ", "key")]


class Hits(Panel):
    """How many objects meet the filter that is in force."""

    def drawn(self, snapshot: Snapshot) -> object:
        """Draw two numbers."""
        return len(snapshot.shown), len(snapshot.rows)

    def line(self, y: int) -> Sequence[Piece]:  # noqa: ARG002 (there is one)
        """Return both."""
        words = f"{count(len(self.snapshot.shown))} of {count(len(self.snapshot.rows))} objects "
        return [(cell(words, self.size.width, right=True), "value")]


class CompletionList(Panel):
    """What the word at the cursor may become, with unit and meaning."""

    class Clicked(Message):
        """A completion was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def on_click(self, event: events.Click) -> None:
        """Say which completion is under the mouse."""
        if (place := event.get_content_offset(self)) is not None:
            self.post_message(self.Clicked(place.y))

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self.offered = Completions("", 0, 0, ())

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def offer(self, completions: Completions) -> None:
        """Offer the completions of a word; an empty word may become anything, which is no help."""
        empty = completions.start == completions.stop
        self.offered = Completions("", 0, 0, ()) if empty else completions
        self.repaint()

    def line(self, y: int) -> Sequence[Piece]:
        """Return a completion, of which Tab takes the first."""
        choices = self.offered.choices
        if not choices:
            return [(cell(f" {_EXAMPLE}", self.size.width), "faint")] if y == 0 else ()
        if y >= len(choices):
            return ()
        more = len(choices) - y - 1 if y == self.size.height - 1 else 0
        return [("     " if y else " Tab ", "key"), *completion_pieces(choices[y], self.size.width - 5, more)]


def completion_pieces(choice: Completion, width: int, more: int = 0) -> list[Piece]:
    """Return name, unit and meaning of a completion, and how many more there are."""
    name = cell(choice.name, max(_NAME_WIDTH, len(choice.name))) + " "
    unit = cell(choice.unit, _UNIT_WIDTH) + " "
    rest = f" +{count(more)} " if more else ""
    room = max(0, width - len(name) - _UNIT_WIDTH - 1 - len(rest))
    return [(name, "value"), (unit, "faint"), (cell(choice.meaning, room), "muted"), (rest, "faint")]
