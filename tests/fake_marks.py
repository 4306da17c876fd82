"""What commands about marks and many claims make of a snapshot of the fake engine."""

from dataclasses import replace

from huntui.engine.snapshot import Snapshot
from huntui.hunt.state import ClaimState
from huntui.session.commands import ClaimAll, Hide, Settle, Star, UnclaimAll, WriteNote


def marked(snapshot: Snapshot, command: ClaimAll | UnclaimAll | Settle | Star | Hide | WriteNote) -> Snapshot:
    """Return a snapshot in which it was done, with a few words about it."""
    hunt, marks = snapshot.hunt, snapshot.marks
    match command:
        case ClaimAll(object_ids, treasure):
            claims = (*hunt.claims, *(ClaimState(name, treasure, "open", 0) for name in object_ids))
            hunt, words = replace(hunt, claims=claims), f"{len(object_ids)} objects claimed as {treasure}"
        case UnclaimAll(object_ids, treasure):
            claims = tuple(c for c in hunt.claims if not (c.object_id in object_ids and c.treasure == treasure))
            hunt, words = replace(hunt, claims=claims), f"{len(object_ids)} objects no longer claimed as {treasure}"
        case Settle(object_id, treasure, verdict, reason):
            points = {"open": 0, "confirmed": 10, "refuted": -10}[verdict]
            claims = tuple(
                replace(c, verdict=verdict, points=points, reason=reason)
                if (c.object_id, c.treasure) == (object_id, treasure)
                else c
                for c in hunt.claims
            )
            hunt, words = replace(hunt, claims=claims), f"{object_id} as {treasure} {verdict}"
        case Star(object_ids, on):
            marks, words = marks.star(object_ids, on), f"{len(object_ids)} starred"
        case Hide(object_ids, on):
            marks, words = marks.hide(object_ids, on), f"{len(object_ids)} hidden"
        case WriteNote(object_id, text):
            marks, words = marks.note(object_id, text), f"note on {object_id} written"
    return without_hidden(replace(snapshot, hunt=hunt, marks=marks, message=words))


def without_hidden(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot that has the rows that are not hidden."""
    shown = snapshot.shown
    left = tuple(cells for cells in shown.table if cells["objectId"] not in snapshot.marks.hidden)
    return replace(snapshot, unhidden=replace(shown, table=left) if len(left) < len(shown) else None)
