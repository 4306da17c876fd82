"""The key that opens the palette, and what is done with what was chosen there."""

from typing import TYPE_CHECKING

from huntui.action import Action
from huntui.actions import ON_SCREEN
from huntui.tui.screens.keys.objects import ObjectKeys
from huntui.tui.screens.keys.panels import PanelKeys
from huntui.tui.screens.keys.theme import ThemeKeys

if TYPE_CHECKING:
    from huntui.tui.palette.offers import Deed


class PaletteKeys(ObjectKeys, PanelKeys, ThemeKeys, inherit_bindings=False):
    """Everything by its name."""

    def action_palette(self) -> None:
        """Offer everything, what belongs to the focused panel first."""
        from huntui.tui.palette.offers import offers
        from huntui.tui.screens.palette import Palette

        panels = list(dict.fromkeys([self.focused_panel, "anywhere", *ON_SCREEN]))
        every = offers(self.snapshot, panels, self._keymap, self.app.theme)
        self.app.push_screen(Palette(self.snapshot, every, self._keymap), self._do)

    async def _do(self, deed: "Deed | None") -> None:
        """Do what was chosen, exactly as its key does it."""
        from huntui.tui.palette.offers import ClaimAs, GoTo, NeedsValue, UseTheme

        if deed is None or isinstance(deed, NeedsValue):
            return
        self.go_on()
        if isinstance(deed, Action):
            await self._press(deed)
        elif isinstance(deed, ClaimAs):
            self.claim_as(deed.treasure)
        elif isinstance(deed, GoTo):
            self.go_to_object(deed.object_id)
        elif isinstance(deed, UseTheme):
            self.use_theme(deed.theme)
        else:
            self._engine.send(deed)

    async def _press(self, action: Action) -> None:
        """Run an action where its key would; that of another panel brings the focus there."""
        if action.panel == "anywhere":
            await self.app.run_action(action.id, self)
            return
        self.go_to_panel(action.panel)
        await self.app.run_action(action.id, self.query_one(f"#{action.panel}"))
