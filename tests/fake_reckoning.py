"""What the fake engine answers at the end of a hunt."""

from dataclasses import replace

from fake_answers import CANDID, explanation

from huntui.engine.reckoning import BestMissed, Missed, ReckonedLine, Reckoning
from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError
from huntui.hunt.reckoning import ClassReckoned, TreasureReckoned
from huntui.hunt.state import TreasureState

CLASSES = {
    "supernova": (("supernova Ia", 5), ("supernova II", 3), ("superluminous supernova", 1)),
    "mover": (("unknown mover", 4), ("near-Earth object", 2)),
    "kilonova": (),
}
"""True classes of a treasure and how many of each there are; of the others there is one class with ten objects."""
PASSED_BY, LOST = "quasar", "tde"
"""Treasures of which the third object of the table was missed, and of which one that no stage kept."""


def reckoning(snapshot: Snapshot) -> Reckoning:
    """Return what the night holds of each treasure; raises `CallError` before the end of a simulated one."""
    if snapshot.night.simulated and not snapshot.hunt.ended:
        raise CallError("What the night holds is told at the end of the hunt: end it first.")
    lines = tuple(line for one in snapshot.hunt.treasures for line in _lines(one, snapshot))
    if not snapshot.night.simulated:
        return Reckoning(snapshot.hunt, False, False, 64, lines, None)
    names = [snapshot.rows.object_id(row) for row in range(len(snapshot.rows))]
    (alert,) = explanation(names, str(CANDID + 2), None).alerts
    treasure, missed = next((x.treasure, x.missed) for x in lines if x.treasure.name == LOST and x.missed)
    best = BestMissed(treasure, missed, replace(alert, object_id=missed.object_id))
    return Reckoning(snapshot.hunt, True, True, 20_711, lines, best)


def _lines(state: TreasureState, snapshot: Snapshot) -> list[ReckonedLine]:
    claims = [claim for claim in snapshot.hunt.claims if claim.treasure == state.name]
    right, wrong, still = (
        sum(claim.verdict == verdict for claim in claims) for verdict in ("confirmed", "refuted", "open")
    )
    classes = ()
    if snapshot.night.simulated:
        there = CLASSES.get(state.name, ((state.title.lower(), 10),))
        names = [f"ZTF24missed{k}" for k in range(10)]
        classes = tuple(
            ClassReckoned(kind, right * (k == 0), tuple(names[: number - right * (k == 0)]))
            for k, (kind, number) in enumerate(there)
        )
    mistaken = (("AGN", wrong),) if wrong else ()
    one = TreasureReckoned(state.name, state.title, state.points, state.goal, classes, right, wrong, still, mistaken)
    of_classes = [ReckonedLine(one, kind, _missed(state.name, kind.name, snapshot)) for kind in classes]
    first = ReckonedLine(one, None, of_classes[0].missed if of_classes else None)
    return [first, *(of_classes if len(of_classes) > 1 else ())]


def _missed(name: str, kind: str, snapshot: Snapshot) -> Missed:
    if name == PASSED_BY:
        return Missed(snapshot.rows.object_id(2), CANDID + 8, kind, (), 0)
    return Missed(f"ZTF24missed-{name}", CANDID + 2, kind, ("young",), 99)
