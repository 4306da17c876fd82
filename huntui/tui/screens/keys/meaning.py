"""The key that says what the words on the screen mean."""

from collections.abc import Iterable

from huntui.tui.screens.keys.panels import PanelKeys
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.objects import Objects


class MeaningKeys(PanelKeys, inherit_bindings=False):
    """Words of what is selected come first."""

    def action_meanings(self) -> None:
        """List the words and their meanings."""
        from huntui.tui.screens.meanings import Meanings

        panel = self.focused_panel
        self.app.push_screen(Meanings(self.snapshot, panel, self._selected(panel), self._keymap))

    def _selected(self, panel: str) -> Iterable[str]:
        """Return the columns that the marked stage reads, or that the table shows."""
        cuts, stage = self.snapshot.cuts, self.query_one(Funnel).stage
        if panel == "objects":
            return self.query_one(Objects).column_names
        if panel not in ("funnel", "stage") or cuts is None or stage is None:
            return ()
        return next((one.expression.kinds for one in cuts.stages if one.name == stage.name), ())
