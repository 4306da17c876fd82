"""Choosing a treasure: to claim an object as one, or to take a claim back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import cell, clean, count


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose from."""

    treasure: str
    title: str
    note: str


class Choices(OptionList, inherit_bindings=False):
    """A list whose keys are the dialog's."""


class ChooseTreasure(Dialog[str]):
    """Lists treasures with one of them marked; gives back the name of the chosen one, or None."""

    BINDINGS = bindings("choice")
    panel = "choice"

    def __init__(self, question: str, choices: Sequence[Choice], marked: int | None, keymap: dict[str, str]) -> None:
        super().__init__(clean(question), keymap)
        self._choices, self._marked = choices, marked
        self._pointed: int | None = None

    def inside(self) -> list[Widget]:
        """Return the list, or a sentence where there is nothing to choose."""
        if not self._choices:
            return [plain("This hunt has no treasures.", classes="quiet")]
        choices = Choices(*(Option(self._line(place)) for place in range(len(self._choices))))
        choices.highlighted = self._marked
        return [choices]

    def _line(self, place: int, mark: str = " ") -> Content:
        choice = self._choices[place]
        return Content(f"{mark} {cell(choice.title, 30)} {cell(choice.note, 26)}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Mark the treasure by more than its colour."""
        if event.option_list.highlighted != event.option_index:
            return  # it has moved on since: a list begins with its first line
        if self._pointed is not None:
            event.option_list.replace_option_prompt_at_index(self._pointed, self._line(self._pointed))
        self._pointed = event.option_index
        event.option_list.replace_option_prompt_at_index(self._pointed, self._line(self._pointed, "▸"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the clicked or entered treasure."""
        self.dismiss(self._choices[event.option_index].treasure)

    def action_choice_up(self) -> None:
        """Go to the treasure above."""
        self._go(-1)

    def action_choice_down(self) -> None:
        """Go to the treasure below."""
        self._go(1)

    def _go(self, lines: int) -> None:
        """Move without going around: a wrong claim costs points."""
        for choices in self.query(Choices):
            at = -1 if choices.highlighted is None else choices.highlighted
            choices.highlighted = max(0, min(at + lines, len(self._choices) - 1))

    def action_choose(self) -> None:
        """Take the marked treasure; where none is, mark the first: nobody claims by a key too many."""
        for choices in self.query(Choices):
            if choices.highlighted is None:
                choices.highlighted = 0
            else:
                choices.action_select()

    def action_leave_choice(self) -> None:
        """Go back without choosing."""
        self.dismiss(None)


def claim_choices(snapshot: Snapshot, object_id: str, hunted: str = "") -> tuple[list[Choice], int | None]:
    """Return all treasures for an object, and the place of the first that it looks like and is not claimed as yet.

    Where it looks like the treasure that is `hunted`, that one is the first.
    """
    row = snapshot.rows.find(object_id)
    suggested = snapshot.rows.suggestions(row) if row is not None else ()
    claimed = _claimed(snapshot, [object_id])
    choices, marked = [], None
    for place, treasure in enumerate(snapshot.hunt.treasures):
        note = f"±{treasure.points} {'point' if treasure.points == 1 else 'points'}"
        if treasure.name in claimed:
            note += " · claimed"
        elif treasure.name in suggested:
            note += " · looks like it"
            marked = place if marked is None or treasure.name == hunted else marked
        choices.append(Choice(treasure.name, treasure.title, note))
    return choices, marked


def unclaim_choices(snapshot: Snapshot, object_id: str) -> list[Choice]:
    """Return the treasures that an object is claimed as."""
    titles = {treasure.name: treasure.title for treasure in snapshot.hunt.treasures}
    return [
        Choice(claim.treasure, titles.get(claim.treasure, claim.treasure), claim.verdict)
        for claim in snapshot.hunt.claims
        if claim.object_id == object_id and claim.stands
    ]


def claim_choices_of_many(snapshot: Snapshot, object_ids: Sequence[str]) -> tuple[list[Choice], int | None]:
    """Return all treasures for some objects, and the place of the one that most of them look like."""
    claimed = _claimed(snapshot, object_ids)
    rows = (snapshot.rows.find(object_id) for object_id in object_ids)
    looks = Counter(name for row in rows if row is not None for name in snapshot.rows.suggestions(row))
    choices = []
    for treasure in snapshot.hunt.treasures:
        notes = [f"±{treasure.points}"]
        notes += [f"{count(looks[treasure.name])} like it"] if looks[treasure.name] else []
        notes += [f"{count(claimed[treasure.name])} claimed"] if claimed[treasure.name] else []
        choices.append(Choice(treasure.name, treasure.title, ", ".join(notes)))
    most = max(looks, key=lambda name: looks[name], default=None)
    return choices, next((place for place, choice in enumerate(choices) if choice.treasure == most), None)


def unclaim_choices_of_many(snapshot: Snapshot, object_ids: Sequence[str]) -> list[Choice]:
    """Return the treasures that some of the objects are claimed as."""
    claimed = _claimed(snapshot, object_ids)
    return [
        Choice(treasure.name, treasure.title, f"{count(claimed[treasure.name])} claimed")
        for treasure in snapshot.hunt.treasures
        if claimed[treasure.name]
    ]


def _claimed(snapshot: Snapshot, object_ids: Sequence[str]) -> Counter[str]:
    """Return how many of the objects are claimed as each treasure."""
    names = set(object_ids)
    return Counter(claim.treasure for claim in snapshot.hunt.claims if claim.stands and claim.object_id in names)
