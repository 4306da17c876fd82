"""Parquet: typed columns with unit, description and UCD of each, and where they came from under the key `huntui`."""

from typing import Any, BinaryIO

from huntui.exports.columnar import gathered
from huntui.exports.provenance import as_text, provenance
from huntui.exports.table import ExportTable
from huntui.exports.ucds import ucd

KEY = b"huntui"


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as Parquet; returns the number of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types: dict[str, Any] = {
        "f4": pa.float32(), "f8": pa.float64(), "i4": pa.int32(), "i8": pa.int64(), "text": pa.string(),
    }  # fmt: skip
    values, rows = gathered(table)
    fields, arrays = [], []
    for column, cells in zip(table.columns, values, strict=True):
        shown = [_encodable(cell) for cell in cells] if column.kind == "text" else cells
        told = {"unit": column.unit, "description": column.meaning, "ucd": ucd(column)}
        fields.append(pa.field(column.name, types[column.kind], metadata=told))
        arrays.append(pa.array(shown, types[column.kind], from_pandas=True))
    schema = pa.schema(fields, metadata={KEY: as_text(provenance(table)).encode()})
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), file, compression="zstd")
    return rows


def _encodable(text: str | None) -> str | None:
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()
