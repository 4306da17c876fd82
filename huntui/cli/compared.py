"""What `huntui compare` says: one object for programs, two funnels side by side for people."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from huntui.engine.comparison import ComparedObjects, Comparison, Side
from huntui.engine.snapshot import Snapshot
from huntui.engine.summary import aligned, of_objects

_LISTED = 20
"""Objects of a side that the text lists at most."""
_BETWEEN = "   │   "


def as_json(snapshot: Snapshot, found: Comparison) -> str:
    """Return the object that `huntui compare --json` prints; programs rely on its keys."""
    night = snapshot.night
    report = {
        "date": night.date,
        "source": night.source,
        "simulated": night.simulated,
        "a": _side_as_dict(found.a),
        "b": _side_as_dict(found.b),
        "objects": {"gained": len(found.gained), "lost": len(found.lost), "common": len(found.common)},
        "alerts": {"gained": found.alerts_gained, "lost": found.alerts_lost, "common": found.alerts_common},
        "gained": list(_objects(found.gained)),
        "lost": list(_objects(found.lost)),
        "common": list(_objects(found.common)),
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _side_as_dict(side: Side) -> dict[str, Any]:
    stages = [
        {"name": stage.name, "enabled": stage.enabled, "in": stage.entered, "passed": stage.passed}
        for stage in side.stages
    ]
    return {
        "name": side.cuts.name,
        "stages": stages,
        "survivors": {"alerts": side.alerts, "objects": side.objects},
    }


def _objects(objects: ComparedObjects) -> Iterator[dict[str, Any]]:
    for row in range(len(objects)):
        rejected_by = objects.rejected_by(row) or None
        yield {
            "objectId": objects.object_id(row),
            "candid": objects.value("candid", row),
            "rejected_by": rejected_by,
        }


def as_text(snapshot: Snapshot, found: Comparison) -> str:
    """Return both funnels side by side, the counts, and the first objects of each side."""
    night = snapshot.night
    name = night.date if night.simulated or not night.source else night.source
    title = f"{name or night.source}{' (SIMULATED)' if night.simulated else ''}"
    blocks = [
        [title, of_objects(night.alerts, night.objects)],
        _side_by_side(_funnel("A", found.a), _funnel("B", found.b)),
        _counts(found),
        _listed("gained", "B keeps them, A does not", "A", found.gained),
        _listed("lost", "A keeps them, B does not", "B", found.lost),
        _listed("common", "both keep them", "", found.common),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _funnel(letter: str, side: Side) -> list[str]:
    rows = [
        [stage.name if stage.enabled else f"{stage.name} (off)", f"{stage.entered:,}", "→", f"{stage.passed:,}"]
        for stage in side.stages
    ]
    table = aligned([["stage", "in", "→", "kept"], *rows], "lrlr") if rows else ["no stages: every alert is kept"]
    return [f"{letter}: {side.cuts.name}", *table, f"survivors: {of_objects(side.alerts, side.objects)}"]


def _side_by_side(left: list[str], right: list[str]) -> list[str]:
    """Join two blocks, the last lines of both in one line."""
    rows = max(len(left), len(right))
    blocks = [[*block[:-1], *[""] * (rows - len(block)), block[-1]] for block in (left, right)]
    width = max(map(len, left))
    return [f"{a:<{width}}{_BETWEEN}{b}".rstrip() for a, b in zip_longest(*blocks, fillvalue="")]


def _counts(found: Comparison) -> list[str]:
    objects = (len(found.gained), len(found.lost), len(found.common))
    alerts = (found.alerts_gained, found.alerts_lost, found.alerts_common)
    rows = [
        [what, *(f"{number:,}" for number in numbers)] for what, numbers in (("objects", objects), ("alerts", alerts))
    ]
    return aligned([["", "gained", "lost", "common"], *rows], "lrrr")


def _listed(what: str, meaning: str, other: str, objects: ComparedObjects) -> list[str]:
    if not len(objects):
        return []
    lines = [f"{what}: {meaning}"]
    for row in range(min(len(objects), _LISTED)):
        stage = objects.rejected_by(row)
        lines.append(f"  {objects.object_id(row)}{f'  {other} rejects it at {stage}' if stage else ''}")
    left = len(objects) - _LISTED
    return [*lines, f"  and {left:,} more; --json and --export have all of them"] if left > 0 else lines
