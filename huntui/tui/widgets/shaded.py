"""A panel with pictures in it: it knows the shades that `huntui.render.shades` draws with."""

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color

from huntui.tui.widgets.panel import Panel


class ShadedPanel(Panel):
    """A panel whose styles may also be `ink/paper`: a shade or the name of a style, on a shade."""

    @property
    def in_characters(self) -> bool:
        """Whether pictures are made of characters, since there are no half-blocks or no colours."""
        return bool(self.app.no_color or getattr(self.app, "ascii", False))

    def shade(self, family: str, level: int) -> Color:
        """Return the colour of a shade."""
        raise NotImplementedError

    def _ink(self, name: str, background: str) -> Style:
        ink, _, paper = name.partition("/")
        if not paper:
            return super()._ink(name, background)
        if (name, background) not in self._inks:
            plain = super()._ink("plain", background)
            own = Style(color=self._shade(ink, plain)) if ":" in ink else super()._ink(ink, background)
            self._inks[name, background] = plain + own + Style(bgcolor=self._shade(paper, plain))
        return self._inks[name, background]

    def _shade(self, name: str, plain: Style) -> RichColor | None:
        """Return the colour of a shade by its name; where there is no picture, that of the panel."""
        family, _, level = name.partition(":")
        return self.shade(family, int(level)).rich_color if int(level) >= 0 else plain.bgcolor
