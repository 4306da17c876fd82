"""What the language reads from: kinds of names, and the one protocol for columns."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

Kind = Literal["number", "text", "logical"]
"""What an expression can be made of: a number, a text, or an answer (yes, no, unknown)."""

Values = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


class Table(Protocol):
    """Columns of equal length. The language takes nothing else from a night, or from a table of truth."""

    def column(self, name: str) -> Values:
        """Return a column, one value per row, with nulls as in `huntui.columns`.

        Numbers are float32, float64 or int8 to int64 (int8 and int16 know no null), texts are int32 codes, logicals
        are bool, or numbers where 0 is no and a null is unknown.
        """
        ...

    def text_code(self, text: str) -> int:
        """Return the code of a text in this table's columns, or a value below -1 when it never occurred."""
        ...


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """Some rows of a table, in an order of their own, as a table."""

    table: Table
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Values:
        """Return a column of the chosen rows."""
        return self.table.column(name)[self.rows]

    def text_code(self, text: str) -> int:
        """Return the table's code of a text."""
        return self.table.text_code(text)
