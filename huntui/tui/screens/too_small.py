"""A window too small to hunt in."""

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from huntui.tui.bindings import bindings

SMALLEST = Size(60, 16)


class TooSmall(Screen[None], inherit_bindings=False):
    """Says what size is needed; the app takes it away when the window is large enough."""

    BINDINGS = bindings("small")

    def __init__(self) -> None:
        super().__init__()
        self.unsaved = False

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static()

    def on_mount(self) -> None:
        """Say it."""
        self._say()

    def on_resize(self) -> None:
        """Say the new size."""
        self._say()

    def _say(self) -> None:
        if self.unsaved:
            words = "Something is in no file: make the window larger to export or save it, or press q again."
        else:
            size, least = self.app.size, SMALLEST
            words = f"This window is {size.width}×{size.height}: huntui needs {least.width}×{least.height}. "
            words += "Make it larger, or use huntui run."
        self.query_one(Static).update(Content(words))

    def action_leave_small(self) -> None:
        """Quit; when something was not exported only at the second time."""
        if self.unsaved or not getattr(self.app, "unsaved", False):
            self.app.exit()
        self.unsaved = True
        self._say()


def too_small(size: Size) -> bool:
    """Whether a window is too small to hunt in."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height
