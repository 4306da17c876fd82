"""The score: what claims are worth.

A treasure has `points`. A claim that is

    confirmed   adds the points, for the first `goal` confirmed objects of the treasure, in the order of claiming;
                more of them are right but bring nothing, so that the rare treasures remain worth looking for
    refuted     costs the points, always, and goes on doing so when it is taken back
    open        counts for nothing until it is settled

Wrong costs what right brings: a claim is worth making as soon as it is more likely right than wrong, for the kilonova
as for the asteroid, and a hunter who reaches every goal without a mistake has the full score, the sum of points times
goal, and of the sets.

Each hint that is opened costs points as well, as `huntui.hunt.hints` says: the full score is that of a hunter who
needed none.

A set of treasures adds its points once, when the goal of each of its treasures is confirmed. Nothing is lost with a set
that is not complete, and it is complete no more when a claim that it needs is taken back.

Spraying does not pay. Of an object that is claimed as every treasure, only those claims are confirmed that are true
of it; the score falls as long as these are worth less than half of the points of all treasures together, whatever
the night. Claiming every object as one treasure falls as soon as more than `goal` objects are something else. Sets
bring a fixed sum, which the refuted claims of a few objects cost.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from huntui.hunt.claims import Claims, Pair
from huntui.hunt.hints import Taken, hint_costs, of_treasures
from huntui.hunt.state import ClaimState, HuntState, SetState, TreasureState, Verdict
from huntui.hunt.treasure import Hunt

_NO_REASONS: Mapping[Pair, str] = MappingProxyType({})


def hunt_state(
    hunt: Hunt,
    claims: Claims,
    verdicts: Mapping[Pair, Verdict],
    suggested: Sequence[int] | None = None,
    *,
    hints: Taken = (),
    ended: bool = False,
    reasons: Iterable[tuple[Pair, str]] = (),
) -> HuntState:
    """Return checklist, claims and score.

    `verdicts` are those of `huntui.hunt.verdict.judge` over `claims.tried`, and of the player where truth cannot say; a
    pair that is missing there is open.
    `suggested` counts the surviving objects that look like each treasure, in the order of the hunt; `hints` are those
    that were opened, and `reasons` those for which claims were settled.
    """
    states = score_claims(hunt, claims, verdicts, dict(reasons))
    claimed = Counter(claim.treasure for claim in states)
    settled = Counter((claim.treasure, claim.verdict) for claim in states)
    open_hints = of_treasures(hints, hunt.treasures)
    treasures = tuple(
        TreasureState(
            name=treasure.name,
            title=treasure.title,
            about=treasure.about,
            beware=treasure.beware,
            points=treasure.points,
            goal=treasure.goal,
            suggested=count,
            claimed=claimed[treasure.name],
            confirmed=settled[treasure.name, "confirmed"],
            refuted=settled[treasure.name, "refuted"],
            hints=treasure.hints,
            hint_costs=hint_costs(treasure),
            hints_open=open_hints[treasure.name],
            starter=treasure.starter,
        )
        for treasure, count in zip(hunt.treasures, suggested or [0] * len(hunt.treasures), strict=True)
    )
    sets = score_sets(hunt, {treasure.name for treasure in treasures if treasure.found})
    score = sum(claim.points for claim in states) + sum(one.points for one in sets if one.complete)
    score -= sum(treasure.hints_paid for treasure in treasures)
    return HuntState(hunt.name, hunt.about, treasures, states, score, sets, ended)


def score_sets(hunt: Hunt, found: Collection[str]) -> tuple[SetState, ...]:
    """Return every set, in the order of the hunt; `found` are the treasures whose goal is confirmed."""
    return tuple(
        SetState(one.name, one.title, one.treasures, one.points, sum(name in found for name in one.treasures))
        for one in hunt.sets
    )


def score_claims(
    hunt: Hunt, claims: Claims, verdicts: Mapping[Pair, Verdict], reasons: Mapping[Pair, str] = _NO_REASONS
) -> tuple[ClaimState, ...]:
    """Return every claim that counts, in the order of claiming: those that stand, and those refuted and taken back."""
    points = {treasure.name: treasure.points for treasure in hunt.treasures}
    wanted = {treasure.name: treasure.goal for treasure in hunt.treasures}
    standing = set(claims.standing)
    states = []
    for pair in claims.tried:
        object_id, treasure = pair
        verdict = verdicts.get(pair, "open")
        if pair not in standing and verdict != "refuted":
            continue
        worth = -points[treasure] if verdict == "refuted" else 0
        if verdict == "confirmed" and wanted[treasure] > 0:
            wanted[treasure] -= 1
            worth = points[treasure]
        reason = reasons.get(pair, "")
        states.append(ClaimState(object_id, treasure, verdict, worth, pair in standing, reason))
    return tuple(states)
