"""The help: every key from the action table, those of the focused panel first."""

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.actions import PANELS, actions_of, keys_of, shown_key
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog
from huntui.tui.text import wrapped

_ON_SCREEN = ("anywhere", "funnel", "objects", "checklist", "filter")
_KEY_WIDTH, _MEANING_WIDTH = 14, 52
_SIGNS = (
    ("● ◆ ■", "detections in g, r and i; ○ ◇ □ where fainter than the reference"),
    ("▾ ▿", "upper limits in g and r: nothing was seen, so it was fainter"),
    ("● ○", "a stage that is on, and one that is off"),
    ("◆ ✓ ✗", "a claim that is open, confirmed, refuted"),
    ("★ ✎ - ☆", "an object with a star, with a note, hidden, hidden and starred"),
    ("┃", "an object of the range"),
    ("=", "where cuts are compared: the same stage stands on both sides"),
)


class Help(Dialog[None]):
    """A page of keys."""

    BINDINGS = bindings("help")
    panel = "help"

    def __init__(self, focused: str, keymap: dict[str, str]) -> None:
        super().__init__("Keys", keymap)
        self._focused = focused

    def inside(self) -> list[Widget]:
        """Return the page."""
        page = VerticalScroll(Static(help_page(self._focused, self._keymap)), id="help-text")
        page.can_focus = False
        return [page]

    def action_help_up(self) -> None:
        """Scroll up."""
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def action_help_down(self) -> None:
        """Scroll down."""
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def action_help_page_up(self) -> None:
        """Scroll up by a page."""
        self.query_one(VerticalScroll).scroll_page_up(animate=False)

    def action_help_page_down(self) -> None:
        """Scroll down by a page."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_leave_help(self) -> None:
        """Go back."""
        self.dismiss(None)


def help_page(focused: str, keymap: dict[str, str]) -> Content:
    """Return the keys of every panel, the focused one first, and what the signs on the screen mean."""
    panels = dict.fromkeys([focused, *_ON_SCREEN])
    blocks = [_block(panel, keymap) for panel in panels]
    signs = [_row(sign, meaning) for sign, meaning in _SIGNS]
    return Content("\n\n").join([*blocks, Content("\n").join([Content.styled("Signs", "bold"), *signs])])


def _block(panel: str, keymap: dict[str, str]) -> Content:
    rows = [
        _row(" ".join(shown_key(key) for key in keys_of(action, keymap)), action.help) for action in actions_of(panel)
    ]
    return Content("\n").join([Content.styled(PANELS[panel], "bold"), *rows])


def _row(keys: str, meaning: str) -> Content:
    first, *more = wrapped(meaning, _MEANING_WIDTH)
    rest = "".join("\n" + " " * (_KEY_WIDTH + 2) + line for line in more)
    return Content.assemble(("  " + keys.ljust(_KEY_WIDTH), "$accent"), first + rest)
