"""A panel: a widget that draws the latest snapshot line by line and keeps no data of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from huntui.actions import ON_SCREEN, PANELS
from huntui.engine.snapshot import Snapshot

STYLES = (
    *("plain", "title", "muted", "faint", "axis", "key", "value", "good", "bad", "warn", "simulated"),
    *("bar", "bar-rest", "cursor", "cursor-away", "score"),
    *("band-g", "band-r", "band-i", "band-g-faint", "band-r-faint", "band-i-faint"),
)
"""Names of the styles that a piece of text can have; huntui.tcss gives each its colours."""

STYLE_CLASSES = {f"panel--{name}" for name in STYLES}
"""The component classes of those styles. They are the app's: Textual styles each anew with every node that has it."""

Piece = tuple[str, str]
"""Some text that is safe to draw, and the name of its style."""

_Look = tuple[int, str, tuple[Piece, ...]]
"""Everything that a line looks like: width, background and pieces."""
_UNPAINTED = (None, None)


class Panel(Widget):
    """Draws lines of pieces. `show` hands it the newest snapshot; it paints only the lines that changed."""

    ALLOW_SELECT = False
    snapshot: Snapshot

    def __init__(self, snapshot: Snapshot, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._number = f"{ON_SCREEN.index(id) + 1} " if id in ON_SCREEN else ""
        self.border_title = Content(self._number + PANELS[id]) if id in ON_SCREEN else None
        self.snapshot = snapshot
        self._painted: dict[int, tuple[_Look, Strip]] = {}
        self._inks: dict[tuple[str, str], Style] = {}
        self._held_size: Size | None = None

    @property
    def size(self) -> Size:
        """The size of the content; Textual looks for it in the whole screen, and every line asks for it many times."""
        return self._held_size or super().size

    @property
    def in_view(self) -> bool:
        """Whether the panel has a place on the screen; where it has none, nothing is drawn for it."""
        return bool(self.display and self.size.width and self.size.height)

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot, and paint when what is drawn of it is new."""
        before, self.snapshot = self.snapshot, snapshot
        self.settle(before)
        if self.in_view and self.drawn(before) != self.drawn(snapshot):
            self.repaint()

    def on_show(self) -> None:
        """Paint what nobody could see before."""
        self.refresh()

    def repaint(self) -> None:
        """Paint the lines that look different from what was painted last."""
        if not self.in_view:
            return
        with self._one_size() as (width, height):
            changed = [y for y in range(height) if self._painted.get(y, _UNPAINTED)[0] != self._look(y)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def entitle(self, title: Content) -> None:
        """Write another title into the frame; Textual would paint the whole panel for the same one as well."""
        title = Content(self._number) + title
        if title.markup != self.border_title:
            self.border_title = title

    def settle(self, before: Snapshot) -> None:
        """Bring what the panel remembers, such as a cursor, in step with the newer snapshot."""

    def drawn(self, snapshot: Snapshot) -> object:
        """Return the part of a snapshot that the panel draws."""
        return snapshot

    def line(self, y: int) -> Sequence[Piece]:
        """Return line `y` of the panel."""
        raise NotImplementedError

    def background(self, y: int) -> str:  # noqa: ARG002 (panels without a cursor do not look at it)
        """Return the name of the style under line `y`."""
        return "plain"

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part of the panel, frame included."""
        with self._one_size():
            return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return line `y` as Textual wants it, cut or padded to the panel's width."""
        look = self._look(y)
        if self._painted.get(y, _UNPAINTED)[0] != look:
            self._painted[y] = look, self._strip(look)
        return self._painted[y][1]

    def notify_style_update(self) -> None:
        """Forget everything that has the colours of before."""
        self._painted.clear()
        self._inks.clear()
        super().notify_style_update()

    @contextmanager
    def _one_size(self) -> Iterator[Size]:
        self._held_size = size = super().size
        try:
            yield size
        finally:
            self._held_size = None

    def _look(self, y: int) -> _Look:
        return self.size.width, self.background(y), tuple(self.line(y))

    def _strip(self, look: _Look) -> Strip:
        width, background, pieces = look
        segments = [Segment(text, self._ink(name, background)) for text, name in pieces if text]
        return Strip(segments).adjust_cell_length(width, self._ink("plain", background))

    def _ink(self, name: str, background: str) -> Style:
        """Return a style as it looks on the background of a line."""
        if (name, background) not in self._inks:
            own = [
                self.app.get_component_styles(f"panel--{part or 'plain'}").partial_rich_style
                for part in ("plain", background, name)
            ]
            self._inks[name, background] = sum(own, self.rich_style)
        return self._inks[name, background]


def scrolled(top: int, selected: int, height: int, total: int) -> int:
    """Return the first visible of `total` lines that keeps the selected one among `height` visible ones."""
    if height <= 0:
        return 0
    top = min(max(top, selected - height + 1), selected)
    return max(0, min(top, total - height))


def bar(share: float, width: int) -> tuple[str, str]:
    """Return the filled part of a bar, to an eighth of a cell, and the rest of it."""
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    if share > 0:
        eighths = max(1, eighths)
    full, part = divmod(eighths, 8)
    filled = "█" * full + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[part]
    return filled, "·" * (width - len(filled))
