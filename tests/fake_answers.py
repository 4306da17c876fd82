"""What the fake engine answers when it is asked about an alert."""

import numpy as np
import numpy.typing as npt

from huntui.engine.explanation import AlertExplained, Explanation
from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import explain
from huntui.funnel.stage import Knob, build_stage

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
    return Explanation((AlertExplained(object_id, CANDID, explain(_CUTS, OneAlert(), 0), (CANDID,)),), ())
