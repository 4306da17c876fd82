"""What dialogs share that ask the engine about the night and ask again when the cuts change or the night has grown."""

import asyncio
from typing import Generic

from textual import work

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.tui.screens.dialog import Answer, Dialog

_DEBOUNCE_SECONDS = 0.05


class Following(Dialog[Answer], Generic[Answer], inherit_bindings=False):
    """Calls `look` when it opens, and again whenever the answer would be another one."""

    def __init__(self, title: str, engine: EngineFace, keymap: dict[str, str]) -> None:
        super().__init__(title, keymap)
        self._engine = engine
        self._wanted = asyncio.Event()
        self._asked_with = (engine.latest.cuts_version, engine.latest.night.alerts)

    async def look(self) -> None:
        """Ask the engine and show what it answers."""
        raise NotImplementedError

    def want(self) -> None:
        """Let `look` be called soon; many calls at once are one."""
        self._wanted.set()

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot."""
        version, alerts = self._asked_with
        if snapshot.cuts_version != version or snapshot.grown_since(alerts):
            self.want()

    def on_mount(self) -> None:
        """Begin to look."""
        self._follow()

    @work(group="following")
    async def _follow(self) -> None:
        while True:
            self._wanted.clear()
            latest = self._engine.latest
            self._asked_with = latest.cuts_version, latest.night.alerts
            await self.look()
            await self._wanted.wait()
            await asyncio.sleep(_DEBOUNCE_SECONDS)
