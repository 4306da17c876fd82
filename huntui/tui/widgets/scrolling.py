"""A panel of lines of which those in the middle scroll, while some above and below them stay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huntui.engine.snapshot import Snapshot
from huntui.tui.widgets.panel import Panel, Piece

Lines = Sequence[Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Page:
    """What stays above, what scrolls, and what stays below; of that the first line is left empty."""

    head: Lines = ()
    body: Lines = ()
    foot: Lines = ()
    point: int = 0
    """The line of what scrolls that it is about."""

    def __len__(self) -> int:
        return len(self.head) + len(self.body) + len(self.foot)


class Scrolling(Panel):
    """Subclasses say in `page_of` what is on the page in some width."""

    def __init__(self, snapshot: Snapshot, *, id: str) -> None:
        super().__init__(snapshot, id=id)
        self._text = Page()
        self._top = 0

    def page_of(self, width: int) -> Page:
        """Return the page in lines of `width` cells."""
        raise NotImplementedError

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def fit_into(self, width: int, room: int) -> None:
        """Take the height that the page needs in this width, as far as there is room."""
        self._text = self.page_of(width)
        self.styles.height = max(1, min(room, len(self._text)))
        self.scroll_lines_to(self._top)
        self.repaint()

    def turn_page(self) -> None:
        """Draw the page anew in the size that there is."""
        self._text = self.page_of(self.size.width)
        self.scroll_lines_to(self._top)

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the page."""
        head, body, foot = self._text.head, self._text.body, self._text.foot
        if y < len(head):
            return head[y]
        below = y - (self.size.height - len(foot))
        if below == 0:
            return [("  ".join(self._more()), "muted")]
        if below >= 0:
            return foot[below] if below < len(foot) else ()
        place = self._top + y - len(head)
        return body[place] if place < len(body) else ()

    def _more(self) -> Iterator[str]:
        """Yield how many lines there are above and below those in view."""
        if self._top > 0:
            yield f"↑ {self._top} more"
        if (below := len(self._text.body) - self._top - self.page) > 0:
            yield f"↓ {below} more"

    def body_line_at(self, y: int) -> int | None:
        """Return the line of the body that stands in line `y` of the panel."""
        place = self._top + y - len(self._text.head)
        inside = len(self._text.head) <= y < len(self._text.head) + self.page
        return place if inside and place < len(self._text.body) else None

    @property
    def page(self) -> int:
        """Lines of the body that are visible at a time."""
        return max(1, self.size.height - len(self._text.head) - len(self._text.foot))

    def scroll_lines_to(self, line: int) -> None:
        """Move a line of the body to its first place, as far as there are lines below it."""
        self._top = max(0, min(line, len(self._text.body) - self.page))
        self.repaint()

    def scroll_lines_by(self, lines: int) -> None:
        """Move down, or up."""
        self.scroll_lines_to(self._top + lines)

    def scroll_to_show(self, line: int) -> None:
        """Move as little as is needed to have a line of the body in view."""
        self.scroll_lines_to(min(max(self._top, line - self.page + 1), line))

    def on_resize(self) -> None:
        """Show no empty lines below the last one."""
        self.scroll_lines_to(self._top)

    def on_mouse_scroll_down(self) -> None:
        """Go down by three."""
        self.scroll_lines_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Go up by three."""
        self.scroll_lines_by(-3)
