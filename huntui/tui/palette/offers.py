"""Everything that the palette offers, as data: what it is called, what is said of it, and what it does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from huntui.action import Action
from huntui.actions import PANELS, actions_of, keys_of, shown_key
from huntui.engine.snapshot import Rows, Snapshot
from huntui.funnel.counts import KnobState
from huntui.funnel.fields import written
from huntui.session.commands import SetKnob, SwitchStage
from huntui.tui.knob_value import range_of, typed_value
from huntui.tui.palette.fuzzy import match
from huntui.tui.text import clean
from huntui.tui.themes import ALL_THEMES

_NOT_OFFERED = ("palette",)
_SURVEY, _FEWEST_OF_NAME = "ztf", 3
_MOST_LOOKED_AT, _MOST_NAMED = 5_000, 20
"""Rows of the table that are looked through for a name in part, and lines for them at most."""


@dataclass(frozen=True, slots=True)
class ClaimAs:
    """Claim what is chosen in the table."""

    treasure: str


@dataclass(frozen=True, slots=True)
class UseTheme:
    """Draw in other colours."""

    theme: str


@dataclass(frozen=True, slots=True)
class GoTo:
    """Put the cursor of the table on an object."""

    object_id: str


@dataclass(frozen=True, slots=True)
class NeedsValue:
    """A knob whose value is not typed as yet, or cannot be had."""

    stage: str
    knob: KnobState
    sentence: str
    """What can be typed, or why this cannot."""
    wrong: bool = False


Deed = Action | SetKnob | SwitchStage | ClaimAs | UseTheme | GoTo | NeedsValue


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette."""

    title: str
    about: str
    """What stands at its right: the keys of an action, the range of a knob."""
    deed: Deed
    words: str = ""
    """What it is found by as well."""


@dataclass(frozen=True, slots=True)
class Found:
    """An offer that fits what was typed, with the places in its title that do."""

    offer: Offer
    places: frozenset[int]


def offers(snapshot: Snapshot, panels: Sequence[str], keymap: Mapping[str, str], theme: str) -> list[Offer]:
    """Return all offers: the actions of `panels`, the focused one and `anywhere` first, then what has a name."""
    return [
        *(_action(action, keymap) for panel in panels for action in actions_of(panel) if action.id not in _NOT_OFFERED),
        *_knobs(snapshot),
        *(_stage(stage.name, stage.title, enabled=stage.enabled) for stage in snapshot.stages),
        *(
            Offer(f"claim as {clean(treasure.title)}", f"±{treasure.points}", ClaimAs(treasure.name), treasure.name)
            for treasure in snapshot.hunt.treasures
        ),
        *(
            Offer(f"theme {name}", "in force" if name == theme else each.about, UseTheme(name), "colours")
            for name, each in ALL_THEMES.items()
        ),
    ]


def _action(action: Action, keymap: Mapping[str, str]) -> Offer:
    keys = " ".join(shown_key(key) for key in keys_of(action, keymap))
    about = keys if action.panel == "anywhere" else f"{PANELS[action.panel]} · {keys}"
    return Offer(action.help.rstrip("."), about, action, f"{action.title} {action.id}")


def _knobs(snapshot: Snapshot) -> Iterator[Offer]:
    names = [knob.name for stage in snapshot.stages for knob in stage.knobs]
    for stage in snapshot.stages:
        for knob in stage.knobs:
            name = knob.name if names.count(knob.name) == 1 else f"{stage.name}.{knob.name}"
            about = f"{written(knob.value)} ({_reach(knob)})"
            words = f"{stage.name} {stage.title} {knob.name}"
            yield Offer(f"set {clean(name)}", about, NeedsValue(stage.name, knob, range_of(knob)), words)


def _reach(knob: KnobState) -> str:
    return f"{written(knob.minimum)} to {written(knob.maximum)}"


def _stage(name: str, title: str, *, enabled: bool) -> Offer:
    switched = "off" if enabled else "on"
    return Offer(f"switch {clean(name)} {switched}", clean(title), SwitchStage(name), "stage")


def objects_named(rows: Rows, query: str) -> list[Offer]:
    """Return what goes to the first objects of the table whose names begin with what was typed, if that may be one."""
    wanted = query.strip().lower()
    if len(wanted) < _FEWEST_OF_NAME or not wanted.startswith(_SURVEY):
        return []
    names = (rows.object_id(row) for row in range(min(len(rows), _MOST_LOOKED_AT)))
    found = [name for name in names if name.lower().startswith(wanted)]
    exact = query.strip()
    if not found and rows.find(exact) is not None:
        found = [exact]
    return [Offer(f"go to {clean(name)}", "in the table", GoTo(name)) for name in found[:_MOST_NAMED]]


def narrowed(every: Sequence[Offer], query: str) -> list[Found]:
    """Return the offers that fit what was typed, the best first; of equally good ones the order stays.

    After the name of a knob its value may stand, `set drb_min 0.7`, so that a last word is no part of that name.
    """
    before, _, last = query.strip().rpartition(" ")
    found = [(fits, offer) for offer in every if (fits := _fits(query, offer))]
    if before:
        valued = ((_fits(before, offer), offer) for offer in every if isinstance(offer.deed, NeedsValue))
        found += [(fits, _valued(offer, last)) for fits, offer in valued if fits and _may_be(last, before, offer)]
    found.sort(key=lambda each: -each[0][0])
    return [Found(offer, places) for (_, places), offer in found]


def _fits(query: str, offer: Offer) -> tuple[float, frozenset[int]] | None:
    """Return how well a query fits an offer: best by its title alone, else with its other words."""
    if by_title := match(query, offer.title):
        return by_title[0] + 0.5, by_title[1]
    by_all = match(query, f"{offer.title} {offer.words}")
    return by_all and (by_all[0], frozenset(place for place in by_all[1] if place < len(offer.title)))


def _may_be(last: str, before: str, offer: Offer) -> bool:
    """Whether a last word may be meant as the value of a knob: a number, or anything after its full name."""
    deed = offer.deed
    return isinstance(deed, NeedsValue) and (
        isinstance(typed_value(last, replace(deed.knob, minimum=float("-inf"), maximum=float("inf"))), float)
        or before.strip() == offer.title
    )


def _valued(offer: Offer, text: str) -> Offer:
    """Return the offer of a knob with a value that was typed."""
    assert isinstance(offer.deed, NeedsValue)
    value = typed_value(text, offer.deed.knob)
    if isinstance(value, str):
        return replace(
            offer, about=f"can be {_reach(offer.deed.knob)}", deed=replace(offer.deed, sentence=value, wrong=True)
        )
    return Offer(f"{offer.title} {written(value)}", offer.about, SetKnob(offer.deed.stage, offer.deed.knob.name, value))
