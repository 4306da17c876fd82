"""What all dialogs share: a box in the middle, over the hunt, with its keys from the action table at its foot."""

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from huntui.actions import actions_of, footer_key
from huntui.engine.snapshot import Snapshot
from huntui.tui.pressing import press, written_at

_BETWEEN = " · "

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], Generic[Answer], inherit_bindings=False):
    """A box with a title; `inside` says what is in it."""

    panel = ""
    """The panel of the action table that the dialog's keys belong to."""
    inner = ""
    """The panel of what is in it, where the keys of that stand at the foot as well."""

    def __init__(self, title: str, keymap: dict[str, str]) -> None:
        super().__init__()
        self._title, self._keymap = title, keymap

    def inside(self) -> list[Widget]:
        """Return what stands in the box."""
        raise NotImplementedError

    def keys(self) -> str:
        """Return the keys at the foot of the box."""
        return key_line(self.panel, self._keymap, inner=self.inner)

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot; most dialogs stay as they were opened."""

    def take_key(self, event: events.Key) -> bool:
        """Take a key that came before a widget could have the focus, and return whether it did; most do not."""
        del event
        return False

    def after_typing(self, do: Callable[[], object]) -> None:
        """Do something once the letters of the same breath are in their field: a dialog's own keys overtake them."""
        (self.focused or self).call_later(do)

    def compose(self) -> ComposeResult:
        """Put the box together."""
        box = Vertical(*self.inside(), classes="box", id=f"{self.panel}-box")
        box.border_title = Content(self._title)
        box.border_subtitle = Content(self.keys())
        yield box

    def on_click(self, event: events.Click) -> None:
        """Press the key at the foot of the box that is under the mouse."""
        box = self.query_one(f"#{self.panel}-box")
        width, height = box.outer_size
        if event.screen_offset.y != box.region.bottom - 1:
            return
        foot = "".join(strip.text for strip in box.render_lines(Region(0, height - 1, width, 1)))
        # Behind the frame, which has no spaces, the keys begin; they may be cut where they have no room.
        start = foot.find(self.keys().partition(_BETWEEN)[0])
        x = event.screen_offset.x - box.region.x - start
        actions = (*actions_of(self.panel), *actions_of(self.inner))
        if start >= 0 and (action := written_at(self.keys(), _BETWEEN, x, actions, self._keymap)):
            press(self, action.id)


def key_line(panel: str, keymap: dict[str, str], *, inner: str = "", without: Collection[str] = ()) -> str:
    """Return the keys of a dialog in a few words, `Enter choose · Esc back`; but for those of some actions.

    The keys of an `inner` panel stand before the last one.
    """
    *own, last = actions_of(panel)
    every = (*own, *actions_of(inner), last)
    shown = [action for action in every if action.footer and action.id not in without]
    return _BETWEEN.join(f"{footer_key(action, keymap)} {action.title}" for action in shown)


def plain(text: str, *, id: str | None = None, classes: str | None = None) -> Static:
    """Return a text that is never read as markup."""
    return Static(Content(text), id=id, classes=classes)
