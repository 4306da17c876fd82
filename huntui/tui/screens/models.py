"""The models: which there are, how they do, and what one that cannot be asked needs."""

from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.screens.searched_dialog import SearchedDialog
from huntui.tui.widgets.models_page import ModelsPage


class Models(SearchedDialog):
    """Follows the night while it is open: what waits becomes less."""

    BINDINGS = bindings("models")
    panel = "models"

    def __init__(self, snapshot: Snapshot, keymap: dict[str, str]) -> None:
        super().__init__("Models", ModelsPage(snapshot), keymap)

    def show(self, snapshot: Snapshot) -> None:
        """Show how the models do now."""
        grown = len(snapshot.models) != len(self._page.snapshot.models)
        self._page.show(snapshot)
        if grown:
            self._arrange()
        self._page.turn_page()

    def action_models_up(self) -> None:
        """Scroll up."""
        self._page.scroll_lines_by(-1)

    def action_models_down(self) -> None:
        """Scroll down."""
        self._page.scroll_lines_by(1)

    def action_models_page_up(self) -> None:
        """Scroll up by a page."""
        self._page.scroll_lines_by(-self._page.page)

    def action_models_page_down(self) -> None:
        """Scroll down by a page."""
        self._page.scroll_lines_by(self._page.page)

    def action_search_models(self) -> None:
        """Begin to type words."""
        self._page.search()

    def action_leave_models(self) -> None:
        """Go back."""
        self.dismiss(None)
