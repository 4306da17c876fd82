"""Keys about the selected object or the range: claim, take a claim back, write a note."""

from huntui.session.commands import ENDED, Claim, ClaimAll, Unclaim, UnclaimAll, WriteNote
from huntui.tui.messages import NoteWanted, Refused
from huntui.tui.screens.claim import (
    ChooseTreasure,
    claim_choices,
    claim_choices_of_many,
    unclaim_choices,
    unclaim_choices_of_many,
)
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.text import clean, count
from huntui.tui.widgets.checklist import Checklist


class ObjectKeys(Hunting, inherit_bindings=False):
    """What can be done with an object."""

    def action_claim(self) -> None:
        """Ask as which treasure to claim the selected object, or once for all objects of the range."""
        chosen = () if self._has_ended() else self.chosen_objects()
        if len(chosen) > 1:
            self._claim_all(chosen)
        if len(chosen) != 1:
            return
        (object_id,) = chosen
        hunted = self.query_one(Checklist).treasure
        choices, marked = claim_choices(self.snapshot, object_id, hunted.name if hunted else "")

        def claim(treasure: str | None) -> None:
            if treasure is not None:
                self._engine.send(Claim(object_id, treasure))
                self.leave_range()

        self.app.push_screen(ChooseTreasure(f"Claim {object_id} as", choices, marked, self._keymap), claim)

    def claim_as(self, treasure: str) -> None:
        """Claim the selected object, or all of the range, as a treasure."""
        chosen = () if self._has_ended() else self.chosen_objects()
        if chosen:
            self._engine.send(Claim(chosen[0], treasure) if len(chosen) == 1 else ClaimAll(chosen, treasure))
            self.leave_range()

    def _claim_all(self, chosen: tuple[str, ...]) -> None:
        choices, marked = claim_choices_of_many(self.snapshot, chosen)

        def claim(treasure: str | None) -> None:
            if treasure is not None:
                self._engine.send(ClaimAll(chosen, treasure))
                self.leave_range()

        question = f"Claim {count(len(chosen))} objects as"
        self.app.push_screen(ChooseTreasure(question, choices, marked, self._keymap), claim)

    def _unclaim_all(self, chosen: tuple[str, ...]) -> None:
        choices = unclaim_choices_of_many(self.snapshot, chosen)
        if not choices:
            self.say(f"None of the {count(len(chosen))} objects is claimed.")
            return

        def unclaim(treasure: str | None) -> None:
            if treasure is not None:
                self._engine.send(UnclaimAll(chosen, treasure))
                self.leave_range()

        if len(choices) == 1:
            unclaim(choices[0].treasure)
        else:
            question = f"{count(len(chosen))} objects are no longer a"
            self.app.push_screen(ChooseTreasure(question, choices, 0, self._keymap), unclaim)

    def on_note_wanted(self, message: NoteWanted) -> None:
        """Ask for the note on an object."""
        from huntui.tui.screens.note import AskNote

        object_id = message.object_id

        def write(text: str | None) -> None:
            if text is not None and text != self.snapshot.marks.note_of(object_id):
                self._engine.send(WriteNote(object_id, text))

        self.app.push_screen(AskNote(object_id, self.snapshot.marks.note_of(object_id), self._keymap), write)

    def on_refused(self, message: Refused) -> None:
        """Say why something cannot be done."""
        self.say(message.sentence)

    def action_unclaim(self) -> None:
        """Take a claim back, or one on each object of the range, after asking which where there are several."""
        chosen = () if self._has_ended() else self.chosen_objects()
        if len(chosen) > 1:
            self._unclaim_all(chosen)
        if len(chosen) != 1:
            return
        (object_id,) = chosen
        choices = unclaim_choices(self.snapshot, object_id)
        if not choices:
            self.say(f"{clean(object_id)} is not claimed.")
            return

        def unclaim(treasure: str | None) -> None:
            if treasure is not None:
                self._engine.send(Unclaim(object_id, treasure))
                self.leave_range()

        if len(choices) == 1:
            unclaim(choices[0].treasure)
        else:
            self.app.push_screen(ChooseTreasure(f"{object_id} is no longer a", choices, 0, self._keymap), unclaim)

    def _has_ended(self) -> bool:
        """Whether no claim is taken any more, which is said."""
        if self.snapshot.hunt.ended:
            self.say(ENDED, loud=True)
        return self.snapshot.hunt.ended
