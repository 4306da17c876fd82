"""Real pictures, sixel or kitty, in terminals that show them; the library textual-image (extra `graphics`) draws them.

The library asks the terminal when it is imported, which must come before Textual reads the keyboard, and costs a tenth
of a second where nobody answers. It is asked only where the environment speaks of a terminal that may show pictures.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from textual.widget import Widget

_BETWEEN = ("TMUX", "STY", "ZELLIJ", "TEXTUAL_DRIVER", "NO_COLOR")
"""Variables of what is between us and the terminal (tmux, screen, zellij, a browser), and of who wants no colours."""
_TERMS = ("xterm-kitty", "foot", "wezterm", "xterm-ghostty", "mlterm", "contour")
_PROGRAMS = ("WezTerm", "iTerm.app", "ghostty", "vscode", "contour", "mintty")
_OWN_VARIABLES = ("KITTY_WINDOW_ID", "KONSOLE_VERSION", "XTERM_VERSION", "WT_SESSION", "WEZTERM_PANE")


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


def pictures(setting: str, environ: Mapping[str, str]) -> type[Widget] | None:
    """Return the widget for pictures that the terminal shows, None where half-blocks are better.

    `setting` is the key `graphics` of the configuration. To be called before the screen is opened.
    """
    if setting == "off" or not promising(environ):
        return None
    try:
        from textual_image import renderable, widget
    except ImportError:
        return None
    found: dict[type, type[Widget]] = {
        renderable.SixelImage: widget.SixelImage,
        renderable.TGPImage: widget.TGPImage,
    }
    return found.get(renderable.Image)


def show_picture(picture: Widget, greys: npt.NDArray[np.uint8]) -> None:
    """Have a widget of `pictures` show an image, shape (rows, columns)."""
    from PIL import Image

    picture.image = Image.fromarray(greys).convert("RGB")  # type: ignore[attr-defined]
