"""The top line: which night, how far, how fast."""

from collections.abc import Sequence

from huntui.actions import action, footer_key
from huntui.engine.night_clock import ClockState
from huntui.engine.snapshot import NightState, Snapshot
from huntui.render.clock import clock as span
from huntui.tui.text import cell, clean, count, night_name
from huntui.tui.widgets.panel import Panel, Piece, bar
from huntui.ut import ut_clock, ut_date

_STATUS: dict[str, Piece] = {
    "starting": ("… starting ", "muted"),
    "compiling": ("… compiling", "warn"),
    "streaming": ("▶ streaming", "good"),
    "paused": ("‖ paused   ", "warn"),
    "finished": ("✓ finished ", "good"),
    "failed": ("✗ failed   ", "bad"),
}
_MOST_PARTITIONS = 8
_ROOM_FOR_A_BAR, _SHORT_BAR, _LONG_BAR = 140, 12, 30
"""The width from which on the bar over a night is long, and how long bars are, in cells."""


class Header(Panel):
    """One line; what matters less is left out where there is no room."""

    def __init__(self, snapshot: Snapshot, keymap: dict[str, str]) -> None:
        super().__init__(snapshot)
        self._key = footer_key(action("bad_packets"), keymap)

    def line(self, y: int) -> Sequence[Piece]:  # noqa: ARG002 (there is one)
        """Return the whole header."""
        return header(self.snapshot, self.size.width, self._key)


def header(snapshot: Snapshot, width: int, key: str = "b") -> list[Piece]:
    """Return the pieces of a header that is exactly `width` cells wide; `key` lists the bad packets."""
    night, clock = snapshot.night, snapshot.clock
    left = {
        0: [(" huntui ", "title")],
        1: [(" SIMULATED ", "simulated"), (" ", "plain")] if night.simulated else [],
        2: [(f" {cell(night_name(night.date), 10)} ", "value")] if night.date else [],
        11: _source(night),
    }
    right = _reading(snapshot, key) if clock is None else _replaying(snapshot, clock, width)
    kept, room = set(), width
    for rank in sorted({**left, **right}):
        needed = sum(len(text) for text, _ in {**left, **right}[rank])
        if needed <= room:
            kept.add(rank)
            room -= needed
    before = [piece for rank, pieces in left.items() if rank in kept for piece in pieces]
    after = [piece for rank, pieces in right.items() if rank in kept for piece in pieces]
    return [*before, (" " * room, "plain"), *after]


def _reading(snapshot: Snapshot, key: str) -> dict[int, list[Piece]]:
    """Return how far a night was read; what has the lowest number is left out last."""
    night = snapshot.night
    return {
        12: _waiting(snapshot),
        10: _duplicates(night),
        5: _bad_packets(night, key),
        7: [(f"{count(round(night.alerts_per_second)):>7}/s ", "muted")],
        6: _time_left(snapshot) or _behind(snapshot),
        13: _partitions(snapshot),
        9: _progress_bar(night),
        8: _share(night),
        3: [(_compiled(snapshot) if snapshot.status == "compiling" else _amount(night), "value"), (" ", "plain")],
        4: [_status(snapshot), (" ", "plain")],
    }


def _status(snapshot: Snapshot) -> Piece:
    """Return how reading stands; a stream whose broker does not answer, and one that waits for more, say so."""
    stream = snapshot.stream
    if stream is None or snapshot.status != "streaming":
        return _STATUS[snapshot.status]
    if stream.connection != "connected":
        return ("! no broker ", "bad") if stream.connection == "lost" else ("… connecting", "warn")
    return ("▶ waiting   ", "good") if stream.at_end else _STATUS["streaming"]


def _behind(snapshot: Snapshot) -> list[Piece]:
    """Return how many packets of a stream wait at the broker."""
    stream = snapshot.stream
    if stream is None or not stream.partitions or snapshot.read:
        return []
    return [(f"{count(stream.behind)} behind ", "warn" if stream.behind else "muted")]


def _partitions(snapshot: Snapshot) -> list[Piece]:
    """Return how many packets wait in each partition, where there are a few of them."""
    stream = snapshot.stream
    if stream is None or not 1 < len(stream.partitions) <= _MOST_PARTITIONS or not stream.behind:
        return []
    parts = " ".join(f"p{one.number} {count(one.behind)}" for one in stream.partitions)
    return [(f"({parts}) ", "muted")]


def _replaying(snapshot: Snapshot, clock: ClockState, width: int) -> dict[int, list[Piece]]:
    """Return how far a night is that is replayed; what has the lowest number is left out last."""
    filled, rest = bar(clock.share, _SHORT_BAR if width < _ROOM_FOR_A_BAR else _LONG_BAR)
    alerts, exposures = count(clock.alerts), count(clock.exposures)
    return {
        7: [(f"{span(clock.seconds_left):>5} left  ", "muted")] if clock.running else [],
        6: [(f"exposure {count(clock.exposure):>{len(exposures)}}/{exposures} ", "muted")],
        4: [(f"{count(snapshot.night.alerts):>{len(alerts)}}/{alerts} ", "value")],
        5: [(filled, "bar"), (rest, "bar-rest"), (" ", "plain")],
        3: _time(clock),
    }


def _time(clock: ClockState) -> list[Piece]:
    day = f"{ut_date(clock.now)} " if clock.over_days else ""
    sign, style = ("▶", "good") if clock.running else ("‖", "warn")
    return [(f"{sign} ×{clock.speed:<4g} ", style), (f"{day}{ut_clock(clock.now)} UT ", "title")]


def _source(night: NightState) -> list[Piece]:
    title = clean(night.source)
    return [] if title == "simulated" or not title else [(cell(title, min(len(title), 40)) + " ", "muted")]


def _compiled(snapshot: Snapshot) -> str:
    done, of = snapshot.compiled
    return f"{done:>{len(str(of))}}/{of} kernels"


def _amount(night: NightState) -> str:
    if night.total is None:
        return f"{count(night.packets):>9}"
    # Of a night that ends with so many alerts the last batch may have more packets.
    total = count(night.total)
    return f"{count(min(night.packets, night.total)):>{len(total)}}/{total}"


def _progress_bar(night: NightState) -> list[Piece]:
    if night.fraction is None:
        return []
    filled, rest = bar(night.fraction, 12)
    return [(filled, "bar"), (rest, "bar-rest"), (" ", "plain")]


def _share(night: NightState) -> list[Piece]:
    return [] if night.fraction is None else [(f"{night.fraction:>4.0%} ", "muted")]


def _time_left(snapshot: Snapshot) -> list[Piece]:
    left = snapshot.night.seconds_left
    if left is None or snapshot.status != "streaming":
        return []
    return [(f"{span(left):>5} left ", "muted")]


def _bad_packets(night: NightState, key: str) -> list[Piece]:
    bad = sum(night.bad_packets.values())
    return [(f"{count(bad)} bad", "bad"), (" (", "muted"), (key, "key"), (") ", "muted")] if bad else []


def _waiting(snapshot: Snapshot) -> list[Piece]:
    return [(f"{count(snapshot.waiting)} wait for a score ", "warn")] if snapshot.waiting else []


def _duplicates(night: NightState) -> list[Piece]:
    return [(f"{count(night.duplicates)} twice ", "warn")] if night.duplicates else []
