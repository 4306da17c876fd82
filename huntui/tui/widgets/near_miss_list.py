"""The near misses, a line each; below them what keeps the marked one out, and what would let it in."""

from typing import TYPE_CHECKING

from textual import events

from huntui.engine.snapshot import Snapshot
from huntui.render.explanation import let_in, near, without_margin
from huntui.tui.pressing import press
from huntui.tui.text import cell, wrapped
from huntui.tui.widgets.object_columns import NAME_WIDTH
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.scrolling import Lines, Page, Scrolling

if TYPE_CHECKING:
    from huntui.engine.near_misses import NearAlert, NearAlerts

_MARGIN_WIDTH = 8
_ABOUT_LINES = 3
"""Lines for the marked alert."""


class NearMissList(Scrolling):
    """Has a cursor; draws what it is given."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="near-misses")
        self._found: NearAlerts | None = None
        self._row = 0

    @property
    def alert(self) -> "NearAlert | None":
        """The marked alert."""
        alerts = self._found.alerts if self._found else ()
        return alerts[self._row] if alerts else None

    def tell(self, found: "NearAlerts") -> None:
        """Draw other near misses; the cursor stays on its object where that is still among them."""
        marked = self.alert.object_id if self.alert else None
        self._found = found
        names = [alert.object_id for alert in found.alerts]
        self._row = names.index(marked) if marked in names else min(self._row, max(0, len(names) - 1))

    def go(self, row: int, *, relative: bool = True) -> None:
        """Move the cursor by some rows, or to one."""
        rows = len(self._found.alerts) if self._found else 0
        self._row = max(0, min(self._row + row if relative else row, rows - 1))
        self.fit_into(self.size.width, self.size.height)
        self.scroll_to_show(self._row)

    def on_click(self, event: events.Click) -> None:
        """Mark the alert under the mouse; say everything of the one that is marked."""
        place = event.get_content_offset(self)
        row = self.body_line_at(place.y) if place is not None and self.alert else None
        if row is not None and row == self._row:
            press(self.screen, "explain_near")
        elif row is not None:
            self.go(row, relative=False)

    def page_of(self, width: int) -> Page:
        """Return heading, alerts, and what is said of the marked one."""
        if self._found is None:
            return Page((), [[("Looking …", "muted")]])
        if not self._found.alerts:
            words = without_margin(self._found.by_degree, self._found.otherwise)
            return Page((), [[(cell(line, width), "muted")] for line in wrapped(words, width)])
        heading = f"  {cell('objectId', NAME_WIDTH)}   {cell('margin', _MARGIN_WIDTH, right=True)}  kept out by"
        body = [self._alert(row, alert, width) for row, alert in enumerate(self._found.alerts)]
        return Page([[(cell(heading, width), "muted")]], body, self._foot(width))

    def _alert(self, row: int, alert: "NearAlert", width: int) -> list[Piece]:
        room = width - NAME_WIDTH - _MARGIN_WIDTH - 7
        return [
            ("▸ " if row == self._row else "  ", "key"),
            (cell(alert.object_id, NAME_WIDTH), "value"),
            (" ✓" if alert.object_survives else "  ", "good"),
            (" " + cell(f"{alert.margin:.3g}", _MARGIN_WIDTH, right=True) + "  ", "key"),
            (cell(near([missed.explained for missed in alert.stages]), room), "muted"),
        ]

    def _foot(self, width: int) -> Lines:
        """Say all of the marked alert, always in as many lines, and what a margin is."""
        assert self._found is not None
        assert self.alert is not None
        stages = [missed.explained for missed in self.alert.stages]
        other = " Another alert of it comes through." if self.alert.object_survives else ""
        words = wrapped(f"{near(stages)}; {let_in(stages, self.alert.rescue)}.{other}", width)
        if len(words) > _ABOUT_LINES:
            words = [*words[: _ABOUT_LINES - 1], f"{words[_ABOUT_LINES - 1]} …"]
        about = [cell(line, width) for line in [*words, *[""] * (_ABOUT_LINES - len(words))]]
        legend = wrapped(
            "✓: another alert of it comes through. "
            "Margin 1: as much as lies between the quartiles of this night; stages add up. "
            + without_margin(self._found.by_degree, self._found.otherwise),
            width,
        )
        return [
            [("", "")],
            *([(line, "value")] for line in about),
            *([(cell(line, width), "muted")] for line in legend),
        ]

    def background(self, y: int) -> str:
        """Mark the alert under the cursor."""
        return "cursor" if self.alert is not None and self.body_line_at(y) == self._row else "plain"
