"""Comparing the cuts in force with others: what would be gained, what lost, what stays."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.engine.face import EngineFace
from huntui.session.commands import ReplaceCuts
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import plain
from huntui.tui.screens.following import Following
from huntui.tui.text import clean
from huntui.tui.widgets.compared import Compared
from huntui.tui.widgets.compared_lines import MEANINGS, where_lost

if TYPE_CHECKING:
    from huntui.engine.comparison import Comparison

_SHARE, _FRAME, _SENTENCES = 0.96, 2, 1
"""How much of the window's height a box may take, how much of that are its edges, and the line below the list."""


class Compare(Following[str]):
    """Follows the night and the cuts in force while it is open; gives back the object to go to, or None."""

    BINDINGS = bindings("compare")
    panel = "compare"

    def __init__(self, engine: EngineFace, keymap: dict[str, str], found: "Comparison", title: str) -> None:
        super().__init__("Differences", engine, keymap)
        self._about = title
        self._compared = Compared(engine.latest, found, title)

    def inside(self) -> list[Widget]:
        """Return the comparison and a line below it."""
        return [self._compared, plain("", id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Find the right height."""
        self._arrange()

    def on_resize(self) -> None:
        """Find the right height."""
        self._arrange()

    def _arrange(self) -> None:
        room = int(self.size.height * _SHARE) - _FRAME - _SENTENCES
        self._compared.styles.height = max(1, min(room, self._compared.wanted_height()))

    async def look(self) -> None:
        """Compare again."""
        self._compared.take(await self._engine.compare(self._compared.found.b.cuts))
        self._arrange()

    def on_compared_moved(self) -> None:
        """Say what the open list is, and where the object under the cursor is lost."""
        compared = self._compared
        lost = "" if compared.row is None else where_lost(compared.found, compared.side, compared.row)
        self._say(lost or f"{compared.side.capitalize()}: {MEANINGS[compared.side]}.")

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(clean(sentence)))
        outcome.set_classes("error" if wrong else "quiet")

    def action_compared_up(self) -> None:
        """Go to the object above."""
        self._compared.go_by(-1)

    def action_compared_down(self) -> None:
        """Go to the object below."""
        self._compared.go_by(1)

    def action_compared_page_up(self) -> None:
        """Go up by a page."""
        self._compared.go_by(-self._compared.page)

    def action_compared_page_down(self) -> None:
        """Go down by a page."""
        self._compared.go_by(self._compared.page)

    def action_first_compared(self) -> None:
        """Go to the newest object."""
        self._compared.go_to(0)

    def action_last_compared(self) -> None:
        """Go to the last object."""
        self._compared.go_to(len(self._compared.objects))

    def action_next_side(self) -> None:
        """Open the list on the right."""
        self._compared.turn(1)

    def action_previous_side(self) -> None:
        """Open the list on the left."""
        self._compared.turn(-1)

    def action_switch_stages(self) -> None:
        """Give all the room to the stages, or the objects theirs again."""
        self._compared.switch_stages()

    def action_go_to_object(self) -> None:
        """Go to the object in the table, or say where it is lost."""
        compared = self._compared
        if compared.row is None:
            self._say("There is no object in this list.", wrong=True)
        elif compared.side == "gained":
            lost = where_lost(compared.found, "gained", compared.row)
            self._say(f"{lost} It is in the table once B is in force.", wrong=True)
        else:
            self.dismiss(compared.objects.object_id(compared.row))

    def action_adopt(self) -> None:
        """Put B in force."""
        cuts = self._compared.found.b.cuts
        self._engine.send(ReplaceCuts(cuts, f"{self._about} put in force"))
        self.dismiss(None)

    def action_leave_compare(self) -> None:
        """Go back."""
        self.dismiss(None)
