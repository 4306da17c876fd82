"""Signs of an object in the table: claim, star, note, hidden. Each differs from the others without its colour."""

from huntui.engine.snapshot import Snapshot
from huntui.hunt.marks import Marks
from huntui.hunt.state import ClaimState
from huntui.tui.widgets.panel import Piece

CLAIM_MARKS = {"open": ("◆", "key"), "confirmed": ("✓", "good"), "refuted": ("✗", "bad")}
"""Glyph and style of a claim."""
STAR, NOTE, HIDDEN, HIDDEN_STAR = "★", "✎", "-", "☆"


class ObjectMarks:
    """What a snapshot has of each object, found by its name."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._marks: Marks | None = None
        self.follow(snapshot)

    def follow(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot."""
        self._claims = _by_object(snapshot.hunt.claims)
        if (marks := snapshot.marks) is not self._marks:
            self._marks = marks
            self._starred, self._hidden = frozenset(marks.starred), frozenset(marks.hidden)
            self._noted = frozenset(name for name, _ in marks.notes)

    def claim(self, object_id: str) -> ClaimState | None:
        """Return the claim that a line shows."""
        return self._claims.get(object_id)

    def starred(self, object_id: str) -> bool:
        """Return whether an object has a star."""
        return object_id in self._starred

    def hidden(self, object_id: str) -> bool:
        """Return whether an object is hidden."""
        return object_id in self._hidden

    def before(self, object_id: str) -> str:
        """Return the sign before the name: starred or hidden, or both."""
        if object_id in self._hidden:
            return HIDDEN_STAR if object_id in self._starred else HIDDEN
        return STAR if object_id in self._starred else " "

    def behind(self, object_id: str) -> list[Piece]:
        """Return the signs behind the values: note and claim."""
        claim = self._claims.get(object_id)
        mark, style = CLAIM_MARKS[claim.verdict] if claim else (" ", "plain")
        return [(NOTE, "key"), (mark, style)] if object_id in self._noted else [(f" {mark}", style)]


def _by_object(claims: tuple[ClaimState, ...]) -> dict[str, ClaimState]:
    """Return for each object the claim that its line shows: the last one that was not refuted, if there is one."""
    shown: dict[str, ClaimState] = {}
    for claim in sorted(claims, key=lambda claim: claim.verdict != "refuted"):
        shown[claim.object_id] = claim
    return shown
