"""The states that can be gone to: every change so far, those that were undone as well."""

from textual.content import Content
from textual.widget import Widget

from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog
from huntui.tui.text import count
from huntui.tui.widgets.past_list import PastList

_SHARE, _FRAME = 0.96, 2
"""How much of the window's height a box may take, and how much of that are its edges."""


class PastStates(Dialog[int]):
    """Follows the hunt while it is open; gives back the place of the chosen state, or None."""

    BINDINGS = bindings("past")
    panel = "past"

    def __init__(self, snapshot: Snapshot, keymap: dict[str, str]) -> None:
        super().__init__(_title(snapshot), keymap)
        self._list = PastList(snapshot)

    def inside(self) -> list[Widget]:
        """Return the list."""
        return [self._list]

    def on_mount(self) -> None:
        """Find the right height."""
        self._arrange()

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot."""
        self._list.show(snapshot)
        self._arrange()

    def _arrange(self) -> None:
        states = len(self._list.snapshot.timeline.states)
        self.query_one(f"#{self.panel}-box").border_title = Content(_title(self._list.snapshot))
        self._list.styles.height = max(1, min(states, int(self.size.height * _SHARE) - _FRAME))

    def on_past_list_chosen(self) -> None:
        """Go to the state that was clicked on."""
        self.action_go_to_state()

    def action_later_state(self) -> None:
        """Go to the state above, which came later."""
        self._list.go(self._list.place + 1)

    def action_earlier_state(self) -> None:
        """Go to the state below, which came before."""
        self._list.go(self._list.place - 1)

    def action_later_page(self) -> None:
        """Go up by a page."""
        self._list.go(self._list.place + max(1, self._list.size.height - 1))

    def action_earlier_page(self) -> None:
        """Go down by a page."""
        self._list.go(self._list.place - max(1, self._list.size.height - 1))

    def action_newest_state(self) -> None:
        """Go to the newest state."""
        self._list.go(len(self._list.snapshot.timeline.states) - 1)

    def action_first_state(self) -> None:
        """Go to the oldest state."""
        self._list.go(0)

    def action_go_to_state(self) -> None:
        """Take the state under the cursor."""
        self.dismiss(self._list.place)

    def action_leave_past(self) -> None:
        """Go back without going anywhere."""
        self.dismiss(None)


def _title(snapshot: Snapshot) -> str:
    timeline = snapshot.timeline
    return f"Past states · {count(timeline.place + 1)} of {count(len(timeline.states))} in force"
