"""A line with a few options, one of which is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from huntui.tui.bindings import bindings
from huntui.tui.text import clean

_LABEL, _BETWEEN = 9, 2


@dataclass(frozen=True, slots=True)
class Option:
    """One of them."""

    name: str
    title: str


class OptionLine(Static, can_focus=True):
    """Shows all options behind a label; the chosen one has a mark, which moves by a key or a click."""

    BINDINGS = bindings("option")
    ALLOW_SELECT = False

    class Chosen(Message):
        """Another option is the chosen one."""

    def __init__(self, label: str, options: Sequence[Option], id: str | None = None) -> None:
        super().__init__(id=id)
        self._label, self._options, self._place = label, tuple(options), 0
        self._places: list[tuple[int, range]] = []
        self._draw()

    @property
    def chosen(self) -> str | None:
        """The name of the chosen option; None where there are none."""
        return self._options[self._place].name if self._options else None

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other options; what was chosen stays so where it is among them, else the first is."""
        names = [option.name for option in options]
        before = self.chosen
        self._options, self._place = tuple(options), names.index(before) if before in names else 0
        self._draw()

    def on_resize(self) -> None:
        """Break the line where there is no room."""
        self._draw()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Mark the label of the line that has the keys, since not every terminal has colours."""
        super().watch_has_focus(_has_focus)
        self._draw()

    def _draw(self) -> None:
        label = self._label, "reverse" if self.has_focus else "$muted"
        pieces, self._places = [label, (" " * (_LABEL - cell_len(self._label)), "")], []
        x = y = 0
        for place, option in enumerate(self._options):
            is_chosen, title = place == self._place, clean(option.title)
            width = 1 + cell_len(title)
            if x and self.size.width and _LABEL + x + width > self.size.width:
                pieces.append(("\n" + " " * _LABEL, ""))
                x, y = 0, y + 1
            self._places.append((y, range(_LABEL + x, _LABEL + x + width)))
            pieces.append((f"{'▸' if is_chosen else ' '}{title}", "bold" if is_chosen else "$muted"))
            pieces.append((" " * _BETWEEN, ""))
            x += width + _BETWEEN
        self.update(Content.assemble(*pieces[: -1 if self._options else None]))

    def action_option_before(self) -> None:
        """Choose the option on the left."""
        self._choose(self._place - 1)

    def action_option_after(self) -> None:
        """Choose the option on the right."""
        self._choose(self._place + 1)

    def _choose(self, place: int) -> None:
        place = max(0, min(place, len(self._options) - 1))
        if place != self._place:
            self._place = place
            self._draw()
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Choose the option under the mouse."""
        at = event.get_content_offset(self)
        for place, (y, cells) in enumerate(self._places):
            if at is not None and at.y == y and at.x in cells:
                self._choose(place)
