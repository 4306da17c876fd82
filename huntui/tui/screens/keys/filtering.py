"""The key that filters the table, and the line that it opens."""

from textual import events

from huntui.actions import action, actions_of, footer_key, keys_of
from huntui.session.commands import FilterRows
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.widgets.filter_line import FilterLine


class FilterKeys(Hunting, inherit_bindings=False):
    """Which survivors the table shows."""

    def action_filter_rows(self) -> None:
        """Open the line for the condition, with the filter that is in force."""
        self.query_one(FilterLine).open(self.snapshot.row_filter)

    def take_key(self, event: events.Key) -> bool:
        """Take a key for the line where it is meant for it, and return whether it is."""
        line = self.query_one(FilterLine)
        if not line.is_typed_into:
            return False
        if event.is_printable and event.character:
            line.insert(event.character)
            return True
        for each in actions_of("filter"):
            if event.key in keys_of(each, self._keymap):
                getattr(line, f"action_{each.id}")()
                return True
        return False

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
