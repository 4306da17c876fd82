"""What is said of claims beside what was done: how they were answered, and in points."""

from collections import Counter

from huntui.hunt.claims import Claims
from huntui.hunt.state import ClaimState
from huntui.session.commands import Settle


def answered(before: Claims, after: Claims, scored: tuple[ClaimState, ...]) -> str:
    """Say what is known of new claims, and that refuted ones go on costing when they are taken back."""
    made, gone = set(after.standing) - set(before.standing), set(before.standing) - set(after.standing)
    new = [claim for claim in scored if (claim.object_id, claim.treasure) in made and claim.verdict != "open"]
    if new:
        return f": {_verdicts(new)}, {sum(claim.points for claim in new):+,d} points"
    lost = [claim for claim in scored if (claim.object_id, claim.treasure) in gone]
    if lost:
        which = "it was" if len(lost) == len(gone) == 1 else f"{len(lost):,} {'was' if len(lost) == 1 else 'were'}"
        return f"; {which} refuted, and the {-sum(claim.points for claim in lost):,} points stay lost"
    return ""


def settled_as(command: Settle, scored: tuple[ClaimState, ...]) -> str:
    """Say what a verdict is worth."""
    pair = command.object_id, command.treasure
    points = [claim.points for claim in scored if (claim.object_id, claim.treasure) == pair]
    return f", {points[0]:+d} points" if points and command.verdict != "open" else ""


def _verdicts(claims: list[ClaimState]) -> str:
    if len(claims) == 1:
        return claims[0].verdict
    number = Counter(claim.verdict for claim in claims)
    return ", ".join(f"{number[verdict]:,} {verdict}" for verdict in ("confirmed", "refuted") if number[verdict])
