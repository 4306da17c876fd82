"""A night that is downloaded in a thread while it is read in others."""

import threading
from collections.abc import Callable
from contextlib import suppress

from huntui.errors import HuntuiError
from huntui.online.download import Download
from huntui.online.patience import Patience, Stopped
from huntui.online.server import Server
from huntui.sources.incoming import Incoming

_LEAVE_SECONDS = 2.0
"""How long to wait for the thread, which may be waiting for a server; what it wrote is whole at any moment."""

STOPPED = "The download was stopped; what is there is kept, and the next fetch goes on from there."


class Fetching:
    """Downloads one night into an `Incoming`."""

    def __init__(self, incoming: Incoming, base_url: str, date: str, *, timeout: float, attempts: int) -> None:
        """Prepare to download; nothing is asked before `start`. Raises `ConfigError` for an address that is none."""
        self._incoming, self._date = incoming, date
        self._stop, self._begun = threading.Event(), False
        self._server = Server(base_url, timeout)
        self._tell: Callable[[str], None] = lambda _: None
        self._patience = Patience(attempts, self._stop.wait, tell=self._say)
        self._thread = threading.Thread(target=self._run, name="huntui_fetch", daemon=True)

    def start(self, tell: Callable[[str], None]) -> None:
        """Begin, unless it has begun; `tell` hears why a server is waited for."""
        self._tell = tell
        if not self._begun:
            self._begun = True
            self._thread.start()

    @property
    def unfinished(self) -> bool:
        """Whether there is a part that the next fetch goes on with."""
        return not self._incoming.finished and self._incoming.part.exists()

    def stop(self) -> None:
        """End the download where it is; whoever waits for bytes hears of it."""
        self.give_up()
        if self._thread.is_alive():
            self._thread.join(_LEAVE_SECONDS)

    def give_up(self) -> None:
        """End the download as soon as it can be, and wait for nothing."""
        self._stop.set()
        self._incoming.fail(STOPPED)

    def _say(self, sentence: str) -> None:
        self._tell(sentence)

    def _run(self) -> None:
        incoming = self._incoming
        try:
            download = Download(
                self._server, self._date, incoming.target.parent, self._patience, stopped=self._stop.is_set
            )
            download.run(incoming)
        except HuntuiError as error:
            incoming.fail(str(error))
        except Stopped:
            incoming.fail(STOPPED)
        except Exception as error:  # noqa: BLE001 (a thread has nobody above it who could hear)
            incoming.fail(f"Fetching {incoming.target.name} stopped: {type(error).__name__}: {error}")
        else:
            incoming.finish()
        finally:
            with suppress(Exception):
                self._server.close()
