"""Opening a page where there is a browser with a window; a text browser would draw over the screen."""

import os
import sys
import webbrowser


def open_page(url: str) -> bool:
    """Open a page in the user's browser; False where there is none."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
