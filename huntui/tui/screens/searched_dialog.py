"""A dialog that is one page to scroll and to search."""

from textual.widget import Widget

from huntui.tui.screens.scrolled_dialog import ScrolledDialog
from huntui.tui.widgets.searched_page import SearchedPage

_SHARE, _FRAME = 0.96, 2
"""How much of the window's height a box may take, and how much of that are its edges."""


class SearchedDialog(ScrolledDialog):
    """Gives its page all the height that it needs."""

    def __init__(self, title: str, page: SearchedPage, keymap: dict[str, str]) -> None:
        super().__init__(title, keymap)
        self._page = self.scrolled = page

    def inside(self) -> list[Widget]:
        """Return the page."""
        return [self._page]

    def on_mount(self) -> None:
        """Give the page its height and the keys."""
        self._arrange()
        self._page.focus()

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def _arrange(self) -> None:
        width = self.query_one(f"#{self.panel}-box").size.width
        if width:
            self._page.fit_into(width, int(self.size.height * _SHARE) - _FRAME)
