"""A page in a dialog that scrolls and can be searched; it keeps its height while words are typed."""

from huntui.tui.widgets.searched import Searched


class SearchedPage(Searched):
    """Fills the dialog that it is in."""

    def fit_into(self, width: int, room: int) -> None:
        """Take the height that all lines need, as far as there is room."""
        words, self.words = self.words, ""
        super().fit_into(width, room)
        self.words = words
        self.turn_page()

    def on_resize(self) -> None:
        """Share the new width."""
        self.turn_page()

    def searched_anew(self) -> None:
        """Begin again at the top."""
        self._top = 0
        self.turn_page()
