"""The funnel: one line per stage (two where there is room), live, with the knobs."""

from collections.abc import Sequence

from textual import events

from huntui.engine.snapshot import Snapshot
from huntui.funnel.counts import KnobState, StageCount
from huntui.session.commands import MoveStage, SwitchStage, TurnKnob
from huntui.tui.bindings import bindings
from huntui.tui.messages import AddWanted, EditWanted, Moved, RemoveWanted, Tell, ValueWanted
from huntui.tui.widgets.funnel_lines import (
    FunnelLayout,
    about_stage,
    heading,
    second_line,
    stage_line,
    survivors_line,
)
from huntui.tui.widgets.funnel_parts import Part, part_of_slider, part_of_stage_line
from huntui.tui.widgets.hint import NO_STAGE
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_FAR = 10


class Funnel(Panel, can_focus=True):
    """Stages with their counts; the selected one has its knob under ← and →."""

    BINDINGS = bindings("funnel")

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="funnel")
        self._selected = 0
        self._stage_name = snapshot.stages[0].name if snapshot.stages else None
        self._wanted: str | None = None
        self._chosen_knob: dict[str, int] = {}
        self._top = 0

    def settle(self, before: Snapshot) -> None:  # noqa: ARG002 (stages are known by their names)
        """Keep the cursor on its stage, wherever that is now and whatever it is called."""
        places = {stage.name: place for place, stage in enumerate(self.snapshot.stages)}
        was = self._stage_name
        if self._wanted in places:
            self._stage_name, self._wanted = self._wanted, None
        if self._stage_name in places:
            self._selected = places[self._stage_name]
        self._selected = max(0, self._place())
        self._stage_name = self.stage.name if self.stage else None
        if self._stage_name != was:
            self.post_message(Moved())

    def select(self, name: str) -> None:
        """Go to a stage, or as soon as it is there."""
        self._wanted = name
        self.show(self.snapshot)
        self.repaint()

    @property
    def stage(self) -> StageCount | None:
        """The selected stage."""
        stages = self.snapshot.stages
        return stages[self._place()] if stages else None

    @property
    def knob(self) -> KnobState | None:
        """The knob of the selected stage that ← and → turn."""
        return self._knob_of(self.stage) if self.stage else None

    def line(self, y: int) -> Sequence[Piece]:
        """Return the heading, a stage, the survivors, or where there is room something about the selected stage."""
        layout = FunnelLayout.of(self.snapshot, self.size.width)
        below = y - 1 - self._stage_lines()
        if y == 0:
            return heading(layout)
        if not self.snapshot.stages:
            return ((), [(f"   {NO_STAGE}", "title")], survivors_line(self.snapshot, layout))[y] if y < 3 else ()
        if below == 0:
            return survivors_line(self.snapshot, layout)
        if below > 0:
            return self._about(below - 2)
        index, second = self._stage_at(y)
        stage = self.snapshot.stages[index]
        if second:
            return second_line(stage, self._knob_of(stage), layout)
        return stage_line(stage, self._knob_of(stage), layout, selected=stage is self.stage)

    def background(self, y: int) -> str:
        """Mark the selected stage."""
        if not 0 < y <= self._stage_lines() or self._stage_at(y)[0] != self._place():
            return "plain"
        return "cursor" if self.has_focus else "cursor-away"

    def _about(self, place: int) -> Sequence[Piece]:
        about = about_stage(self.stage, self.knob, self.size.width) if self.stage else []
        return about[place] if 0 <= place < len(about) else ()

    def _lines_per_stage(self) -> int:
        return 2 if self.size.height - 2 >= 2 * len(self.snapshot.stages) else 1

    def _stage_lines(self) -> int:
        """Return how many lines the stages take that are in view."""
        lines = self._lines_per_stage()
        return lines * min(len(self.snapshot.stages), max(0, self.size.height - 2) // lines)

    def _place(self) -> int:
        """Return the place of the selected stage, also when there are fewer stages than before."""
        return min(self._selected, len(self.snapshot.stages) - 1)

    def _stage_at(self, y: int) -> tuple[int, bool]:
        """Return the stage of a line and whether it is the stage's second line."""
        lines = self._lines_per_stage()
        self._top = scrolled(self._top, self._place(), self._stage_lines() // lines, len(self.snapshot.stages))
        return self._top + (y - 1) // lines, (y - 1) % lines == 1

    def _knob_of(self, stage: StageCount) -> KnobState | None:
        return stage.knobs[self._chosen_knob.get(stage.name, 0) % len(stage.knobs)] if stage.knobs else None

    def _go(self, index: int) -> None:
        self._selected = max(0, min(index, len(self.snapshot.stages) - 1))
        self._stage_name = self.stage.name if self.stage else None
        self.repaint()
        self.post_message(Moved())

    def _turn(self, steps: int) -> None:
        if self.stage and self.knob and steps:
            self.post_message(Tell(TurnKnob(self.stage.name, self.knob.name, steps)))

    # What the mouse does

    def _under(self, event: events.MouseEvent) -> tuple[int | None, Part | None]:
        """Return the stage whose line is under the mouse, and the part of it; below them that is the selected one."""
        place = event.get_content_offset(self)
        if place is None or place.y == 0 or self.stage is None:
            return None, None
        text = "".join(text for text, _ in self.line(place.y))
        if place.y > self._stage_lines():
            slider = part_of_slider(text, place.x)
            return self._place() if slider else None, slider
        index, second = self._stage_at(place.y)
        if second:
            return index, part_of_slider(text, place.x)
        return index, part_of_stage_line(text, place.x, FunnelLayout.of(self.snapshot, self.size.width))

    def on_click(self, event: events.Click) -> None:
        """Go to the stage under the mouse; its sign switches it, and its knob is chosen, typed or moved."""
        index, part = self._under(event)
        if index is None:
            return
        again = index == self._place()
        self._go(index)
        if part is None:
            return
        event.stop()
        if part.kind == "sign":
            self.action_switch_stage()
        elif part.kind == "slider":
            self._turn_to(part.share)
        elif part.kind == "knob" and again:
            self.action_next_knob()
        elif part.kind == "value" and again:
            self.action_type_value()

    def _turn_to(self, share: float) -> None:
        if (knob := self.knob) and knob.step:
            wanted = knob.minimum + share * (knob.maximum - knob.minimum)
            self._turn(round((wanted - knob.value) / knob.step))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Turn the knob under the mouse up, or go to the stage above."""
        self._scroll(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Turn the knob under the mouse down, or go to the stage below."""
        self._scroll(event, -1)

    def _scroll(self, event: events.MouseEvent, steps: int) -> None:
        index, part = self._under(event)
        if index is None or part is None or not part.turns:
            self._go(self._place() - steps)
            return
        if index != self._place():
            self._go(index)
        self._turn(steps)

    # What keys do

    def action_stage_up(self) -> None:
        """Go to the stage above."""
        self._go(self._selected - 1)

    def action_stage_down(self) -> None:
        """Go to the stage below."""
        self._go(self._selected + 1)

    def action_knob_less(self) -> None:
        """Turn the knob down."""
        self._turn(-1)

    def action_knob_more(self) -> None:
        """Turn the knob up."""
        self._turn(1)

    def action_knob_much_less(self) -> None:
        """Turn the knob far down."""
        self._turn(-_FAR)

    def action_knob_much_more(self) -> None:
        """Turn the knob far up."""
        self._turn(_FAR)

    def action_next_knob(self) -> None:
        """Choose the next knob of the stage."""
        if self.stage:
            self._chosen_knob[self.stage.name] = self._chosen_knob.get(self.stage.name, 0) + 1
            self._go(self._selected)

    def action_switch_stage(self) -> None:
        """Switch the stage off or on."""
        if self.stage:
            self.post_message(Tell(SwitchStage(self.stage.name)))

    def action_edit_stage(self) -> None:
        """Edit the stage, or write the first one."""
        self.post_message(EditWanted(self.stage.name) if self.stage else AddWanted(None))

    def action_type_value(self) -> None:
        """Type the value of the knob."""
        if self.stage and self.knob:
            self.post_message(ValueWanted(self.stage.name, self.knob))

    def action_add_stage(self) -> None:
        """Write a new stage behind this one."""
        self.post_message(AddWanted(self.stage.name if self.stage else None))

    def action_delete_stage(self) -> None:
        """Take the stage away."""
        if self.stage:
            self.post_message(RemoveWanted(self.stage.name))

    def action_stage_later(self) -> None:
        """Move the stage down."""
        self._move(1)

    def action_stage_earlier(self) -> None:
        """Move the stage up."""
        self._move(-1)

    def _move(self, places: int) -> None:
        if self.stage:
            self.post_message(Tell(MoveStage(self.stage.name, places)))
