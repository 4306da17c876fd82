"""A screen with one panel and nothing else, so that its tests and pictures depend on no other."""

from pathlib import Path

from textual.app import App, ComposeResult

import huntui.tui.app
from huntui.tui.themes import THEMES
from huntui.tui.widgets.panel import STYLE_CLASSES, Panel


class OnePanel(App[None]):
    """Shows a panel in colours of the hunt's screen."""

    CSS_PATH = Path(huntui.tui.app.__file__).parent / "huntui.tcss"
    CSS = "Panel { width: 100%; height: 100%; }"
    COMPONENT_CLASSES = STYLE_CLASSES
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, panel: Panel, *, dark: bool = True, plain: bool = False) -> None:
        self._first_theme = "dark" if dark else "light"
        super().__init__()
        self.panel, self.ascii = panel, plain
        for look in THEMES.values():
            self.register_theme(look.theme)
        self.theme = self._first_theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colour names."""
        return THEMES[self._first_theme].theme.variables

    def compose(self) -> ComposeResult:
        """Put the panel onto the screen."""
        yield self.panel


def text_of(panel: Panel) -> str:
    """Return what is written in a panel, line by line."""
    return "\n".join(panel.render_line(y).text for y in range(panel.size.height))
