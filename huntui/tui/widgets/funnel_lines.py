"""The lines of the funnel as pieces of text, in columns that stay where they are while the counts grow."""

from dataclasses import dataclass

from huntui.engine.snapshot import Snapshot
from huntui.funnel.counts import KnobState, StageCount
from huntui.tui.text import cell, clean, count, decimals, wrapped
from huntui.tui.widgets.panel import Piece, bar

_SMALLEST_NIGHT = 99_999
_PERCENT, KNOB_VALUE, _SLIDER = 6, 6, 16
_LONGEST_BAR = 40
_MOST_RATES, _PER_SECOND = 24, " alerts/s"
_HEIGHTS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class FunnelLayout:
    """Widths of the columns [cells]; 0 where a column is left out."""

    width: int
    name: int
    bar: int
    number: int
    percent: int
    only_here: int
    knob_name: int

    @classmethod
    def of(cls, snapshot: Snapshot, width: int) -> "FunnelLayout":
        """Choose the columns that fit; they depend on the size of the night, not on how far it has come."""
        most = max(snapshot.night.total or 0, snapshot.night.alerts, _SMALLEST_NIGHT)
        number = len(count(most))
        room = width - 3 - (1 + 2 * number + 3) - (1 + KNOB_VALUE)
        longest = max([len("survivors"), *(len(stage.name) for stage in snapshot.stages)])
        name = min(longest, room, 18 if width >= 60 else 14)
        room -= name
        only_here = number + 2 if room >= number + 2 + 10 else 0
        room -= only_here
        percent = _PERCENT + 1 if room >= _PERCENT + 1 + 10 else 0
        room -= percent
        names = [len(knob.name) for stage in snapshot.stages for knob in stage.knobs]
        knob_name = min(max(names, default=0) + 1, 16)
        knob_name = knob_name if room >= knob_name + 12 else 0
        room -= knob_name
        return cls(width, name, min(room - 1, _LONGEST_BAR) if room >= 5 else 0, number, percent, only_here, knob_name)

    @property
    def counts(self) -> int:
        """Width of `24,948 → 8,113`."""
        return 2 * self.number + 3


def heading(layout: FunnelLayout) -> list[Piece]:
    """Return the titles of the columns."""
    text = "   " + cell("stage", layout.name)
    text += " " + cell("passes", layout.bar) if layout.bar else ""
    text += cell("%", layout.percent, right=True)
    text += " " + cell("in", layout.number, right=True) + " → " + cell("kept", layout.number, right=True)
    text += cell("alone", layout.only_here, right=True)
    return [(text + " " + cell("knob", layout.knob_name + KNOB_VALUE, right=True), "muted")]


def stage_line(stage: StageCount, knob: KnobState | None, layout: FunnelLayout, *, selected: bool) -> list[Piece]:
    """Return name, bar, counts and knob of a stage."""
    mark = "▸" if selected else " "
    switch = ("● ", "good") if stage.enabled else ("○ ", "muted")
    ink = "" if stage.enabled else "muted"
    pieces: list[Piece] = [(mark, "key"), switch, (cell(stage.name, layout.name), ink or "title")]
    pieces += _bar(stage, layout)
    share = f"{100 * stage.passed / stage.entered:.1f}" if stage.entered and stage.enabled else ""
    pieces.append((cell(share, layout.percent, right=True), ink or "muted"))
    entered, passed = (
        cell(count(stage.entered), layout.number, right=True),
        cell(count(stage.passed), layout.number, right=True),
    )
    pieces += [(f" {entered} → ", "muted"), (passed, ink or "value")]
    only = count(stage.rejected_only_here) if stage.enabled else ""
    pieces.append((cell(only, layout.only_here, right=True), ink or "warn"))
    return [*pieces, *_knob(stage, knob, layout)]


def _bar(stage: StageCount, layout: FunnelLayout) -> list[Piece]:
    if not layout.bar:
        return []
    if not stage.enabled:
        return [(" " + cell("off", layout.bar), "muted")]
    filled, rest = bar(stage.passed / stage.entered if stage.entered else 0.0, layout.bar)
    return [(" ", "plain"), (filled, "bar"), (rest, "bar-rest")]


def _knob(stage: StageCount, knob: KnobState | None, layout: FunnelLayout) -> list[Piece]:
    width = layout.knob_name + KNOB_VALUE
    if not stage.enabled and not layout.bar:
        return [(" " + cell("off", width, right=True), "muted")]
    if knob is None:
        return [(" " * (width + 1), "plain")]
    name = cell(knob.name, layout.knob_name, right=True)
    value = cell(decimals(knob.value, knob.step), KNOB_VALUE, right=True)
    return [(" " + name, "muted"), (value, "key" if stage.enabled else "muted")]


def second_line(stage: StageCount, knob: KnobState | None, layout: FunnelLayout) -> list[Piece]:
    """Return what a stage is for, and the knob as a slider."""
    room = layout.width - 3
    tail: list[Piece] = []
    if knob is not None and room > 2 * _SLIDER:
        room -= _SLIDER + 1
        tail = [(" ", "plain"), *slider(knob, _SLIDER, "key" if stage.enabled else "muted")]
    return [("   " + cell(stage.title, room), "muted"), *tail]


def slider(knob: KnobState, width: int, style: str) -> list[Piece]:
    """Return a knob as a slider between its ends."""
    span = knob.maximum - knob.minimum
    share = (knob.value - knob.minimum) / span if span > 0 else 0.0
    place = round(min(max(share, 0.0), 1.0) * (width - 3))
    return [("├" + "─" * place, "bar-rest"), ("●", style), ("─" * (width - 3 - place) + "┤", "bar-rest")]


def about_stage(stage: StageCount, knob: KnobState | None, width: int) -> list[list[Piece]]:
    """Return lines about one stage: what it is for, its knob with its range, its expression."""
    about: list[list[Piece]] = [[("   " + cell(stage.title, width - 3), "title")]]
    if knob is not None:
        low, high = decimals(knob.minimum, knob.step), decimals(knob.maximum, knob.step)
        value = decimals(knob.value, knob.step)
        ends = [("   " + clean(knob.name) + " ", "muted"), (value, "key"), (f"  {low} ", "muted")]
        about.append([*ends, *slider(knob, 2 * _SLIDER, "key"), (f" {high}", "muted")])
    return about + [[("   " + line, "muted")] for line in wrapped(stage.keep, width - 4)]


def survivors_line(snapshot: Snapshot, layout: FunnelLayout) -> list[Piece]:
    """Return what came through all stages."""
    alerts, objects = count(snapshot.surviving_alerts), count(snapshot.surviving_objects)
    lead = "   " + cell("survivors", layout.name) if layout.width >= 46 else "   "
    pieces: list[Piece] = [
        (lead + " ", "title"),
        (alerts, "score"),
        (" alerts of ", "muted"),
        (objects, "score"),
        (" objects", "muted"),
    ]
    room = layout.width - sum(len(text) for text, _ in pieces)
    rates = _rates(snapshot, min(room - len(_PER_SECOND) - 2, _MOST_RATES))
    return [*pieces, (rates.rjust(room - len(_PER_SECOND)), "bar"), (_PER_SECOND, "muted")] if rates else pieces


def _rates(snapshot: Snapshot, width: int) -> str:
    """Return how many alerts came in each half second lately, the latest at the end; nothing when none come."""
    rates = snapshot.rates[-width:] if width > 0 and snapshot.status in ("streaming", "replaying") else ()
    top = max(*rates, 1.0) if rates else 1.0
    return "".join(_HEIGHTS[round(rate / top * (len(_HEIGHTS) - 1))] for rate in rates)
