"""Tables for the writing kernel: from named columns to the arrays and the program that it runs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huntui.columns import NULL_I8, Column
from huntui.simulate.kernels import CHARS, CODE, DOUBLE, FLOAT, LONG, Table, Texts

Values = dict[str, object]
"""Values by column: an array of one value per row, one number for all rows, or characters from `characters`."""

_OPERATIONS = {"f4": FLOAT, "f8": DOUBLE, "i4": LONG, "i8": LONG, "text": CODE}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the values of each field of a record are kept."""

    program: npt.NDArray[np.int64]
    floats: dict[str, int]
    """Row of the floats by field."""
    integers: dict[str, int]
    """Row of the integers (or codes of texts) by field."""
    chars: dict[str, tuple[int, int]]
    """First byte and number of bytes by field, the byte of the length included."""


def lay_out(columns: tuple[Column, ...], characters: dict[str, int]) -> Layout:
    """Lay out a record; `characters` names the texts that are written out row by row, with their greatest length."""
    program = np.zeros((len(columns), 3), np.int64)
    layout = Layout(program, {}, {}, {})
    at = 0
    for k, column in enumerate(columns):
        if column.name in characters:
            operation, place = CHARS, at
            layout.chars[column.name] = (at, characters[column.name] + 1)
            at += characters[column.name] + 1
        else:
            operation = _OPERATIONS[column.kind]
            places = layout.floats if operation in (FLOAT, DOUBLE) else layout.integers
            place = places[column.name] = len(places)
        program[k] = operation, column.nullable, place
    return layout


def fill(layout: Layout, rows: int, values: Values) -> Table:
    """Return a table of so many rows; what `values` does not name is null."""
    table = Table(
        layout.program,
        np.full((max(len(layout.floats), 1), rows), np.nan),
        np.full((max(len(layout.integers), 1), rows), NULL_I8, np.int64),
        np.zeros((rows, max((start + size for start, size in layout.chars.values()), default=1)), np.uint8),
    )
    put(layout, table, slice(None), values)
    return table


def put(layout: Layout, table: Table, rows: npt.NDArray[np.int64] | slice, values: Values) -> None:
    """Set the values of some rows of a table; names that the record does not have are left out."""
    for name, value in values.items():
        array = np.asarray(value)
        if name in layout.floats:
            table.floats[layout.floats[name], rows] = array
        elif name in layout.integers:
            table.integers[layout.integers[name], rows] = array
        elif name in layout.chars:
            start, _ = layout.chars[name]
            table.chars[rows, start : start + array.shape[1]] = array


def characters(
    template: str, rows: int, numbers: list[tuple[int, int, npt.NDArray[np.int64]]]
) -> npt.NDArray[np.uint8]:  # fmt: skip
    """Return a text per row for a field that is written out: a template with numbers put into it.

    `numbers` are (first character, digits, one value per row); leading zeros are kept.
    """
    text = np.empty((rows, len(template) + 1), np.uint8)
    text[:] = np.frombuffer(bytes([len(template)]) + template.encode("ascii"), np.uint8)
    for start, digits, values in numbers:
        rest = values.copy()
        for place in range(start + digits, start, -1):
            rest, digit = np.divmod(rest, 10)
            text[:, place] = digit + ord("0")
    return text


def encode_texts(texts: list[str]) -> Texts:
    """Return texts as the kernel reads them; a text's code is its place in the list."""
    encoded = [text.encode() for text in texts]
    ends = np.append(np.cumsum([len(text) for text in encoded]), 0).astype(np.int64)
    return Texts(np.frombuffer(b"".join(encoded), np.uint8), ends)


def largest(table: Table) -> int:
    """Return how many bytes a table can take at most when written, texts by code not counted."""
    return int((11 * len(table.program) + table.chars.shape[1]) * table.floats.shape[1])
