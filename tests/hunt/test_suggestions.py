"""Suggestions: which alerts look like which treasures."""

import numpy as np
import numpy.typing as npt
from small_hunts import hunt, treasure

from huntui.hunt.suggestions import Suggestions

HUNT = hunt(treasure("real", looks_like="drb > 0.5"), treasure("faint", looks_like="magpsf > 20 or drb > 0.9"))


class Night:
    """Two columns that grow."""

    def __init__(self, drb: list[float], magpsf: list[float]) -> None:
        self._columns = {"drb": np.array(drb, np.float32), "magpsf": np.array(magpsf, np.float32)}

    def __len__(self) -> int:
        return len(self._columns["drb"])

    def column(self, name: str) -> npt.NDArray[np.float32]:
        """Return a column."""
        return self._columns[name]

    def text_code(self, text: str) -> int:
        """There are no texts."""
        raise KeyError(text)


def test_every_alert_knows_what_it_looks_like_in_the_order_of_the_hunt() -> None:
    """An unknown answer suggests nothing, and `unknown or true` is true."""
    suggestions = Suggestions(HUNT)
    suggestions.extend(Night([0.95, 0.6, np.nan, np.nan], [18, 18, 18, 21]))
    assert [suggestions.of(row) for row in range(4)] == [("real", "faint"), ("real",), (), ("faint",)]
    assert suggestions.counts(np.array([0, 1, 3])) == (2, 2)
    assert suggestions.counts(np.array([], np.int64)) == (0, 0)


def test_what_was_looked_at_is_not_looked_at_again() -> None:
    """Only new rows are evaluated, however often and far the night grows."""
    suggestions = Suggestions(HUNT)
    suggestions.extend(Night([0.6], [18]))
    grown = Night([0.0] * 5000, [21.0] * 5000)
    suggestions.extend(grown)
    suggestions.extend(grown)
    assert len(suggestions) == 5000
    assert suggestions.of(0) == ("real",)
    assert suggestions.counts(np.arange(5000)) == (1, 4999)


def test_treasures_take_turns_where_somebody_waits() -> None:
    """Those that lag behind furthest come first, so that none is forgotten while the night goes on growing."""
    suggestions = Suggestions(HUNT)
    suggestions.extend(Night([0.95], [18]), 1)
    assert suggestions.of(0) == ("real",)
    assert len(suggestions) == 0
    suggestions.extend(Night([0.95] * 2, [18] * 2), 1)
    assert suggestions.of(0) == ("real", "faint")
    assert suggestions.of(1) == ("faint",)
    assert len(suggestions) == 1
    suggestions.extend(Night([0.95] * 2, [18] * 2), 1)
    assert suggestions.of(1) == ("real", "faint")
    assert len(suggestions) == 2


def test_a_treasure_that_is_told_by_what_changed_is_looked_for_anew() -> None:
    """Also where it has to wait for its turn; the others keep what they said of the rows."""
    suggestions = Suggestions(HUNT)
    suggestions.extend(Night([0.1, 0.1], [21, 18]))
    suggestions.extend(Night([0.1, 0.1], [18, 21]), 0, {"magpsf"})
    assert suggestions.counts(np.arange(2)) == (0, 1)
    assert len(suggestions) == 0
    suggestions.extend(Night([0.95, 0.1], [18, 21]), 1)
    assert suggestions.counts(np.arange(2)) == (0, 2)
    assert suggestions.of(0) == ("faint",)
