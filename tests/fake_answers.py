"""What the fake engine answers when it is asked about an alert, or for near misses."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from fake_night import FakeRows

from huntui.engine.comparison import Comparison, Side
from huntui.engine.explanation import AlertExplained, Explanation
from huntui.engine.matrix import Matrix, MatrixRow
from huntui.engine.near_misses import NearAlert, NearAlerts
from huntui.engine.shelf import CutsAtHand
from huntui.engine.snapshot import Rows, Snapshot, Value
from huntui.errors import CutsError
from huntui.exports.samp.hub import POSITION, TABLE, Program
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.explain import explain
from huntui.funnel.language.expression import compile_expression
from huntui.funnel.misses import Missed
from huntui.funnel.stage import Knob, build_stage
from huntui.funnel.tally import Tally
from huntui.session.commands import SortRows

CANDID = 2738123456000000000
ALERTS = 3
"""Alerts of each object; each is five days older than the one before."""
BAD_PACKET = "2738123456999.avro"

CUTS = Cuts(
    "fake", "Two stages, of which one rejects the newer alerts.",
    (
        build_stage("real", "drb >= drb_min", {"drb": "number"}, knobs={"drb_min": Knob(0.65, 0.0, 1.0, 0.05)}),
        build_stage("young", "age <= age_max", {"age": "number"}, knobs={"age_max": Knob(60.0, 1.0, 365.0, 1.0)}),
    ),
)  # fmt: skip


class Cells:
    """The columns of some rows, as the language reads them."""

    def __init__(self, rows: FakeRows) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """Return a column, NaN where there is nothing."""
        return np.array([cells.get(name, np.nan) for cells in self._rows.table], np.float64)

    def text_code(self, text: str) -> int:
        """Return a code that is in no row."""
        del text
        return -2


def in_order(rows: FakeRows, by: SortRows) -> FakeRows:
    """Return rows sorted by a number."""
    column = by.column or "jd"
    newest_first = by.descending if by.column else True
    return replace(rows, table=tuple(sorted(rows.table, key=lambda cells: cells[column], reverse=newest_first)))


def matching(rows: FakeRows, condition: str) -> FakeRows:
    """Return the rows that meet a condition over numbers."""
    meets = compile_expression(condition, kinds()).evaluate(Cells(rows), 0, len(rows)).yes
    return replace(rows, table=tuple(cells for cells, yes in zip(rows.table, meets, strict=True) if yes))


class OneAlert:
    """A table with a row: a real source, known here for so many days."""

    def __init__(self, age: float, drb: float = 0.75) -> None:
        self._columns = {"drb": np.array([drb]), "age": np.array([age])}

    def __len__(self) -> int:
        return 1

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """Return a column."""
        return self._columns[name]

    def text_code(self, text: str) -> int:
        """Return a code that is in no row."""
        del text
        return -2


def explanation(names: Sequence[str], asked: str, cuts: Cuts | None) -> Explanation:
    """Return what cuts say of the newest alert of an object of these names, of a candid, or of a bad packet."""
    for row, name in enumerate(names):
        candids = tuple(CANDID + ALERTS * row + number for number in range(ALERTS))
        if asked == name or asked in map(str, candids):
            number = ALERTS - 1 if asked == name else int(asked) - candids[0]
            stages = explain(cuts or CUTS, OneAlert(55.25 + 5 * number), 0)
            return Explanation((AlertExplained(name, candids[number], stages, candids),), ())
    return Explanation((), (("truncated", f"data/{asked}"),) if asked == BAD_PACKET else ())


def near_misses(names: Sequence[str], cuts: Cuts | None) -> NearAlerts:
    """Return an alert of each object, the one further out than the other."""
    alerts = []
    for row, name in enumerate(names):
        table = OneAlert(65.25 + row, 0.75 if row % 3 else 0.5)
        stages = [one for one in explain(cuts or CUTS, table, 0) if one.rejects]
        rejecting = tuple(Missed(one, (1 + row) / 64 / len(stages)) for one in stages)
        alerts.append(NearAlert(name, CANDID + ALERTS * row + ALERTS - 1, (1 + row) / 64, rejecting, row == 1))
    return NearAlerts(tuple(alerts), 10 * len(names), 1234)


PROGRAMS = (
    Program("c2", "Aladin", frozenset({TABLE, POSITION})),
    Program("c3", "SAOImage DS9", frozenset({POSITION})),
    Program("c1", "topcat", frozenset({TABLE, POSITION})),
)
AT_HAND = (
    CutsAtHand("bright", "Whatever becomes bright.", replace(CUTS, name="bright")),
    CutsAtHand("broken", "", None, "cuts/broken.yaml: stages[0].keep: something is missing after '>'."),
    CutsAtHand("kilonova", "What fades within days.", replace(CUTS, name="kilonova")),
    CutsAtHand("none", NO_CUTS.about, NO_CUTS),
)
"""The cuts there are: three can be read."""


@dataclass(frozen=True)
class SomeObjects:
    """Some rows of a table, with the stage that rejects them; counts which were looked at."""

    rows: Rows
    places: range
    stage: str = ""
    reads: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.places)

    def object_id(self, row: int) -> str:
        """Name of an object."""
        return self.rows.object_id(self.places[row])

    def value(self, column: str, row: int) -> Value:
        """Value of a column."""
        self.reads.append(row)
        return self.rows.value(column, self.places[row])

    def rejected_by(self, row: int) -> str:
        """The same stage for all."""
        del row
        return self.stage

    def find(self, object_id: str) -> int | None:
        """Row of an object."""
        return next((row for row in range(len(self)) if self.object_id(row) == object_id), None)


def named(other: str | Cuts) -> Cuts:
    """Return cuts by their name; raises `CutsError`."""
    if not isinstance(other, str):
        return other
    found = next((one.cuts for one in AT_HAND if one.name == other and one.cuts), None)
    if found is None:
        raise CutsError(f"There is no file {other} (a set of cuts was expected there).")
    return found


def comparison(snapshot: Snapshot, other: Cuts, gained: Rows) -> Comparison:
    """Compare: the first third of the table's objects is lost, the others are common, and some are gained."""
    rows, b = snapshot.rows, snapshot.stages[:5]
    third = len(rows) // 3
    ours = Side(snapshot.cuts or NO_CUTS, snapshot.stages, snapshot.surviving_alerts, len(rows))
    return Comparison(
        ours,
        Side(other, tuple(replace(stage, knobs=()) for stage in b), 1706, len(rows) - third + len(gained)),
        SomeObjects(gained, range(len(gained)), "young"),
        SomeObjects(rows, range(third), "seen-before"),
        SomeObjects(rows, range(third, len(rows))),
        len(gained), 25, 46,
    )  # fmt: skip


def matrix(snapshot: Snapshot, name: str) -> Matrix:
    """Hold an object of the table against three filters, one of which cannot be read; nothing is known of others."""
    if snapshot.rows.find(name) is None:
        return Matrix(name, "", 0, ())
    newest = explain(CUTS, OneAlert(65.25), 0)[1]
    losses = (("detected", 1), ("time_span", 23), ("sharp", 4))
    mine = MatrixRow("mine", "", True, Tally(34, 33, (("young", 1),), None), "")
    bright = MatrixRow("bright", "", False, Tally(34, 6, losses, newest), f"young: {newest.held[0].shortfall}")
    kilonova = MatrixRow("kilonova", "", False, Tally(34, 0, (("fading", 34),), newest), "fading: rate is missing")
    return Matrix(name, name, 34, (mine, bright, MatrixRow("broken", "", False, None, AT_HAND[1].error), kilonova))
