"""Real pictures, sixel or kitty, in terminals that show them; the library textual-image (extra `graphics`) draws them.

The library asks the terminal when it is imported, which must come before Textual reads the keyboard, and costs a tenth
of a second where nobody answers. It is asked only where the environment speaks of a terminal that may show pictures.
"""

import re
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
from rich.segment import Segment
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from huntui.tui.kitty_version import asked_what_it_is, knows_placeholders

Picture = Callable[[], Widget]
"""Makes a widget that shows a picture."""

_BETWEEN = ("TMUX", "STY", "ZELLIJ", "TEXTUAL_DRIVER", "NO_COLOR")
"""Variables of what is between us and the terminal (tmux, screen, zellij, a browser), and of who wants no colours."""
_TERMS = ("xterm-kitty", "foot", "wezterm", "xterm-ghostty", "mlterm", "contour")
_PROGRAMS = ("WezTerm", "iTerm.app", "ghostty", "vscode", "contour", "mintty")
_OWN_VARIABLES = ("KITTY_WINDOW_ID", "KONSOLE_VERSION", "XTERM_VERSION", "WT_SESSION", "WEZTERM_PANE")

_DEFINITION = re.compile(r"(#\d+);2;\d+;\d+;\d+")


def promising(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal may show pictures and nothing that loses them is in between."""
    term = environ.get("TERM", "")
    if any(environ.get(name) for name in _BETWEEN) or term.startswith(("screen", "tmux", "dumb", "linux")):
        return False
    return (
        term.startswith(_TERMS)
        or environ.get("TERM_PROGRAM") in _PROGRAMS
        or any(environ.get(name) for name in _OWN_VARIABLES)
    )


def pictures(setting: str, environ: Mapping[str, str]) -> Picture | None:
    """Return what makes a widget for pictures that the terminal shows, None where half-blocks are better.

    `setting` is the key `graphics` of the configuration. To be called before the screen is opened.
    """
    if setting == "off" or not promising(environ):
        return None
    try:
        from textual_image import renderable, widget
    except ImportError:
        return None
    if renderable.Image is renderable.SixelImage:
        return sixels
    if renderable.Image is renderable.TGPImage and knows_placeholders(asked_what_it_is()):
        return widget.TGPImage
    return None


def sixels() -> Widget:
    """Return the library's widget for sixels, with colours that are also selected where they are defined.

    The library leaves that to the terminal. xterm wants it said, and gives the first six rows one wrong colour else.
    """
    from textual_image.widget import SixelImage

    picture = SixelImage()
    compose = picture.compose

    def selecting() -> ComposeResult:
        for child in compose():
            child.render_lines = _Selecting(child)  # type: ignore[method-assign]
            yield child

    picture.compose = selecting  # type: ignore[method-assign]
    return picture


class _Selecting:
    """Draws a widget with its colours selected."""

    def __init__(self, widget: Widget) -> None:
        self._lines_of = widget.render_lines

    def __call__(self, crop: Region) -> list[Strip]:
        return [Strip([_selected(segment) for segment in strip], strip.cell_length) for strip in self._lines_of(crop)]


def _selected(segment: Segment) -> Segment:
    if not segment.text.startswith("\x1bP"):
        return segment
    return Segment(_DEFINITION.sub(r"\g<0>\1", segment.text), segment.style, segment.control)


def show_picture(picture: Widget, greys: npt.NDArray[np.uint8]) -> None:
    """Have a widget of `pictures` show an image, shape (rows, columns); one that it shows is not sent again."""
    from PIL import Image

    image, shown = Image.fromarray(greys).convert("RGB"), picture.image  # type: ignore[attr-defined]
    if image != shown:
        picture.image = image  # type: ignore[attr-defined]
