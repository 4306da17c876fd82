"""What the mouse does on the hunt's screen, whichever panel it is over."""

from textual import events

from huntui.actions import ON_SCREEN
from huntui.tui.arrangement import DETAILS
from huntui.tui.screens.keys.panels import PanelKeys


class Mouse(PanelKeys, inherit_bindings=False):
    """The part of the hunt's screen that knows what a button means, beside what a panel makes of it."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take a notice away, since the user goes on; a detail stays in view even where it stood in for another."""
        self.go_on()
        if (name := _panel_under(event)) in DETAILS:
            self.go_to_panel(name)

    def on_click(self, event: events.Click) -> None:
        """Give a panel the whole window by a double click, or all panels their places again."""
        if event.chain == 2 and (name := _panel_under(event)):
            self.body.zoom(name)


def _panel_under(event: events.MouseEvent) -> str:
    over = event.widget.ancestors_with_self if event.widget else []
    return next((widget.id for widget in over if widget.id in ON_SCREEN), "")
