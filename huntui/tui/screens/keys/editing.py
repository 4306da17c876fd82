"""Keys about the stages of the funnel: write one, take one away, type a knob's value."""

from huntui.actions import action, keys_of, shown_key
from huntui.funnel.draft import Draft, draft_of
from huntui.funnel.fields import free_name
from huntui.session.commands import RemoveStage, SetKnob
from huntui.tui.messages import AddWanted, EditWanted, RemoveWanted, ValueWanted
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.text import clean
from huntui.tui.widgets.funnel import Funnel


class EditingKeys(Hunting, inherit_bindings=False):
    """What the funnel asks for and cannot do alone."""

    def on_edit_wanted(self, message: EditWanted) -> None:
        """Open the editor on a stage."""
        cuts = self.snapshot.cuts
        found = next((stage for stage in cuts.stages if stage.name == message.stage), None) if cuts else None
        if found is None:
            self.say(f"{clean(message.stage)} is not in the funnel any more.", loud=True)
            return
        self._edit(draft_of(found))

    def on_add_wanted(self, message: AddWanted) -> None:
        """Open the editor on a new stage."""
        name = free_name(tuple(stage.name for stage in self.snapshot.stages))
        self._edit(Draft(name, ""), new=True, after=message.after)

    def _edit(self, draft: Draft, *, new: bool = False, after: str | None = None) -> None:
        from huntui.tui.screens.edit_stage import EditStage

        def edited(name: str | None) -> None:
            if name is not None:
                self.query_one(Funnel).select(name)

        self.app.push_screen(EditStage(self._engine, draft, self._keymap, new=new, after=after), edited)

    def on_remove_wanted(self, message: RemoveWanted) -> None:
        """Take a stage away at once: a key brings it back."""
        self._engine.send(RemoveStage(message.stage))

    def on_value_wanted(self, message: ValueWanted) -> None:
        """Ask for a knob's value."""
        from huntui.tui.screens.type_value import TypeValue

        def typed(value: float | None) -> None:
            if value is not None:
                self._engine.send(SetKnob(message.stage, message.knob.name, value))

        self.app.push_screen(TypeValue(message.stage, message.knob, self._keymap), typed)

    def with_advice(self, message: str) -> str:
        """Return what the engine says it did, and where a stage is gone, which key brings it back."""
        if message.startswith("stage ") and message.endswith(" removed"):
            return f"{message}; {shown_key(keys_of(action('undo'), self._keymap)[0])} brings it back"
        return super().with_advice(message)
