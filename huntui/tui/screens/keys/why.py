"""Keys about what came through and what did not: why, the near misses, and the models that had a say."""

from huntui.tui.screens.keys.hunting import Hunting


class WhyKeys(Hunting, inherit_bindings=False):
    """What asks the funnel for its reasons."""

    def action_why(self) -> None:
        """Explain the selected object, or what is typed."""
        from huntui.tui.screens.why import Why

        self.app.push_screen(Why(self._engine, self.object_under_cursor, self._keymap))

    def action_near_misses(self) -> None:
        """List the alerts that nearly came through."""
        from huntui.tui.screens.near_misses import NearMisses

        self.app.push_screen(NearMisses(self._engine, self._keymap))

    def action_models(self) -> None:
        """List the models."""
        from huntui.tui.screens.models import Models

        self.app.push_screen(Models(self.snapshot, self._keymap))
