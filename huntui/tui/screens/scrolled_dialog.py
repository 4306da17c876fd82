"""A dialog with one panel that scrolls, and the actions that scroll it."""

from collections.abc import Callable

from huntui.tui.screens.dialog import Dialog
from huntui.tui.widgets.scrolling import Scrolling


class ScrolledDialog(Dialog[None]):
    """Scrolls by the actions `<stem>_up`, `_down`, `_page_up` and `_page_down`, and closes by `leave_<panel>`.

    A subclass names the stem, as in `class Help(ScrolledDialog, stem="help")`.
    """

    scrolled: Scrolling

    def __init_subclass__(cls, stem: str = "") -> None:
        super().__init_subclass__()
        if not stem:
            return
        for name, lines in (("up", -1), ("down", 1)):
            setattr(cls, f"action_{stem}_{name}", _by_lines(lines))
            setattr(cls, f"action_{stem}_page_{name}", _by_pages(lines))
        setattr(cls, f"action_leave_{cls.panel}", _leave)


def _by_lines(lines: int) -> Callable[[ScrolledDialog], None]:
    return lambda dialog: dialog.scrolled.scroll_lines_by(lines)


def _by_pages(pages: int) -> Callable[[ScrolledDialog], None]:
    return lambda dialog: dialog.scrolled.scroll_lines_by(pages * dialog.scrolled.page)


def _leave(dialog: ScrolledDialog) -> None:
    dialog.dismiss(None)
