"""A hunt file as written: which keys it has and what they may hold. What expressions mean is not looked at here."""

from typing import Annotated, Any

from pydantic import Field

from huntui.checked import Written

_NAME = "lower-case words joined by hyphens, as in dwarf-nova"
_Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40, description=_NAME)]
_Line = Annotated[str, Field(min_length=1, max_length=200, description="text of at most 200 characters, not empty")]
_Prose = Annotated[str, Field(min_length=1, max_length=4000, description="text of at most 4000 characters, not empty")]
_Count = Annotated[int, Field(ge=1, le=1000, description="a whole number from 1 to 1000")]
_Link = Annotated[str, Field(pattern=r"^https://[^\s{}]+/\S*$", max_length=500)]


class WrittenTreasure(Written):
    """One treasure of a hunt file."""

    name: _Name
    title: _Line
    about: _Prose
    looks_like: _Prose
    confirmed_by: _Prose
    points: _Count
    goal: _Count = 1
    beware: _Prose
    starter: str | list[dict[str, Any]] | None = Field(
        default=None, description="a list of stages or the name of a file of cuts"
    )
    hints: list[_Line] = Field(default=[], max_length=10, description="at most 10 sentences of at most 200 characters")
    confirm: list[_Link] = Field(default=[], max_length=10, description="at most 10 links that begin with https://")


class WrittenSet(Written):
    """Treasures of a hunt file that bring something more when all of them are found."""

    name: _Name
    title: _Line
    treasures: Annotated[list[_Name], Field(min_length=2, max_length=100, description="names of at least 2 treasures")]
    points: _Count


class WrittenHunt(Written):
    """A hunt file."""

    name: _Name
    about: _Prose
    treasures: Annotated[
        list[WrittenTreasure], Field(min_length=1, max_length=100, description="a list of 1 to 100 treasures")
    ]
    sets: list[WrittenSet] = Field(default=[], max_length=20, description="a list of at most 20 sets of treasures")
