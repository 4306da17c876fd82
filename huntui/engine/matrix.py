"""One object against all cuts at hand: which of them keep it, and which stage loses it."""

from collections.abc import Iterator
from dataclasses import dataclass

from huntui.engine.find import bad_packets_named, rows_named
from huntui.engine.shelf import CutsAtHand
from huntui.engine.snapshot import Snapshot
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.explain import Explained, Held
from huntui.funnel.tally import Tally, tally


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What one set of cuts makes of the alerts that were asked about."""

    name: str
    about: str
    in_force: bool
    """Whether these are the cuts in force, as they stand."""
    tally: Tally | None
    """None where the file of the cuts holds none."""
    why: str
    """Which stage rejects the newest alert, and by how much; empty where it is kept, or why the file holds no cuts."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """An object or an alert against all filters; no rows where nothing of the night is called so."""

    name: str
    """What was asked for."""
    object_id: str
    alerts: int
    """Alerts of the night that are called so."""
    rows: tuple[MatrixRow, ...]
    """The cuts in force first, then those at hand by name."""
    bad_packets: tuple[tuple[str, str], ...] = ()
    """Reason and reference of each packet that is called so and could not be read."""


def against_all(snapshot: Snapshot, name: str, at_hand: tuple[CutsAtHand, ...]) -> Matrix:
    """Hold all alerts of an objectId, or the one of a candid, against the cuts in force and all of those at hand."""
    view = snapshot.view
    rows = None if view is None else rows_named(view, name)
    if view is None or rows is None or not len(rows):
        return Matrix(name, "", 0, (), tuple(bad_packets_named(snapshot.bad_packets, name)))

    def judged() -> Iterator[MatrixRow]:
        cuts = snapshot.cuts or NO_CUTS
        found = tally(cuts, view, rows)
        yield MatrixRow(cuts.name, cuts.about, True, found, _why(found))
        for one in at_hand:
            if one.cuts is None:
                yield MatrixRow(one.name, one.about, False, None, one.error)
            elif one.cuts.stages and one.cuts != cuts:
                found = tally(one.cuts, view, rows)
                yield MatrixRow(one.name, one.about, False, found, _why(found))

    return Matrix(name, f"{view.value('objectId', int(rows[-1]))}", len(rows), tuple(judged()))


def _why(found: Tally) -> str:
    return "" if found.newest is None else f"{found.newest.stage.name}: {_reason(found.newest)}"


def _reason(one: Explained) -> str:
    """Say by how much a stage's comparisons fail, or which of them do where nobody can say by how much."""
    if short := [held.shortfall for held in one.held if held.shortfall]:
        return "; ".join(short)
    if one.unknown and one.missing:
        return f"{', '.join(one.missing)} missing"
    return "; ".join(_failed(held) for held in one.held if held.answer is not held.wanted) or one.stage.keep


def _failed(held: Held) -> str:
    answer = {True: "yes", False: "no", None: "unknown"}[held.answer]
    return f"{held.text}: {answer}" + ("" if held.value is None else f" ({held.value:.6g})")
