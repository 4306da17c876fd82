"""What the start screen has to choose from in tests: the same every time, and nothing is read for it."""

import threading
from typing import Literal

from fake_engine import FakeEngine

from huntui.engine.beginning import AtHand, Beginning, HuntAtHand, Opened
from huntui.errors import CallError

KEPT = (
    Beginning("kept", "20240707", "simulated", True, "20240707", "simulated", "first-night", "a", 12, 37, False, 1.7e9),
    Beginning("kept", "20260101", "/data/20260101", False, "20260101", None, "rare-finds", "b", 1, 1, True, 1.6e9),
    Beginning("kept", "alerts", "/x/alerts", False, None, "/x/alerts", "first-night", "c", written=1.5e9),
)
NIGHTS = (
    Beginning("night", "20260101", "packets in data/20260101", date="20260101"),
    Beginning("night", "20251231", "simulated packets in data/20251231", True, "20251231"),
    Beginning("night", "20240707", "simulated, the night of the documentation", True, "20240707", "simulated"),
    Beginning("night", "20261129", "simulated, tonight", True, "20261129", "simulated"),
)
HUNTS = (
    HuntAtHand("first-night", "Ten kinds of things that change in the sky every night. Begin with the supernova.", 10),
    HuntAtHand("mine", error="mine: is no hunt; `huntui hunts check mine` says what is wrong."),
    HuntAtHand("rare-finds", "Everything that one night can hold, from RR Lyrae stars by the thousand up.", 34),
)
ALL = AtHand(KEPT, NIGHTS, HUNTS)


class FakeUnderWay:
    """A night that comes as far as the test says."""

    def __init__(self, date: str) -> None:
        self.date = date
        self.state: Literal["fetching", "here", "failed"] = "fetching"
        self.told = "25% of it"

    def stop(self) -> None:
        """End it."""
        if self.state == "fetching":
            self.state, self.told = "failed", "The download was stopped."


class FakeStart:
    """Gives what is at hand once it may, and remembers what was opened."""

    hunt = "first-night"

    def __init__(self, at_hand: AtHand = ALL, engine: FakeEngine | None = None, refusal: str = "") -> None:
        self._at_hand, self._refusal = at_hand, refusal
        self.engine = engine or FakeEngine()
        self.opened: list[tuple[Beginning, str]] = []
        self.fetched: FakeUnderWay | None = None
        self.may_answer = threading.Event()
        self.may_answer.set()

    def at_hand(self) -> AtHand:
        """Wait until it may, and say what there is."""
        self.may_answer.wait(10)
        return self._at_hand

    def fetch(self, date: str) -> "FakeUnderWay":
        """Begin to fetch nothing."""
        if self._refusal:
            raise CallError(self._refusal)
        self.fetched = FakeUnderWay(date)
        return self.fetched

    def open(self, beginning: Beginning, hunt: str) -> Opened:
        """Open the engine of the test, or refuse to."""
        self.opened.append((beginning, hunt))
        if self._refusal:
            raise CallError(self._refusal)
        return Opened(self.engine, guided=beginning.kind == "guide")
