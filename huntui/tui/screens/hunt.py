"""The hunt: funnel and checklist above, objects and light curve below."""

import asyncio

from textual import events, work
from textual.app import ComposeResult

from huntui.actions import action, footer_key
from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.hunt.celebration import Celebration, celebration
from huntui.session.commands import Redo, Undo
from huntui.tui.arrangement import DETAILS, MEDIUM, WIDE, Contents
from huntui.tui.bindings import bindings
from huntui.tui.messages import Moved, ObjectSelected, StageWanted, Tell
from huntui.tui.options import ScreenOptions
from huntui.tui.said import Said
from huntui.tui.screens.dialog import Dialog
from huntui.tui.screens.keys.claims import ClaimKeys
from huntui.tui.screens.keys.compare import CompareKeys
from huntui.tui.screens.keys.curve import CurveKeys
from huntui.tui.screens.keys.elsewhere import ElsewhereKeys
from huntui.tui.screens.keys.ending import EndingKeys
from huntui.tui.screens.keys.files import FileKeys
from huntui.tui.screens.keys.filtering import FilterKeys
from huntui.tui.screens.keys.guiding import Guiding
from huntui.tui.screens.keys.learning import Learning
from huntui.tui.screens.keys.looking_up import LookUpKeys
from huntui.tui.screens.keys.meaning import MeaningKeys
from huntui.tui.screens.keys.mouse import Mouse
from huntui.tui.screens.keys.objects import ObjectKeys
from huntui.tui.screens.keys.palette import PaletteKeys
from huntui.tui.screens.keys.past import PastKeys
from huntui.tui.screens.keys.resuming import Resuming
from huntui.tui.screens.keys.starters import StarterKeys
from huntui.tui.screens.keys.time import TimeKeys
from huntui.tui.screens.keys.training import TrainingKeys
from huntui.tui.screens.keys.why import WhyKeys
from huntui.tui.widgets.body import Body
from huntui.tui.widgets.celebration import CelebrationBox
from huntui.tui.widgets.checklist import Checklist
from huntui.tui.widgets.cutouts import CutoutsPanel
from huntui.tui.widgets.filter_line import FilterLine
from huntui.tui.widgets.footer import Footer
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.guide_bar import GuideBar
from huntui.tui.widgets.header import Header
from huntui.tui.widgets.hint import (
    NO_STAGE,
    Hint,
    about_object,
    about_range,
    about_stage,
    about_treasure,
    in_short,
    offer_of_end,
    urgent,
    welcome,
)
from huntui.tui.widgets.inspector import Inspector
from huntui.tui.widgets.light_curve import LightCurvePanel
from huntui.tui.widgets.objects import Objects
from huntui.tui.widgets.panel import Panel
from huntui.tui.widgets.sky import SkyPanel
from huntui.tui.widgets.stage_panel import StagePanel

_DEBOUNCE_SECONDS = 0.05


class HuntScreen(
    PaletteKeys,
    ObjectKeys,
    ClaimKeys,
    ElsewhereKeys,
    LookUpKeys,
    FileKeys,
    PastKeys,
    FilterKeys,
    StarterKeys,
    WhyKeys,
    CompareKeys,
    EndingKeys,
    CurveKeys,
    TimeKeys,
    TrainingKeys,
    Guiding,
    Learning,
    MeaningKeys,
    Resuming,
    Mouse,
    inherit_bindings=False,
):
    """Hands each new snapshot to the panels once, and what the user does to the engine."""

    BINDINGS = bindings("anywhere")
    AUTO_FOCUS = "#funnel"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (MEDIUM, "-medium"), (WIDE, "-wide")]  # noqa: RUF012

    def __init__(self, engine: EngineFace, options: ScreenOptions) -> None:
        """Prepare to show a hunt."""
        super().__init__(engine, options)
        keymap = self._keymap
        self._notice: tuple[str, bool] | None = None
        self._said = Said()
        self._to_celebrate: Celebration | None = None
        self._touched = self._worked = False
        snapshot = engine.latest
        self._header, self._footer, self._hint = Header(snapshot, keymap), Footer(snapshot, keymap), Hint(snapshot)
        self._funnel, self._objects = Funnel(snapshot), Objects(snapshot, options.table)
        self._curve, self._checklist = LightCurvePanel(snapshot), Checklist(snapshot, keymap)
        self._stage, self._stage_wanted = StagePanel(snapshot), asyncio.Event()
        self._stage_drawn_with = 0
        self._cutouts, self._sky = CutoutsPanel(snapshot, engine.cutouts, options.pictures), SkyPanel(snapshot)
        self._inspector = Inspector(snapshot)
        details = self._curve, self._cutouts, self._stage, self._sky, self._inspector
        self._body = Body((self._funnel, self._objects, self._checklist, *details))
        self._filter, self._celebration = FilterLine(snapshot), CelebrationBox(snapshot)

    def compose(self) -> ComposeResult:
        """Put the panels in their places."""
        yield self._header
        yield self._body
        yield self._filter
        yield GuideBar(self.snapshot)
        yield self._hint
        yield self._footer
        yield self._celebration

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot on the screen."""
        return self._header.snapshot

    def show(self, snapshot: Snapshot) -> None:
        """Hand a new snapshot to every panel."""
        before = self.snapshot
        if snapshot.message:
            self._notify(self.with_advice(snapshot.message), loud=snapshot.status == "failed")
        for panel in self.query(Panel):
            panel.show(snapshot)
        for screen in self.app.screen_stack:
            if isinstance(screen, Dialog):
                screen.show(snapshot)
        self.put_panels_back(snapshot, touched=self._touched)
        self._body.fill(_contents(snapshot))
        if self._newest_changed(before, snapshot):
            self._look(self._objects.object_id)
        if snapshot.cuts_version != before.cuts_version or snapshot.grown_since(self._stage_drawn_with):
            self._stage_wanted.set()
        # What an engine shows before it starts knows nothing of the hunt that it goes on with.
        found = celebration(before.hunt, snapshot.hunt) if self._options.celebrate and before.sequence else None
        if found:
            self._to_celebrate = found
            self._celebrate()
        self._advise()

    def _celebrate(self) -> None:
        """Celebrate beside the table, or when nothing stands above the hunt any more."""
        beside = next((name for name in self._body.shown if name in DETAILS), self._body.shown[-1])
        if self.is_active and self._to_celebrate is not None:
            self._celebration.celebrate(self._to_celebrate, self.query_one(f"#{beside}").region)
            self._to_celebrate = None

    def on_screen_resume(self) -> None:
        """Celebrate what was found meanwhile."""
        self._celebrate()

    def on_mount(self) -> None:
        """Say the first words."""
        self._body.fill(_contents(self.snapshot))
        self._advise()
        self._look_at_stages()
        self.watch_panels()

    def on_resize(self) -> None:
        """Take a celebration away, whose place is another now."""
        self._celebration.dismiss()

    def _newest_changed(self, before: Snapshot, snapshot: Snapshot) -> bool:
        """Whether the selected object has a newer alert than the one drawn."""
        object_id = self._objects.object_id
        grown = before.night.alerts != snapshot.night.alerts
        if not grown or object_id is None or object_id != self._curve.object_id:
            return False
        old, new = before.rows.find(object_id), snapshot.rows.find(object_id)
        return old is None or new is None or before.rows.value("jd", old) != snapshot.rows.value("jd", new)

    # What the panels tell

    def on_tell(self, message: Tell) -> None:
        """Send a command to the engine."""
        self._engine.send(message.command)
        self._choose_detail(worked=self._panel_of_keys() == "funnel")

    def on_object_selected(self, message: ObjectSelected) -> None:
        """Draw another object."""
        self._look(message.object_id)
        self._advise()

    def on_moved(self, _: Moved) -> None:
        """Say something about what is selected now."""
        self._choose_detail(worked=True)
        self._advise()

    def on_stage_wanted(self, _: StageWanted) -> None:
        """Look at the stage as it is to be drawn now."""
        self._stage_wanted.set()

    def on_descendant_focus(self) -> None:
        """Show the keys of the panel that has the focus."""
        if not self._filter.is_typed_into:
            self._filter.close()
        self._footer.show_panel(self._panel_of_keys())
        self._choose_detail()
        self._advise()

    def on_key(self, event: events.Key) -> None:
        """Take a notice away as soon as the user goes on."""
        self.learn(event)
        self.go_on()
        self.leave_guide_by(event)

    def go_on(self) -> None:
        """Take a notice away, and a celebration."""
        self._celebration.dismiss()
        self._touched, self._notice = True, None
        self._advise()

    def _choose_detail(self, *, worked: bool = False) -> None:
        """Show the stage once it is worked on, else the light curve; a wide screen has room for both."""
        self._worked = self._worked or worked
        self._stage_wanted.set()

    @work(group="stage")
    async def _look_at_stages(self) -> None:
        """Keep the picture of the selected stage up to date, one after the other and always the newest."""
        while True:
            await self._stage_wanted.wait()
            # What a key did is painted first, and then what follows from it.
            await asyncio.sleep(_DEBOUNCE_SECONDS)
            self._stage_wanted.clear()
            self._stage_drawn_with = self.snapshot.night.alerts
            stage, knob = self._funnel.stage, self._funnel.knob
            self._body.work_on_stage(on=self._worked and stage is not None and self._panel_of_keys() == "funnel")
            if stage is None:
                self._stage.show_stage(None)
            elif self._stage.in_view:
                view = await self._engine.stage_view(stage.name, knob.name if knob else None, self._stage.bins)
                self._stage.show_stage(view)

    @work(exclusive=True, group="detail")
    async def _look(self, object_id: str | None) -> None:
        detail = None
        if object_id is not None:
            await asyncio.sleep(_DEBOUNCE_SECONDS)
            detail = await self._engine.detail(object_id)
        for panel in (self._curve, self._cutouts, self._sky, self._inspector):
            panel.show_object(object_id, detail)

    # What is said above the footer

    def _panel_of_keys(self) -> str:
        if self._filter.is_typed_into:
            return "filter"
        return self.focused_panel

    def say(self, text: str, *, loud: bool = False) -> None:
        """Show a sentence until the next key."""
        self._notify(text, loud=loud)
        self._advise()

    def _notify(self, text: str, *, loud: bool) -> None:
        self._notice = (text, loud)
        self._said.add(text, loud=loud)

    def _advise(self) -> None:
        typing = self._filter.is_typed_into or bool(self._filter.mistake)
        calm = self._notice is None and not typing and not urgent(self.snapshot)
        self._hint.teach("" if self.guide() or not calm else self.lesson())
        if self._notice is not None:
            self._hint.say(self._notice[0], loud=self._notice[1])
        elif self._filter.mistake:
            self._hint.say(in_short(self._filter.mistake, self._hint.size.width - 2), loud=True)
        elif words := urgent(self.snapshot):
            self._hint.say(words, loud=True)
        else:
            self._hint.say(self._advice())

    @property
    def _starter_key(self) -> str:
        return footer_key(action("starter"), self._keymap)

    def _advice(self) -> str:
        if not self._touched:
            return welcome(self.snapshot, footer_key(action("go_to_checklist"), self._keymap), self._starter_key)
        focused = self._panel_of_keys()
        if focused == "funnel" and self._funnel.stage:
            return about_stage(self._funnel.stage, self._funnel.knob)
        if focused == "funnel":
            return f"{NO_STAGE} Every alert passes."
        if words := offer_of_end(self.snapshot, footer_key(action("end_hunt"), self._keymap)):
            return words
        if focused == "checklist" and self._checklist.treasure:
            return about_treasure(self._checklist.treasure, self.snapshot.hunt.sets, self._starter_key)
        if number := self._objects.in_range:
            return about_range(number)
        return about_object(self.snapshot, self._objects.object_id)

    @property
    def object_under_cursor(self) -> str | None:
        """The object under the cursor of the table."""
        return self._objects.object_id

    def selected_object(self) -> str | None:
        """Return the object under the cursor of the table, or say that there is none."""
        if self._objects.object_id is None:
            why = "none meets the filter" if len(self.snapshot.rows) else "none came through the funnel yet"
            self.say(f"No object is selected: {why}.")
        return self._objects.object_id

    def chosen_objects(self) -> tuple[str, ...]:
        """Return the objects of the range, else the one under the cursor, or say that there is none."""
        return self._objects.chosen() if self.selected_object() is not None else ()

    def leave_range(self) -> None:
        """Leave the range of the table."""
        self._objects.leave_range()

    def select_object(self, object_id: str) -> bool:
        """Put the cursor of the table on an object."""
        self.set_focus(self._objects)
        return self._objects.select(object_id)

    # What keys do anywhere

    def action_undo(self) -> None:
        """Take back the last change."""
        self._engine.send(Undo())

    def action_redo(self) -> None:
        """Do it again."""
        self._engine.send(Redo())

    def action_suspend(self) -> None:
        """Go to the shell, on a system where that can be done."""
        self.app.action_suspend_process()

    def action_messages(self) -> None:
        """Show what was said."""
        from huntui.tui.screens.log import Log

        self.app.push_screen(Log(self.snapshot, self._said, self._keymap))

    def action_help(self) -> None:
        """Show the keys."""
        from huntui.tui.screens.help import Help

        self.app.push_screen(Help(self.snapshot, self._panel_of_keys(), self._keymap))


def _contents(snapshot: Snapshot) -> Contents:
    return Contents(len(snapshot.stages), len(snapshot.hunt.treasures))
