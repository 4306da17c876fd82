"""The states that can be gone to, the newest above: what led to each, and how many stages it has."""

from collections.abc import Sequence

from textual import events
from textual.message import Message

from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, count
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_STAGES_WIDTH = 12
_NOW = "now"


class PastList(Panel):
    """One line per state; only those in view are drawn. The cursor begins at the state in force."""

    class Chosen(Message):
        """A state was clicked on."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="past-states")
        self.place = snapshot.timeline.place
        """The state under the cursor, counted from the oldest."""
        self._top = 0

    def drawn(self, snapshot: Snapshot) -> object:
        """Draw the states."""
        return snapshot.timeline

    def settle(self, before: Snapshot) -> None:
        """Leave the cursor where somebody put it; else it goes with the state in force."""
        now = self.snapshot.timeline
        self.place = now.place if self.place == before.timeline.place else min(self.place, len(now.states) - 1)

    def line(self, y: int) -> Sequence[Piece]:
        """Return a state."""
        timeline, place = self.snapshot.timeline, self._place_at(y)
        if not 0 <= place < len(timeline.states):
            return ()
        past = timeline.states[place]
        digits = len(count(len(timeline.states)))
        stages = "1 stage" if len(past.cuts.stages) == 1 else f"{len(past.cuts.stages)} stages"
        style = "faint" if place > timeline.place else "muted"
        return [
            ("▸ " if place == self.place else "  ", "key"),
            (cell(count(place + 1), digits, right=True) + " ", style),
            (f"{cell(_NOW if place == timeline.place else '', len(_NOW))} ", "good"),
            (cell(past.what, self.size.width - digits - len(_NOW) - _STAGES_WIDTH - 4), self._ink_of(place)),
            (cell(stages, _STAGES_WIDTH, right=True), style),
        ]

    def _ink_of(self, place: int) -> str:
        """Return the style of a state: what was undone is fainter than what led to the state in force."""
        return "muted" if place > self.snapshot.timeline.place else "value"

    def background(self, y: int) -> str:
        """Mark the state under the cursor."""
        return "cursor" if self._place_at(y) == self.place else "plain"

    def _place_at(self, y: int) -> int:
        total = len(self.snapshot.timeline.states)
        self._top = scrolled(self._top, total - 1 - self.place, self.size.height, total)
        return total - 1 - self._top - y

    def go(self, place: int) -> None:
        """Put the cursor on a state, as far as there are any."""
        self.place = max(0, min(place, len(self.snapshot.timeline.states) - 1))
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Take the state under the mouse."""
        place = event.get_content_offset(self)
        if place is not None and 0 <= self._place_at(place.y) < len(self.snapshot.timeline.states):
            self.go(self._place_at(place.y))
            self.post_message(self.Chosen())

    def on_mouse_scroll_down(self) -> None:
        """Go three states back."""
        self.go(self.place - 3)

    def on_mouse_scroll_up(self) -> None:
        """Go three states forth."""
        self.go(self.place + 3)
