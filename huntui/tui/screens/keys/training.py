"""The key that trains a model on the hunt so far, while the hunt goes on."""

from typing import TYPE_CHECKING

from textual import work

from huntui.errors import HuntuiError
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.text import clean

if TYPE_CHECKING:
    from huntui.tui.screens.train import Wanted


class TrainingKeys(Hunting, inherit_bindings=False):
    """What the player's judgement teaches."""

    _training = False
    """Whether a model is being trained."""

    def action_train(self) -> None:
        """Show what there is to learn from, and train a model under the name that is typed."""
        from huntui.tui.screens.train import AskTraining

        if self._training:
            self.say("A model is being trained; the next one can begin when it is done.", loud=True)
            return

        def named(wanted: "Wanted | None") -> None:
            if wanted is not None:
                self._training = True
                self._train(wanted)

        self.app.push_screen(AskTraining(self._engine, self._keymap), named)

    @work(group="training")
    async def _train(self, wanted: "Wanted") -> None:
        def told(sentence: str) -> None:
            self.say(f"Training {wanted.name}: {clean(sentence)}")

        told("beginning")
        try:
            await self._engine.train(wanted.name, told, overwrite=wanted.overwrite)
        except (HuntuiError, OSError) as error:
            self.say(clean(str(error)), loud=True)
        finally:
            self._training = False
