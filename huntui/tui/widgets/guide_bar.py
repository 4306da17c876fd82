"""The guide's lines: what to press, and below it why. They take no focus and no key but the one that closes them."""

from collections.abc import Sequence

from textual.message import Message

from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.guide import STEPS, Advice
from huntui.tui.text import cell, wrapped
from huntui.tui.widgets.panel import Panel, Piece


class GuideBar(Panel):
    """Is there as long as somebody is guided."""

    BINDINGS = bindings("guide")

    class Left(Message):
        """The guide is not wanted any more."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="guide")
        self.advice: Advice | None = None

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def tell(self, advice: Advice | None) -> None:
        """Say what is next, or go away."""
        if advice != self.advice:
            self.advice = advice
            self.display = advice is not None
            self.repaint()

    def line(self, y: int) -> Sequence[Piece]:
        """Return what to press, or why."""
        advice, width = self.advice, self.size.width
        if advice is None:
            return ()
        if y:
            why = wrapped(advice.why, width - 4)
            return [(f"   {why[y - 1]}", "plain")] if y <= len(why) else ()
        steps: list[Piece] = [("●" * advice.number, "key"), ("○" * (STEPS - advice.number), "faint"), ("  ", "plain")]
        sign = "★" if advice.done else "▸"
        room = width - STEPS - 3
        return [(f" {sign} ", "score"), (cell(advice.press, room - 2), "score" if advice.done else "title"), *steps]

    def background(self, y: int) -> str:  # noqa: ARG002 (both are alike)
        """Stand out from the panels."""
        return "cursor-away"

    def on_click(self) -> None:
        """Stay: a click is no way to lose it."""

    def action_leave_guide(self) -> None:
        """Go away."""
        self.post_message(self.Left())
