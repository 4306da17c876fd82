"""The selected stage: what it cuts on, where its threshold lies, and what its knob would change."""

from collections.abc import Sequence

from textual import events
from textual.content import Content

from huntui.engine.snapshot import Snapshot
from huntui.engine.stage_view import StageView
from huntui.funnel.counts import StageCount
from huntui.funnel.distribution import Distribution
from huntui.funnel.what_if import WhatIf
from huntui.render import histogram
from huntui.render.cells import Line
from huntui.session.commands import TurnKnob
from huntui.tui.messages import StageWanted, Tell
from huntui.tui.text import cell, clean, count
from huntui.tui.widgets.panel import Panel, Piece

_ROOMY = 7
"""Lines from which on each way of turning the knob has a line of its own."""
_SPACIOUS = 10
"""Lines from which on the counts of the stage have one."""


class StagePanel(Panel, can_focus=True):
    """Draws what an engine found out about one stage."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="stage")
        self._view: StageView | None = None
        self._drawing: list[Line] = []

    @property
    def bins(self) -> int:
        """How many bins there is room for."""
        return histogram.bins(self.size.width)

    def drawn(self, snapshot: Snapshot) -> object:
        """Draw the counts of its stage."""
        return self._count(snapshot), snapshot.surviving_alerts

    def _count(self, snapshot: Snapshot) -> StageCount | None:
        wanted = self._view.stage if self._view else None
        return next((stage for stage in snapshot.stages if stage.name == wanted), None)

    def show_stage(self, view: StageView | None) -> None:
        """Draw a stage, or nothing."""
        self._view = view
        shown = view.distribution if view else None
        title = f"Stage {clean(view.stage)}" + (f" · {clean(shown.text)}" if shown else "") if view else "Stage"
        self.entitle(Content(title))
        self._draw()

    def on_resize(self) -> None:
        """Draw in the new size, and ask for as many bins as it has room for."""
        self._draw()
        self.post_message(StageWanted())

    def on_show(self) -> None:
        """Draw what nobody could see before."""
        self._draw()

    def _draw(self) -> None:
        if not self.in_view:
            return
        shown = self._view.distribution if self._view else None
        room = self.size.height - 1 - self._counts_lines() - self._outlook_lines()
        self._drawing = histogram.draw(shown, self.size.width, room) if shown else []
        self.repaint()

    def _outlook_lines(self) -> int:
        return 2 if self.size.height >= _ROOMY else 1

    def _counts_lines(self) -> int:
        return int(self.size.height >= _SPACIOUS)

    def line(self, y: int) -> Sequence[Piece]:
        """Return the legend, a line of the drawing, what the stage counts, or what its knob would change."""
        view, width = self._view, self.size.width
        if view is None:
            return ()
        if y == 0:
            return legend(view.distribution, width) if view.distribution else [(cell(_NO_NUMBER, width), "muted")]
        if (left := y - self.size.height + self._outlook_lines()) >= 0:
            said = outlook(view, width, self._outlook_lines())
            return said[left] if left < len(said) else ()
        if self._counts_lines() and left == -1:
            count = self._count(self.snapshot)
            return counted(self.snapshot, count, width) if count else ()
        return self._drawing[y - 1] if y - 1 < len(self._drawing) else ()

    # What the mouse does

    def _turn(self, steps: int) -> None:
        if self._view is not None and self._view.knob is not None:
            self.post_message(Tell(TurnKnob(self._view.stage, self._view.knob, steps)))

    def on_mouse_scroll_up(self) -> None:
        """Turn the knob up."""
        self._turn(1)

    def on_mouse_scroll_down(self) -> None:
        """Turn the knob down."""
        self._turn(-1)

    def on_click(self, event: events.Click) -> None:
        """Turn the knob the way whose outcome is under the mouse."""
        place = event.get_content_offset(self)
        if place is None or place.y < self.size.height - self._outlook_lines():
            return
        text = "".join(text for text, _ in self.line(place.y))
        arrow = max(("←", "→"), key=lambda one: text.rfind(one, 0, place.x + 1))
        if arrow in text[: place.x + 1]:
            event.stop()
            self._turn(1 if arrow == "→" else -1)


_NO_NUMBER = "This stage holds no number against a threshold."


def legend(shown: Distribution, width: int) -> list[Piece]:
    """Return what the two tones are, and how many alerts have no place in the drawing; in few words where narrow.

    How many are not drawn belongs to how many reach the stage; other numbers make room.
    """
    needed = 5 if shown.below + shown.above else 4
    for words, whole in ((_IN_FULL, None), (_IN_SHORT, needed), (_SHORTEST, needed)):
        pieces = _legend(shown, *words)
        if _length(pieces[:whole]) <= width:
            break
    while len(pieces) > needed and _length(pieces) > width:
        pieces.pop()
    return pieces if _length(pieces) <= width else [*pieces[:2], *pieces[4:]]


_IN_FULL = (" reach it  ", " only it rejects  ", " outside ", " at -999 ", " unknown ")
_IN_SHORT = (" reach it ", " alone ", " outside ", " at -999 ", " unknown ")
_SHORTEST = (" in ", " alone ", " out ", " -999 ", " ? ")


def _length(pieces: list[Piece]) -> int:
    return len("".join(text for text, _ in pieces).rstrip())


def _legend(shown: Distribution, reach: str, alone: str, outside: str, no_match: str, unknown: str) -> list[Piece]:
    pieces: list[Piece] = [
        (histogram.REACH, "bar"),
        (f" {count(int(shown.reach.sum()))}{reach}", "muted"),
        (histogram.ALONE, "warn"),
        (f" {count(int(shown.alone.sum()))}{alone}", "muted"),
    ]
    numbers = (shown.below + shown.above, outside), (shown.no_match, no_match), (shown.unknown, unknown)
    return pieces + [(f" {count(number)}{words}", "muted") for number, words in numbers if number]


def counted(snapshot: Snapshot, stage: StageCount, width: int) -> list[Piece]:
    """Return what the stage does to the night in numbers, and what would survive without it."""
    numbers = [(f"{count(stage.rejected)}", " rejected  "), (count(stage.unknown), " unknown  ")]
    if stage.waiting:
        numbers.insert(0, (count(stage.waiting), " wait for a score  "))
    numbers.append((count(snapshot.survivors_without(stage)), " survive when it is off"))
    pieces = [piece for number, words in numbers for piece in ((number, "value"), (words, "muted"))]
    return pieces if sum(len(text) for text, _ in pieces) <= width else pieces[:4]


def outlook(view: StageView, width: int, lines: int) -> list[list[Piece]]:
    """Return what one step of the knob would change, either way, in one line or two."""
    turns = [(arrow, what) for arrow, what in (("←", view.less), ("→", view.more)) if what is not None]
    if view.knob is None or not turns:
        words = "It has no knob." if view.knob is None else "Switched off: its knob changes nothing."
        return [[(cell(words, width), "muted")]]
    write = _told if lines == len(turns) else _told_in_short
    told: list[list[Piece]] = [[(f"{arrow} ", "key"), (write(what), "muted")] for arrow, what in turns]
    return told if lines > 1 else [[piece for pieces in told for piece in [*pieces, ("  ", "muted")]]]


def _told(what: WhatIf) -> str:
    return f"{what.value:g}: {_things(what.alerts, 'alert')}, {_things(what.objects, 'object')}"


def _told_in_short(what: WhatIf) -> str:
    return f"{what.value:g}: {_signed(what.alerts)} ({_signed(what.objects)} obj.)"


def _things(number: int, name: str) -> str:
    return f"{_signed(number)} {name}{'' if abs(number) == 1 else 's'}"


def _signed(number: int) -> str:
    return f"+{count(number)}" if number > 0 else f"−{count(-number)}" if number < 0 else "±0"
