"""What there is to show before anything is read; made without the heavy libraries that reading needs."""

from huntui.alerts.light_curve import Photometry
from huntui.engine.snapshot import NightState, Snapshot, Value
from huntui.funnel.counts import StageCount
from huntui.funnel.cuts import Cuts
from huntui.hunt.claims import Claims
from huntui.hunt.score import hunt_state
from huntui.hunt.treasure import Hunt


class NoRows:
    """A table without rows."""

    def __len__(self) -> int:
        return 0

    def object_id(self, row: int) -> str:
        """There is no row."""
        raise IndexError(row)

    def value(self, column: str, row: int) -> Value:
        """There is no row."""
        raise IndexError((column, row))

    def photometry(self, row: int) -> Photometry:
        """There is no row."""
        raise IndexError(row)

    def suggestions(self, row: int) -> tuple[str, ...]:
        """There is no row."""
        raise IndexError(row)

    def find(self, object_id: str) -> int | None:
        """Return None: no object is here."""
        del object_id
        return None


def blank_snapshot(night: NightState, cuts: Cuts, hunt: Hunt) -> Snapshot:
    """Return a night of which nothing has been read yet."""
    return Snapshot(
        sequence=0,
        cuts_version=0,
        status="starting",
        night=night,
        stages=tuple(
            StageCount(s.name, s.title, s.keep, s.enabled, s.knob_states(), 0, 0, 0, 0, 0) for s in cuts.stages
        ),
        surviving_alerts=0,
        rows=NoRows(),
        hunt=hunt_state(hunt, Claims(hunt.names), {}),
        cuts=cuts,
    )
