"""One object or alert against all filters: which of them keep it, and which stage loses it."""

from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from huntui.engine.face import EngineFace
from huntui.errors import HuntuiError
from huntui.tui.bindings import bindings
from huntui.tui.screens.choose_cuts import Compared
from huntui.tui.screens.dialog import plain
from huntui.tui.screens.following import Following
from huntui.tui.text import clean, count
from huntui.tui.widgets.line_input import LineInput
from huntui.tui.widgets.matrix import MatrixLines

if TYPE_CHECKING:
    from huntui.engine.matrix import Matrix

_SHARE, _FRAME, _AROUND = 0.96, 2, 5
"""How much of the window's height a box may take, how much of that are its edges, and the field and two lines."""


class Filters(Following[Compared]):
    """Asks about whatever is typed; gives back a comparison with the filter that was chosen, or None."""

    BINDINGS = bindings("matrix")
    panel = "matrix"

    def __init__(self, engine: EngineFace, keymap: dict[str, str], object_id: str) -> None:
        super().__init__("What all filters make of it", engine, keymap)
        self._object_id = object_id
        self._lines = MatrixLines(engine.latest)

    def inside(self) -> list[Widget]:
        """Return a field, the filters, and a line for what happens."""
        words = "Any object of the night, survivor or not: objectId or candid."
        field, outcome = LineInput(clean(self._object_id), replaced=True), plain("", id="outcome", classes="quiet")
        return [plain(words, classes="quiet"), field, self._lines, outcome]

    def on_mount(self) -> None:
        """Type into the field at once."""
        self._arrange()
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Find the right height."""
        self._arrange()

    def _arrange(self) -> None:
        room = int(self.size.height * _SHARE) - _FRAME - _AROUND
        self._lines.styles.height = max(1, min(room, self._lines.wanted_height())) if self._lines.size.width else room

    def on_input_changed(self) -> None:
        """Ask about what is typed now."""
        self._say("Asking …")
        self.want()

    async def look(self) -> None:
        """Hold what is typed against all filters."""
        typed = self.query_one(Input).value.strip()
        # A name that was cleaned for the field is asked for as it is, until somebody types another.
        name = self._object_id if typed == clean(self._object_id).strip() else typed
        matrix = await self._engine.against_all(name)
        self._lines.take(matrix)
        self._say(_told(matrix), wrong=bool(name) and not matrix.rows)
        self._arrange()

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(clean(sentence)))
        outcome.set_classes("error" if wrong else "quiet")

    def action_filter_up(self) -> None:
        """Go to the filter above."""
        self._lines.go_by(-1)

    def action_filter_down(self) -> None:
        """Go to the filter below."""
        self._lines.go_by(1)

    def action_filter_page_up(self) -> None:
        """Go up by a page."""
        self._lines.go_by(-self._lines.page)

    def action_filter_page_down(self) -> None:
        """Go down by a page."""
        self._lines.go_by(self._lines.page)

    def action_compare_filter(self) -> None:
        """Compare the cuts in force with the marked filter."""
        row = self._lines.selected
        if row is None:
            return
        if row.in_force:
            self._say("These are the cuts in force; choose another filter to compare them with.", wrong=True)
        else:
            self._compare(row.name)

    @work(exclusive=True, group="compare")
    async def _compare(self, name: str) -> None:
        self._say("Comparing …")
        try:
            found = await self._engine.compare(name)
        except HuntuiError as error:
            self._say(str(error), wrong=True)
        else:
            self.dismiss(Compared(name, found))

    def action_leave_filters(self) -> None:
        """Go back."""
        self.dismiss(None)


def _told(matrix: "Matrix") -> str:
    """Say what was found."""
    for reason, reference in matrix.bad_packets:
        return f"{reference} is a bad packet ({reason}), which no filter sees."
    if not matrix.rows:
        return f"No alert of this night has the objectId or candid {matrix.name}." if matrix.name else ""
    alerts = "1 alert" if matrix.alerts == 1 else f"{count(matrix.alerts)} alerts"
    kept = sum(row.tally is not None and row.tally.kept > 0 for row in matrix.rows if not row.in_force)
    filters = sum(row.tally is not None for row in matrix.rows if not row.in_force)
    return f"{matrix.object_id}: {alerts}, and {kept} of {filters} filters keep at least one of them."
