"""What the panels tell the screen."""

from textual.message import Message

from huntui.features.slopes import Slope
from huntui.funnel.counts import KnobState
from huntui.hunt.state import TreasureState
from huntui.render.curve_look import CurveLook, Entries
from huntui.session.commands import Command


class Tell(Message):
    """A command for the engine."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command


class ObjectSelected(Message):
    """Another object is under the cursor of the table, or none."""

    def __init__(self, object_id: str | None) -> None:
        super().__init__()
        self.object_id = object_id


class Moved(Message):
    """Another stage, knob or treasure is selected, so that the hint is out of date."""


class StageWanted(Message):
    """There is room to draw a stage, or another room than before."""


class EditWanted(Message):
    """A stage is to be edited."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self.stage = stage


class AddWanted(Message):
    """A new stage is wanted behind another one, or before all."""

    def __init__(self, after: str | None) -> None:
        super().__init__()
        self.after = after


class RemoveWanted(Message):
    """A stage is to be taken away."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self.stage = stage


class ValueWanted(Message):
    """The value of a knob is to be typed."""

    def __init__(self, stage: str, knob: KnobState) -> None:
        super().__init__()
        self.stage, self.knob = stage, knob


class NoteWanted(Message):
    """A note on an object is to be written."""

    def __init__(self, object_id: str) -> None:
        super().__init__()
        self.object_id = object_id


class Refused(Message):
    """What a key asked for cannot be done, and why."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class AboutWanted(Message):
    """Somebody wants to know more about a treasure."""

    def __init__(self, treasure: TreasureState) -> None:
        super().__init__()
        self.treasure = treasure


class StarterWanted(Message):
    """A treasure's starter is to be put in force, or where it is, the cuts of before."""

    def __init__(self, treasure: TreasureState) -> None:
        super().__init__()
        self.treasure = treasure


class PeriodWanted(Message):
    """A period is to be typed, at which the light curve is folded."""

    def __init__(self, object_id: str, period: float | None) -> None:
        super().__init__()
        self.object_id, self.period = object_id, period


class PlotWanted(Message):
    """A light curve is to be plotted in the whole window, as it is looked at."""

    def __init__(self, object_id: str, entries: Entries, look: CurveLook, slopes: tuple[Slope, ...]) -> None:
        super().__init__()
        self.object_id, self.entries, self.look, self.slopes = object_id, entries, look, slopes
