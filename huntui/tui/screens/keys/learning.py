"""The line above the footer teaches the next useful key; one that was used once is never taught again."""

import asyncio
from typing import Protocol

from textual import events, work

from huntui.tui.lessons import next_lesson, taught_by, told
from huntui.tui.screens.keys.panels import PanelKeys


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
        name = next_lesson(self.lessons.used, self.focused_panel)
        return told(name, self._keymap) if name else ""

    def learn(self, event: events.Key) -> None:
        """Remember what a key does, as far as it is taught."""
        name = taught_by(event.key, self.focused_panel, self._keymap)
        if name is not None and self.lessons is not None and not self.lessons.used(name):
            self.lessons.use(name)
            self._keep(self.lessons)

    @work(group="lessons")
    async def _keep(self, lessons: Lessons) -> None:
        await asyncio.to_thread(lessons.keep)
