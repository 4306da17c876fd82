"""A synchronous engine for tests of the screen: no threads, no clock, the same night every time.

It follows `huntui.engine.face.EngineFace`: commands change the snapshot at once, as plainly as a test needs it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path

import fake_answers
import fake_clock
import fake_cutouts
import fake_cuts
import fake_look_ups
import fake_marks
import fake_night
import fake_reckoning
import fake_values

from huntui.alerts.light_curve import LightCurve
from huntui.config import LookupsConfig
from huntui.engine.comparison import Comparison
from huntui.engine.explanation import Explanation
from huntui.engine.face import ObjectDetail
from huntui.engine.looking_up import LookedUp, may_look_up
from huntui.engine.matrix import Matrix
from huntui.engine.near_misses import NearAlerts
from huntui.engine.reckoning import Reckoning
from huntui.engine.shelf import CutsAtHand
from huntui.engine.snapshot import Snapshot
from huntui.engine.stage_view import StageView
from huntui.engine.training import Lessons
from huntui.errors import ExistsError, ExportError
from huntui.exports.samp.hub import Program
from huntui.features.slopes import slopes
from huntui.funnel.counts import KnobState
from huntui.funnel.cuts import Cuts
from huntui.hunt.state import ClaimState
from huntui.session.commands import (
    ENDED,
    AddStage,
    ChangeSpeed,
    Claim,
    ClaimAll,
    Command,
    EditStage,
    End,
    FilterRows,
    Hide,
    Jump,
    JumpTo,
    MoveStage,
    OpenHint,
    Pause,
    RememberPanels,
    RemoveStage,
    ReplaceCuts,
    Replay,
    SetKnob,
    Settle,
    SortRows,
    Star,
    Step,
    SwitchStage,
    TurnKnob,
    Unclaim,
    UnclaimAll,
    WholeNight,
    WriteNote,
)


class FakeEngine:
    """Holds one snapshot, remembers every command, and answers at once."""

    def __init__(self, snapshot: Snapshot | None = None, curves: Mapping[str, LightCurve] | None = None) -> None:
        self._latest = snapshot or fake_night.streaming()
        self._curves = curves
        self._news = asyncio.Event()
        self.commands: list[Command] = []
        self.asked: list[str] = []
        self.exports: list[tuple[Path, bool]] = []
        self.written: list[tuple[str, str]] = []
        self.sent: list[tuple[str, dict[str, object]]] = []
        self.started = self.stopped = False
        self.export_error: str | None = None
        self.gained = fake_night.rows(0)
        self.lookups = LookupsConfig(enabled=True)
        self.asked_services: list[tuple[str, bool]] = []
        self.last_answer = asyncio.Event()

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""
        return self._latest

    async def start(self) -> None:
        """Remember that it was started."""
        self.started = True

    async def __aiter__(self) -> AsyncIterator[Snapshot]:
        """Yield the newest snapshot whenever there is a newer one."""
        seen = -1
        while not self.stopped:
            if self._latest.sequence > seen:
                seen = self._latest.sequence
                yield self._latest
            else:
                self._news.clear()
                await self._news.wait()

    def publish(self, snapshot: Snapshot) -> None:
        """Make a snapshot the newest."""
        self._latest = replace(snapshot, sequence=self._latest.sequence + 1)
        self._news.set()

    def send(self, command: Command) -> None:
        """Remember a command and let it show in the next snapshot."""
        if not isinstance(command, RememberPanels):
            self.commands.append(command)
        self.publish(_after(self._latest, command))

    async def detail(self, object_id: str) -> ObjectDetail | None:
        """Return the light curve of an object."""
        self.asked.append(object_id)
        row = self._latest.rows.find(object_id)
        if row is None:
            return None
        curve = self._curves[object_id] if self._curves else fake_night.light_curve(row)
        return ObjectDetail(object_id, curve, fake_values.values(object_id, row), slopes(curve, fake_night.NEWEST_JD))

    def _names(self) -> list[str]:
        return [self._latest.rows.object_id(row) for row in range(len(self._latest.rows))]

    async def stage_view(self, stage: str, knob: str | None, bins: int) -> StageView | None:
        """Return a stage with a hill of alerts, of which it alone rejects some."""
        found = next((one for one in self._latest.stages if one.name == stage), None)
        return fake_night.stage_view(found, knob, bins) if found else None

    async def explain(self, name: str, *, every: bool = False) -> Explanation:
        """Explain an alert of an object of the table; nothing is known of any other."""
        del every
        return fake_answers.explanation(self._names(), name, self._latest.cuts)

    async def near_misses(self, most: int) -> NearAlerts:
        """Return objects of the table, one further out than the other."""
        return fake_answers.near_misses(self._names()[:most], self._latest.cuts)

    async def cuts_at_hand(self) -> tuple[CutsAtHand, ...]:
        """Return three sets of cuts, and one that cannot be read."""
        return fake_answers.AT_HAND

    async def compare(self, other: str | Cuts) -> Comparison:
        """Lose a third of the table, and gain what there is to gain."""
        return fake_answers.comparison(self._latest, fake_answers.named(other), self.gained)

    async def against_all(self, name: str) -> Matrix:
        """Hold an object of the table against some filters."""
        return fake_answers.matrix(self._latest, name)

    async def reckoning(self) -> Reckoning:
        """Say what the night holds."""
        return fake_reckoning.reckoning(self._latest)

    async def cutouts(self, object_id: str) -> fake_cutouts.Triplet | None:
        """Return the same cutouts for each object of the table."""
        return fake_cutouts.triplet() if object_id in self._names() else None

    async def export(
        self, path: Path, *, overwrite: bool = False, what: str = "survivors", per_alert: bool = False, **_: object
    ) -> str:
        """Pretend to write a file."""
        self._write(path, overwrite)
        self.written.append(("alerts" if per_alert else "objects", what))
        self.publish(replace(self._latest, unsaved_cuts=False, unsaved_claims=False))
        return f"Wrote {self._latest.surviving_objects} objects to {path.name}."

    async def export_light_curves(self, path: Path, *, overwrite: bool = False, what: str = "survivors") -> str:
        """Pretend to write light curves."""
        self._write(path, overwrite)
        self.written.append(("light curves", what))
        return f"Wrote light curves of the {what} to {path.name}."

    async def figures(self, folder: Path, *, overwrite: bool = False, what: str = "survivors") -> str:
        """Pretend to write pictures."""
        self._write(folder, overwrite)
        self.written.append(("pictures", what))
        return f"Wrote pictures of the {what} to {folder.name}."

    async def samp_programs(self) -> tuple[Program, ...]:
        """Know of three programs, unless one cannot be sent to."""
        if self.export_error:
            raise ExportError(self.export_error)
        return fake_answers.PROGRAMS

    async def send_by_samp(self, to: str, **chosen: object) -> str:
        """Remember what was to be sent."""
        self.sent.append((to, chosen))
        return f"Sent to {to}."

    async def report(self, path: Path, *, overwrite: bool = False, what: str = "survivors", **_: object) -> str:
        """Pretend to write a page."""
        self._write(path, overwrite)
        return f"Wrote a report of the {what} to {path.name}."

    def where_to_save_cuts(self) -> Path:
        """Propose a file."""
        return Path("cuts/mine.yaml")

    async def save_cuts(self, path: Path, *, overwrite: bool = False) -> str:
        """Pretend to write the cuts."""
        self._write(path, overwrite)
        self.publish(replace(self._latest, unsaved_cuts=False))
        return f"3 stages written to {path}."

    async def export_bad_packets(self, path: Path, *, overwrite: bool = False) -> str:
        """Pretend to write a list."""
        self._write(path, overwrite)
        return f"{len(self._latest.bad_packets)} bad packets written to {path.name}."

    def _write(self, path: Path, overwrite: bool) -> None:
        if self.export_error:
            raise ExportError(self.export_error)
        if path.exists() and not overwrite:
            raise ExistsError(f"{path} exists.")
        self.exports.append((path, overwrite))

    async def lessons(self) -> Lessons:
        """Count what is claimed: as many objects of something else are there as claims."""
        claims = len(self._latest.hunt.claims)
        return Lessons((("supernova", claims), ("other", claims)), "" if claims else "Nothing is claimed.")

    async def check_model_name(self, name: str, *, overwrite: bool = False) -> None:
        """Know of one model."""
        if name == "mine" and not overwrite:
            raise ExistsError("There is a model mine already, which would be replaced.")

    async def train(self, name: str, say: Callable[[str], None], *, overwrite: bool = False) -> None:
        """Say at once that it is done."""
        say("growing trees")
        self.publish(replace(self._latest, message=f"{name} is a column now{', in the place of another' * overwrite}."))

    def can_look_up(self, object_id: str) -> tuple[str, ...]:
        """Follow the rules of the engine, where services may be asked."""
        return may_look_up(self.lookups, self._latest, object_id)

    async def look_up(self, object_id: str, say: Callable[[LookedUp], None], *, again: bool = False) -> None:
        """Give all answers but the last at once; that comes when it is let come, and again where it is asked again."""
        self.asked_services.append((object_id, again))
        *at_once, last = fake_look_ups.answers(object_id)
        for found in at_once:
            say(found)
        await self.last_answer.wait()
        say(last)

    async def stop(self) -> None:
        """End the snapshots."""
        self.stopped = True
        self._news.set()


def _after(snapshot: Snapshot, command: Command) -> Snapshot:
    """Return what a command makes of a snapshot; counts of later stages are left as they are."""
    changed = replace(snapshot, cuts_version=snapshot.cuts_version + 1, unsaved_cuts=True, can_undo=True, message="")
    stages, hunt = snapshot.stages, snapshot.hunt
    match command:
        case SwitchStage(name):
            return replace(
                changed, stages=tuple(replace(s, enabled=not s.enabled) if s.name == name else s for s in stages)
            )
        case TurnKnob(name, knob, steps):
            turned = [
                replace(s, knobs=tuple(_turned(k, steps) if k.name == knob else k for k in s.knobs))
                if s.name == name
                else s
                for s in stages
            ]
            return replace(changed, stages=tuple(turned))
        case SetKnob(name, knob, value) if snapshot.cuts:
            return replace(changed, cuts=snapshot.cuts.set_knob(name, knob, value))
        case ReplaceCuts(cuts):
            return replace(changed, cuts=cuts)
        case End():
            return replace(snapshot, hunt=replace(hunt, ended=snapshot.night.simulated))
        case OpenHint(name, number):
            paid = tuple(replace(t, hints_open=number) if t.name == name else t for t in hunt.treasures)
            return replace(snapshot, hunt=replace(hunt, treasures=paid))
        case Claim() | Unclaim() if hunt.ended:
            return replace(snapshot, message=ENDED)
        case Claim(object_id) if snapshot.rows.find(object_id) is None:
            return replace(snapshot, message=f"{object_id} does not come through the cuts in force.")
        case Claim(object_id, treasure):
            claims = (*hunt.claims, ClaimState(object_id, treasure, "open", 0))
            return replace(changed, hunt=replace(hunt, claims=claims))
        case Unclaim(object_id, treasure):
            kept = tuple(c for c in hunt.claims if (c.object_id, c.treasure) != (object_id, treasure))
            return replace(changed, hunt=replace(hunt, claims=kept))
        case ClaimAll() | UnclaimAll() | Settle() | Star() | Hide() | WriteNote():
            return fake_marks.marked(replace(snapshot, can_undo=True, unsaved_claims=True), command)
        case Jump(place):
            timeline = replace(snapshot.timeline, place=place)
            return replace(changed, timeline=timeline, message=f"back to: {timeline.states[place].what}")
        case RememberPanels(panels):
            return replace(snapshot, panels=panels)
        case FilterRows(condition):
            matching = fake_answers.matching(snapshot.rows, condition) if condition else None
            return fake_marks.without_hidden(replace(snapshot, row_filter=condition, matching=matching))
        case SortRows():
            return replace(snapshot, row_order=command, rows=fake_answers.in_order(snapshot.rows, command))
        case AddStage() | EditStage() | RemoveStage() | MoveStage() | SetKnob():
            return fake_cuts.changed(changed, command)
        case Pause() | Replay() | ChangeSpeed() | Step() | JumpTo() | WholeNight() if snapshot.span is not None:
            return fake_clock.after(snapshot, command)
        case Pause():
            return replace(snapshot, status="streaming" if snapshot.status == "paused" else "paused")
        case _:
            return replace(snapshot, message="Undone: drb_min is 0.65 again.")


def _turned(knob: KnobState, steps: int) -> KnobState:
    return replace(knob, value=min(max(knob.value + steps * knob.step, knob.minimum), knob.maximum))
