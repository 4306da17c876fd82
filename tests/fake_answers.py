"""What the fake engine answers when it is asked about an alert."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from huntui.engine.comparison import Comparison, Side
from huntui.engine.explanation import AlertExplained, Explanation
from huntui.engine.matrix import Matrix, MatrixRow
from huntui.engine.shelf import CutsAtHand
from huntui.engine.snapshot import Rows, Snapshot, Value
from huntui.errors import CutsError
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.explain import explain
from huntui.funnel.stage import Knob, build_stage
from huntui.funnel.tally import Tally

CANDID = 2738123456000000000
_CUTS = Cuts(
    "fake", "Two stages, of which one rejects the alert.",
    (
        build_stage("real", "drb >= drb_min", {"drb": "number"}, knobs={"drb_min": Knob(0.65, 0.0, 1.0, 0.05)}),
        build_stage("young", "age <= age_max", {"age": "number"}, knobs={"age_max": Knob(60.0, 1.0, 365.0, 1.0)}),
    ),
)  # fmt: skip


class OneAlert:
    """A table with a row: a real source that is known here for long."""

    def __len__(self) -> int:
        return 1

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """Return a column."""
        return np.array([{"drb": 0.75, "age": 65.25}[name]])

    def text_code(self, text: str) -> int:
        """Return a code that is in no row."""
        del text
        return -2


def explanation(object_id: str | None) -> Explanation:
    """Return what two stages say of an alert of this object."""
    if object_id is None:
        return Explanation((), ())
    return Explanation((AlertExplained(object_id, CANDID, explain(_CUTS, OneAlert(), 0)),), ())


AT_HAND = (
    CutsAtHand("bright", "Whatever becomes bright.", replace(_CUTS, name="bright")),
    CutsAtHand("broken", "", None, "cuts/broken.yaml: stages[0].keep: something is missing after '>'."),
    CutsAtHand("kilonova", "What fades within days.", replace(_CUTS, name="kilonova")),
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
    newest = explain(_CUTS, OneAlert(), 0)[1]
    losses = (("detected", 1), ("time_span", 23), ("sharp", 4))
    mine = MatrixRow("mine", "", True, Tally(34, 33, (("young", 1),), None), "")
    bright = MatrixRow("bright", "", False, Tally(34, 6, losses, newest), f"young: {newest.held[0].shortfall}")
    kilonova = MatrixRow("kilonova", "", False, Tally(34, 0, (("fading", 34),), newest), "fading: rate is missing")
    return Matrix(name, name, 34, (mine, bright, MatrixRow("broken", "", False, None, AT_HAND[1].error), kilonova))
