"""The counts of a night as plain values: what programs rely on, and what a sweep keeps of each night."""

from typing import Any

from huntui.engine.snapshot import Snapshot


def counts_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return what `huntui run --json` prints, but for the time that it took."""
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
    }
