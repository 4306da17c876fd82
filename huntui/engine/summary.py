"""What is said about a night and its funnel: one object for programs, a table for people."""

import json
from collections.abc import Sequence
from typing import Any

from huntui.engine.bad_packets import meaning
from huntui.engine.snapshot import Snapshot
from huntui.funnel.counts import StageCount
from huntui.session.memory import clean

_MOST_SURVIVORS, _PER_LINE = 20, 5


def as_json(snapshot: Snapshot) -> str:
    """Return the object that `huntui run --json` prints."""
    return json.dumps(as_dict(snapshot), indent=2, ensure_ascii=False)


def as_dict(snapshot: Snapshot) -> dict[str, Any]:
    """Return the same as plain values; programs rely on its keys."""
    night = snapshot.night
    return {
        "date": night.date,
        "source": night.source,
        "simulated": night.simulated,
        "schema_versions": dict(night.schema_versions),
        "alerts": night.alerts,
        "objects": night.objects,
        "duplicates": night.duplicates,
        "bad_packets": dict(night.bad_packets),
        "stages": [
            {
                "name": stage.name,
                "keep": stage.keep,
                "in": stage.entered,
                "passed": stage.passed,
                "rejected": stage.rejected,
                "rejected_only_here": stage.rejected_only_here,
                "unknown": stage.unknown,
            }
            for stage in snapshot.stages
        ],
        "survivors": {"alerts": snapshot.surviving_alerts, "objects": snapshot.surviving_objects},
        "treasures": [{"name": treasure.name, "objects": treasure.suggested} for treasure in snapshot.hunt.treasures],
        "seconds": round(night.seconds, 3),
        "alerts_per_second": round(night.alerts_per_second, 1),
    }


def as_text(snapshot: Snapshot) -> str:
    """Return the funnel as a table for a terminal or a log, numbers with thousands separators."""
    blocks = [_night(snapshot), _funnel(snapshot), _first_survivors(snapshot), _treasures(snapshot)]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _night(snapshot: Snapshot) -> list[str]:
    night = snapshot.night
    name = f"{night.date}, {night.source}" if night.date and not night.simulated else night.date or night.source
    bad = sum(night.bad_packets.values())
    lines = [
        f"{name}{' (SIMULATED)' if night.simulated else ''}",
        f"{of_objects(night.alerts, night.objects)} in {night.seconds:.1f} s "
        f"({night.alerts_per_second:,.0f} alerts/s), "
        f"{_count(night.duplicates, 'duplicate')}, {_count(bad, 'bad packet')}",
    ]
    if not night.packets and snapshot.read and not snapshot.failure:
        lines.append("  The night is empty: its archive holds no packets, for clouds perhaps.")
    return lines + [f"  {count:,} × {reason}: {meaning(reason)}" for reason, count in sorted(night.bad_packets.items())]


def _funnel(snapshot: Snapshot) -> list[str]:
    header = ["stage", "in", "passed", "rejected", "only here", "unknown", "without it", "keep"]
    rows = [
        [
            stage.name,
            *(f"{number:,}" for number in _numbers(snapshot, stage)),
            condition(stage),
        ]
        for stage in snapshot.stages
    ]
    survivors = f"survivors: {of_objects(snapshot.surviving_alerts, snapshot.surviving_objects)}"
    return [*(aligned([header, *rows], "lrrrrrrl") if rows else []), survivors]


def _numbers(snapshot: Snapshot, stage: StageCount) -> tuple[int, ...]:
    without = snapshot.survivors_without(stage)
    return stage.entered, stage.passed, stage.rejected, stage.rejected_only_here, stage.unknown, without


def condition(stage: StageCount) -> str:
    """Return the condition of a stage in a line, with the values of its knobs."""
    keep = " ".join(stage.keep.split())
    knobs = ", ".join(f"{knob.name} {knob.value:g}" for knob in stage.knobs)
    return f"{'' if stage.enabled else 'off: '}{keep}{f'  ({knobs})' if knobs else ''}"


def _first_survivors(snapshot: Snapshot) -> list[str]:
    """Return who came through, the newest first, as far as they fit a few lines, and how long it took."""
    rows = snapshot.rows
    names = [clean(rows.object_id(row)) for row in range(min(len(rows), _MOST_SURVIVORS))]
    lines = ["  ".join(names[k : k + _PER_LINE]) for k in range(0, len(names), _PER_LINE)]
    more = len(rows) - len(names)
    head = f"the first {len(names)}:" if more else ""
    return [*([head] if head else []), *lines, f"elapsed: {snapshot.night.seconds:.2f} s"]


def _treasures(snapshot: Snapshot) -> list[str]:
    rows = [[treasure.name, f"{treasure.suggested:,}"] for treasure in snapshot.hunt.treasures]
    return aligned([["looks like", "objects"], *rows], "lr") if rows else []


def of_objects(alerts: int, objects: int) -> str:
    """Say how many alerts of how many objects there are."""
    return f"{_count(alerts, 'alert')} of {_count(objects, 'object')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def aligned(rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """Return rows as lines with aligned columns; `sides` says of each whether its cells go left (l) or right (r)."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if side == "r" else cell.ljust(width)
            for cell, width, side in zip(row, widths, sides, strict=True)
        ).rstrip()
        for row in rows
    ]
