"""What `huntui group` says: the report of a night, and who has read it."""

import json
from typing import TYPE_CHECKING

from huntui.engine.snapshot import Snapshot
from huntui.engine.summary import aligned, as_dict
from huntui.engine.summary import as_text as of_night
from huntui.render.clock import clock

if TYPE_CHECKING:
    from huntui.engine.group.merged import Merged


def as_json(snapshot: Snapshot, merged: "Merged", now: float, *, one_line: bool) -> str:
    """Return the object of `huntui run --json` with the group beside it; `now` is in seconds since 1970."""
    told = {
        **as_dict(snapshot),
        "group": {
            "name": merged.group,
            "delivered_again": merged.again,
            "records_left_out": sum(merged.refused.values()),
            "readers": [
                {
                    "reader": reader.member,
                    "host": reader.host,
                    "version": reader.version,
                    "cuts": reader.cuts,
                    "state": reader.state(now),
                    "heard_seconds_ago": round(max(0.0, now - reader.heard), 1),
                    "packets": reader.packets,
                    "alerts": reader.alerts,
                }
                for reader in merged.readers.values()
            ],
        },
    }
    return json.dumps(told, indent=None if one_line else 2, ensure_ascii=False)


def as_text(snapshot: Snapshot, merged: "Merged", now: float, *, one_line: bool) -> str:
    """Return the table of `huntui run` and below it the readers; a blank line ends it where another one will follow."""
    rows = [
        [
            reader.member,
            reader.host,
            reader.cuts,
            reader.state(now),
            f"{clock(max(0.0, now - reader.heard))} ago",
            f"{reader.packets:,}",
            f"{reader.alerts:,}",
        ]
        for reader in merged.readers.values()
    ]
    table = aligned([["reader", "host", "cuts", "state", "heard", "packets", "alerts"], *rows], "lllllrr")
    again = f"{merged.again:,} packets were delivered again and counted once" if merged.again else ""
    blocks = [of_night(snapshot), "\n".join([f"the group {merged.group}", *table, *([again] if again else [])])]
    return "\n\n".join(blocks) + ("\n" if one_line else "")
