"""A map of the sky: where the night's alerts are, which of them survive, and where the selected object is."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from textual.color import Color
from textual.content import Content

from huntui.engine.face import ObjectDetail
from huntui.engine.snapshot import Snapshot
from huntui.funnel.fates import SURVIVED
from huntui.render.celestial import Frame
from huntui.render.cells import Line
from huntui.render.sky import RADII, SHADES, Selected, Sky, draw
from huntui.render.tally import Tally
from huntui.tui.bindings import bindings
from huntui.tui.text import clean
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.shaded import ShadedPanel

_MOST_POINTS = 2_000
"""Survivors that are drawn; more of them would hide the map, and each takes time."""
_DIMMEST, _BRIGHTEST = 0.09, 0.85
"""How much of the colour of bars the first and the last shade have."""


class SkyPanel(ShadedPanel, can_focus=True):
    """Draws the sky; it is drawn anew only when the night grew enough, or cuts or the selected object changed."""

    BINDINGS = bindings("sky")

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="sky")
        self._tally, self._in_order = Tally(), snapshot.in_order
        self._drawn_with = (-1, -1)
        self._selected: Selected | None = None
        self._frame: Frame = "equatorial"
        self._zoom = 0
        self._drawing: list[Line] = []

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing at once."""

    def settle(self, before: Snapshot) -> None:  # noqa: ARG002 (what was drawn counts, not what was seen before)
        """Draw anew where the map would look different."""
        if self._is_old:
            self._draw()

    @property
    def _is_old(self) -> bool:
        alerts, cuts_version = self._drawn_with
        return self.snapshot.grown_since(alerts) or self.snapshot.cuts_version != cuts_version

    def show_object(self, object_id: str | None, detail: ObjectDetail | None) -> None:
        """Mark another object."""
        selected = _selected(object_id, detail)
        if selected != self._selected:
            self._selected = selected
            self._draw()

    def on_show(self) -> None:
        """Draw what nobody could see before."""
        self._draw()

    def on_resize(self) -> None:
        """Draw in the new size."""
        self._draw()

    def _draw(self) -> None:
        if not self.in_view:
            return
        self._drawn_with = self.snapshot.night.alerts, self.snapshot.cuts_version
        self.entitle(Content(f"Sky · {self._frame}"))
        self._drawing = draw(self._sky(), *self.size, in_characters=self.in_characters)
        self.repaint()

    def _sky(self) -> Sky:
        view = self.snapshot.view
        ra, dec = (_NOTHING, _NOTHING) if view is None or not len(view) else (view.column("ra"), view.column("dec"))
        if self.snapshot.in_order != self._in_order:
            self._in_order, self._tally = self.snapshot.in_order, Tally()
        self._tally.take(ra, dec)
        first = self.snapshot.fates.first[: len(ra)]
        survivors = np.flatnonzero(first == SURVIVED)
        shown = survivors[:: max(1, -(-len(survivors) // _MOST_POINTS))]
        radius = RADII[self._zoom] if self._selected else None
        return Sky(self._tally, ra, dec, shown, len(survivors), self._selected, self._frame, radius)

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the drawing."""
        return self._drawing[y] if y < len(self._drawing) else ()

    def shade(self, family: str, level: int) -> Color:
        """Return the colour of a density: of the sky where there is nothing, and more and more that of bars."""
        del family
        share = _DIMMEST + (_BRIGHTEST - _DIMMEST) * level / (SHADES - 1)
        return self._colour("foreground" if level == 0 else "primary", share)

    def _colour(self, name: str, share: float) -> Color:
        variables = self.app.theme_variables
        return Color.parse(variables["background"]).blend(Color.parse(variables[name]), share)

    # What keys do

    def action_sky_closer(self) -> None:
        """Go closer to the selected object."""
        self._zoom_to(self._zoom + 1)

    def action_sky_wider(self) -> None:
        """Show more of the sky."""
        self._zoom_to(self._zoom - 1)

    def action_sky_all(self) -> None:
        """Show all of the sky."""
        self._zoom_to(0)

    def _zoom_to(self, zoom: int) -> None:
        zoom = min(max(zoom, 0), len(RADII) - 1)
        if zoom != self._zoom:
            self._zoom = zoom
            self._draw()

    def on_mouse_scroll_up(self) -> None:
        """Go closer to the selected object."""
        self._zoom_to(self._zoom + 1)

    def on_mouse_scroll_down(self) -> None:
        """Show more of the sky."""
        self._zoom_to(self._zoom - 1)

    def action_sky_frame(self) -> None:
        """Change between equatorial and galactic coordinates."""
        self._frame = "galactic" if self._frame == "equatorial" else "equatorial"
        self._draw()


_NOTHING: npt.NDArray[np.float64] = np.empty(0)


def _selected(object_id: str | None, detail: ObjectDetail | None) -> Selected | None:
    """Return an object with its place, which its newest alert has."""
    if object_id is None or detail is None:
        return None
    ra, dec = detail.values.get("ra"), detail.values.get("dec")
    if not isinstance(ra, int | float) or not isinstance(dec, int | float):
        return None
    return Selected(clean(object_id), float(ra), float(dec))
