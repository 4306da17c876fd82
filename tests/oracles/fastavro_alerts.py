"""What fastavro says is in a packet: the oracle of the decoder. Imports nothing of huntui."""

import io
from pathlib import Path
from typing import Any

import fastavro


def records(path: Path) -> list[dict[str, Any]]:
    """Return every record of a file; raises whatever fastavro raises for a damaged one."""
    return list(fastavro.reader(io.BytesIO(path.read_bytes())))


def header_version(path: Path) -> str:
    """Return the version of the writer schema."""
    schema = fastavro.reader(io.BytesIO(path.read_bytes())).writer_schema
    return str(schema["version"])


def sign(value: str | None) -> str | None:
    """Return the sign of a subtraction as 't' or 'f', which packets also write as '1' and '0'."""
    return {"1": "t", "0": "f"}.get(value, value) if value is not None else None
