"""What the panels tell the screen."""

from textual.message import Message

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
