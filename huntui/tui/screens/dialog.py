"""What all dialogs share: a box in the middle, over the hunt, with its keys from the action table at its foot."""

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from huntui.actions import actions_of, footer_key
from huntui.engine.snapshot import Snapshot

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], Generic[Answer], inherit_bindings=False):
    """A box with a title; `inside` says what is in it."""

    panel = ""
    """The panel of the action table that the dialog's keys belong to."""

    def __init__(self, title: str, keymap: dict[str, str]) -> None:
        super().__init__()
        self._title, self._keymap = title, keymap

    def inside(self) -> list[Widget]:
        """Return what stands in the box."""
        raise NotImplementedError

    def keys(self) -> str:
        """Return the keys at the foot of the box."""
        return key_line(self.panel, self._keymap)

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot; most dialogs stay as they were opened."""

    def after_typing(self, do: Callable[[], object]) -> None:
        """Do something once the letters of the same breath are in their field: a dialog's own keys overtake them."""
        (self.focused or self).call_later(do)

    def compose(self) -> ComposeResult:
        """Put the box together."""
        box = Vertical(*self.inside(), classes="box", id=f"{self.panel}-box")
        box.border_title = Content(self._title)
        box.border_subtitle = Content(self.keys())
        yield box


def key_line(panel: str, keymap: dict[str, str], *, without: Collection[str] = ()) -> str:
    """Return the keys of a dialog in a few words, `Enter choose · Esc back`; but for those of some actions."""
    shown = [action for action in actions_of(panel) if action.footer and action.id not in without]
    return " · ".join(f"{footer_key(action, keymap)} {action.title}" for action in shown)


def plain(text: str, *, id: str | None = None, classes: str | None = None) -> Static:
    """Return a text that is never read as markup."""
    return Static(Content(text), id=id, classes=classes)
