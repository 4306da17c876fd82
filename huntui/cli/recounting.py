"""Score cards and the nights that they are counted again on: each night is made or read once for all of its cards."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from huntui import shipped, truth
from huntui.cli.board import Accepted, night_name
from huntui.cli.reading import whole_night
from huntui.cli.streams import note
from huntui.errors import CallError, CardError, HuntError, SourceError, WorkError
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.hunt import hunt_digest, load_hunt
from huntui.hunt.treasure import Hunt
from huntui.opening.night import PreparedNight, prepare
from huntui.opening.options import NightOptions
from huntui.session.card import Card, HuntPart, NightPart
from huntui.simulate.recipe import RELEASE, Recipe
from huntui.sources.simulated import SimulatedSource

if TYPE_CHECKING:
    from huntui.engine.engine import Engine
    from huntui.engine.recount import Recount
    from huntui.night.view import NightView

_ANY_DATE = "20240707"
"""A night by which options can be looked at that are of no particular one."""

T = TypeVar("T")
Outcome = Accepted | str
"""A card that is accepted, or a sentence that says why it is refused."""


def judged(cards: Sequence[tuple[str, Card]], options: NightOptions) -> Iterator[Outcome]:
    """Yield what becomes of cards, each with its file; `options` say what is here to count them again with.

    Raises `CallError` for what is wrong in these, before any card is looked at.
    """
    prepare(replace(options, date=_ANY_DATE, source="simulated"))
    hunts = _Hunts(options.hunt)
    nights: dict[str, list[tuple[str, Card, Hunt]]] = {}
    for where, card in cards:
        try:
            hunt = hunts.of(card)
            _refuse_another_generator(card.night)
        except CardError as problem:
            yield f"{where}: {problem}"
        else:
            nights.setdefault(night_name(card.night), []).append((where, card, hunt))
    for of_night in nights.values():
        yield from _of_one_night(of_night, options)


def whole(night: PreparedNight) -> PreparedNight:
    """Return a night as cards are counted again on it: all of its alerts, as fast as they come, and none cut away."""
    all_of_it = night.config.source.model_copy(update={"max_alerts": None, "rate": None})
    return replace(night, cuts=NO_CUTS, cuts_file=None, config=night.config.model_copy(update={"source": all_of_it}))


def simulated(night: PreparedNight, recipe: Recipe) -> PreparedNight:
    """Return the night of a recipe in the place of another one."""
    source = SimulatedSource(recipe.date, seed=recipe.seed, count=recipe.count)
    return whole(replace(night, source=source, request=replace(night.request, date=recipe.date, source="simulated")))


def read_night(night: PreparedNight, use: "Callable[[Engine, NightView], T]") -> T:
    """Read a night to its end and return what `use` makes of it; raises `WorkError` where it is not whole."""
    from huntui.engine.shortfall import shortfall

    async def read() -> T:
        async with whole_night(night) as engine:
            missing, view = shortfall(engine.latest), engine.latest.view
            if missing or view is None:
                raise WorkError(f"Score cards need the whole night: {missing}")
            return use(engine, view)

    return asyncio.run(read())


def hunt_part(name: str, hunt: Hunt) -> HuntPart:
    """Return what a card says of a hunt, which `name` finds."""
    return HuntPart(name=hunt.name, digest=hunt_digest(shipped.find("hunts", name)))


class _Hunts:
    """The hunts that cards may be of, each read once however many cards there are."""

    def __init__(self, given: str | None) -> None:
        """Look into a file that was given first; raises `HuntError` where it cannot be hunted."""
        self._given = given
        self._known: dict[str, tuple[Hunt, HuntPart] | None] = {}
        if given:
            self._known[given] = _loaded(given)

    def of(self, card: Card) -> Hunt:
        """Return the hunt of a card, from the file that was given or the one of its name; raises `CardError`."""
        changed = False
        for name in filter(None, (self._given, card.hunt.name)):
            if name not in self._known:
                self._known[name] = self._of_name(name)
            if (known := self._known[name]) is None:
                continue
            hunt, part = known
            if part == card.hunt:
                return hunt
            changed = changed or part.name == card.hunt.name
        what = "is another one than that of the card" if changed else "is not known here"
        raise CardError(f"the hunt {card.hunt.name} {what}; give the file it was hunted with by --hunt.")

    def _of_name(self, name: str) -> tuple[Hunt, HuntPart] | None:
        try:
            return _loaded(name)
        except HuntError:
            return None


def _loaded(name: str) -> tuple[Hunt, HuntPart]:
    hunt = load_hunt(shipped.find("hunts", name), kinds(), truth.kinds())
    return hunt, hunt_part(name, hunt)


def _refuse_another_generator(night: NightPart) -> None:
    if night.simulated and night.generator != RELEASE:
        raise CardError(
            f"its night was made by release {night.generator} of the simulated night, and this huntui makes release "
            f"{RELEASE}; check it with the huntui that it was hunted with."
        )


def _of_one_night(cards: Sequence[tuple[str, Card, Hunt]], options: NightOptions) -> list[Outcome]:
    part = cards[0][1].night
    night = _at_hand(part, options)
    unchecked: list[Outcome] = [Accepted(card, checked=False) for _, card, _ in cards]
    if night is None:
        return unchecked

    def use(engine: "Engine", view: "NightView") -> list[Outcome]:
        from huntui.engine.recount import Recount

        if night.source.simulated != part.simulated:
            return unchecked
        recount = Recount(view, night.source.truth)
        return [_counted(where, card, hunt, recount, engine.latest.night.alerts) for where, card, hunt in cards]

    try:
        return read_night(night, use)
    except WorkError as problem:
        if part.simulated:
            raise
        note(str(problem))
        return unchecked


def _counted(where: str, card: Card, hunt: Hunt, recount: "Recount", alerts: int) -> Outcome:
    if not card.night.simulated and card.night.alerts > alerts:
        # Less of the night is here than the player had: what does not come through here may have done so there.
        return Accepted(card, checked=False)
    mistake = recount.mistake(card, hunt)
    return f"{where}: {mistake}" if mistake else Accepted(card, checked=True)


def _at_hand(part: NightPart, options: NightOptions) -> PreparedNight | None:
    """Return the night to count again on: a simulated one is made again, a real one may not be here."""
    if part.simulated:
        assert part.date is not None
        assert part.seed is not None
        night = prepare(replace(options, date=part.date, source="simulated", hunt=None))
        return simulated(night, Recipe(part.date, part.seed, part.alerts))
    given = options.source if options.date in (None, part.date) else None
    if given is None and part.date is None:
        return None
    try:
        night = prepare(replace(options, date=part.date, source=given, hunt=None))
    except (SourceError, CallError):
        if given is not None:
            raise
        # No night of that date is here, and none can be simulated or may be.
        return None
    return None if night.source.simulated else whole(night)
