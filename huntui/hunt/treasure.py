"""What a treasure is and what a hunt is."""

from dataclasses import dataclass
from urllib.parse import quote

from huntui.errors import HuntError, nearest
from huntui.funnel.cuts import Cuts
from huntui.funnel.language.expression import Expression

PLACES = ("objectId", "ra", "dec")
"""What a link may have in braces."""


@dataclass(frozen=True, slots=True)
class Treasure:
    """Something to find: how it looks, what confirms it and what it is worth."""

    name: str
    title: str
    about: str
    """What it is, for a student."""
    beware: str
    """What imitates it."""
    looks_like: Expression
    """Over columns of packets and features. It suggests objects and never claims one."""
    confirmed_by: Expression
    """Over columns of the truth, and over nothing else."""
    starter: Cuts | None
    """Cuts to begin with: a good beginning that leaves something to improve."""
    points: int
    goal: int
    """Objects needed."""
    hints: tuple[str, ...]
    """Sentences that lead a beginner to it, from gentle to plain."""
    confirm: tuple[str, ...]
    """Templates of links to look an object up, with the places `{objectId}`, `{ra}` and `{dec}` [deg]."""

    def links(self, object_id: str, ra: float, dec: float) -> tuple[str, ...]:
        """Return the links for one object; `ra` and `dec` in degrees."""
        # Not str.format: the template comes from a file, and format would follow attributes of what it is given.
        name = quote(object_id, safe="")
        return tuple(
            link.replace("{ra}", f"{ra:.6f}").replace("{dec}", f"{dec:.6f}").replace("{objectId}", name)
            for link in self.confirm
        )


@dataclass(frozen=True, slots=True)
class TreasureSet:
    """Treasures that belong together, and bring something more when the goal of each is reached."""

    name: str
    title: str
    treasures: tuple[str, ...]
    """Their names, at least two."""
    points: int


@dataclass(frozen=True, slots=True)
class Hunt:
    """A list of treasures to find in a night."""

    name: str
    about: str
    treasures: tuple[Treasure, ...]
    sets: tuple[TreasureSet, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the treasures, in the order of the file."""
        return tuple(treasure.name for treasure in self.treasures)

    def treasure(self, name: str) -> Treasure:
        """Return a treasure by its name; raises `HuntError` that suggests the nearest one."""
        for treasure in self.treasures:
            if treasure.name == name:
                return treasure
        raise HuntError(
            f"There is no treasure {name!r} in the hunt {self.name}; there are {', '.join(self.names)}."
            f"{nearest(name, self.names)}"
        )
