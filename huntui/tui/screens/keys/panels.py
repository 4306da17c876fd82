"""Keys that go from panel to panel, and give one more room."""

from collections.abc import Callable

from huntui.actions import ON_SCREEN, PANELS
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.widgets.body import Body

_LINES, _CELLS = 1, 2


class PanelKeys(Hunting, inherit_bindings=False):
    """The part of the hunt's screen that moves the focus."""

    @property
    def body(self) -> Body:
        """All panels, each in its place."""
        return self.query_one(Body)

    @property
    def focused_panel(self) -> str:
        """The panel that has the keys."""
        name = self.focused.id if self.focused else None
        return name if name in ON_SCREEN else ON_SCREEN[0]

    def go_to_panel(self, name: str) -> None:
        """Bring a panel into view and give it the keys."""
        if self.body.go_to(name):
            # At once: a widget's own `focus` waits for its turn, and keys typed in the same breath would go before it.
            self.set_focus(self.query_one(f"#{name}"))

    def action_next_panel(self) -> None:
        """Go to the next panel."""
        self._go_round(1)

    def action_previous_panel(self) -> None:
        """Go to the panel before."""
        self._go_round(-1)

    def _go_round(self, step: int) -> None:
        shown = ON_SCREEN if self.body.choice.zoomed else self.body.shown
        place = shown.index(self.focused_panel) if self.focused_panel in shown else -step
        self.go_to_panel(shown[(place + step) % len(shown)])

    def action_zoom(self) -> None:
        """Give the panel with the keys the whole window, or all panels their places again."""
        self.body.zoom(self.focused_panel)

    def action_higher(self) -> None:
        """Give the panel with the keys more lines."""
        self._stretch("higher", lines=_LINES)

    def action_lower(self) -> None:
        """Give it fewer lines."""
        self._stretch("lower", lines=-_LINES)

    def action_wider(self) -> None:
        """Give its column more cells."""
        self._stretch("wider", cells=_CELLS)

    def action_narrower(self) -> None:
        """Give its column fewer cells."""
        self._stretch("narrower", cells=-_CELLS)

    def _stretch(self, how: str, *, lines: int = 0, cells: int = 0) -> None:
        if not self.body.stretch(self.focused_panel, lines=lines, cells=cells):
            self.say(f"{PANELS[self.focused_panel]} cannot be {how} than this.")


def _goes_to(name: str) -> Callable[[PanelKeys], None]:
    def action(screen: PanelKeys) -> None:
        screen.go_to_panel(name)

    action.__doc__ = f"Go to the panel {PANELS[name]}."
    return action


for _name in ON_SCREEN:
    setattr(PanelKeys, f"action_go_to_{_name.replace('-', '_')}", _goes_to(_name))
