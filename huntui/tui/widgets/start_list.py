"""The list of the start screen: a guided find, hunts to go on with, nights, and a line for any other date."""

import time
from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.message import Message

from huntui.engine.beginning import GUIDED, AtHand, Beginning
from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, clean, count, night_name
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_DIGITS = 8
_TITLE, _KIND, _WHEN = 12, 10, 11
_TYPED = Beginning("night", "Another date")
"""The line that a date is typed into."""

_Line = Beginning | str
"""A line that can be marked, or a heading."""


class StartList(Panel):
    """One line per beginning, below headings; digits go into the last line, wherever the mark is."""

    class Wanted(Message):
        """The marked line was clicked on a second time."""

    class Marked(Message):
        """Another line is marked, by the player or because the lists are others."""

        def __init__(self, *, by_player: bool) -> None:
            super().__init__()
            self.by_player = by_player

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="start-list")
        self._lines: list[_Line] = []
        self._row = self._top = 0
        self._touched = False
        self.digits = ""
        self.take(AtHand())

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def take(self, at_hand: AtHand) -> None:
        """Show what is at hand; the mark stays where it is, or goes to the newest hunt before a key was pressed."""
        marked = self.marked if self._lines else None
        sections: list[tuple[str, Sequence[Beginning]]] = [
            ("New here?", [GUIDED]),
            ("Go on", at_hand.kept),
            ("A night", [*at_hand.nights, _TYPED]),
        ]
        self._lines = []
        for title, those in sections:
            self._lines += [title, *those, ""] if those else []
        self._lines.pop()
        wanted = marked if self._touched or not at_hand.kept else at_hand.kept[0]
        self._row = self._lines.index(wanted) if wanted in self._lines else 1
        self.post_message(self.Marked(by_player=False))
        self.repaint()

    @property
    def marked(self) -> Beginning:
        """The marked line; of the line for a date the night that is typed there."""
        line = self._lines[self._row]
        assert isinstance(line, Beginning)
        return line

    @property
    def beginning(self) -> Beginning | None:
        """What the marked line begins with; None as long as a date is not whole."""
        if self.marked is not _TYPED:
            return self.marked
        return Beginning("night", self.digits, date=self.digits) if len(self.digits) == _DIGITS else None

    @property
    def lines_wanted(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    @property
    def page(self) -> int:
        """Lines that are visible at a time."""
        return max(1, self.size.height)

    def go(self, row: int, step: int = 1) -> None:
        """Mark a line, or where a heading stands the next one in the direction of `step`."""
        self._touched = True
        row = max(1, min(row, len(self._lines) - 1))
        while isinstance(self._lines[row], str):
            row += 1 if step > 0 else -1
        self._row = max(1, row)
        self.post_message(self.Marked(by_player=True))
        self.repaint()

    def go_by(self, rows: int) -> None:
        """Move the mark down, or up."""
        self.go(self._row + rows, rows)

    def go_to_end(self) -> None:
        """Mark the last line."""
        self.go(len(self._lines) - 1, -1)

    def type_digit(self, digit: str) -> None:
        """Write a digit of a date."""
        self.digits = (self.digits + digit)[:_DIGITS]
        self.go_to_end()

    def erase(self) -> None:
        """Take the last digit away."""
        self.digits = self.digits[:-1]
        self.go_to_end()

    def forget(self) -> None:
        """Take all digits away."""
        self.digits = ""
        self.go_to_end()

    def line(self, y: int) -> Sequence[Piece]:
        """Return a heading or a beginning."""
        place = self._scrolled() + y
        if place >= len(self._lines):
            return ()
        line = self._lines[place]
        if isinstance(line, str):
            return [(f"  {line}", "muted")]
        mark: Piece = (" ▸ " if place == self._row else "   ", "key")
        return [mark, *self._beginning(line)]

    def background(self, y: int) -> str:
        """Mark the line."""
        return "cursor" if self._scrolled() + y == self._row else "plain"

    def _scrolled(self) -> int:
        # The heading above the first line stays with it.
        wanted = self._row - 1 if self._row == 1 else self._row
        self._top = scrolled(self._top, wanted, self.size.height, len(self._lines))
        return self._top

    def _beginning(self, line: Beginning) -> list[Piece]:
        room = self.size.width - 4
        if line.kind == "guide":
            return [("★ ", "score"), (cell(line.title, 21), "title"), (cell(line.about, room - 23), "muted")]
        if line is _TYPED:
            blanks = "YYYYMMDD"[len(self.digits) :]
            told = room - len(line.title) - 2 - _DIGITS - 2
            words = "Enter starts" if not blanks else "type it: what is not on disk is simulated"
            return [
                (f"{line.title}  ", "value"), (self.digits, "key"), (blanks, "faint"), ("  ", "plain"),
                (cell(words, told), "muted"),
            ]  # fmt: skip
        kind: Piece = (cell("simulated", _KIND), "warn") if line.simulated else (cell("real", _KIND), "good")
        title = cell(night_name(line.title), _TITLE)
        if line.kind == "night":
            known = "" if line.about.startswith("simulated, ") else line.about
            about = known or line.about.removeprefix("simulated, ")
            return [(title, "value"), kind, (cell(about, room - _TITLE - _KIND), "muted")]
        when = cell(_when(line.written), _WHEN, right=True)
        return [
            (title, "value"), kind, (cell(_standing(line), room - _TITLE - _KIND - _WHEN), "value"), (when, "muted"),
        ]  # fmt: skip

    def on_click(self, event: events.Click) -> None:
        """Mark the line under the mouse, or begin with it where it is marked."""
        place = event.get_content_offset(self)
        row = self._scrolled() + place.y if place is not None else len(self._lines)
        if row >= len(self._lines) or isinstance(self._lines[row], str):
            return
        if row == self._row:
            self.post_message(self.Wanted())
        else:
            self.go(row)

    def on_mouse_scroll_down(self) -> None:
        """Go down by a line."""
        self.go_by(1)

    def on_mouse_scroll_up(self) -> None:
        """Go up by a line."""
        self.go_by(-1)


def _standing(kept: Beginning) -> str:
    """Return hunt, score and claims of a kept hunt."""
    told = [clean(kept.hunt or "")]
    if kept.score is not None:
        told.append(f"{count(kept.score)} {'point' if kept.score == 1 else 'points'}")
    if kept.claims is not None:
        told.append(f"{count(kept.claims)} {'claim' if kept.claims == 1 else 'claims'}")
    return " · ".join([*told, *(["ended"] if kept.ended else [])])


def _when(written: float) -> str:
    """Say when a hunt was changed last."""
    minutes = (time.time() - written) / 60
    if 0 <= minutes < 60:
        return f"{int(minutes)} min ago" if minutes >= 1 else "just now"
    try:
        then = datetime.fromtimestamp(written)
    except (ValueError, OverflowError, OSError):
        return ""
    return then.strftime("%H:%M" if then.date() == datetime.now().date() else "%Y-%m-%d")
