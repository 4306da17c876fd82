"""The words on the screen and what they mean, to be searched; those of the focused panel come first."""

from collections.abc import Iterable, Iterator, Mapping

from textual.widget import Widget
from textual.widgets import Input

from huntui.actions import PANELS
from huntui.columns import Column
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import columns
from huntui.funnel.language.functions import FUNCTIONS
from huntui.glossary import OF_PANEL, WORDS, Word
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import plain
from huntui.tui.screens.scrolled_dialog import ScrolledDialog
from huntui.tui.widgets.line_input import LineInput
from huntui.tui.widgets.meaning_list import Meaning, MeaningList

_SHARE, _FRAME, _AROUND = 0.96, 2, 4
"""How much of the window's height a box may take, how much of that are its edges, and the field and a line."""


class Meanings(ScrolledDialog, stem="meaning"):
    """`selected` are the columns that what is selected reads or shows; they come before the panel's own words."""

    BINDINGS = bindings("meanings")
    panel = "meanings"

    def __init__(self, snapshot: Snapshot, panel: str, selected: Iterable[str], keymap: dict[str, str]) -> None:
        super().__init__("What words mean", keymap)
        of_here, rest = meanings(panel, selected)
        self._list = self.scrolled = MeaningList(snapshot, PANELS.get(panel, "Here"), of_here, rest)

    def inside(self) -> list[Widget]:
        """Return the field and the list."""
        return [plain("Type a part of a word.", classes="quiet"), LineInput(), self._list]

    def on_mount(self) -> None:
        """Type into the field at once."""
        self._arrange()
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def _arrange(self) -> None:
        width = self.query_one(f"#{self.panel}-box").size.width
        if width:
            self._list.fit_into(width, int(self.size.height * _SHARE) - _FRAME - _AROUND)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what has these words."""
        self._list.look_for(event.value)
        self._arrange()


def meanings(panel: str, selected: Iterable[str]) -> tuple[list[Meaning], list[Meaning]]:
    """Return the meanings that belong to a panel, and all others; each once."""
    known = columns()
    everything = {one.name: one for one in _everything(known)}
    names = dict.fromkeys((*selected, *OF_PANEL.get(panel, ())))
    of_here = [everything[name] for name in names if name in everything]
    return of_here, [one for name, one in sorted(everything.items(), key=_by_name) if name not in names]


def _everything(known: Mapping[str, Column]) -> Iterator[Meaning]:
    for name, column in known.items():
        yield Meaning(name, column.meaning, column.unit)
    for function in FUNCTIONS.values():
        yield Meaning(function.name, f"{function.signature}: {function.meaning}")
    for one in WORDS:
        yield Meaning(one.name, _told(one, known), also=one.also)


def _told(one: Word, known: Mapping[str, Column]) -> str:
    """Return the meaning of a word, and of the column that it stands for its name."""
    return f"{one.meaning} (column {one.column})" if one.column in known else one.meaning


def _by_name(named: tuple[str, Meaning]) -> str:
    return named[0].lower()
