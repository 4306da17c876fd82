"""Where the player was on the screen, so that a hunt that is resumed looks as it was left."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from huntui.checked import Written

_Words = Annotated[str, Field(max_length=10_000)]


@dataclass(frozen=True, slots=True)
class Panels:
    """What is selected in each panel, empty where that is nothing in particular."""

    focus: str = ""
    """The panel that has the keys."""
    stage: str = ""
    object_id: str = ""
    treasure: str = ""
    row_filter: str = ""
    """The condition that filters the table."""


NOWHERE = Panels()


class PanelsPart(Written):
    """The same as plain values."""

    focus: _Words = ""
    stage: _Words = ""
    object_id: _Words = ""
    treasure: _Words = ""
    row_filter: _Words = ""
