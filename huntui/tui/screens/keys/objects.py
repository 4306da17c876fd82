"""Keys about the selected object: claim it, take a claim back, open its page."""

from urllib.parse import quote

from huntui.session.commands import ENDED, Claim, Unclaim
from huntui.tui.screens.claim import ChooseTreasure, claim_choices, unclaim_choices
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.text import clean

PAGE = "https://alerce.online/object/{}"


class ObjectKeys(Hunting, inherit_bindings=False):
    """What can be done with an object."""

    def action_claim(self) -> None:
        """Ask as which treasure to claim the selected object."""
        object_id = None if self._has_ended() else self.selected_object()
        if object_id is None:
            return
        choices, marked = claim_choices(self.snapshot, object_id)

        def claim(treasure: str | None) -> None:
            if treasure is not None:
                self._engine.send(Claim(object_id, treasure))

        self.app.push_screen(ChooseTreasure(f"Claim {object_id} as", choices, marked, self._keymap), claim)

    def action_unclaim(self) -> None:
        """Take a claim back, after asking which where there are several."""
        object_id = None if self._has_ended() else self.selected_object()
        if object_id is None:
            return
        choices = unclaim_choices(self.snapshot, object_id)
        if not choices:
            self.say(f"{clean(object_id)} is not claimed.")
            return

        def unclaim(treasure: str | None) -> None:
            if treasure is not None:
                self._engine.send(Unclaim(object_id, treasure))

        if len(choices) == 1:
            unclaim(choices[0].treasure)
        else:
            self.app.push_screen(ChooseTreasure(f"{object_id} is no longer a", choices, 0, self._keymap), unclaim)

    def _has_ended(self) -> bool:
        """Whether no claim is taken any more, which is said."""
        if self.snapshot.hunt.ended:
            self.say(ENDED, loud=True)
        return self.snapshot.hunt.ended

    def action_open_page(self) -> None:
        """Open the selected object in ALeRCE, or show the address."""
        object_id = self.selected_object()
        if object_id is None:
            return
        if self.snapshot.night.simulated:
            self.say(f"{clean(object_id)} is invented: there is no page about it.", loud=True)
            return
        url = PAGE.format(quote(object_id, safe="", errors="replace"))
        self.say(f"Opened {url}" if self._open_page(url) else f"No browser here. The page is {url}")
