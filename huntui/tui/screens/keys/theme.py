"""The key that changes the colours."""

from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.themes import ALL_THEMES, next_theme


class ThemeKeys(Hunting, inherit_bindings=False):
    """Which theme the screen is drawn in."""

    _first_theme = ""

    @property
    def chosen_theme(self) -> str:
        """The theme, where it is another one than the screen began with; else nothing."""
        return "" if self.app.theme == self._first_theme else self.app.theme

    def on_mount(self) -> None:
        """Remember the theme that the screen begins with."""
        self._first_theme = self.app.theme

    def action_switch_theme(self) -> None:
        """Go to the next theme."""
        self.use_theme(next_theme(self.app.theme))

    def use_theme(self, name: str) -> None:
        """Draw in the colours of a theme, and say which it is."""
        self.app.theme = name
        self.say(f"Theme {name}: {ALL_THEMES[name].about}.")
