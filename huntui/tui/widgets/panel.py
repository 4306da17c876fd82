"""A panel: a widget that draws the latest snapshot line by line and keeps no data of its own."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from huntui.engine.snapshot import Snapshot

STYLES = (
    *("plain", "title", "muted", "faint", "axis", "key", "value", "good", "bad", "warn", "simulated"),
    *("bar", "bar-rest", "cursor", "cursor-away", "score"),
    *("band-g", "band-r", "band-i", "band-g-faint", "band-r-faint", "band-i-faint"),
)
"""Names of the styles that a piece of text can have; huntui.tcss gives each its colours."""

Piece = tuple[str, str]
"""Some text that is safe to draw, and the name of its style."""


class Panel(Widget):
    """Draws lines of pieces. `show` hands it the newest snapshot; it paints once per snapshot, without a new layout."""

    COMPONENT_CLASSES = {f"panel--{name}" for name in STYLES}  # noqa: RUF012 (Textual's own declaration)
    ALLOW_SELECT = False
    snapshot: Snapshot

    def __init__(self, snapshot: Snapshot, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.snapshot = snapshot

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot, and paint when what is drawn of it is new."""
        before, self.snapshot = self.snapshot, snapshot
        if self.drawn(before) != self.drawn(snapshot):
            self.refresh(layout=False)

    def drawn(self, snapshot: Snapshot) -> object:
        """Return the part of a snapshot that the panel draws."""
        return snapshot

    def line(self, y: int) -> Sequence[Piece]:
        """Return line `y` of the panel."""
        raise NotImplementedError

    def background(self, y: int) -> str:  # noqa: ARG002 (panels without a cursor do not look at it)
        """Return the name of the style under line `y`."""
        return "plain"

    def render_line(self, y: int) -> Strip:
        """Return line `y` as Textual wants it, cut or padded to the panel's width."""
        under = self.get_component_rich_style(f"panel--{self.background(y)}")
        segments = [Segment(text, under + self._ink(name)) for text, name in self.line(y) if text]
        return Strip(segments).adjust_cell_length(self.size.width, under)

    def _ink(self, name: str) -> Style:
        """Return what a style changes of the line it stands on."""
        return (
            self.get_component_rich_style(f"panel--{name}", partial=True) if name not in ("", "plain") else Style.null()
        )


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
