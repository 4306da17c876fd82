"""The cutouts of the selected object: science, template and difference."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from textual import events, work
from textual.app import ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widget import Widget

from huntui.alerts.cutout import NAMES, Cutout
from huntui.engine.face import ObjectDetail
from huntui.engine.snapshot import Snapshot
from huntui.errors import SourceError
from huntui.render.cells import Line
from huntui.render.cutout import DIFFERENCE, GREYS, ZOOMS, Look, Means, Shown, draw, greys, placeholder, places
from huntui.tui.bindings import bindings
from huntui.tui.graphics import Picture, show_picture
from huntui.tui.text import clean
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.shaded import ShadedPanel

Fetch = Callable[[str], Awaitable[tuple[Cutout, Cutout, Cutout] | None]]
"""Fetches the cutouts of an object; raises `SourceError` when its packet is gone."""

_REST_SECONDS = 0.15
"""How long the cursor rests on an object before its packet is fetched."""
_MOST_KEPT = 48
_FETCHING = "fetching…"

_Alert = tuple[str, object]
"""An object and the identifier of its newest alert."""


class CutoutsPanel(ShadedPanel, can_focus=True):
    """Draws the cutouts of one object, which a worker fetches while keys do what they do."""

    BINDINGS = bindings("cutouts")

    def __init__(self, snapshot: Snapshot, fetch: Fetch, picture: Picture | None = None) -> None:
        """Prepare to draw what `fetch` brings, as a `picture` each where the terminal shows them."""
        super().__init__(snapshot, id="cutouts")
        self._picture = picture
        self.object_id: str | None = None
        self._fetch = fetch
        self._detail: ObjectDetail | None = None
        self._kept: OrderedDict[_Alert, Shown | str] = OrderedDict()
        self._drawn_of: _Alert | None = None
        self._view = Look()
        self._fetching = False
        self._drawing: list[Line] = []
        self._pictures: list[Widget] = []

    def compose(self) -> ComposeResult:
        """Hold a picture for each cutout where the terminal can show them."""
        kind = None if self.in_characters else self._picture
        self._pictures = [kind() for _ in NAMES] if kind else []
        yield from self._pictures

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def show_object(self, object_id: str | None, detail: ObjectDetail | None) -> None:
        """Draw an object, whose newest alert is in the detail, or say that its cutouts are being fetched."""
        self.object_id, self._detail = object_id, detail
        self.entitle(Content(f"Cutouts {clean(object_id)}" if object_id else "Cutouts"))
        self._want()
        self._draw()

    def on_resize(self) -> None:
        """Draw in the new size, and fetch now what nobody could see before."""
        self._want()
        self._draw()

    def on_show(self) -> None:
        """Draw and fetch what nobody could see before."""
        self._want()
        self._draw()

    def notify_style_update(self) -> None:
        """Make real pictures anew, which have the colours of before."""
        super().notify_style_update()
        if self.is_mounted and self._pictures:
            self._draw()

    @property
    def _alert(self) -> _Alert | None:
        if self.object_id is None:
            return None
        return self.object_id, self._detail.values.get("candid") if self._detail else None

    @property
    def _missing(self) -> _Alert | None:
        """The alert whose cutouts somebody would see if they were here."""
        return self._alert if self.in_view and self._alert not in self._kept else None

    def _want(self) -> None:
        if self._missing is not None and not self._fetching:
            self._fetching = True
            self._fetch_missing()

    @work(group="cutouts")
    async def _fetch_missing(self) -> None:
        """Fetch one alert after the other, and always the newest that is wanted, so that fetches never pile up."""
        try:
            while (alert := self._missing) is not None:
                await asyncio.sleep(_REST_SECONDS)
                if alert == self._missing:
                    self._keep(alert, await self._fetched(alert[0]))
                    self._draw()
        finally:
            self._fetching = False

    async def _fetched(self, object_id: str) -> Shown | str:
        x, y = (_number(self._detail, name) for name in ("xpos", "ypos"))
        try:
            cutouts = await self._fetch(object_id)
        except SourceError as error:
            return str(error)
        return "the night has no packet of it" if cutouts is None else Shown(cutouts, x, y)

    def _keep(self, alert: _Alert, what: Shown | str) -> None:
        self._kept[alert] = what
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)

    def _draw(self) -> None:
        if not self.in_view:
            return
        what = self._at_hand()
        if isinstance(what, str):
            self._drawing = placeholder(clean(what), *self.size)
        else:
            self._drawing = draw(what, *self.size, self._view, self._means)
        if self._pictures:
            self._show_pictures(None if isinstance(what, str) else what)
        self.repaint()

    def _at_hand(self) -> Shown | str:
        """Return the cutouts of the object, or why there are none."""
        if self._alert is None:
            return "no object yet"
        if self._alert in self._kept:
            self._kept.move_to_end(self._alert)
            self._drawn_of = self._alert
        elif self._drawn_of is not None and self._drawn_of[0] == self.object_id:
            # Those of its alert before stay until the newer ones are there.
            return self._kept.get(self._drawn_of, _FETCHING)
        return self._kept.get(self._alert, _FETCHING)

    @property
    def _means(self) -> Means:
        return "pictures" if self._pictures else "characters" if self.in_characters else "half-blocks"

    def _show_pictures(self, shown: Shown | None) -> None:
        """Lay real pictures over the room that was left for them."""
        spots = {spot.which: spot for spot in places(*self.size, self._view)} if shown else {}
        for which, picture in enumerate(self._pictures):
            image = shown.whole(which)[0] if shown else None
            picture.display = image is not None and which in spots
            if image is None or not picture.display:
                continue
            spot, signed = spots[which], which == DIFFERENCE
            picture.styles.offset = spot.column, spot.row
            picture.styles.width, picture.styles.height = spot.cells, spot.cells // 2
            show_picture(picture, greys(image, self._view, signed=signed, inverse=not self.app.current_theme.dark))

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the drawing."""
        return self._drawing[y] if y < len(self._drawing) else ()

    def shade(self, family: str, level: int) -> Color:
        """Return a grey of those that a terminal of 256 colours has; on a light screen stars are dark, as on plates."""
        del family
        grey = 8 + 10 * (level if self.app.current_theme.dark else GREYS - 1 - level)
        return Color(grey, grey, grey)

    # What keys do

    def action_cutout_stretch(self) -> None:
        """Stretch the brightness in the other way."""
        self._view_with(replace(self._view, stretch="percentile" if self._view.stretch == "asinh" else "asinh"))

    def action_cutout_closer(self) -> None:
        """Enlarge the middle."""
        self._zoom(1)

    def action_cutout_wider(self) -> None:
        """Show more of the surroundings."""
        self._zoom(-1)

    def _zoom(self, step: int) -> None:
        place = min(max(ZOOMS.index(self._view.zoom) + step, 0), len(ZOOMS) - 1)
        self._view_with(replace(self._view, zoom=ZOOMS[place]))

    def action_cutout_north(self) -> None:
        """Turn north up, or show the rows as they are stored."""
        self._view_with(replace(self._view, north_up=not self._view.north_up))

    def action_cutout_alone(self) -> None:
        """Give one picture all the room, or show three."""
        self._view_with(replace(self._view, alone=not self._view.alone))

    def action_cutout_next(self) -> None:
        """Show the next picture where there is room for one."""
        self._turn(1)

    def action_cutout_previous(self) -> None:
        """Show the picture before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        self._view_with(replace(self._view, which=(self._view.which + step) % 3))

    def on_mouse_scroll_up(self) -> None:
        """Enlarge the middle."""
        self._zoom(1)

    def on_mouse_scroll_down(self) -> None:
        """Show more of the surroundings."""
        self._zoom(-1)

    def on_click(self, event: events.Click) -> None:
        """Show the picture under the mouse alone, or all three again."""
        at = event.screen_offset - self.content_region.offset
        for spot in places(*self.size, self._view):
            if spot.column <= at.x < spot.column + spot.cells and spot.row <= at.y < spot.row + spot.cells // 2:
                event.stop()
                self._view_with(replace(self._view, alone=not self._view.alone, which=spot.which))

    def _view_with(self, view: Look) -> None:
        self._view = view
        self._draw()


def _number(detail: ObjectDetail | None, name: str) -> float | None:
    value = detail.values.get(name) if detail else None
    return float(value) if isinstance(value, int | float) else None
