"""Keys of the checklist: begin with the starter of a treasure and come back, and read about a treasure."""

from huntui.actions import action, keys_of, shown_key
from huntui.session.starters import LOADED, RETURNED, starting
from huntui.tui.messages import AboutWanted, StarterWanted
from huntui.tui.screens.keys.editing import EditingKeys
from huntui.tui.text import clean

_UNDO = "; undo brings yours back"


class StarterKeys(EditingKeys, inherit_bindings=False):
    """What the checklist asks for and cannot do alone."""

    def on_about_wanted(self, message: AboutWanted) -> None:
        """Show the treasure, with the hints that are open."""
        from huntui.tui.screens.treasure import AboutTreasure

        self.app.push_screen(AboutTreasure(self._engine, message.treasure, self._keymap))

    def on_starter_wanted(self, message: StarterWanted) -> None:
        """Put the starter in force, or the player's own cuts again."""
        treasure = message.treasure
        if treasure.starter is None:
            self.say(f"{clean(treasure.title)} has no starter: write stages of your own, or begin with another's.")
            return
        starters = {one.starter.name for one in self.snapshot.hunt.treasures if one.starter is not None}
        self._engine.send(starting(treasure.title, treasure.starter, starters, self.snapshot.timeline))

    def with_advice(self, message: str) -> str:
        """Return what the engine says it did, and under a starter which key leads back."""
        if not message.startswith((LOADED, RETURNED)):
            return super().with_advice(message)
        plain = message.replace(_UNDO, "")
        key = shown_key(keys_of(action("starter"), self._keymap)[0])
        return f"{plain}; {key} again: back to yours" if message.startswith(LOADED) else plain
