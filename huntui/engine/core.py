"""The work of the engine without its threads: take in alerts, carry out commands, describe the result.

Belongs to one thread. Everything it hands out is immutable or safe to read while it goes on.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.alerts.texts import UNSEEN, TextPool
from huntui.engine.answers import answered, forgotten, settled_as
from huntui.engine.hidden_rows import HiddenRows
from huntui.engine.look_over import LookOver
from huntui.engine.replayed import Replayed
from huntui.engine.row_filter import RowFilter, row_filter
from huntui.engine.row_order import RowOrder
from huntui.engine.rows import NO_ALERTS, SurvivorRows
from huntui.engine.scoring import Scoring
from huntui.engine.snapshot import NightState, Snapshot, Status
from huntui.errors import CallError, SourceError
from huntui.funnel.cuts import Cuts
from huntui.funnel.funnel import Funnel
from huntui.hunt.claims import Claims, Pair
from huntui.hunt.score import hunt_state
from huntui.hunt.state import HuntState, Verdict
from huntui.hunt.suggestions import Suggestions
from huntui.hunt.treasure import Hunt
from huntui.hunt.verdict import judge
from huntui.models.catalogue import Model
from huntui.night.store import Night
from huntui.night.view import NightView
from huntui.packets.faults import BadPacket
from huntui.session.commands import (
    Change,
    Claim,
    ClaimAll,
    Command,
    End,
    FilterRows,
    Jump,
    OpenHint,
    Pause,
    Redo,
    RememberPanels,
    Settle,
    SortRows,
    TimeCommand,
    Undo,
)
from huntui.session.session import Session
from huntui.simulate.schema import PUBLISHER

_TURNS = 5
"""Hurried times after which alerts have been compared with every treasure."""
_GROWTH = 2.0
"""How much a night grows before its alerts are compared with each other again, while more of them come."""

_Done = Change | OpenHint | Undo | Redo | Jump | End
"""Commands that the session carries out."""
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
        seconds: Callable[[], float] = time.monotonic,
        scoring: Scoring | None = None,
        of_table: Collection[str] = (),
    ) -> None:
        """Begin with an empty night; `seconds` are those of a clock on the wall, by which a night is replayed.

        `scoring` has the models, and `of_table` the columns that every row of the table shows.
        """
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
        self._scoring = scoring
        self._of_table = {*of_table}.union(*(treasure.looks_like.kinds for treasure in hunt.treasures))
        self._filter: RowFilter | None = None
        self._order = RowOrder()
        self._look_over = LookOver()
        self._seconds = seconds
        self.replayed: Replayed | None = None
        """The night in the order of time, once somebody wanted to see it as it came in."""
        self._without_truth = ""
        self._hidden = HiddenRows()
        self._judged: tuple[tuple[Pair, ...], dict[Pair, Verdict]] = ((), {})

    @property
    def full(self) -> bool:
        """Whether the night holds as many alerts as were asked for."""
        return self._most is not None and len(self.night) >= self._most

    @property
    def shown(self) -> int:
        """How many alerts the next snapshot has."""
        return len(self._view)

    @property
    def behind(self) -> bool:
        """Whether there are alerts that the funnel or a treasure has not met yet."""
        alerts = len(self._view if self.replayed else self.night)
        return min(len(self._view), len(self._looks)) < alerts or self._look_over.under_way

    def add(self, batch: AlertBatch, features: Columns, bad: list[BadPacket], packets: int) -> None:
        """Take in what a batch of packets gave; alerts beyond the number asked for are left out."""
        self.packets += packets
        for packet in bad:
            self.night.quarantine.add(packet)
        self.night.append(batch, features, self._most)

    def restore(self, night: Night, packets: int) -> None:
        """Take a whole night in the place of one that is still empty; so many packets were read for it."""
        self.night, self.packets = night, packets

    @property
    def invented(self) -> bool:
        """Whether a packet says of itself that it is simulated, wherever it came from."""
        return self.night.texts.find(PUBLISHER) != UNSEEN

    def catch_up(
        self, *, hurried: bool = False, ended: bool = False, waiting: Callable[[], bool] = lambda: False
    ) -> None:
        """Put what was taken in since the last time through the funnel; many alerts at once take hardly longer.

        A hunt has many treasures, which take longer than the cuts do: when `hurried`, alerts are compared with a few
        of them only, as long as nobody is `waiting`, and with the others the next times. Where the night has `ended`,
        all of it is done that way once more.
        """
        changed = self._looked_over(hurried=hurried, ended=ended)
        changed = {*changed, *(self._scoring.news() if self._scoring else ())}
        view = self.replayed.look() if self.replayed else self.night.view()
        if changed or len(view) != len(self._view):
            self._view = self._with_scores(view)
            self._funnel.extend(self._view, changed)
            if self._filter is not None and not self._filter.condition.kinds.keys().isdisjoint(changed):
                self._filter = row_filter(self._filter.condition.text)
        self._looks.extend(self._view, 0 if hurried else None, changed)
        for _ in range(-(-len(self._hunt.treasures) // _TURNS) if hurried else 0):
            if not waiting():
                self._looks.extend(self._view, 1)
        self._ask_models()

    @property
    def waiting(self) -> int:
        """How many alerts wait for the score of a model."""
        return self._scoring.waiting if self._scoring else 0

    def take_in(self, model: Model) -> None:
        """Let the score of one more model be a column."""
        if self._scoring is not None:
            self._scoring.take_in(model)

    def _with_scores(self, view: NightView) -> NightView:
        return self._scoring.shown(view) if self._scoring else view

    def _ask_models(self) -> None:
        """Have those alerts scored without which a count or a row of the table is not what it will be."""
        if self._scoring is None or not self._scoring.columns:
            return
        wanted = self._funnel.wanting()
        in_table = self._of_table | {self._order.by.column} | set(self._filter.condition.kinds if self._filter else ())
        if len(self._view) and (shown := in_table & self._scoring.columns):
            rows = self._view.newest_per_object(self._funnel.survivors)
            for column in sorted(shown):
                wanted[column] = np.concatenate([wanted.get(column, NO_ALERTS), rows])
        self._scoring.want(self._view, wanted)

    def replay(self, command: TimeCommand | Pause) -> str:
        """Carry out a command about the time of a night that was read to its end, and return a sentence about it."""
        try:
            replayed = self.replayed or Replayed(self.night.view(), self._seconds)
            message = replayed.apply(command)
        except CallError as error:
            return str(error)
        if self.replayed is None:
            self._reorder(replayed)
        return message

    def _reorder(self, replayed: Replayed) -> None:
        """Look at the alerts in the order of time from now on: everything that is known of a row is asked again."""
        self.replayed, self._view = replayed, self._with_scores(replayed.look())
        self._funnel, self._looks = Funnel(self.session.cuts), Suggestions(self._hunt)
        self._funnel.extend(self._view)
        if self._filter is not None:
            self._filter = row_filter(self._filter.condition.text)

    def _looked_over(self, *, hurried: bool, ended: bool) -> Collection[str]:
        """Return the columns that comparing the alerts of the night with each other has changed.

        When `hurried`, a thread compares them, and what it finds is taken the next times.
        """
        if not hurried:
            self._look_over.forget()
            return self.night.look_over()
        if (found := self._look_over.take()) is not None:
            return self.night.take_over(*found)
        if not self._look_over.under_way and len(self.night) > (1.0 if ended else _GROWTH) * self.night.looked_over:
            self._look_over.begin(self.night.view())
        return ()

    def apply(self, command: Command) -> str:
        """Carry out a command and return a sentence about it; a command that cannot be done changes nothing."""
        if isinstance(command, TimeCommand):
            return self.replay(command)
        if isinstance(command, Pause):
            self.paused = not self.paused
            return "paused" if self.paused else "going on"
        if isinstance(command, RememberPanels):
            self.session.panels = command.panels
            return ""
        before = self.session.claims
        try:
            if isinstance(command, FilterRows):
                self._filter = row_filter(command.condition)
                self._ask_models()
                return ""
            if isinstance(command, SortRows):
                self._order.choose(command)
                self._ask_models()
                return ""
            message = self.session.apply(self._as_it_can_be(command))
        except CallError as error:
            return str(error)
        claims = self.session.claims
        if claims is not before or isinstance(command, Settle):
            verdicts = self._verdicts()
            state = self._state(claims, verdicts)
            if isinstance(command, Settle):
                message += settled_as(command, state.claims)
            else:
                points = state.score - self._state(before, verdicts).score
                message += answered(before, claims, state.claims, points)
            message += f"; {self._without_truth}" if self._without_truth else ""
        message += forgotten(self.session.forgotten)
        self._funnel.recut(self.session.cuts, self._view)
        self._ask_models()
        return message

    def snapshot(self, status: Status, night: NightState, message: str = "") -> Snapshot:
        """Return a picture as of the last `catch_up`; `night` brings the counts of that moment."""
        view, session = self._view, self.session
        fates = self._funnel.fates()
        survivors = fates.failures == 0
        alerts = view.newest_per_object(survivors) if len(view) else NO_ALERTS
        rows = self._order.of(SurvivorRows(view, alerts, survivors, self._looks))
        matching = self._filter.of(rows) if self._filter else None
        self._sequence += 1
        return Snapshot(
            sequence=self._sequence,
            cuts_version=session.cuts_version,
            status=status,
            night=night,
            stages=self._funnel.counts(fates),
            surviving_alerts=int(survivors.sum()),
            rows=rows,
            matching=matching,
            unhidden=self._hidden.without(rows if matching is None else matching, session.marks.hidden),
            marks=session.marks,
            panels=session.panels,
            row_filter=self._filter.condition.text if self._filter else "",
            row_order=self._order.by,
            hunt=self._state(session.claims, self._verdicts(), self._looks.counts(alerts)),
            message=message,
            can_undo=session.can_undo,
            can_redo=session.can_redo,
            unsaved_cuts=session.unsaved_cuts,
            unsaved_claims=session.unsaved_claims,
            cuts=session.cuts,
            timeline=session.timeline,
            fates=fates,
            view=view,
            waiting=self.waiting,
            models=self._scoring.states() if self._scoring else (),
            clock=self.replayed.state if self.replayed else None,
            in_order=self.replayed is not None,
        )

    @property
    def score(self) -> int:
        """What the claims are worth."""
        return self._state(self.session.claims, self._verdicts()).score

    def _state(
        self, claims: Claims, verdicts: Mapping[Pair, Verdict], suggested: Sequence[int] | None = None
    ) -> HuntState:
        session = self.session
        reasons = session.settled.reasons
        return hunt_state(
            self._hunt, claims, verdicts, suggested, hints=session.hints, ended=session.ended, reasons=reasons
        )

    def _as_it_can_be(self, command: _Done) -> _Done:
        """Return a command without what the night does not allow; raises `CallError` where nothing is left of it."""
        match command:
            case Settle(object_id, treasure):
                verdict = self._of_truth().get((object_id, treasure), "open")
                if verdict != "open":
                    raise CallError(f"Truth has answered this claim already: {object_id} as {treasure} is {verdict}.")
            case Claim(object_id) if not self._coming_through((object_id,)):
                raise CallError(f"{object_id} does not come through the cuts in force, so that it cannot be claimed.")
            case ClaimAll(object_ids):
                left = self._coming_through(object_ids)
                if not left:
                    raise CallError("None of them comes through the cuts in force, so that none can be claimed.")
                return replace(command, object_ids=left)
        return command

    def _coming_through(self, object_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Return those objects of which an alert survives: only what comes through can be claimed."""
        if not len(self._view):
            return ()
        survivors = np.unique(self._view.column("objectId")[self._funnel.survivors])
        codes = np.array([self._view.text_code(name) for name in object_ids])
        return tuple(name for name, there in zip(object_ids, np.isin(codes, survivors).tolist(), strict=True) if there)

    def _verdicts(self) -> dict[Pair, Verdict]:
        return self.session.settled.beside(self._of_truth())

    def _of_truth(self) -> dict[Pair, Verdict]:
        tried = self.session.claims.tried
        if tried != self._judged[0]:
            self._judged = (tried, judge(self._hunt, tried, self._truths(tried)))
        return self._judged[1]

    def _truths(self, pairs: Iterable[Pair]) -> Mapping[str, Mapping[str, object]]:
        """Return what is true of claimed objects; a truth that cannot be read does not end the hunt."""
        self._without_truth = ""
        try:
            return self._truth(sorted({object_id for object_id, _ in pairs}))
        except SourceError as problem:
            self._without_truth = str(problem)
            return {}

    def night_state(self, night: NightState, seconds: float, delivered: float | None) -> NightState:
        """Return `night` with the counts as they stood at the last `catch_up`, after `seconds` of reading.

        `delivered` is what share of the night its source thinks to have delivered.
        """
        alerts = len(self._view)
        return NightState(
            date=night.date,
            source=night.source,
            simulated=night.simulated,
            total=night.total,
            packets=self.packets,
            alerts=alerts,
            objects=self._view.objects,
            duplicates=self.night.duplicates,
            bad_packets=self.night.quarantine.counts(),
            schema_versions=self.night.schema_versions(),
            seconds=seconds,
            alerts_per_second=len(self.night) / seconds if seconds > 0 else 0.0,
            fraction=min(1.0, self.packets / night.total) if night.total else delivered,
            cached=night.cached,
        )
