"""What truth says about claims."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from huntui.columns import NULL_TEXT
from huntui.funnel.language.table import Kind, Values
from huntui.hunt.claims import Pair
from huntui.hunt.state import Verdict
from huntui.hunt.treasure import Hunt

Truth = Mapping[str, object]
"""What is true of one object, by truth column; a column that is missing or None is null."""


class TruthTable:
    """Truth of some objects as columns, one row per object, in the form the language reads."""

    def __init__(self, truths: Iterable[Truth], kinds: Mapping[str, Kind]) -> None:
        self._truths = tuple(truths)
        self._kinds = kinds
        self._codes: dict[str, int] = {}
        self._columns: dict[str, Values] = {}

    def column(self, name: str) -> Values:
        """Return a truth column: float64 with NaN for null, or codes of texts with `NULL_TEXT` for null."""
        if name not in self._columns:
            self._columns[name] = self._read(name)
        return self._columns[name]

    def _read(self, name: str) -> Values:
        values = [truth.get(name) for truth in self._truths]
        if self._kinds[name] == "text":
            return np.array([NULL_TEXT if v is None else self._code(str(v)) for v in values], np.int32)
        return np.array([v if isinstance(v, int | float) else np.nan for v in values], np.float64)

    def text_code(self, text: str) -> int:
        """Return the code of a text; one that no object has gets a code that no object has."""
        return self._code(text)

    def _code(self, text: str) -> int:
        return self._codes.setdefault(text, len(self._codes))


def judge(hunt: Hunt, pairs: Iterable[Pair], truths: Mapping[str, Truth]) -> dict[Pair, Verdict]:
    """Return the verdict on each pair of object and treasure.

    `truths` holds what is known, by objectId; a pair whose object is not in there is open. Where truth is known, a
    treasure is confirmed when `confirmed_by` says yes, and refuted when it says no or cannot say.
    """
    by_treasure: dict[str, list[str]] = defaultdict(list)
    verdicts: dict[Pair, Verdict] = {}
    for object_id, treasure in pairs:
        verdicts[object_id, treasure] = "open"
        if object_id in truths:
            by_treasure[treasure].append(object_id)
    for treasure, object_ids in by_treasure.items():
        confirmed_by = hunt.treasure(treasure).confirmed_by
        table = TruthTable((truths[object_id] for object_id in object_ids), confirmed_by.kinds)
        answer = confirmed_by.evaluate(table, 0, len(object_ids))
        for object_id, yes in zip(object_ids, answer.yes.tolist(), strict=True):
            verdicts[object_id, treasure] = "confirmed" if yes else "refuted"
    return verdicts
