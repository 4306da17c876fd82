"""The light curve of the selected object, which can be zoomed, moved, folded and asked about its points."""

from collections.abc import Sequence
from dataclasses import replace

from textual import events
from textual.content import Content

from huntui.engine.face import ObjectDetail
from huntui.engine.snapshot import Snapshot
from huntui.features.slopes import Slope
from huntui.render.cells import Line
from huntui.render.curve_look import CurveLook, Entries, carried, folded, in_view, panned, stepped, zoomed
from huntui.render.light_curve import draw, entry_at, share_of
from huntui.tui.bindings import bindings
from huntui.tui.messages import PeriodWanted, PlotWanted, Refused
from huntui.tui.text import clean
from huntui.tui.widgets.object_marks import NOTE, STAR
from huntui.tui.widgets.panel import Panel, Piece

_CLOSER = 0.6
"""How much of the time is left when it is zoomed in by a step."""
_PAN = 0.2
"""How much of what is seen a step in time is."""


class LightCurvePanel(Panel, can_focus=True):
    """Draws one object; it is drawn anew only when the object, its photometry, the look at it or the size changes."""

    BINDINGS = bindings("light-curve")

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="light-curve")
        self.object_id: str | None = None
        self._slopes: tuple[Slope, ...] = ()
        self._entries: Entries | None = None
        self._chosen = CurveLook()
        self._drawing: list[Line] = []

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def show_object(self, object_id: str | None, detail: ObjectDetail | None) -> None:
        """Draw what is known of an object, or wait for it when that is None; another object is seen whole."""
        before, another = self._entries, object_id != self.object_id
        self.object_id, self._slopes = object_id, detail.slopes if detail else ()
        self._entries = _entries(detail)
        if another or before is None or self._entries is None:
            self._chosen = CurveLook(dates=self._chosen.dates)
        else:
            self._chosen = carried(self._chosen, before, self._entries)
        self._title()
        self._draw()

    def settle(self, before: Snapshot) -> None:
        """Write a new note or star into the frame."""
        if before.marks is not self.snapshot.marks:
            self._title()

    def _title(self) -> None:
        """Write the object and what was noted about it into the frame."""
        words = ["Light curve"]
        if self.object_id:
            marks = self.snapshot.marks
            note = marks.note_of(self.object_id)
            words += [clean(self.object_id), *([STAR] if self.object_id in marks.starred else [])]
            words += [f"{NOTE} {clean(note)}"] if note else []
        self.entitle(Content(" ".join(words)))

    def on_resize(self) -> None:
        """Draw in the new size."""
        self._draw()

    def on_show(self) -> None:
        """Draw what nobody could see before."""
        self._draw()

    def _draw(self) -> None:
        if not self.in_view:
            return
        entries, (width, height) = self._entries, self.size
        self._drawing = draw(entries, width, height, self._chosen, self._slopes) if entries is not None else []
        self.repaint()

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the drawing."""
        if y < len(self._drawing):
            return self._drawing[y]
        words = "no object yet" if self.object_id is None else ""
        return [(words.center(self.size.width), "muted")] if not self._drawing and y == self.size.height // 2 else ()

    # How it is looked at

    def fold(self, object_id: str, period: float | None) -> None:
        """Fold the curve at a period [day], or unfold it, if it still is that object's."""
        if object_id == self.object_id:
            self._look_at(folded(self._chosen, period))

    def _look_at(self, look: CurveLook) -> None:
        if look != self._chosen:
            self._chosen = look
            self._draw()

    def _drawable(self) -> Entries | None:
        """Return what can be drawn, or say that there is nothing."""
        if self._entries is None or not len(self._entries):
            self.post_message(Refused("There is no light curve to look at."))
            return None
        return self._entries

    def _zoom(self, factor: float, share: float | None = None) -> None:
        if entries := self._drawable():
            self._look_at(zoomed(entries, self._chosen, factor, share))

    def _pan(self, share: float) -> None:
        if entries := self._drawable():
            if self._chosen.span is None:
                self.post_message(Refused("All of the curve is in view; zoom in to move along it."))
            self._look_at(panned(entries, self._chosen, share))

    def _step(self, step: int) -> None:
        if entries := self._drawable():
            self._look_at(stepped(entries, self._chosen, step))

    def action_curve_earlier(self) -> None:
        """Go back in time."""
        self._pan(-_PAN)

    def action_curve_later(self) -> None:
        """Go on in time."""
        self._pan(_PAN)

    def action_curve_closer(self) -> None:
        """Zoom in on the point that is picked, else on the alert."""
        self._zoom(_CLOSER)

    def action_curve_farther(self) -> None:
        """Zoom out."""
        self._zoom(1 / _CLOSER)

    def action_curve_whole(self) -> None:
        """Show all of the curve."""
        self._look_at(replace(self._chosen, span=None))

    def action_point_before(self) -> None:
        """Say what the point before is."""
        self._step(-1)

    def action_point_after(self) -> None:
        """Say what the next point is; the first time the newest one."""
        self._step(1)

    def action_switch_axis(self) -> None:
        """Put days or UT first."""
        self._look_at(replace(self._chosen, dates=not self._chosen.dates))

    def action_curve_back(self) -> None:
        """Leave the point, else the fold, else the zoom."""
        if self._chosen.picked is not None:
            self._look_at(replace(self._chosen, picked=None))
        elif self._chosen.period is not None:
            self._look_at(folded(self._chosen, None))
        else:
            self.action_curve_whole()

    def action_fold(self) -> None:
        """Ask for a period."""
        if self._drawable() and self.object_id is not None:
            self.post_message(PeriodWanted(self.object_id, self._chosen.period))

    def action_plot_curve(self) -> None:
        """Plot the curve in the whole window."""
        if (entries := self._drawable()) and self.object_id is not None:
            self.post_message(PlotWanted(self.object_id, entries, self._chosen, self._slopes))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Zoom in on what is under the mouse."""
        self._scroll(event, _CLOSER)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Zoom out around what is under the mouse."""
        self._scroll(event, 1 / _CLOSER)

    def _scroll(self, event: events.MouseEvent, factor: float) -> None:
        place = event.get_content_offset(self)
        if place is not None and self._entries is not None and len(self._entries):
            event.stop()
            self._zoom(factor, share_of(place.x, self.size.width))

    def on_click(self, event: events.Click) -> None:
        """Say what the point is that is nearest to the mouse."""
        place = event.get_content_offset(self)
        if place is not None and self._entries is not None:
            picked = entry_at(self._entries, *self.size, self._chosen, (place.x, place.y))
            self._look_at(in_view(self._entries, replace(self._chosen, picked=picked)))


def _entries(detail: ObjectDetail | None) -> Entries | None:
    """Return what can be drawn of an object, with the time of its newest alert where that is known."""
    if detail is None:
        return None
    jd = detail.values.get("jd")
    return Entries(detail.light_curve, jd if isinstance(jd, float) else None)
