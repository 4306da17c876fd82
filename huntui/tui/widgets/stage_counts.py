"""What a stage that is being edited does, in two lines."""

from textual.content import Content

from huntui.engine.snapshot import Snapshot
from huntui.tui.text import count

_ROOMY = 66
"""Cells from which on there is room for a share beside the counts."""


def counted(snapshot: Snapshot, name: str | None, width: int) -> Content:
    """Return the counts of a stage and of what survives all of them; `name` is None for one that does not run."""
    stage = next((stage for stage in snapshot.stages if stage.name == name), None)
    if stage is None:
        first = Content.styled("Nothing of it runs as yet.", "$muted")
    elif not stage.enabled:
        first = Content.styled("Switched off: every alert passes. Space in the funnel switches it on.", "$muted")
    else:
        share = f" ({100 * stage.passed / stage.entered:.1f} %)" if stage.entered and width >= _ROOMY else ""
        first = Content.assemble(
            (f"{count(stage.entered)} in → ", "$muted"),
            (f"{count(stage.passed)} kept", "bold"),
            (f"{share} · alone rejects ", "$muted"),
            (count(stage.rejected_only_here), "$warning"),
            (f" · unknown {count(stage.unknown)}", "$muted"),
        )
    survivors = Content.assemble(
        ("survivors ", "$muted"),
        (count(snapshot.surviving_alerts), "bold $accent"),
        (" alerts of ", "$muted"),
        (count(snapshot.surviving_objects), "bold $accent"),
        (" objects", "$muted"),
    )
    return Content("\n").join([first, survivors])
