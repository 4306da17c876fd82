"""A night that is fetched in the background, while the start screen is shown."""

from pathlib import Path
from typing import Literal

from huntui.cli.fetch_progress import FetchProgress
from huntui.config import Config
from huntui.errors import FetchError
from huntui.opening.incoming import downloading


class NightUnderWay:
    """It, as the start screen sees it."""

    def __init__(self, data: Path, date: str, config: Config) -> None:
        """Begin to fetch; raises `FetchError` where its archive is here, `ConfigError` for an address that is none."""
        self.date = date
        self.fetching, self.incoming = downloading(data, date, config)
        if self.incoming.target.exists():
            raise FetchError(f"{self.incoming.target} is here already.")
        self._progress, self._waits = FetchProgress(date), ""
        self.fetching.start(self._tell)

    @property
    def state(self) -> Literal["fetching", "here", "failed"]:
        """How it stands."""
        if self.incoming.finished:
            return "here"
        return "failed" if self.incoming.failure else "fetching"

    @property
    def told(self) -> str:
        """How far it is, or how it ended."""
        if self.state == "here":
            return f"{self.incoming.target} is here, and whole."
        if self.state == "failed":
            return self.incoming.failure
        waits, self._waits = self._waits, ""
        self._progress.look(self.incoming.size, self.incoming.total)
        return waits or self._progress.line()

    def stop(self) -> None:
        """Fetch no more of it."""
        self.fetching.give_up()

    def _tell(self, sentence: str) -> None:
        self._waits = sentence
