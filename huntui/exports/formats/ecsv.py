"""ECSV: CSV with a header of YAML, which has units, descriptions, UCDs and where the rows came from."""

from io import StringIO
from typing import BinaryIO

from huntui.exports.astropy_table import as_astropy
from huntui.exports.provenance import KEY, as_text, headline, provenance
from huntui.exports.table import ExportTable


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as ECSV; returns the number of rows."""
    made = as_astropy(table)
    told = provenance(table)
    made.meta = {"comments": headline(told), KEY: as_text(told)}
    text = StringIO()
    made.write(text, format="ascii.ecsv")
    file.write(text.getvalue().encode("utf-8", "backslashreplace"))
    return len(made)
