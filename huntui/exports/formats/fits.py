"""FITS: a binary table with units, descriptions (TCOMM) and UCDs (TUCD); where it came from is in the card HUNTUI.

The card is a long string, continued as the FITS standard 4.0 has it (§4.2.1.2). Texts are ASCII; a null integer is the
value of TNULL, a null text is empty.
"""

from io import BytesIO
from typing import BinaryIO

from huntui.exports.astropy_table import as_astropy
from huntui.exports.provenance import as_text, headline, provenance
from huntui.exports.table import ExportTable

CARD = "HUNTUI"
_NULLS = {"int32": -(2**31), "int64": -(2**63)}


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as FITS; returns the number of rows."""
    from astropy.io import fits

    made = as_astropy(table, ascii=True)
    for column in made.itercols():
        if hasattr(column, "fill_value"):
            column.fill_value = _NULLS.get(column.dtype.name, "")
    hdu = fits.table_to_hdu(made)
    hdu.name = "HUNTUI"
    for number, column in enumerate(made.itercols(), 1):
        hdu.header[f"TCOMM{number}"] = column.info.description
        hdu.header[f"TUCD{number}"] = column.meta["ucd"]
    told = provenance(table)
    for line in headline(told):
        hdu.header["HISTORY"] = line.encode("ascii", "backslashreplace").decode()
    hdu.header[CARD] = as_text(told)
    # astropy wants to look back into a file, which needs not be possible.
    whole = BytesIO()
    fits.HDUList([fits.PrimaryHDU(), hdu]).writeto(whole, checksum=True)
    file.write(whole.getbuffer())
    return len(made)
