"""What is said of claims beside what was done: how they were answered, and in points."""

from collections import Counter

from huntui.hunt.claims import Claims
from huntui.hunt.state import ClaimState
from huntui.session.commands import Settle


def answered(before: Claims, after: Claims, scored: tuple[ClaimState, ...], points: int) -> str:
    """Say what is known of new claims, which brought `points`, and that refuted ones cost also when taken back."""
    made, gone = set(after.standing) - set(before.standing), set(before.standing) - set(after.standing)
    new = [claim for claim in scored if (claim.object_id, claim.treasure) in made and claim.verdict != "open"]
    if new:
        return f": {_verdicts(new)}, {points:+,d} {_points(points)}"
    lost = [claim for claim in scored if (claim.object_id, claim.treasure) in gone]
    if lost:
        which = "it was" if len(lost) == len(gone) == 1 else f"{len(lost):,} {'was' if len(lost) == 1 else 'were'}"
        cost = -sum(claim.points for claim in lost)
        return f"; {which} refuted, and {_cost(cost)} lost"
    return ""


def forgotten(steps: int) -> str:
    """Say that so many steps that were undone cannot be done again, since something else was done instead."""
    if not steps:
        return ""
    return f"; {'what' if steps == 1 else f'the {steps:,} steps that'} you had undone cannot be done again"


def settled_as(command: Settle, scored: tuple[ClaimState, ...]) -> str:
    """Say what a verdict is worth."""
    pair = command.object_id, command.treasure
    points = [claim.points for claim in scored if (claim.object_id, claim.treasure) == pair]
    return f", {points[0]:+d} {_points(points[0])}" if points and command.verdict != "open" else ""


def _points(number: int) -> str:
    return "point" if abs(number) == 1 else "points"


def _cost(number: int) -> str:
    return "the point stays" if number == 1 else f"the {number:,} points stay"


def _verdicts(claims: list[ClaimState]) -> str:
    if len(claims) == 1:
        return claims[0].verdict
    number = Counter(claim.verdict for claim in claims)
    return ", ".join(f"{number[verdict]:,} {verdict}" for verdict in ("confirmed", "refuted") if number[verdict])
