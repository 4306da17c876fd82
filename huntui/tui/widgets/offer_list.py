"""The lines of the palette that fit what was typed."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from textual import events
from textual.message import Message

from huntui.engine.snapshot import Snapshot
from huntui.tui.palette.offers import Found, NeedsValue
from huntui.tui.text import cell, clean
from huntui.tui.widgets.panel import Panel, Piece, scrolled


class OfferList(Panel):
    """One line per offer, a cursor on one of them; letters that were typed stand out."""

    class Clicked(Message):
        """An offer was clicked; the cursor is on it now."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="offers")
        self._found: list[Found] = []
        self._row = self._top = 0

    @property
    def marked(self) -> Found | None:
        """The offer under the cursor."""
        return self._found[self._row] if self._found else None

    @property
    def page(self) -> int:
        """Offers that are visible at a time."""
        return max(1, self.size.height)

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it: what is offered stays as it was when the palette was opened."""

    def take(self, found: list[Found]) -> None:
        """Show other offers, the cursor on the first."""
        self._found, self._row, self._top = found, 0, 0
        self.go_by(0)

    def go_by(self, rows: int) -> None:
        """Move the cursor, as far as there are offers."""
        self._row = max(0, min(self._row + rows, len(self._found) - 1))
        self._top = scrolled(self._top, self._row, self.size.height, len(self._found))
        self.repaint()

    def line(self, y: int) -> Sequence[Piece]:
        """Return one offer."""
        place = self._top + y
        if place >= len(self._found):
            return ()
        found, width = self._found[place], self.size.width
        # What is at the right are keys and ranges, which nobody can guess; words of a title can be cut.
        about = found.offer.about
        about = cell(about, min(cell_len(clean(about)), max(2 * width // 5, width - len(found.offer.title) - 4)))
        wrong = isinstance(found.offer.deed, NeedsValue) and found.offer.deed.wrong
        room = max(0, width - len(about) - 3)
        return [
            ("▸ " if place == self._row else "  ", "key"),
            *_lit(cell(found.offer.title, room), found.places),
            (" " + cell(about, len(about), right=True), "bad" if wrong else "muted"),
        ]

    def background(self, y: int) -> str:
        """Mark the offer under the cursor."""
        return "cursor" if self._found and self._top + y == self._row else "plain"

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.go_by(0)

    def on_click(self, event: events.Click) -> None:
        """Take the offer under the mouse."""
        place = event.get_content_offset(self)
        if place is not None and self._top + place.y < len(self._found):
            self.go_by(self._top + place.y - self._row)
            self.post_message(self.Clicked())

    def on_mouse_scroll_down(self) -> None:
        """Go down by three."""
        self.go_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Go up by three."""
        self.go_by(-3)


def _lit(title: str, places: frozenset[int]) -> Iterator[Piece]:
    """Yield a title with the letters at some places lit."""
    for lit, chars in groupby(enumerate(title), lambda each: each[0] in places):
        yield "".join(char for _, char in chars), "key" if lit else "value"
