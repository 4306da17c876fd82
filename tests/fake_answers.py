"""What the fake engine answers when it is asked about an alert, or for near misses."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from fake_night import FakeRows

from huntui.engine.explanation import AlertExplained, Explanation
from huntui.engine.near_misses import NearAlert, NearAlerts
from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import explain
from huntui.funnel.language.expression import compile_expression
from huntui.funnel.misses import Missed
from huntui.funnel.stage import Knob, build_stage

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
