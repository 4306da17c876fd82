"""The key that changes the colours."""

from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.themes import THEMES, next_theme


class ThemeKeys(Hunting, inherit_bindings=False):
    """Which theme the screen is drawn in."""

    def action_switch_theme(self) -> None:
        """Go to the next theme."""
        self.use_theme(next_theme(self.app.theme))

    def use_theme(self, name: str) -> None:
        """Draw in the colours of a theme, and say which it is."""
        self.app.theme = name
        self.say(f"Theme {name}: {THEMES[name].about}.")
