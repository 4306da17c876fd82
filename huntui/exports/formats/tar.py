"""Tar: the packets themselves, a file for each as the survey wrote it, of whatever schemas; huntui reads it as a night.

An alert that shares its packet with others has a packet of its own here. Where they came from is the first member.
"""

import tarfile
from io import BytesIO
from typing import BinaryIO

from huntui.errors import CallError
from huntui.exports.formats.avro import alone
from huntui.exports.provenance import as_text, provenance
from huntui.exports.table import ExportTable

FIRST = "provenance.json"
"""The member that says where the others came from."""


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write the packets of a table; returns the number of alerts.

    Raises `CallError` for a table that is not one of alerts.
    """
    if table.packets is None:
        raise CallError("Only alerts have packets: give this table another ending than .tar.")
    alerts = 0
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        _add(tar, FIRST, as_text(provenance(table)).encode())
        for packet, record, candid in table.packets():
            _add(tar, f"{candid}.avro", alone(packet, record))
            alerts += 1
    return alerts


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a member that is the same whenever it is written."""
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, BytesIO(content))
