"""How tests download a night: nothing is waited for, and what would be is remembered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from night_server import DATE

from huntui.online.download import Download, Fetched
from huntui.online.patience import Patience
from huntui.online.server import Server


@dataclass
class Heard:
    """A listener that remembers."""

    totals: list[int | None] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    replacements: int = 0

    def promised(self, total: int | None) -> None:
        """Remember."""
        self.totals.append(total)

    def grew(self, size: int) -> None:
        """Remember."""
        self.sizes.append(size)

    def replaced(self) -> None:
        """Remember."""
        self.replacements += 1


@dataclass
class Fetch:
    """One way to download."""

    base_url: str
    folder: Path
    waits: list[float] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)
    attempts: int = 4
    timeout: float = 5.0
    free: Callable[[Path], int] = lambda _folder: 10**12
    stopped: Callable[[], bool] = lambda: False

    def wait(self, seconds: float) -> bool:
        """Do not wait."""
        self.waits.append(seconds)
        return False

    def __call__(self, date: str = DATE) -> Fetched:
        """Download a night."""
        server = Server(self.base_url, self.timeout)
        try:
            patience = Patience(self.attempts, self.wait, lambda: 1.0)
            download = Download(server, date, self.folder, patience, stopped=self.stopped, free=self.free)
            return download.run(self.heard)
        finally:
            server.close()

    def files(self) -> dict[str, bytes]:
        """Return what is in the folder."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir()} if self.folder.exists() else {}
