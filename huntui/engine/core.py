"""The work of the engine without its threads: take in alerts, carry out commands, describe the result.

Belongs to one thread. Everything it hands out is immutable or safe to read while it goes on.
"""

from collections.abc import Callable, Mapping, Sequence

from huntui.alerts.batch import AlertBatch, Columns
from huntui.alerts.texts import TextPool
from huntui.engine.row_filter import RowFilter, row_filter
from huntui.engine.rows import NO_ALERTS, SurvivorRows
from huntui.engine.snapshot import NightState, Snapshot, Status
from huntui.errors import CallError
from huntui.funnel.cuts import Cuts
from huntui.funnel.funnel import Funnel
from huntui.hunt.claims import Claims, Pair
from huntui.hunt.score import hunt_state, score_claims
from huntui.hunt.state import ClaimState, Verdict
from huntui.hunt.suggestions import Suggestions
from huntui.hunt.treasure import Hunt
from huntui.hunt.verdict import judge
from huntui.night.store import Night
from huntui.packets.faults import BadPacket
from huntui.session.commands import Claim, Command, FilterRows, Pause
from huntui.session.session import Session

Truth = Callable[[list[str]], Mapping[str, Mapping[str, object]]]


class Core:
    """A night, its funnel and its hunt, kept in step with each other."""

    def __init__(
        self,
        texts: TextPool,
        cuts: Cuts,
        hunt: Hunt,
        truth: Truth,
        most: int | None = None,
        expected: int | None = None,
        session: Session | None = None,
    ) -> None:
        self.night = Night(texts, expected)
        self.session = session or Session(cuts, hunt)
        self.paused = False
        self.packets = 0
        self._hunt = hunt
        self._truth = truth
        self._most = most
        self._funnel = Funnel(self.session.cuts)
        self._looks = Suggestions(hunt)
        self._sequence = 0
        self._view = self.night.view()
        self._filter: RowFilter | None = None
        self._judged: tuple[tuple[Pair, ...], dict[Pair, Verdict]] = ((), {})

    @property
    def full(self) -> bool:
        """Whether the night holds as many alerts as were asked for."""
        return self._most is not None and len(self.night) >= self._most

    def add(self, batch: AlertBatch, features: Columns, bad: list[BadPacket], packets: int) -> None:
        """Take in what a batch of packets gave; alerts beyond the number asked for are left out."""
        self.packets += packets
        for packet in bad:
            self.night.quarantine.add(packet)
        self.night.append(batch, features, self._most)

    def restore(self, night: Night, packets: int) -> None:
        """Take a whole night in the place of one that is still empty; so many packets were read for it."""
        self.night, self.packets = night, packets

    def catch_up(self, *, hurried: bool = False) -> None:
        """Put what was taken in since the last time through the funnel; many alerts at once take hardly longer.

        A hunt has many treasures, which take longer than the cuts do: when `hurried`, alerts are not compared with
        them until the next time.
        """
        if len(self.night) > len(self._view):
            self._view = self.night.view()
            self._funnel.extend(self._view)
        if not hurried:
            self._looks.extend(self._view)

    def apply(self, command: Command) -> str:
        """Carry out a command and return a sentence about it; a command that cannot be done changes nothing."""
        if isinstance(command, Pause):
            self.paused = not self.paused
            return "paused" if self.paused else "going on"
        before = self.session.claims
        try:
            if isinstance(command, FilterRows):
                self._filter = row_filter(command.condition)
                return ""
            if isinstance(command, Claim):
                self._refuse_what_is_cut([command.object_id])
            message = self.session.apply(command)
        except CallError as error:
            return str(error)
        if self.session.claims is not before:
            claims = self.session.claims
            message += _told(before, claims, score_claims(self._hunt, claims, self._verdicts()))
        self._funnel.recut(self.session.cuts, self._view)
        return message

    def snapshot(self, status: Status, night: NightState, message: str = "") -> Snapshot:
        """Return a picture as of the last `catch_up`; `night` brings the counts of that moment."""
        view, session = self._view, self.session
        fates = self._funnel.fates()
        survivors = fates.failures == 0
        alerts = view.newest_per_object(survivors) if len(view) else NO_ALERTS
        rows = SurvivorRows(view, alerts, survivors, self._looks)
        self._sequence += 1
        return Snapshot(
            sequence=self._sequence,
            cuts_version=session.cuts_version,
            status=status,
            night=night,
            stages=self._funnel.counts(fates),
            surviving_alerts=int(survivors.sum()),
            rows=rows,
            matching=self._filter.of(rows) if self._filter else None,
            row_filter=self._filter.condition.text if self._filter else "",
            hunt=hunt_state(self._hunt, session.claims, self._verdicts(), self._looks.counts(alerts)),
            message=message,
            can_undo=session.can_undo,
            can_redo=session.can_redo,
            unsaved_cuts=session.unsaved_cuts,
            unsaved_claims=session.unsaved_claims,
            cuts=session.cuts,
            timeline=session.timeline,
            fates=fates,
            view=view,
        )

    def _refuse_what_is_cut(self, object_ids: Sequence[str]) -> None:
        survivors = self._funnel.survivors
        for object_id in object_ids:
            if not survivors[self._view.rows_of(object_id)].any():
                raise CallError(f"{object_id} does not come through the cuts in force, so that it cannot be claimed.")

    def _verdicts(self) -> dict[Pair, Verdict]:
        tried = self.session.claims.tried
        if tried != self._judged[0]:
            truths = self._truth(sorted({object_id for object_id, _ in tried}))
            self._judged = (tried, judge(self._hunt, tried, truths))
        return self._judged[1]

    def night_state(self, night: NightState, seconds: float, delivered: float | None) -> NightState:
        """Return `night` with the counts as they stand after `seconds` of reading.

        `delivered` is what share of the night its source thinks to have delivered.
        """
        alerts = len(self.night)
        return NightState(
            date=night.date,
            source=night.source,
            simulated=night.simulated,
            total=night.total,
            packets=self.packets,
            alerts=alerts,
            objects=self.night.objects,
            duplicates=self.night.duplicates,
            bad_packets=self.night.quarantine.counts(),
            schema_versions=self.night.schema_versions(),
            seconds=seconds,
            alerts_per_second=alerts / seconds if seconds > 0 else 0.0,
            fraction=min(1.0, self.packets / night.total) if night.total else delivered,
            cached=night.cached,
        )


def _told(before: Claims, after: Claims, scored: tuple[ClaimState, ...]) -> str:
    """Say what truth makes of a new claim, and that a refuted one goes on costing when it is taken back."""
    found = {(claim.object_id, claim.treasure): claim for claim in scored}
    for pair in after.standing:
        if pair not in before.standing and found[pair].verdict != "open":
            return f": {found[pair].verdict}, {found[pair].points:+d} points"
    for pair in before.standing:
        if pair not in after.standing and pair in found:
            return f"; it was refuted, and the {-found[pair].points} points stay lost"
    return ""
