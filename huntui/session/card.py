"""The score card: what somebody found in a night, so that anybody can count it again.

It holds what reproduces the score and nothing else:

    huntui_score  the number of the format
    huntui        the version that wrote it
    player        whose card it is, as free text
    hunt          name and digest of the hunt file; comments and layout make no difference to it
    night         date, simulated or not, alerts; of a simulated one the seed, and the release of what makes such nights
    cuts          each set of cuts that claims were made under, once
    claims        each claim that counts, as they were made: object, treasure, number of its cuts, verdict, points
    bonuses       points for more than one claim, each with its name
    hints         treasures of which hints were opened: how many, and the points that they took
    score         the sum of all points
    digest        SHA-256 of all the rest: as JSON with sorted keys, without spaces, everything beyond ASCII escaped

A card of format 1, which knows of no hints, is read as one without any.

A claim counts as long as it is not taken back, and when it was refuted also after that. The digest tells a card that
was changed by accident; against one that was changed on purpose helps only to count again, which
`huntui.engine.recount` does.

A card does not show what its player left out: whoever drops a refuted claim or a hint, and knows how to make the
digest, has a card that reproduces. It proves that its claims are right, and not how many wrong ones there were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from huntui import __version__, strict_json
from huntui.checked import Written, check
from huntui.errors import CallError, CardError, SessionError
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import numbered
from huntui.hunt.claims import Pair
from huntui.hunt.hints import Taken
from huntui.hunt.state import ClaimState, HuntState
from huntui.session.memory import MAX_PAIRS, KnownCuts, Memory, clean
from huntui.simulate.dates import parse_date

FORMAT = 2
"""What stands under `huntui_score`; a card with a higher number was written by a newer huntui."""
MAX_CUTS = 2000
"""Distinct sets of cuts that a card may hold."""
MAX_STAGES = 20_000
"""Stages that all of these may have together: each has a condition that is parsed."""
MAX_ALERTS = 250_000
"""Alerts of a simulated night that is made again to check a card."""
LONGEST_PLAYER = 60

_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="64 hexadecimal digits")]
_HuntName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Points = Annotated[int, Field(ge=-(10**6), le=10**6)]


class HuntPart(Written):
    """Which hunt."""

    name: _HuntName
    digest: _Digest


class NightPart(Written):
    """Which night; a real one has neither seed nor generator."""

    date: str | None = Field(pattern=r"^[0-9]{8}$", description="a date as YYYYMMDD")
    simulated: bool
    seed: int | None = Field(ge=0, lt=2**64, description="a whole number from 0 to 2^64 - 1")
    alerts: int = Field(ge=1, le=10**9)
    generator: int | None = Field(ge=1, le=10**6)


class ClaimPart(Written):
    """One claim that counts."""

    object: _Name
    treasure: _Name
    cuts: int = Field(ge=0)
    verdict: Literal["open", "confirmed", "refuted"]
    points: _Points


class BonusPart(Written):
    """A set of treasures that is complete."""

    name: _Name
    points: _Points


class HintPart(Written):
    """The hints of a treasure that were opened."""

    treasure: _Name
    open: int = Field(ge=1, le=1000)
    points: _Points


class CardPart(Written):
    """A card as plain values."""

    huntui_score: int
    huntui: str = Field(max_length=100)
    player: str = Field(min_length=1, max_length=LONGEST_PLAYER)
    hunt: HuntPart
    night: NightPart
    cuts: list[dict[str, Any]] = Field(max_length=MAX_CUTS)
    claims: list[ClaimPart] = Field(max_length=MAX_PAIRS)
    bonuses: list[BonusPart] = Field(max_length=1000)
    hints: list[HintPart] = Field(default=[], max_length=1000)
    score: int = Field(ge=-(10**9), le=10**9)
    digest: _Digest


@dataclass(frozen=True, slots=True)
class Card:
    """A card that was read: all of it has been checked that can be without its hunt and its night."""

    values: Mapping[str, Any]
    """As it was written."""
    player: str
    hunt: HuntPart
    night: NightPart
    cuts: tuple[Cuts, ...]
    claims: tuple[ClaimState, ...]
    under: tuple[int, ...]
    """For each claim the place of its cuts in `cuts`."""
    bonuses: tuple[BonusPart, ...]
    score: int
    hints: tuple[HintPart, ...] = ()

    @property
    def digest(self) -> str:
        """What tells it from every other card."""
        return str(self.values["digest"])

    @property
    def hints_open(self) -> Taken:
        """How many hints of each treasure were opened."""
        return tuple((one.treasure, one.open) for one in self.hints)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Who is claimed as what."""
        return tuple((claim.object_id, claim.treasure) for claim in self.claims)


def card_to_plain(player: str, hunt: HuntPart, night: NightPart, memory: Memory, state: HuntState) -> dict[str, Any]:
    """Return the card of a hunt as plain values; `memory` is of the same hunt as `state`, and of no other."""
    of_pair = dict(zip(memory.tried, memory.under, strict=True))
    cuts, places = numbered([of_pair[claim.object_id, claim.treasure] for claim in state.claims])
    values = {
        "huntui_score": FORMAT,
        "huntui": __version__,
        "player": player_name(player),
        "hunt": hunt.model_dump(),
        "night": night.model_dump(),
        "cuts": cuts,
        "claims": [_claim(claim, place) for claim, place in zip(state.claims, places, strict=True)],
        "bonuses": [{"name": one.name, "points": one.points} for one in state.sets if one.complete],
        "hints": [
            {"treasure": one.name, "open": one.hints_open, "points": -one.hints_paid}
            for one in state.treasures
            if one.hints_open
        ],
        "score": state.score,
    }
    return values | {"digest": strict_json.digest(values)}


def _claim(claim: ClaimState, place: int) -> dict[str, Any]:
    return {
        "object": claim.object_id,
        "treasure": claim.treasure,
        "cuts": place,
        "verdict": claim.verdict,
        "points": claim.points,
    }


def player_name(text: str) -> str:
    """Return the name that a player gives as a card may hold it; raises `CardError` where nothing is left of it."""
    name = clean(" ".join(text.split()))[:LONGEST_PLAYER].strip()
    if not name:
        raise CardError("--player '': names nobody; give the name that shall stand on the card.")
    return name


def card_from_plain(values: object, where: str) -> Card:
    """Check plain values and return the card that they are; raises `CardError` that begins with `where`."""
    version = values.get("huntui_score") if isinstance(values, dict) else None
    if not isinstance(values, dict) or not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise CardError(f"{where}: is no score card; `huntui score --date YYYYMMDD` writes one.")
    if version > FORMAT:
        raise CardError(f"{where}: was written by a newer huntui.")
    part = check(CardPart, values, where, CardError)
    if not (player := clean(part.player).strip()):
        raise CardError(f"{where}: player must be text, not empty.")
    cuts = _cuts(part, where)
    _refuse_what_does_not_fit(part, values, where)
    claims = tuple(ClaimState(clean(c.object), clean(c.treasure), c.verdict, c.points) for c in part.claims)
    under = tuple(claim.cuts for claim in part.claims)
    bonuses, hints = tuple(part.bonuses), tuple(part.hints)
    return Card(values, player, part.hunt, part.night, cuts, claims, under, bonuses, part.score, hints)


def _cuts(part: CardPart, where: str) -> tuple[Cuts, ...]:
    stages = (values.get("stages") for values in part.cuts)
    if sum(len(of_one) for of_one in stages if isinstance(of_one, list)) > MAX_STAGES:
        raise CardError(f"{where}: its cuts have more than {MAX_STAGES:,} stages together.")
    known = KnownCuts()
    try:
        return tuple(known.cuts(values, f"{where}: cuts[{k}]") for k, values in enumerate(part.cuts))
    except SessionError as problem:
        raise CardError(str(problem)) from None


def _refuse_what_does_not_fit(part: CardPart, values: Mapping[str, Any], where: str) -> None:
    """Raise `CardError` for what is wrong in a card whatever its hunt and its night are."""
    if strict_json.digest({key: value for key, value in values.items() if key != "digest"}) != part.digest:
        raise CardError(f"{where}: its digest does not fit: something in it was changed after it was written.")
    night = part.night
    if night.simulated and None in (night.date, night.seed, night.generator):
        raise CardError(f"{where}: night: a simulated one has a date, a seed and a generator.")
    if night.simulated and night.date is not None:
        _refuse_no_date(night.date, where)
    if night.simulated and night.alerts > MAX_ALERTS:
        raise CardError(f"{where}: night.alerts must be at most {MAX_ALERTS:,} in a simulated night.")
    for k, claim in enumerate(part.claims):
        if claim.cuts >= len(part.cuts):
            raise CardError(f"{where}: claims[{k}].cuts is {claim.cuts}, but there are {len(part.cuts)} sets of cuts.")
    _refuse_twice([(claim.object, claim.treasure) for claim in part.claims], where)
    hinted = [one.treasure for one in part.hints]
    if twice := next((name for k, name in enumerate(hinted) if name in hinted[:k]), None):
        raise CardError(f"{where}: hints: {clean(twice)} stands there twice.")


def _refuse_no_date(date: str, where: str) -> None:
    try:
        parse_date(date)
    except CallError as problem:
        raise CardError(f"{where}: night.date: {problem}") from None


def _refuse_twice(pairs: Sequence[Pair], where: str) -> None:
    seen: set[Pair] = set()
    for k, (object_id, treasure) in enumerate(pairs):
        if (object_id, treasure) in seen:
            raise CardError(f"{where}: claims[{k}]: {clean(object_id)} is claimed as {clean(treasure)} twice.")
        seen.add((object_id, treasure))
