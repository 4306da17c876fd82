"""Panels as they were left: told to the engine when they change, and put back where a hunt is resumed."""

from huntui.actions import ON_SCREEN
from huntui.engine.snapshot import Snapshot
from huntui.session.commands import FilterRows, RememberPanels, SortRows
from huntui.session.panels import NOWHERE, Panels
from huntui.tui.arrangement import DETAILS
from huntui.tui.screens.keys.panels import PanelKeys
from huntui.tui.screens.keys.theme import ThemeKeys
from huntui.tui.themes import ALL_THEMES
from huntui.tui.widgets.checklist import Checklist
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.objects import Objects

_LOOK_SECONDS = 1.0


class Resuming(PanelKeys, ThemeKeys, inherit_bindings=False):
    """The part of the hunt's screen that knows where the player was."""

    _told: Panels | None = None
    """What the engine knows; None until it has said where the player was."""

    def watch_panels(self) -> None:
        """Begin to look every second whether the player is somewhere else."""
        self.set_interval(_LOOK_SECONDS, self.tell_panels)

    def tell_panels(self) -> None:
        """Tell the engine where the player is, if that is news."""
        if self._told is not None and (now := self._panels()) != self._told:
            self._told = now
            self._engine.send(RememberPanels(now))

    def put_panels_back(self, snapshot: Snapshot, *, touched: bool) -> None:
        """Go to where the player was, unless keys were `touched` already."""
        if self._told is None and snapshot.panels is not None:
            self._told = self._panels()
            if not touched and snapshot.panels != NOWHERE:
                self._put_back(snapshot.panels)

    def _put_back(self, panels: Panels) -> None:
        self._told = panels
        if panels.stage:
            self.query_one(Funnel).select(panels.stage)
        self.query_one(Checklist).select(panels.treasure)
        self.query_one(Objects).await_object(panels.object_id)
        if panels.row_filter:
            self._engine.send(FilterRows(panels.row_filter))
        if panels.sort:
            self._engine.send(SortRows(panels.sort.removeprefix("-"), descending=panels.sort.startswith("-")))
        if panels.theme in ALL_THEMES:
            self.app.theme = panels.theme
        if panels.detail in DETAILS:
            self.body.go_to(panels.detail)
        if panels.focus in ON_SCREEN:
            self.go_to_panel(panels.focus)

    def _panels(self) -> Panels:
        stage, treasure = self.query_one(Funnel).stage, self.query_one(Checklist).treasure
        by = self.snapshot.row_order
        return Panels(
            focus=self.focused_panel,
            detail=self.body.choice.detail,
            stage=stage.name if stage else "",
            object_id=self.query_one(Objects).stays_on or "",
            treasure=treasure.name if treasure else "",
            sort=("-" if by.descending else "") + by.column,
            row_filter=self.snapshot.row_filter,
            theme=self.chosen_theme,
        )
