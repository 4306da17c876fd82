"""All claims in the order they were made: verdict, star, object, treasure, points, note, and who settled it."""

from collections.abc import Sequence

from textual import events
from textual.message import Message

from huntui.engine.snapshot import Snapshot
from huntui.hunt.state import ClaimState
from huntui.tui.text import cell
from huntui.tui.widgets.object_columns import NAME_WIDTH
from huntui.tui.widgets.object_marks import CLAIM_MARKS, ObjectMarks
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_VERDICT_WIDTH, _POINTS_WIDTH, _MOST_TITLE = 11, 6, 26
_TAKEN_BACK = "taken back"
_FIXED = 3 + NAME_WIDTH + 3 + _VERDICT_WIDTH + _POINTS_WIDTH + 3


class ClaimList(Panel):
    """One line per claim; only those in view are drawn. The cursor stays on its claim."""

    class Chosen(Message):
        """A claim was clicked on."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="claim-list")
        self._marks = ObjectMarks(snapshot)
        self._titles = {treasure.name: treasure.title for treasure in snapshot.hunt.treasures}
        self.place = 0
        """The claim under the cursor."""
        self._top = 0

    @property
    def claim(self) -> ClaimState | None:
        """The claim under the cursor, None where there is none."""
        claims = self.snapshot.hunt.claims
        return claims[self.place] if claims else None

    @property
    def lines(self) -> int:
        """Lines that everything would need."""
        return 1 + max(1, len(self.snapshot.hunt.claims))

    @property
    def page(self) -> int:
        """Claims that are visible at a time."""
        return max(1, self.size.height - 1)

    def drawn(self, snapshot: Snapshot) -> object:
        """Draw claims and marks."""
        return snapshot.hunt.claims, snapshot.marks

    def settle(self, before: Snapshot) -> None:
        """Keep the cursor on its claim, or in its place where that is gone."""
        self._marks.follow(self.snapshot)
        old, claims = before.hunt.claims, self.snapshot.hunt.claims
        if old != claims:
            names = [(claim.object_id, claim.treasure) for claim in claims]
            was = (old[self.place].object_id, old[self.place].treasure) if old else None
            self.place = names.index(was) if was in names else max(0, min(self.place, len(names) - 1))

    def line(self, y: int) -> Sequence[Piece]:
        """Return the heading or a claim."""
        if y == 0:
            return self._heading()
        claims, place = self.snapshot.hunt.claims, self._place_at(y)
        if not claims:
            return [("   Nothing is claimed: c claims the selected object as a treasure.", "muted")] if y == 1 else ()
        return self._claim(claims[place], place) if place < len(claims) else ()

    def _heading(self) -> list[Piece]:
        title, note = self._widths()
        words = f"   {cell('objectId', NAME_WIDTH)}   {cell('treasure', title)} {cell('verdict', _VERDICT_WIDTH)}"
        return [(f"{words}{cell('points', _POINTS_WIDTH, right=True)}  {cell('note', note)}", "muted")]

    def _claim(self, claim: ClaimState, place: int) -> list[Piece]:
        title, note = self._widths()
        mark, style = CLAIM_MARKS[claim.verdict]
        points = f"{claim.points:+d}" if claim.verdict != "open" else ""
        own_note = self.snapshot.marks.note_of(claim.object_id)
        return [
            ("▸ " if place == self.place else "  ", "key"),
            (self._marks.before(claim.object_id), "key"),
            (cell(claim.object_id, NAME_WIDTH), "value"),
            (f" {mark} ", style),
            (cell(self._titles.get(claim.treasure, claim.treasure), title) + " ", "value" if claim.stands else "faint"),
            (cell(claim.verdict if claim.stands else _TAKEN_BACK, _VERDICT_WIDTH), "muted"),
            (cell(points, _POINTS_WIDTH, right=True), style),
            ("  " + cell(" · ".join(filter(None, (own_note, claim.reason))), note), "muted"),
        ]

    def _widths(self) -> tuple[int, int]:
        """Return how wide the title of a treasure and a note may be."""
        room = max(0, self.size.width - _FIXED)
        title = min(_MOST_TITLE, max(room // 2, min(room, 16)))
        return title, room - title

    def background(self, y: int) -> str:
        """Mark the claim under the cursor."""
        return "cursor" if y and self.claim is not None and self._place_at(y) == self.place else "plain"

    def _place_at(self, y: int) -> int:
        self._top = scrolled(self._top, self.place, self.page, len(self.snapshot.hunt.claims))
        return self._top + y - 1

    def go(self, place: int) -> None:
        """Put the cursor on a claim, as far as there are any."""
        self.place = max(0, min(place, len(self.snapshot.hunt.claims) - 1))
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Take the claim under the mouse."""
        place = event.get_content_offset(self)
        if place is not None and place.y > 0 and self._place_at(place.y) < len(self.snapshot.hunt.claims):
            self.go(self._place_at(place.y))
            self.post_message(self.Chosen())

    def on_mouse_scroll_down(self) -> None:
        """Go three claims down."""
        self.go(self.place + 3)

    def on_mouse_scroll_up(self) -> None:
        """Go three claims up."""
        self.go(self.place - 3)
