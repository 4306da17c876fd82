"""Time spent reading, with pauses left out."""

import time


class Stopwatch:
    """Counts seconds while it runs."""

    def __init__(self) -> None:
        self._counted = 0.0
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """Seconds counted so far."""
        running = 0.0 if self._since is None else time.perf_counter() - self._since
        return self._counted + running

    def run(self) -> None:
        """Go on counting."""
        if self._since is None:
            self._since = time.perf_counter()

    def halt(self) -> None:
        """Stop counting."""
        self._counted, self._since = self.seconds, None
