"""The key that ends the hunt, and shows again how it ended."""

from huntui.session.commands import End
from huntui.tui.screens.keys.hunting import Hunting


class EndingKeys(Hunting, inherit_bindings=False):
    """The last of all keys."""

    def action_end_hunt(self) -> None:
        """Ask whether to end the hunt; where it has ended, or truth is not known, show how it stands."""
        from huntui.tui.screens.reckoning import AskEnd

        snapshot = self.snapshot
        if snapshot.hunt.ended or not snapshot.night.simulated:
            self._reckon()
            return

        def answered(end: bool | None) -> None:
            if end:
                self._engine.send(End())
                self._reckon()

        self.app.push_screen(AskEnd(snapshot, self._keymap), answered)

    def _reckon(self) -> None:
        from huntui.tui.screens.reckoning import ShowReckoning

        def done(object_id: str | None) -> None:
            if object_id is not None:
                self.go_to_object(object_id)

        self.app.push_screen(ShowReckoning(self._engine, self._keymap), done)
