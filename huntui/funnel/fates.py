"""What became of each alert in the funnel, from which every question about a stage can be answered."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huntui.funnel.language.table import Bools

Bytes = npt.NDArray[np.uint8]

SURVIVED = 255
"""In the place of the first stage that an alert fails, where it fails none."""


@dataclass(frozen=True, slots=True)
class Fates:
    """Two small numbers for each alert, made with one set of cuts. Switched-off stages fail nobody."""

    first: Bytes
    """Place of the first stage that the alert fails, or `SURVIVED`."""
    failures: Bytes
    """How many stages it fails."""

    def __len__(self) -> int:
        return len(self.first)

    def reach(self, stage: int) -> Bools:
        """Return whether each alert reaches the stage at a place: it fails none before it."""
        return np.asarray(self.first >= stage)

    def fail_only(self, stage: int) -> Bools:
        """Return whether each alert fails the stage at a place, and no other."""
        return np.asarray((self.failures == 1) & (self.first == stage))

    def pass_others(self, stage: int) -> Bools:
        """Return whether each alert passes every stage but the one at a place, which it may pass as well."""
        return np.asarray((self.failures == 0) | self.fail_only(stage))


NO_FATES = Fates(np.empty(0, np.uint8), np.empty(0, np.uint8))
