"""Keys about what was done before: go to any past state."""

from huntui.session.commands import Jump
from huntui.tui.screens.keys.hunting import Hunting


class PastKeys(Hunting, inherit_bindings=False):
    """The way back."""

    def action_past(self) -> None:
        """List all states, and go to the one that is chosen."""
        from huntui.tui.screens.past import PastStates

        def go(place: int | None) -> None:
            if place is not None and place != self.snapshot.timeline.place:
                self._engine.send(Jump(place))

        self.app.push_screen(PastStates(self.snapshot, self._keymap), go)
