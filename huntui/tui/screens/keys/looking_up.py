"""The key that asks public services about the selected object."""

from huntui.errors import CallError
from huntui.tui.screens.keys.hunting import Hunting


class LookUpKeys(Hunting, inherit_bindings=False):
    """What is known of an object elsewhere."""

    def action_ask_services(self) -> None:
        """Ask, or say why nobody is asked."""
        from huntui.tui.screens.look_up import LookUp

        object_id = self.selected_object()
        if object_id is None:
            return
        try:
            services = self._engine.can_look_up(object_id)
        except CallError as problem:
            self.say(str(problem), loud=True)
        else:
            self.app.push_screen(LookUp(self._engine, object_id, services, self._keymap))
