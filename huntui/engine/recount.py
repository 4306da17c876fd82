"""Score cards counted again on their night: each claim must come through its cuts, each verdict and the score come out.

An object that came through some cuts at any moment of a night does so on the whole of it, since cuts see one alert at a
time: what was claimed while the night still streamed in reproduces on all of it. Cuts on what other alerts tell, and
on the scores of models, are the exception: of these it can only be said that the object was there.
"""

from collections.abc import Callable, Mapping

import numpy as np

from huntui.engine.rows import NO_ALERTS
from huntui.features.registry import told_by_others
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.funnel import Funnel
from huntui.funnel.language.table import Bools, ChosenRows
from huntui.hunt.claims import Claims, Pair
from huntui.hunt.score import hunt_state
from huntui.hunt.state import ClaimState, HuntState, Verdict
from huntui.hunt.treasure import Hunt
from huntui.hunt.verdict import judge
from huntui.night.view import NightView
from huntui.packets.batch import Int64s
from huntui.scores import scores
from huntui.session.card import Card

Truth = Callable[[list[str]], Mapping[str, Mapping[str, object]]]


class Recount:
    """A night on which any number of cards are counted again, in a few milliseconds each."""

    def __init__(self, view: NightView, truth: Truth) -> None:
        """Prepare a whole night; what its truth does not know is taken as the card says, settled by hand."""
        self._view, self._truth = view, truth

    def mistake(self, card: Card, hunt: Hunt) -> str:
        """Return a sentence about the first thing that does not come out as the card says; nothing where all does."""
        for object_id, treasure in card.pairs:
            if treasure not in hunt.names:
                return f"{object_id} is claimed as {treasure}, which is no treasure of the hunt {hunt.name}."
        return self._lost(card) or self._miscounted(card, hunt)

    def _lost(self, card: Card) -> str:
        # Only the alerts of claimed objects are asked: a card may have many cuts, and a night many alerts.
        rows = [self._view.rows_of(claim.object_id) for claim in card.claims]
        ends = np.cumsum([len(of_one) for of_one in rows])
        through = self._through(card, np.concatenate([NO_ALERTS, *rows]))
        for claim, of_one, end, under in zip(card.claims, rows, ends, card.under, strict=True):
            if not len(of_one):
                return f"{claim.object_id} is claimed, but there is no such object in the night."
            if not through[under][end - len(of_one) : end].any():
                return f"{_told(claim)} does not come through the cuts under which it was claimed."
        return ""

    def _through(self, card: Card, rows: Int64s) -> list[Bools]:
        """Return for each set of cuts which alerts come through."""
        alerts = ChosenRows(self._view, rows)
        funnel = Funnel(NO_CUTS)
        funnel.extend(alerts)
        found = []
        for cuts in card.cuts:
            funnel.recut(cuts, alerts)
            found.append(funnel.survivors | _reads_others(cuts))
        return found

    def _miscounted(self, card: Card, hunt: Hunt) -> str:
        pairs = card.pairs
        claims = Claims(hunt.names, pairs, pairs)
        again = hunt_state(hunt, claims, self._verdicts(card, hunt), hints=card.hints_open)
        for claim, counted in zip(card.claims, again.claims, strict=True):
            if claim.verdict != counted.verdict:
                return f"{_told(claim)} is {counted.verdict}, not {claim.verdict}."
            if claim.points != counted.points:
                return f"{_told(claim)} brings {counted.points:+d} points, not {claim.points:+d}."
        sets = {one.name: one.points for one in again.sets if one.complete}
        bonuses = {bonus.name: bonus.points for bonus in card.bonuses}
        for name in [*bonuses, *sets]:
            if bonuses.get(name, 0) != sets.get(name, 0):
                return f"its set {name} brings {sets.get(name, 0):+d} points, not {bonuses.get(name, 0):+d}."
        if mistake := _hints_miscounted(card, again):
            return mistake
        if card.score != again.score:
            return f"its score is {again.score:,} when it is counted again, not {card.score:,}."
        added = sum(one.points for part in (card.claims, card.bonuses, card.hints) for one in part)
        told = f"its claims, bonuses and hints add up to {added:,} points, not {card.score:,}."
        return "" if added == card.score else told

    def _verdicts(self, card: Card, hunt: Hunt) -> dict[Pair, Verdict]:
        truths = self._truth(sorted({object_id for object_id, _ in card.pairs}))
        by_hand: dict[Pair, Verdict] = {
            (claim.object_id, claim.treasure): claim.verdict for claim in card.claims if claim.object_id not in truths
        }
        return judge(hunt, card.pairs, truths) | by_hand


def _hints_miscounted(card: Card, again: HuntState) -> str:
    treasures = {treasure.name: treasure for treasure in again.treasures}
    for one in card.hints:
        there = treasures.get(one.treasure)
        if there is None or there.hints_open != one.open:
            return f"{one.open} hints of {one.treasure} are open, which the hunt does not have."
        if one.points != -there.hints_paid:
            return f"its hints of {one.treasure} bring {-there.hints_paid:+d} points, not {one.points:+d}."
    return ""


def _reads_others(cuts: Cuts) -> bool:
    # Models are not asked again: whoever counts a card need not have the player's.
    others = told_by_others() | scores().keys()
    return any(stage.enabled and not others.isdisjoint(stage.expression.kinds) for stage in cuts.stages)


def _told(claim: ClaimState) -> str:
    return f"{claim.object_id}, claimed as {claim.treasure},"
