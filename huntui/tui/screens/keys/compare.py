"""Keys about other cuts: compare with them, and hold an object against all of them."""

from typing import TYPE_CHECKING

from huntui.tui.screens.keys.hunting import Hunting

if TYPE_CHECKING:
    from huntui.tui.screens.choose_cuts import Compared


class CompareKeys(Hunting, inherit_bindings=False):
    """What can be asked about cuts that are not in force."""

    def action_compare(self) -> None:
        """Ask with which cuts to compare, and show the differences."""
        from huntui.tui.screens.choose_cuts import ChooseCuts

        self.app.push_screen(ChooseCuts(self._engine, self._keymap), self._differences)

    def action_filters(self) -> None:
        """Hold the selected object against all filters."""
        from huntui.tui.screens.matrix import Filters

        object_id = self.selected_object() if len(self.snapshot.rows) else None
        self.app.push_screen(Filters(self._engine, self._keymap, object_id or ""), self._differences)

    def _differences(self, compared: "Compared | None") -> None:
        from huntui.tui.screens.compare import Compare

        def done(object_id: str | None) -> None:
            if object_id is not None:
                self.go_to_object(object_id)

        if compared is not None:
            self.app.push_screen(Compare(self._engine, self._keymap, compared.found, compared.title), done)
