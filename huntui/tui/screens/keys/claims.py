"""The key that lists all claims, and what is done with them there."""

from huntui.tui.screens.keys.hunting import Hunting


class ClaimKeys(Hunting, inherit_bindings=False):
    """Every claim of the hunt."""

    def action_claims(self) -> None:
        """List all claims, and go to the object of the one that is chosen."""
        from huntui.tui.screens.claims import AllClaims

        def go(object_id: str | None) -> None:
            if object_id is not None:
                self.go_to_object(object_id)

        self.app.push_screen(AllClaims(self._engine, self._keymap), go)
