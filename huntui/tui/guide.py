"""The guided first find: what to do next, as it follows from how the hunt stands, and never from a recording."""

from collections.abc import Mapping
from dataclasses import dataclass

from huntui.actions import action, keys_of, shown_key
from huntui.engine.snapshot import Rows, Snapshot
from huntui.funnel.cuts import Cuts
from huntui.hunt.state import ClaimState
from huntui.tui.text import clean

TREASURE = "supernova"
_FEWEST_ROWS, _MOST_LOOKED_AT = 3, 300
_GOOD_SCORE, _YOUNG_DAYS, _BESIDE_ARCSEC, _GALAXY = 0.9, 60, 5, 0.5


@dataclass(frozen=True, slots=True)
class Where:
    """What the guide looks at: the hunt, and where on the screen the player is."""

    snapshot: Snapshot
    panel: str
    """The panel that has the keys."""
    object_id: str | None
    """The object under the cursor of the table."""
    knob: bool
    """Whether the marked stage has a knob."""

    def same_as(self, other: "Where") -> bool:
        """Whether nothing has changed; snapshots are the same or not, and never compared."""
        here, there = ((one.panel, one.object_id, one.knob) for one in (self, other))
        return self.snapshot is other.snapshot and here == there


@dataclass(frozen=True, slots=True)
class Advice:
    """One step."""

    number: int
    """From 1 on."""
    press: str
    """What to press, and what that does."""
    why: str
    done: bool = False
    """Whether the find is made."""


STEPS = 6


class Guide:
    """Leads to a confirmed claim; whatever else the player does meanwhile, the next advice follows from it."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        self._keymap = keymap
        self._first: Cuts | None = None
        self._turned = self._undone = False
        self._before: frozenset[tuple[str, str]] | None = None

    def advice(self, where: Where) -> Advice:
        """Say what is next."""
        snapshot = where.snapshot
        if self._before is None and snapshot.sequence:
            self._before = frozenset((one.object_id, one.treasure) for one in snapshot.hunt.claims)
        if found := self._found(snapshot):
            return self._end(found)
        if len(snapshot.rows) < _FEWEST_ROWS and not self._turned:
            self._first = snapshot.cuts
            return self._wait(snapshot)
        self._remember(snapshot)
        if not self._turned:
            return self._turn(where)
        if not self._undone:
            return Advice(
                3, f"{self._key('undo')} takes that back.",
                "Nothing that you do to cuts is lost: every change can be undone, and done again.",
            )  # fmt: skip
        if where.panel != "objects":
            return Advice(
                4, f"{self._key('go_to_objects')} goes to the table of objects.",
                "These came through every stage. One line is one object; its light curve is drawn beside it.",
            )  # fmt: skip
        return self._choose(where)

    def _remember(self, snapshot: Snapshot) -> None:
        self._first = self._first or snapshot.cuts
        self._turned = self._turned or snapshot.cuts != self._first
        self._undone = self._undone or (self._turned and (snapshot.cuts == self._first or snapshot.can_redo))

    def _wait(self, snapshot: Snapshot) -> Advice:
        if snapshot.status == "finished":
            return Advice(1, f"{self._key('undo')} brings cuts back.", "Hardly anything comes through these cuts.")
        if snapshot.status == "compiling":
            done, of = snapshot.compiled
            return Advice(
                1, f"huntui is compiled for this machine: {done} of {of} parts. This happens only once.",
                "It takes a minute or two, and then the night streams in. Look around meanwhile: keys work already.",
            )  # fmt: skip
        return Advice(
            1, "Wait a moment: the night streams in.",
            "Every alert goes through the stages of the funnel, and what comes through all of them lands in the table.",
        )  # fmt: skip

    def _turn(self, where: Where) -> Advice:
        why = (
            "A stage is a cut, its knob the threshold. A stricter one lets less through, artefacts and treasures alike."
        )
        if where.panel != "funnel":
            return Advice(2, f"{self._key('go_to_funnel')} goes to the funnel.", why)
        if not where.knob:
            return Advice(2, f"{self._key('stage_down')} goes to another stage: this one has no knob.", why)
        return Advice(2, f"{self._key('knob_more')} turns the knob of the marked stage: watch the counts.", why)

    def _choose(self, where: Where) -> Advice:
        snapshot = where.snapshot
        rows = snapshot.shown if snapshot.unhidden is None else snapshot.unhidden
        at = rows.find(where.object_id) if where.object_id is not None else None
        if at is not None and _is_good(rows, at, snapshot):
            return Advice(
                6, f"{self._key('claim')} claims it: choose Supernova, then {self._key('choose')}.",
                "It is new, at rest, beside a galaxy, with a good score. On an invented night truth answers at once.",
            )  # fmt: skip
        wrong = self._wrong(snapshot)
        target = _next_good(rows, at or 0, snapshot)
        if target is None:
            return Advice(
                5, f"{self._key('undo')} brings the cuts back that it began with.",
                f"{wrong}Nothing in the table looks like a supernova with these.",
            )  # fmt: skip
        key = self._key("row_up" if at is not None and target < at else "row_down")
        return Advice(
            5, f"{key} goes to {clean(rows.object_id(target))}.",
            f"{wrong}It looks like a supernova: new, and beside a galaxy. See how its light curve rises or falls.",
        )  # fmt: skip

    def _claims(self, snapshot: Snapshot) -> list[ClaimState]:
        before = self._before or frozenset()
        ours = (one for one in snapshot.hunt.claims if one.treasure == TREASURE)
        return [one for one in ours if (one.object_id, one.treasure) not in before]

    def _found(self, snapshot: Snapshot) -> ClaimState | None:
        return next((one for one in self._claims(snapshot) if one.verdict == "confirmed" and one.stands), None)

    def _wrong(self, snapshot: Snapshot) -> str:
        wrong = [one for one in self._claims(snapshot) if one.verdict == "refuted"]
        return f"{clean(wrong[-1].object_id)} was something else ({wrong[-1].points:+d}). " if wrong else ""

    def _end(self, found: ClaimState) -> Advice:
        return Advice(
            STEPS, f"You found your first supernova: {clean(found.object_id)}.",
            f"The checklist ({self._key('go_to_checklist')}) has what else there is, {self._key('help')} all keys. "
            f"{self._key('leave_guide')} leaves the guide.",
            done=True,
        )  # fmt: skip

    def _key(self, name: str) -> str:
        return shown_key(keys_of(action(name), self._keymap)[0])


def _next_good(rows: Rows, start: int, snapshot: Snapshot) -> int | None:
    """Return the next good candidate from a row on, else the first of all."""
    below = range(start, min(len(rows), start + _MOST_LOOKED_AT))
    for those in (below, range(min(start, _MOST_LOOKED_AT))):
        if (found := next((row for row in those if _is_good(rows, row, snapshot)), None)) is not None:
            return found
    return None


def _is_good(rows: Rows, row: int, snapshot: Snapshot) -> bool:
    """Whether a row looks like a supernova as a beginner should take one, and is not claimed yet."""
    claimed = any(one.object_id == rows.object_id(row) for one in snapshot.hunt.claims)
    if claimed or TREASURE not in rows.suggestions(row):
        return False
    score, age, galaxy, distance = (rows.value(name, row) for name in ("drb", "age", "sgscore1", "distpsnr1"))
    values = (score, age, galaxy, distance)
    if not all(isinstance(value, int | float) for value in values):
        return False
    return score > _GOOD_SCORE and age <= _YOUNG_DAYS and galaxy < _GALAXY and 0 <= distance < _BESIDE_ARCSEC  # type: ignore[operator]
