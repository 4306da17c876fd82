"""What the player claims: which objects are which treasures."""

from dataclasses import dataclass, replace

from huntui.errors import CallError, nearest

Pair = tuple[str, str]
"""An objectId and the name of a treasure: who is claimed as what."""


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims at one moment; a change returns new claims and leaves these as they are.

    An object may be claimed as several treasures, once as each.
    """

    treasures: tuple[str, ...]
    """Names of the hunt's treasures; nothing else can be claimed."""
    standing: tuple[Pair, ...] = ()
    """The claims that hold now, in the order they were made."""
    tried: tuple[Pair, ...] = ()
    """Every pair ever claimed, taken back or not, in the order they were made first.

    On a simulated night truth answers a claim at once. If taking a claim back forgot it, claiming everything and
    taking back what truth refuted would cost nothing: `huntui.hunt.score` counts what was tried and refuted.
    """

    def claim(self, object_id: str, treasure: str) -> "Claims":
        """Claim an object as a treasure; raises `CallError` for an unknown treasure or a claim that stands already."""
        pair = self._pair(object_id, treasure)
        if pair in self.standing:
            raise CallError(f"{object_id} is claimed as {treasure} already.")
        tried = self.tried if pair in self.tried else (*self.tried, pair)
        return replace(self, standing=(*self.standing, pair), tried=tried)

    def unclaim(self, object_id: str, treasure: str) -> "Claims":
        """Take a claim back; raises `CallError` for an unknown treasure or a claim that does not stand."""
        pair = self._pair(object_id, treasure)
        if pair not in self.standing:
            raise CallError(f"{object_id} is not claimed as {treasure}.")
        return replace(self, standing=tuple(held for held in self.standing if held != pair))

    def with_standing_of(self, other: "Claims") -> "Claims":
        """Return the standing claims of another moment together with everything tried until now: an undo."""
        return replace(self, standing=other.standing)

    def _pair(self, object_id: str, treasure: str) -> Pair:
        if treasure not in self.treasures:
            raise CallError(
                f"There is no treasure {treasure!r} in this hunt; there are {', '.join(self.treasures)}."
                f"{nearest(treasure, self.treasures)}"
            )
        return object_id, treasure
