"""Where the player was on the screen, so that a hunt that is resumed looks as it was left."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Panels:
    """What is selected in each panel, empty where that is nothing in particular."""

    focus: str = ""
    """The panel that has the keys."""
    detail: str = ""
    """The detail of the object that was asked for last."""
    stage: str = ""
    object_id: str = ""
    treasure: str = ""
    sort: str = ""
    """The column that the table is sorted by, with a minus before it where it is descending."""
    row_filter: str = ""
    """The condition that filters the table."""
    theme: str = ""
    """The colours, where the player has chosen others than those that were begun with."""


NOWHERE = Panels()
