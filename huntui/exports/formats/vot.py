"""VOTable 1.4 (IVOA Recommendation 2019), as TOPCAT and Aladin read it: units, UCDs, descriptions, ICRS positions."""

from io import BytesIO
from typing import BinaryIO

from huntui.exports.astropy_table import as_astropy
from huntui.exports.provenance import KEY, as_text, headline, provenance
from huntui.exports.table import ExportTable
from huntui.exports.ucds import ucd

_POSITION = ("pos.eq.ra", "pos.eq.dec")


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as VOTable; returns the number of rows."""
    from astropy.io.votable import from_table
    from astropy.io.votable.tree import CooSys, Info

    made = as_astropy(table)
    votable = from_table(made)
    votable.version = "1.4"
    resource = votable.resources[0]
    told = provenance(table)
    resource.description = "\n".join(headline(told))
    resource.infos.append(Info(name=KEY, value=as_text(told)))
    places = [column.name for column in table.columns if ucd(column).startswith(_POSITION)]
    if places:
        resource.coordinate_systems.append(CooSys(ID="icrs", system="ICRS", epoch="J2000"))
    inner = resource.tables[0]
    inner.name = "huntui"
    for column, field in zip(table.columns, inner.fields, strict=True):
        field.ucd = ucd(column)
        if column.name in places:
            field.ref = "icrs"
    whole = BytesIO()
    votable.to_xml(whole, tabledata_format="binary2")
    file.write(whole.getbuffer())
    return len(made)
