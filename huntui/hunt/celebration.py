"""What there is to celebrate: claims that were confirmed between two moments of a hunt, and what they completed."""

from collections.abc import Iterator
from dataclasses import dataclass

from huntui.hunt.state import ClaimState, HuntState, TreasureState

_RARE, _RAREST = 10, 50
"""Points of a treasure from which on it is rare, and from which on there is hardly anything like it."""


@dataclass(frozen=True, slots=True)
class Celebration:
    """A few sentences."""

    title: str
    """The points, and for what."""
    sentences: tuple[str, ...]
    """What was completed with it, and then what the rarest of the objects is."""
    stars: int
    """How rare that is, from 1 to 3."""


def celebration(before: HuntState, after: HuntState) -> Celebration | None:
    """Return what to celebrate of the way from one moment of a hunt to a later one; None where nothing is."""
    known = {(claim.object_id, claim.treasure) for claim in before.claims if claim.verdict == "confirmed"}
    treasures = {treasure.name: treasure for treasure in after.treasures}
    fresh = [
        claim
        for claim in after.claims
        if claim.verdict == "confirmed"
        and (claim.object_id, claim.treasure) not in known
        and claim.treasure in treasures
    ]
    if not fresh:
        return None
    rarest = max(fresh, key=lambda claim: treasures[claim.treasure].points)
    treasure = treasures[rarest.treasure]
    return Celebration(
        _title(fresh, treasure, after.score - before.score),
        (*_completed(before, after), f"{rarest.object_id}: {_about(treasure)}"),
        1 + (treasure.points >= _RARE) + (treasure.points >= _RAREST),
    )


def _title(fresh: list[ClaimState], treasure: TreasureState, points: int) -> str:
    what = treasure.title if len(fresh) == 1 else f"{len(fresh):,} claims confirmed"
    if points > 0:
        return f"{points:+,} {'point' if points == 1 else 'points'} · {what}"
    return f"Right · {what}" if len(fresh) == 1 else what


def _completed(before: HuntState, after: HuntState) -> Iterator[str]:
    """Yield a sentence for everything that is complete now and was not, the largest first."""
    found, complete = _found(before), {one.name for one in before.sets if one.complete}
    if all(one.found for one in after.treasures) and len(found) < len(after.treasures):
        yield "Every treasure of this hunt is found!"
    for one in after.sets:
        if one.complete and one.name not in complete:
            yield f"Set complete: {one.title}, +{one.points:,}."
    for treasure in after.treasures:
        if treasure.found and treasure.name not in found:
            yield f"{treasure.title}: {treasure.goal} of {treasure.goal}, done."


def _found(state: HuntState) -> set[str]:
    return {treasure.name for treasure in state.treasures if treasure.found}


def _about(treasure: TreasureState) -> str:
    """Return a sentence about a treasure's kind, and of a rare one all that there is to say."""
    if treasure.points >= _RARE:
        return treasure.about
    first, stop, _ = treasure.about.partition(". ")
    return f"{first}." if stop else first
