"""What every key of the hunt's screen can reach: the engine, the latest snapshot, the line that says what happened."""

from abc import abstractmethod

from textual.screen import Screen

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.tui.options import ScreenOptions
from huntui.tui.text import clean


class Hunting(Screen[None], inherit_bindings=False):
    """The part of the hunt's screen that its keys work with."""

    def __init__(self, engine: EngineFace, options: ScreenOptions) -> None:
        super().__init__()
        self._engine, self._options = engine, options
        self._keymap, self._pages, self._open_page = dict(options.keymap), options.pages, options.browse

    @property
    @abstractmethod
    def snapshot(self) -> Snapshot:
        """The snapshot on the screen."""

    @property
    @abstractmethod
    def object_under_cursor(self) -> str | None:
        """The object under the cursor of the table, None where it is empty."""

    @abstractmethod
    def say(self, text: str, *, loud: bool = False) -> None:
        """Show a sentence until the next key; `loud` where something was refused."""

    def with_advice(self, message: str) -> str:
        """Return what the engine says it did, with the key that goes on from there."""
        return message

    @abstractmethod
    def go_on(self) -> None:
        """Take away what was said, since the user goes on."""

    @abstractmethod
    def selected_object(self) -> str | None:
        """Return the object under the cursor of the table; where there is none, that is said."""

    @abstractmethod
    def chosen_objects(self) -> tuple[str, ...]:
        """Return the objects of the range, else the one under the cursor; where there is none, that is said."""

    @abstractmethod
    def leave_range(self) -> None:
        """Leave the range of the table, as something was done with it."""

    @abstractmethod
    def select_object(self, object_id: str) -> bool:
        """Put the cursor of the table on an object and return whether it is there."""

    def go_to_object(self, object_id: str) -> None:
        """Put the cursor of the table on an object, or say why it is not there."""
        if not self.select_object(object_id):
            filtered = self.snapshot.rows.find(object_id) is not None
            why = "the filter leaves it out" if filtered else "your cuts lose it by now"
            self.say(f"{clean(object_id)} is not in the table: {why}.", loud=True)
