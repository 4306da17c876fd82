"""What a model has said of the alerts of a night, remembered for as long as it is open. Any thread may use it."""

import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from huntui.night.view import NOT_ASKED, SCORED, UNDER_WAY, ScoreColumn
from huntui.packets.batch import Int64s

_FIRST_ROWS = 4096
_MOST_REASONS = 255 - SCORED
_OTHER = "more than one reason"


class ScoreBook:
    """The scores of one model: a row for each alert in the order they came."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self._lock = threading.Lock()
        self._values = np.full((len(self.columns), _FIRST_ROWS), np.nan, np.float32)
        self._state = np.zeros(_FIRST_ROWS, np.uint8)
        self._reasons = [""]
        self._changed = True
        self._asked = False

    def not_asked(self, rows: Int64s) -> Int64s:
        """Return those rows of which nothing is known and that nobody asks about, each once, in their order."""
        with self._lock:
            self._make_room(int(rows.max(initial=-1)) + 1)
            rows = rows[self._state[rows] == NOT_ASKED]
            _, first = np.unique(rows, return_index=True)
            return np.asarray(rows[np.sort(first)], np.int64)

    def begin(self, rows: Int64s) -> Int64s:
        """Take rows to ask about, and return those that nobody else has taken."""
        rows = self.not_asked(rows)
        with self._lock:
            rows = rows[self._state[rows] == NOT_ASKED]
            self._state[rows] = UNDER_WAY
            self._asked = True
        return rows

    def pending(self, rows: Int64s) -> bool:
        """Return whether anything is not known yet of some rows."""
        with self._lock:
            self._make_room(int(rows.max(initial=-1)) + 1)
            return bool((self._state[rows] < SCORED).any())

    def note(self, rows: Int64s, values: npt.NDArray[np.float32], reasons: Sequence[str]) -> None:
        """Write down what the model said of rows: values of shape (rows, columns), and why there is none."""
        with self._lock:
            self._values[:, rows] = values.T
            self._state[rows] = [self._number(reason) for reason in reasons]
            self._changed = True

    def take_changed(self) -> bool:
        """Return whether something was written down since the last time."""
        with self._lock:
            changed, self._changed = self._changed, False
            return changed

    def shown(self, rows: int, places: Int64s | None) -> dict[str, ScoreColumn]:
        """Return the columns for the first rows, or for those at some places, as they stand now and will not change."""
        if not self._asked:
            blank = ScoreColumn(np.broadcast_to(np.float32(np.nan), rows), np.broadcast_to(np.uint8(0), rows), ("",))
            return dict.fromkeys(self.columns, blank)
        with self._lock:
            self._make_room(rows if places is None else int(places.max(initial=-1)) + 1)
            chosen = slice(rows) if places is None else places
            state, values = self._state[chosen].copy(), self._values[:, chosen].copy()
            reasons = tuple(self._reasons)
        return {name: ScoreColumn(column, state, reasons) for name, column in zip(self.columns, values, strict=True)}

    def counts(self) -> tuple[int, int]:
        """Return how many alerts were asked about, and how many of them have a score."""
        if not self._asked:
            return 0, 0
        with self._lock:
            return int(np.count_nonzero(self._state >= SCORED)), int(np.count_nonzero(self._state == SCORED))

    def _number(self, reason: str) -> int:
        if reason not in self._reasons:
            if len(self._reasons) >= _MOST_REASONS:
                reason = _OTHER
            if reason not in self._reasons:
                self._reasons.append(reason)
        return SCORED + self._reasons.index(reason)

    def _make_room(self, rows: int) -> None:
        if rows <= len(self._state):
            return
        rows = max(rows, 2 * len(self._state))
        values = np.full((len(self.columns), rows), np.nan, np.float32)
        state = np.zeros(rows, np.uint8)
        values[:, : len(self._state)], state[: len(self._state)] = self._values, self._state
        self._values, self._state = values, state
