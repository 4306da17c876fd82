"""The line above the footer teaches the next useful key; one that was used once is never taught again."""

import asyncio
from functools import cached_property

from textual import events, work

from huntui.tui.lessons import Lessons, next_lesson, taught_by, told
from huntui.tui.screens.keys.panels import PanelKeys

_PATIENCE = 15
"""Keys after which a lesson that nobody takes makes room for the next one, until huntui is started again."""


class Learning(PanelKeys, inherit_bindings=False):
    """The part of the hunt's screen that knows what its player has learned."""

    _keys_pressed = 0
    _asked: tuple[tuple[str, int], str | None] | None = None
    """For which panel and after how many keys the next lesson was looked for, and which it is."""

    @property
    def lessons(self) -> Lessons | None:
        """What was learned; None where nobody is taught."""
        return self._options.lessons

    def lesson(self) -> str:
        """Return what to teach now, in words; nothing where everything is known."""
        name = self._next()
        return told(name, self._keymap) if name else ""

    def _next(self) -> str | None:
        """Return the next lesson, which only a key or another panel changes."""
        lessons, now = self.lessons, (self.focused_panel, self._keys_pressed)
        if lessons is None:
            return None
        if self._asked is None or self._asked[0] != now:
            name = next_lesson(
                lambda name: lessons.used(name) or self._ignored.get(name, 0) >= _PATIENCE, self.focused_panel
            )
            self._asked = now, name
        return self._asked[1]

    @cached_property
    def _ignored(self) -> dict[str, int]:
        """How many other keys were pressed while a lesson stood there; it gives up at some time."""
        return {}

    def learn(self, event: events.Key) -> None:
        """Remember what a key does, as far as it is taught."""
        if (taught := self._next()) is not None:
            self._ignored[taught] = self._ignored.get(taught, 0) + 1
        name = taught_by(event.key, self.focused_panel, self._keymap)
        if name is not None and self.lessons is not None and not self.lessons.used(name):
            self.lessons.use(name)
            self._keep(self.lessons)
        self._keys_pressed += 1

    @work(group="lessons")
    async def _keep(self, lessons: Lessons) -> None:
        await asyncio.to_thread(lessons.keep)
