"""A table for tests: lists of Python values with None for a null, kept as `huntui.columns` prescribes."""

from collections.abc import Mapping, Sequence

import numpy as np

from huntui.columns import NULL_I4, NULL_I8, NULL_TEXT
from huntui.funnel.language.table import Kind, Values

Cell = float | int | str | bool | None

KINDS: dict[str, Kind] = {
    "drb": "number",
    "jd": "number",
    "fid": "number",
    "candid": "number",
    "isdiffpos": "text",
    "ssnamenr": "text",
    "known": "logical",
}
_STORAGE = {"drb": np.float32, "jd": np.float64, "fid": np.int32, "candid": np.int64, "known": np.bool_}
_NULLS: dict[str, Cell] = {"drb": np.nan, "jd": np.nan, "fid": NULL_I4, "candid": NULL_I8, "known": False}


class PlainTable:
    """Columns of KINDS; its rows can be shown one by one, to grow as a night does."""

    def __init__(self, columns: Mapping[str, Sequence[Cell]], shown: int | None = None) -> None:
        self._texts: list[str] = []
        self._columns = {name: self._stored(name, values) for name, values in columns.items()}
        whole = max(map(len, columns.values()), default=0)
        self.shown = whole if shown is None else shown

    def __len__(self) -> int:
        return self.shown

    def column(self, name: str) -> Values:
        """Return a column as the language wants it."""
        return self._columns[name][: self.shown]

    def text_code(self, text: str) -> int:
        """Return the code of a text, -2 for one that never occurred."""
        return self._texts.index(text) if text in self._texts else -2

    def _stored(self, name: str, values: Sequence[Cell]) -> Values:
        if KINDS[name] == "text":
            return np.array([NULL_TEXT if text is None else self._code(str(text)) for text in values], np.int32)
        return np.array([_NULLS[name] if value is None else value for value in values], _STORAGE[name])

    def _code(self, text: str) -> int:
        if text not in self._texts:
            self._texts.append(text)
        return self._texts.index(text)


def one_row(**values: Cell) -> PlainTable:
    """Return a table of one row."""
    return PlainTable({name: [value] for name, value in values.items()})
