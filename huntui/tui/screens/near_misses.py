"""The alerts that nearly came through, the nearest first."""

from textual import work
from textual.widget import Widget

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog
from huntui.tui.screens.why import Why
from huntui.tui.widgets.near_miss_list import NearMissList

_SHARE, _FRAME = 0.96, 2
"""How much of the window's height a box may take, and how much of that are its edges."""
MOST = 100
"""Objects that are listed at most."""


class NearMisses(Dialog[None]):
    """Looks when it is opened, and again when the cuts change; not while alerts stream in."""

    BINDINGS = bindings("near")
    panel = "near"

    def __init__(self, engine: EngineFace, keymap: dict[str, str]) -> None:
        super().__init__("Near misses", keymap)
        self._engine = engine
        self._list = NearMissList(engine.latest)
        self._asked_at = -1

    def inside(self) -> list[Widget]:
        """Return the list."""
        return [self._list]

    def on_mount(self) -> None:
        """Look for them."""
        self.show(self._engine.latest)

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def show(self, snapshot: Snapshot) -> None:
        """Look again where the cuts are others."""
        if snapshot.cuts_version != self._asked_at:
            self._asked_at = snapshot.cuts_version
            self._ask()

    @work(exclusive=True, group="near")
    async def _ask(self) -> None:
        self._list.tell(await self._engine.near_misses(MOST))
        self._arrange()

    def _arrange(self) -> None:
        width = self.query_one(f"#{self.panel}-box").size.width
        if width:
            self._list.fit_into(width, int(self.size.height * _SHARE) - _FRAME)

    def action_near_up(self) -> None:
        """Go to the alert above."""
        self._list.go(-1)

    def action_near_down(self) -> None:
        """Go to the alert below."""
        self._list.go(1)

    def action_near_page_up(self) -> None:
        """Go up by a page."""
        self._list.go(-self._list.page)

    def action_near_page_down(self) -> None:
        """Go down by a page."""
        self._list.go(self._list.page)

    def action_first_near(self) -> None:
        """Go to the nearest."""
        self._list.go(0, relative=False)

    def action_last_near(self) -> None:
        """Go to the last."""
        self._list.go(MOST, relative=False)

    def action_explain_near(self) -> None:
        """Say everything about the marked alert."""
        if (alert := self._list.alert) is not None:
            self.app.push_screen(Why(self._engine, alert.object_id, self._keymap, alert.candid))

    def action_leave_near(self) -> None:
        """Go back."""
        self.dismiss(None)
