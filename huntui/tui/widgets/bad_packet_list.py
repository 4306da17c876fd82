"""The bad packets: how many of each kind and what that means, then a line per packet, read only where visible."""

from collections.abc import Sequence

from huntui.engine.bad_packets import meaning
from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, cell_end, count, wrapped
from huntui.tui.widgets.panel import Panel, Piece, scrolled

_REASON_WIDTH = 13
_LEAST_PACKETS = 4
"""Lines that the meanings always leave to the packets."""


class BadPacketList(Panel):
    """Counts at the top stay where they are; the lines below scroll. The first packet that was refused comes first."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="bad-packets")
        self._top = 0

    def drawn(self, snapshot: Snapshot) -> object:
        """Draw the packets and how many there are."""
        return len(snapshot.bad_packets)

    def wanted_height(self, width: int) -> int:
        """Return the number of lines that show everything."""
        return len(_summary(self.snapshot, width)) + len(self.snapshot.bad_packets)

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the summary or one packet."""
        summary = self._summary()
        if y < len(summary):
            return summary[y]
        place = self._top + y - len(summary)
        return self._packet(place) if place < len(self.snapshot.bad_packets) else ()

    def _summary(self) -> list[list[Piece]]:
        """Return what stays at the top: meanings in full where there is room, else cut to a line each."""
        room = max(0, self.size.height - min(_LEAST_PACKETS, len(self.snapshot.bad_packets)))
        lines = _summary(self.snapshot, self.size.width)
        return lines if len(lines) <= room else _summary(self.snapshot, self.size.width, whole=False)[:room]

    def _packet(self, place: int) -> list[Piece]:
        bad = self.snapshot.bad_packets
        digits = len(count(len(bad)))
        room = self.size.width - digits - _REASON_WIDTH - 4
        return [
            (cell(count(place + 1), digits, right=True) + "  ", "muted"),
            (cell(bad.reason(place), _REASON_WIDTH) + "  ", "bad"),
            (cell_end(bad.reference(place), room), "value"),
        ]

    def scroll_by(self, lines: int) -> None:
        """Move down, or up, as far as there are packets."""
        self.scroll_to_packet(self._top + lines)

    def scroll_to_packet(self, place: int) -> None:
        """Move a packet to the first line, as far as there are packets."""
        total, visible = len(self.snapshot.bad_packets), self.page
        top = scrolled(place, min(max(place, 0), total), visible, total)
        if top != self._top:
            self._top = top
            self.repaint()

    @property
    def page(self) -> int:
        """Packets that are visible at a time."""
        return max(1, self.size.height - len(self._summary()))

    def on_resize(self) -> None:
        """Show no empty lines below the last packet."""
        self.scroll_to_packet(self._top)

    def on_mouse_scroll_down(self) -> None:
        """Go down by three."""
        self.scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Go up by three."""
        self.scroll_by(-3)


def _summary(snapshot: Snapshot, width: int, whole: bool = True) -> list[list[Piece]]:
    """Return count, name and meaning of each reason, the most frequent first, and an empty line."""
    counts = snapshot.night.bad_packets
    digits = max((len(count(number)) for number in counts.values()), default=0)
    before = digits + _REASON_WIDTH + 4
    lines: list[list[Piece]] = []
    for reason, number in counts.items():
        words = wrapped(meaning(reason), max(1, width - before)) if whole else [meaning(reason)]
        first, *more = words or [""]
        lines.append(
            [
                (cell(count(number), digits, right=True) + "  ", "value"),
                (cell(reason, _REASON_WIDTH) + "  ", "bad"),
                (cell(first, width - before), "muted"),
            ]
        )
        lines += [[(" " * before + cell(rest, width - before), "muted")] for rest in more]
    return [*lines, []] if lines else []
