"""The top line: which night, how far, how fast."""

from collections.abc import Sequence

from huntui.engine.snapshot import NightState, Snapshot
from huntui.tui.text import cell, clean, count, night_name
from huntui.tui.widgets.panel import Panel, Piece, bar

_STATUS: dict[str, Piece] = {
    "starting": ("… starting ", "muted"),
    "compiling": ("… compiling", "warn"),
    "streaming": ("▶ streaming", "good"),
    "paused": ("‖ paused   ", "warn"),
    "finished": ("✓ finished ", "good"),
    "failed": ("✗ failed   ", "bad"),
}


class Header(Panel):
    """One line; what matters less is left out where there is no room."""

    def line(self, y: int) -> Sequence[Piece]:  # noqa: ARG002 (there is one)
        """Return the whole header."""
        return header(self.snapshot, self.size.width)


def header(snapshot: Snapshot, width: int) -> list[Piece]:
    """Return the pieces of a header that is exactly `width` cells wide."""
    night = snapshot.night
    left = {
        0: [(" huntui ", "title")],
        1: [(" SIMULATED ", "simulated"), (" ", "plain")] if night.simulated else [],
        2: [(f" {cell(night_name(night.date), 10)} ", "value")] if night.date else [],
        9: _source(night),
    }
    right = {
        6: _faults(night),
        7: [(f"{count(round(night.alerts_per_second)):>7}/s ", "muted")],
        8: _progress_bar(night),
        3: [(_amount(night) + " ", "value")],
        4: [_STATUS[snapshot.status], (" ", "plain")],
    }
    kept, room = set(), width
    for rank in sorted({**left, **right}):
        needed = sum(len(text) for text, _ in {**left, **right}[rank])
        if needed <= room:
            kept.add(rank)
            room -= needed
    before = [piece for rank, pieces in left.items() if rank in kept for piece in pieces]
    after = [piece for rank, pieces in right.items() if rank in kept for piece in pieces]
    return [*before, (" " * room, "plain"), *after]


def _source(night: NightState) -> list[Piece]:
    title = clean(night.source)
    return [] if title == "simulated" or not title else [(cell(title, min(len(title), 40)) + " ", "muted")]


def _amount(night: NightState) -> str:
    if night.total is None:
        return f"{count(night.packets):>9}"
    total = count(night.total)
    return f"{count(night.packets):>{len(total)}}/{total}"


def _progress_bar(night: NightState) -> list[Piece]:
    if not night.total:
        return []
    filled, rest = bar(night.packets / night.total, 12)
    return [(filled, "bar"), (rest, "bar-rest"), (" ", "plain")]


def _faults(night: NightState) -> list[Piece]:
    bad = sum(night.bad_packets.values())
    pieces = [(f"{count(bad)} bad ", "bad")] if bad else []
    return [*pieces, (f"{count(night.duplicates)} twice ", "warn")] if night.duplicates else pieces
