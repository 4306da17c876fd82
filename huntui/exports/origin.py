"""Reading back where an export came from, from a file of any format; the file is not trusted."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from huntui.errors import CallError
from huntui.exports.provenance import KEY
from huntui.exports.registry import writer_for
from huntui.exports.report.page import END, ENDINGS, START

_MOST_BYTES = 16 * 2**20
"""How far into a text its origin is looked for."""


def origin_of_export(path: Path) -> dict[str, Any]:
    """Return what an export tells of its origin.

    Raises `CallError` for a file that cannot be read, has an ending that is not known, or tells nothing.
    """
    if path.suffix.lower() not in ENDINGS:
        writer_for(path)
    try:
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        raise CallError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    try:
        text = _READERS.get(path.suffix.lower(), _in_comments)(path)
        told = json.loads(text) if text else None
    except Exception as error:  # noqa: BLE001 (libraries of formats raise whatever they like for nonsense)
        raise CallError(f"{path}: holds no export of huntui that can be read ({type(error).__name__}).") from None
    if not isinstance(told, dict) or not isinstance(told.get("sha256"), str):
        raise CallError(f"{path}: holds no export of huntui, which says where it came from.")
    return told


def _in_comments(path: Path) -> str:
    """Return it from a comment of a CSV file or of regions."""
    mark = f"# {KEY}: "
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file.read(_MOST_BYTES).splitlines():
            if line.startswith(mark):
                return line.removeprefix(mark)
    return ""


def _in_json(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        for line in file.read(_MOST_BYTES).splitlines():
            name, colon, text = line.partition(": ")
            if colon and name.strip() == f'"{KEY}"':
                return text.rstrip(",")
    return ""


def _in_json_lines(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        first = json.loads(file.readline(_MOST_BYTES))
    return json.dumps(first[KEY])


def _in_parquet(path: Path) -> str:
    import pyarrow.parquet as pq

    from huntui.exports.formats.parquet import KEY as PARQUET_KEY

    told: Mapping[bytes, bytes] = pq.read_schema(path).metadata or {}
    return told.get(PARQUET_KEY, b"").decode()


def _in_fits(path: Path) -> str:
    from astropy.io import fits

    from huntui.exports.formats.fits import CARD

    return str(fits.getheader(path, 1)[CARD])


def _in_ecsv(path: Path) -> str:
    from astropy.table import Table

    return str(Table.read(path, format="ascii.ecsv").meta[KEY])


def _in_votable(path: Path) -> str:
    from astropy.io.votable import parse

    infos = parse(path, verify="ignore").resources[0].infos
    return next((str(info.value) for info in infos if info.name == KEY), "")


def _in_avro(path: Path) -> str:
    import fastavro

    from huntui.exports.formats.avro import KEY as AVRO_KEY

    with path.open("rb") as file:
        return str(fastavro.reader(file).metadata[AVRO_KEY.decode()])


def _in_tar(path: Path) -> str:
    import tarfile

    from huntui.exports.formats.tar import FIRST

    with tarfile.open(path, "r:") as tar:
        member = tar.next()
        file = tar.extractfile(member) if member is not None and member.name == FIRST else None
        return "" if file is None else file.read(_MOST_BYTES).decode()


def _in_report(path: Path) -> str:
    """Return it from the end of a page, where it is the last element."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _MOST_BYTES))
        _, _, rest = file.read(_MOST_BYTES).decode("utf-8", "replace").rpartition(START)
    return rest.partition(END)[0]


_READERS: dict[str, Callable[[Path], str]] = {
    **dict.fromkeys(ENDINGS, _in_report),
    ".json": _in_json,
    ".jsonl": _in_json_lines,
    ".parquet": _in_parquet,
    ".fits": _in_fits,
    ".ecsv": _in_ecsv,
    ".vot": _in_votable,
    ".avro": _in_avro,
    ".tar": _in_tar,
}
