"""The line above the footer teaches the next useful key; one that was used once is never taught again."""

import asyncio
from functools import cached_property
from typing import Protocol

from textual import events, work

from huntui.tui.lessons import next_lesson, taught_by, told
from huntui.tui.screens.keys.panels import PanelKeys

_PATIENCE = 15
"""Keys after which a lesson that nobody takes makes room for the next one, until huntui is started again."""


class Lessons(Protocol):
    """What the screen asks about keys that were used; `keep` may take its time and is called in a thread."""

    def used(self, action: str) -> bool:
        """Return whether an action was done before."""
        ...

    def use(self, action: str) -> None:
        """Remember that an action was done."""
        ...

    def keep(self) -> None:
        """Write down what is remembered."""
        ...


class Learning(PanelKeys, inherit_bindings=False):
    """The part of the hunt's screen that knows what its player has learned."""

    @property
    def lessons(self) -> Lessons | None:
        """What was learned; None where nobody is taught."""
        found: Lessons | None = getattr(self.app, "lessons", None)
        return found

    def lesson(self) -> str:
        """Return what to teach now, in words; nothing where everything is known."""
        if self.lessons is None:
            return ""
        name = self._next()
        return told(name, self._keymap) if name else ""

    def _next(self) -> str | None:
        lessons = self.lessons
        if lessons is None:
            return None
        return next_lesson(
            lambda name: lessons.used(name) or self._ignored.get(name, 0) >= _PATIENCE, self.focused_panel
        )

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

    @work(group="lessons")
    async def _keep(self, lessons: Lessons) -> None:
        await asyncio.to_thread(lessons.keep)
