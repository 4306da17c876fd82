"""How far `huntui sweep` has come, on standard error: a line per night as it ends, and one that is painted again."""

from typing import TYPE_CHECKING

from huntui.cli.progress import width
from huntui.cli.streams import can_paint, note, paint
from huntui.session.memory import clean

if TYPE_CHECKING:
    from huntui.sources.sweep_file import SweptNight

_BAR = 24


class SweepProgress:
    """Hears what became of each night."""

    def __init__(self, nights: int) -> None:
        self._nights, self._done, self._said = nights, 0, ""
        self._paints = can_paint()

    def looked(self, night: "SweptNight", done: int, was_there: bool) -> None:
        """Say what became of a night."""
        self._done = done
        self._say(line(night) + (", done before" if was_there else ""))

    def told(self, sentence: str) -> None:
        """Say a sentence, if it is not the same as the last time."""
        if sentence != self._said:
            self._said = sentence
            self._say(sentence)

    def clear(self) -> None:
        """Take the line away."""
        if self._paints:
            paint()

    def _say(self, sentence: str) -> None:
        self.clear()
        note(sentence)
        if self._paints:
            filled = round(_BAR * self._done / self._nights)
            bar = f"{'━' * filled}{'─' * (_BAR - filled)} {self._done:,} of {self._nights:,} nights"
            paint(bar[: width() - 1])


def line(night: "SweptNight") -> str:
    """Return what became of a night as a line."""
    counts = night.counts
    if counts is None:
        return clean(f"{night.name}  {night.outcome}: {night.why}")
    simulated = "SIMULATED, " if night.simulated else ""
    told = f"{night.name}  {simulated}{counts['alerts']:,} alerts, {counts['survivors']['alerts']:,} survive"
    return clean(f"{told}, {night.outcome}: {night.why}" if night.why else told)
