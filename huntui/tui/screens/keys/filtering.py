"""The key that filters the table, and the line that it opens."""

from huntui.actions import action, footer_key
from huntui.session.commands import FilterRows
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.widgets.filter_line import FilterLine


class FilterKeys(Hunting, inherit_bindings=False):
    """Which survivors the table shows."""

    def action_filter_rows(self) -> None:
        """Open the line for the condition, with the filter that is in force."""
        self.query_one(FilterLine).open(self.snapshot.row_filter)

    def on_filter_line_typed(self, message: FilterLine.Typed) -> None:
        """Filter by what was typed as soon as it is a condition; what was said before is out of date."""
        if message.condition is not None:
            self._engine.send(FilterRows(message.condition))
        self.go_on()

    def on_filter_line_left(self, message: FilterLine.Left) -> None:
        """Filter by what was kept, and say how to see all objects again."""
        self._engine.send(FilterRows(message.condition))
        if message.condition:
            again, remove = (footer_key(action(name), self._keymap) for name in ("filter_rows", "remove_filter"))
            self.say(f"The table is filtered; {again} and then {remove} shows all objects again.")
        else:
            self.go_on()
