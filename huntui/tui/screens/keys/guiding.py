"""The guided first find on the hunt's screen: looked at after every snapshot and key, and left by its key."""

from textual import events

from huntui.actions import action, keys_of
from huntui.tui.guide import Guide, Where
from huntui.tui.screens.keys.panels import PanelKeys
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.guide_bar import GuideBar
from huntui.tui.widgets.objects import Objects


class Guiding(PanelKeys, inherit_bindings=False):
    """The part of the hunt's screen that leads somebody who is new here; it never holds a key back."""

    _guide: Guide | None = None
    _guided_at: Where | None = None
    """What the last advice followed from."""

    def begin_guide(self) -> None:
        """Lead to a first find from now on."""
        self._guide, self._guided_at = Guide(self._keymap), None

    def guide(self) -> bool:
        """Say what is next, if somebody is guided, and return whether that is so."""
        if self._guide is None or not self.is_mounted:
            return False
        has_knob = self.query_one(Funnel).knob is not None
        where = Where(self.snapshot, self.focused_panel, self.object_under_cursor, has_knob)
        if self._guided_at is None or not where.same_as(self._guided_at):
            self._guided_at = where
            self.query_one(GuideBar).tell(self._guide.advice(where))
        return True

    def leave_guide_by(self, event: events.Key) -> None:
        """Leave the guide where that is what a key means; a range is left first."""
        if self._guide is None or event.key not in keys_of(action("leave_guide"), self._keymap):
            return
        if not self.query_one(Objects).in_range:
            self.query_one(GuideBar).action_leave_guide()

    def on_guide_bar_left(self) -> None:
        """Guide no more."""
        self._guide = None
        self.query_one(GuideBar).tell(None)
