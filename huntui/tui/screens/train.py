"""Training a model: what there is to learn from, what is missing, and the name of the column that it becomes."""

from dataclasses import dataclass

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.actions import action, footer_key
from huntui.engine.face import EngineFace
from huntui.errors import ExistsError, HuntuiError
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import clean, count
from huntui.tui.widgets.line_input import LineInput

_PROPOSAL = "mine"
_LONGEST_NAME = 48
_MOST_CLASSES = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model to train."""

    name: str
    overwrite: bool
    """Whether it may replace one of that name."""


class AskTraining(Dialog[Wanted]):
    """Gives back the name of a model that can be trained now, or None."""

    BINDINGS = bindings("training")
    panel = "training"

    def __init__(self, engine: EngineFace, keymap: dict[str, str]) -> None:
        super().__init__("Train a model on this hunt", keymap)
        self._engine = engine
        self._field = LineInput(_PROPOSAL, compact=True, replaced=True, most=_LONGEST_NAME)
        self._missing: str | None = None
        self._allowed = ""

    def inside(self) -> list[Widget]:
        """Return what there is to learn from, the field for the name, and a line for what is wrong."""
        return [
            plain("Looking at what you have claimed and hidden …", id="lessons"),
            plain("Its score becomes a column, which cuts and the filter of the table can name:", classes="quiet"),
            self._field,
            plain("", id="outcome"),
        ]

    def on_mount(self) -> None:
        """Type the name at once, and look what there is."""
        self._field.focus()
        self._look()

    @work
    async def _look(self) -> None:
        found = await self._engine.lessons()
        lines = [f"{count(number):>6}  {clean(name)}" for name, number in found.counts[:_MOST_CLASSES]]
        if more := len(found.counts) - len(lines):
            lines.append(f"{more:>6}  classes more")
        head = "Objects that you have judged, by what you claimed them as; what was refuted or hidden is other:"
        self.query_one("#lessons", Static).update(Content("\n".join([head, *lines]) if lines else _NOTHING))
        self._missing = found.missing
        if found.missing:
            keys = {name: footer_key(action(name), self._keymap) for name in ("claim", "hide")}
            advice = f"Key {keys['claim']} claims an object, {keys['hide']} hides one that is none of your treasures."
            self._say(f"{found.missing} {advice}", wrong=True)

    def on_input_changed(self) -> None:
        """Forget the permission to replace a model when the name is another."""
        self._allowed = ""

    def action_begin_training(self) -> None:
        """Give the name back when a model can be trained under it; one that exists is told first."""
        self.after_typing(self._take)

    def _take(self) -> None:
        if self._missing == "":
            self._check(self._field.value.strip())

    @work(exclusive=True)
    async def _check(self, name: str) -> None:
        try:
            await self._engine.check_model_name(name, overwrite=name == self._allowed)
        except ExistsError as error:
            self._allowed = name
            self._say(f"{error} Enter goes on, Esc goes back.", wrong=True)
        except HuntuiError as error:
            self._say(str(error), wrong=True)
        else:
            self.dismiss(Wanted(name, name == self._allowed))

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(clean(sentence)))
        outcome.set_classes("error" if wrong else "quiet")

    def action_leave_training(self) -> None:
        """Go back without training."""
        self.dismiss(None)


_NOTHING = "You have neither claimed nor hidden an object yet."
