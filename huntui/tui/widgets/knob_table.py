"""The knobs of a stage that is being edited: a line each, with its numbers to type into."""

from collections.abc import Collection, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from huntui.funnel.fields import KnobFields
from huntui.tui.text import cell
from huntui.tui.widgets.line_input import LONGEST_NUMBER, LineInput

_NAME = 17
_NUMBERS = ("value", "min", "max", "step")
_NUMBER = 9


class _Row(Horizontal):
    """One knob; its name is the condition's to say."""

    def __init__(self, knob: KnobFields) -> None:
        self.name_of_knob = knob.name
        self._label = Static(Content(cell(knob.name, _NAME)), classes="knob-name")
        self.fields = [
            LineInput(text, compact=True, replaced=True, most=LONGEST_NUMBER, classes="knob-number")
            for text in (knob.value, knob.minimum, knob.maximum, knob.step)
        ]
        self._note = Static(Content(""), classes="quiet")
        super().__init__(self._label, *self.fields, self._note, classes="knob-row")

    @property
    def knob(self) -> KnobFields:
        """The knob as it is typed."""
        return KnobFields(self.name_of_knob, *(field.value for field in self.fields))

    def idle(self, idle: bool) -> None:
        """Say that the condition does not name it."""
        if idle != self.has_class("-idle"):
            self._note.update(Content("not used" if idle else ""), layout=False)
            self.set_class(idle, "-idle")


class KnobTable(Vertical):
    """Knobs in the order of the stage. Those that a condition does not name are kept until the stage is done."""

    def __init__(self, knobs: Sequence[KnobFields]) -> None:
        super().__init__(id="knobs")
        self._rows = [_Row(knob) for knob in knobs]
        self._list = VerticalScroll(*self._rows, id="knob-rows")
        self._list.can_focus = False
        self._heading = Static(id="knob-heading", classes="quiet")

    def compose(self) -> ComposeResult:
        """A heading and the knobs below it."""
        yield self._heading
        yield self._list

    def on_mount(self) -> None:
        """Write the heading."""
        self._head()

    @property
    def knobs(self) -> tuple[KnobFields, ...]:
        """The knobs as they are typed."""
        return tuple(row.knob for row in self._rows)

    def replace(self, knobs: Sequence[KnobFields]) -> None:
        """Show other knobs; those that stay keep what was typed into them."""
        kept = {row.knob: row for row in self._rows}
        rows = [kept.pop(knob) if knob in kept else _Row(knob) for knob in knobs]
        for row in kept.values():
            row.remove()
        for row in rows:
            if row not in self._rows:
                self._list.mount(row)
        self._rows = rows
        self._head()

    def show_idle(self, used: Collection[str]) -> None:
        """Tell the knobs that the condition names from those that it does not."""
        for row in self._rows:
            row.idle(row.name_of_knob not in used)

    def _head(self) -> None:
        if not self._rows:
            self._heading.update(Content("No knob: type a new word into the condition, and F2 makes it one."))
            return
        names = "".join(name.ljust(_NUMBER) for name in _NUMBERS)
        self._heading.update(Content(cell("knob", _NAME) + names))
