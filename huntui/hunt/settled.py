"""What the player settled by hand, as on a real night, where no truth is known that could answer a claim."""

from collections.abc import Mapping
from dataclasses import dataclass

from huntui.errors import CallError
from huntui.hunt.claims import Claims, Pair
from huntui.hunt.state import Verdict


@dataclass(frozen=True, slots=True)
class Settled:
    """The verdicts at one moment; a change returns new ones and leaves these as they are.

    A verdict stays when its claim is taken back: what was refuted goes on costing, and what is claimed again is as it
    was settled.
    """

    verdicts: tuple[tuple[Pair, Verdict], ...] = ()
    """Claims that are confirmed or refuted, in the order they were settled; every other one is open."""
    reasons: tuple[tuple[Pair, str], ...] = ()
    """Who says so, of those where that is known."""

    def settle(self, claims: Claims, object_id: str, treasure: str, verdict: Verdict, reason: str = "") -> "Settled":
        """Confirm or refute a claim, for a reason, or open it again; raises `CallError` for one that was never made."""
        pair = object_id, treasure
        if pair not in claims.tried:
            raise CallError(f"{object_id} is not claimed as {treasure}, so that there is nothing to settle.")
        others = tuple(one for one in self.verdicts if one[0] != pair)
        reasons = tuple(one for one in self.reasons if one[0] != pair)
        if verdict == "open":
            return Settled(others, reasons)
        return Settled((*others, (pair, verdict)), (*reasons, (pair, reason)) if reason else reasons)

    def beside(self, judged: Mapping[Pair, Verdict]) -> dict[Pair, Verdict]:
        """Return the verdicts of truth, and the player's on those claims that truth leaves open."""
        return {**judged, **{pair: verdict for pair, verdict in self.verdicts if judged.get(pair, "open") == "open"}}


NOTHING_SETTLED = Settled()
"""Every claim is open."""
