"""The screen without any colour, for whoever sets NO_COLOR (no-color.org): bold, underlined and reversed text is left.

Textual would turn colours into greys, of which some end as black on black.
"""

from collections.abc import Collection

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

_GROUNDS = ("cursor-away",)
"""Colours of a theme's own that are no more than a ground to write on."""


class Colourless(LineFilter):
    """Takes every colour away; what stood on a ground that was to be seen, such as a cursor, is reversed instead."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        colours = (theme.background, theme.surface, theme.panel, *(theme.variables[name] for name in _GROUNDS))
        self._grounds = frozenset(Color.parse(colour) for colour in colours if colour)
        self._known: dict[tuple[Style, Color], Style] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line without colours."""
        return [Segment(text, style and self._bare(style, background), control) for text, style, control in segments]

    def _bare(self, style: Style, background: Color) -> Style:
        known = (style, background)
        if known not in self._known:
            if len(self._known) > 4096:
                self._known.clear()
            self._known[known] = _without_colour(style, reverse=self._stands_out(style, {*self._grounds, background}))
        return self._known[known]

    def _stands_out(self, style: Style, grounds: Collection[Color]) -> bool:
        seen = style.color if style.reverse else style.bgcolor
        if seen is None or seen.is_default:
            return bool(style.reverse)
        return Color.from_rich_color(seen) not in grounds


def _without_colour(style: Style, *, reverse: bool) -> Style:
    return Style(
        bold=style.bold, italic=style.italic, underline=style.underline, strike=style.strike, reverse=reverse,
        meta=style.meta,
    )  # fmt: skip
