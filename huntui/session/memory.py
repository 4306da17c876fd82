"""What is kept of a session: every state that can be gone to, in memory and as plain values.

Plain values may come from a file that anybody wrote: each is checked, none is run, and their number is bounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import Field

from huntui.checked import Written, check
from huntui.errors import CallError, SessionError
from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import cuts_from_mapping, cuts_to_mapping, numbered
from huntui.funnel.stage import Stage
from huntui.hunt.claims import Pair
from huntui.hunt.hints import Taken
from huntui.hunt.marks import MAX_MARKED, MAX_NOTE, Marks
from huntui.hunt.settled import Settled
from huntui.hunt.state import Verdict
from huntui.session.history import Past, Timeline
from huntui.session.panels import NOWHERE, Panels

KEPT_STATES = 200
"""States that are kept, the newest ones and always the one in force."""

MAX_PAIRS = 20_000
"""Claims that a session may hold."""
MAX_REASON = 200
"""Characters of what a claim was settled for."""
_MOST_ENTRIES = 250_000
"""Claims and marks of all states that are kept, counted in each of them: fewer states are kept where there are many."""
_LONGEST_NAME, _LONGEST_WORDS = 100_000, 2000

_Name = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME)]
_Pairs = Annotated[list[Annotated[list[_Name], Field(min_length=2, max_length=2)]], Field(max_length=MAX_PAIRS)]
_Names = Annotated[list[_Name], Field(max_length=MAX_MARKED)]
_Line = Annotated[str, Field(min_length=1, max_length=MAX_NOTE)]
_Selected = Annotated[str, Field(max_length=10_000)]
# JSON has lists only, and a strict tuple would refuse them.
_Note = Annotated[tuple[_Name, _Line], Field(strict=False)]
_Verdict = Annotated[tuple[_Name, _Name, Literal["confirmed", "refuted"]], Field(strict=False)]
_Reason = Annotated[
    tuple[_Name, _Name, Annotated[str, Field(min_length=1, max_length=MAX_REASON)]], Field(strict=False)
]


@dataclass(frozen=True, slots=True)
class Memory:
    """All that another session needs to go on where this one was."""

    timeline: Timeline
    """Every state that can be gone to, and the one in force."""
    tried: tuple[Pair, ...]
    """Every pair ever claimed; see `Claims.tried`."""
    under: tuple[Cuts, ...]
    """The cuts in force when each of `tried` was claimed first."""
    saved: Past
    """The cuts and claims that are in a file, or with which the session began."""
    ended: bool = False
    """Whether the hunt was ended."""
    panels: Panels = NOWHERE
    """Where the player is on the screen."""
    hints: Taken = ()
    """The hints that were opened."""

    @property
    def now(self) -> Past:
        """The state in force."""
        return self.timeline.states[self.timeline.place]

    def bounded(self) -> "Memory":
        """Return it with the `KEPT_STATES` newest states, or as many from the one in force where that is older.

        There are fewer of them where they hold many claims and marks, so that what is written can be read back.
        """
        states, place, forgotten = self.timeline.states, self.timeline.place, self.timeline.forgotten
        first = min(max(0, len(states) - KEPT_STATES), place)
        first, end = _room(states, place, first, min(first + KEPT_STATES, len(states)))
        if end - first == len(states):
            return self
        return replace(self, timeline=Timeline(states[first:end], place - first, forgotten + first))

    def of_hunt(self, treasures: Sequence[str]) -> "Memory":
        """Return it without claims and hints of treasures that the hunt does not have, or no longer has."""

        def left(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
            return tuple(pair for pair in pairs if pair[1] in treasures)

        def of(state: Past) -> Past:
            settled = state.settled
            verdicts = tuple(one for one in settled.verdicts if one[0][1] in treasures)
            reasons = tuple(one for one in settled.reasons if one[0][1] in treasures)
            return replace(state, standing=left(state.standing), settled=Settled(verdicts, reasons))

        states = tuple(map(of, self.timeline.states))
        timeline = replace(self.timeline, states=states)
        under = tuple(cuts for pair, cuts in zip(self.tried, self.under, strict=True) if pair[1] in treasures)
        hints = tuple(one for one in self.hints if one[0] in treasures)
        tried, saved = left(self.tried), of(self.saved)
        return replace(self, timeline=timeline, tried=tried, under=under, saved=saved, hints=hints)


def _room(states: Sequence[Past], place: int, first: int, end: int) -> tuple[int, int]:
    """Return the first state to keep and the one behind the last, which is never before the one in force."""
    entries = [_entries(state) for state in states[first:end]]
    total = sum(entries)
    while total > _MOST_ENTRIES and end - first > 1:
        total -= entries.pop(0 if first < place else -1)
        first, end = (first + 1, end) if first < place else (first, end - 1)
    return first, end


def _entries(state: Past) -> int:
    marks = state.marks
    notes = sum(2 + len(text) // 10 for _, text in marks.notes)
    reasons = sum(2 + len(text) // 10 for _, text in state.settled.reasons)
    settled = 2 * len(state.settled.verdicts) + reasons
    return len(state.standing) + settled + len(marks.starred) + len(marks.hidden) + notes


class StatePart(Written):
    """A state as plain values."""

    what: str = Field(max_length=_LONGEST_WORDS)
    cuts: dict[str, Any]
    claims: _Pairs
    settled: list[_Verdict] = Field(default=[], max_length=MAX_PAIRS)
    reasons: list[_Reason] = Field(default=[], max_length=MAX_PAIRS)
    starred: _Names = Field(default=[])
    hidden: _Names = Field(default=[])
    notes: list[_Note] = Field(default=[], max_length=MAX_MARKED)


class UnderPart(Written):
    """The cuts that claims were made under: each set of cuts once, and for each claim its place among them."""

    cuts: list[dict[str, Any]] = Field(max_length=MAX_PAIRS)
    places: list[Annotated[int, Field(ge=0)]] = Field(max_length=MAX_PAIRS)


class PanelsPart(Written):
    """Panels as plain values."""

    focus: _Selected = ""
    detail: _Selected = ""
    stage: _Selected = ""
    object_id: _Selected = ""
    treasure: _Selected = ""
    sort: _Selected = ""
    row_filter: _Selected = ""
    theme: _Selected = ""


class MemoryPart(Written):
    """A memory as plain values."""

    place: int = Field(ge=0, le=KEPT_STATES)
    forgotten: int = Field(ge=0, le=10**12)
    tried: _Pairs
    under: UnderPart | None = None
    """Missing in what an earlier huntui wrote."""
    saved: StatePart
    states: list[StatePart] = Field(min_length=1, max_length=KEPT_STATES)
    ended: bool = False
    panels: PanelsPart = PanelsPart()
    hints: dict[_Name, Annotated[int, Field(ge=1, le=1000)]] = Field(default={}, max_length=1000)


def state_to_plain(state: Past) -> dict[str, Any]:
    """Return a state as plain values, which JSON can hold; what is not marked or settled is not mentioned."""
    marks = {
        "settled": [[*pair, verdict] for pair, verdict in state.settled.verdicts],
        "reasons": [[*pair, reason] for pair, reason in state.settled.reasons],
        "starred": list(state.marks.starred),
        "hidden": list(state.marks.hidden),
        "notes": [list(note) for note in state.marks.notes],
    }
    claims = [list(pair) for pair in state.standing]
    return {
        "what": state.what[:_LONGEST_WORDS],
        "cuts": cuts_to_mapping(state.cuts),
        "claims": claims,
        **{name: values for name, values in marks.items() if values},
    }


def tried_to_plain(memory: Memory) -> dict[str, Any]:
    """Return what was ever claimed, and under which cuts, as those of the plain values of a memory that say it."""
    cuts, places = numbered(memory.under)
    return {"tried": [list(pair) for pair in memory.tried], "under": {"cuts": cuts, "places": places}}


def memory_to_plain(memory: Memory) -> dict[str, Any]:
    """Return a memory as plain values, which `memory_from_plain` reads back to the same."""
    return {
        "place": memory.timeline.place,
        "forgotten": memory.timeline.forgotten,
        **tried_to_plain(memory),
        "saved": state_to_plain(memory.saved),
        "states": [state_to_plain(state) for state in memory.timeline.states],
        "ended": memory.ended,
        "panels": asdict(memory.panels),
        **({"hints": dict(memory.hints)} if memory.hints else {}),
    }


def memory_from_plain(values: object, where: str) -> Memory:
    """Check plain values and return the memory that they are; raises `SessionError` that begins with `where`."""
    part = check(MemoryPart, values, where, SessionError)
    if part.place >= len(part.states):
        raise SessionError(f"{where}: place is {part.place}, but there are {len(part.states)} states, from 0 on.")
    known = KnownCuts()
    states = tuple(_state(state, f"{where}: states[{k}]", known) for k, state in enumerate(part.states))
    saved = _state(part.saved, f"{where}: saved", known)
    under = [states[part.place].cuts] * len(part.tried) if part.under is None else _under(part, where, known)
    tried: dict[Pair, Cuts] = {}
    for pair, cuts in zip(_each(part.tried), under, strict=True):
        tried.setdefault(pair, cuts)
    return Memory(
        Timeline(states, part.place, part.forgotten),
        tuple(tried),
        tuple(tried.values()),
        saved,
        part.ended,
        _panels(part.panels),
        tuple((clean(treasure), number) for treasure, number in part.hints.items()),
    )


def _panels(part: PanelsPart) -> Panels:
    return Panels(**{name: clean(words) for name, words in part.model_dump().items()})


class KnownCuts:
    """Cuts of sessions and cards that were read so far: what is alike in them is parsed once."""

    def __init__(self) -> None:
        self._cuts: dict[str, Cuts] = {}
        self._stages: dict[str, Stage] = {}

    def cuts(self, values: Mapping[str, Any], where: str) -> Cuts:
        """Return cuts, which may have no stages; raises `SessionError` that begins with `where`."""
        key = repr(values)
        if key not in self._cuts:
            self._cuts[key] = self._parsed(values, where)
        return self._cuts[key]

    def _parsed(self, values: Mapping[str, Any], where: str) -> Cuts:
        try:
            if values.get("stages") == []:
                return _without_stages(values, where)
            return cuts_from_mapping(values, where, kinds(), known=self._stages)
        except CallError as error:
            raise SessionError(str(error)) from None


def _under(part: MemoryPart, where: str, known: KnownCuts) -> list[Cuts]:
    """Return the cuts of each claim."""
    assert part.under is not None
    cuts = [known.cuts(values, f"{where}: under.cuts[{k}]") for k, values in enumerate(part.under.cuts)]
    places = part.under.places
    if len(places) != len(part.tried):
        raise SessionError(f"{where}: under.places has {len(places)} places, but there are {len(part.tried)} claims.")
    if places and max(places) >= len(cuts):
        raise SessionError(f"{where}: under.places has {max(places)}, but there are {len(cuts)} sets of cuts.")
    return [cuts[place] for place in places]


def _state(part: StatePart, where: str, known: KnownCuts) -> Past:
    cuts = known.cuts(part.cuts, f"{where}.cuts")
    return Past(clean(part.what), cuts, _pairs(part.claims), _marks(part), _settled(part))


def _marks(part: StatePart) -> Marks:
    notes = {clean(object_id): one_line(text) for object_id, text in part.notes}
    return Marks(
        tuple(dict.fromkeys(map(clean, part.starred))),
        tuple(dict.fromkeys(map(clean, part.hidden))),
        tuple((object_id, text) for object_id, text in notes.items() if text),
    )


def _settled(part: StatePart) -> Settled:
    verdicts: dict[Pair, Verdict] = {
        (clean(object_id), clean(treasure)): verdict for object_id, treasure, verdict in part.settled
    }
    reasons = {(clean(object_id), clean(treasure)): one_line(reason) for object_id, treasure, reason in part.reasons}
    return Settled(tuple(verdicts.items()), tuple((pair, text) for pair, text in reasons.items() if pair in verdicts))


def _without_stages(values: Mapping[str, Any], where: str) -> Cuts:
    """Return cuts that keep everything, which a file of cuts may not be but a state of a session may."""
    about = {key: values.get(key, "") for key in ("name", "about", "source", "version")}
    if set(values) - {*about, "stages"} or not all(isinstance(text, str) for text in about.values()):
        raise SessionError(f"{where}: without stages there may be name, about, source and version, all of them text.")
    return Cuts(stages=(), **about)


def _pairs(pairs: Sequence[Sequence[str]]) -> tuple[Pair, ...]:
    """Return claims, each once, in their order."""
    return tuple(dict.fromkeys(_each(pairs)))


def _each(pairs: Sequence[Sequence[str]]) -> list[Pair]:
    return [(clean(object_id), clean(treasure)) for object_id, treasure in pairs]


def one_line(text: str) -> str:
    """Return a text as one clean line."""
    return clean(" ".join(text.split()))


def clean(text: str) -> str:
    """Return a text with a mark in the place of what cannot be printed, as control sequences of a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
