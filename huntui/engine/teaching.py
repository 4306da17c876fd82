"""The part of the engine that trains models on the hunt, in threads."""

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from huntui.engine.inbox import Inbox
from huntui.engine.snapshot import Snapshot

if TYPE_CHECKING:
    from huntui.engine.training import Lessons
    from huntui.models.catalogue import Model


class Teaching:
    """What the engine is asked about training; see `huntui.engine.face.EngineFace` for what each method means."""

    _inbox: Inbox
    _models: "Mapping[str, Model]"

    @property
    @abstractmethod
    def latest(self) -> Snapshot:
        """The newest snapshot."""

    @abstractmethod
    def _check_may_write(self) -> None:
        """Raise `ExportError` where no file may be written."""

    async def lessons(self) -> "Lessons":
        """Look at what is claimed and hidden in the newest snapshot."""
        from huntui.engine.training import lessons

        return await asyncio.to_thread(lessons, self.latest)

    async def check_model_name(self, name: str, *, overwrite: bool = False) -> None:
        """Look among the columns and the user's models."""
        self._check_may_write()
        from huntui.engine.training import check_free

        await asyncio.to_thread(check_free, name, overwrite=overwrite)

    async def train(self, name: str, say: Callable[[str], None], *, overwrite: bool = False) -> None:
        """Train on the night of the newest snapshot."""
        await self.check_model_name(name, overwrite=overwrite)
        from huntui.engine.training import train_on

        loop, snapshot = asyncio.get_running_loop(), self.latest

        def tell(sentence: str) -> None:
            loop.call_soon_threadsafe(say, sentence)

        learned = await asyncio.to_thread(train_on, snapshot, name, tell, self._models, overwrite=overwrite)
        self._models = {**self._models, name: learned.model}
        self._inbox.command(learned)
