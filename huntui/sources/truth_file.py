"""The truth of a simulated night that lies in a folder: `truth.parquet`, written by `huntui simulate`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock

from huntui.errors import SourceError
from huntui.truth import COLUMNS

Truths = Mapping[str, Mapping[str, object]]

_KEY = "objectId"


class TruthFile:
    """What a file says of objects; read when it is first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._truths: Truths | None = None

    def of(self, object_ids: Iterable[str]) -> Truths:
        """Return the truth columns of objects by objectId; those that the file does not name are left out.

        Raises `SourceError` where the file cannot be read, or is none that huntui wrote.
        """
        with self._lock:
            if self._truths is None:
                self._truths = _read(self._path)
        return {name: self._truths[name] for name in object_ids if name in self._truths}


def _read(path: Path) -> Truths:
    # Parquet waits until there is a claim, so that opening a night costs nothing.
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {column.name: pa.string() if column.kind == "text" else pa.float64() for column in COLUMNS}
    try:
        with path.open("rb") as file:
            table = pq.read_table(file, columns=[_KEY, *kinds])
        table = table.cast(pa.schema({_KEY: pa.string(), **kinds}))
    except (OSError, ValueError, KeyError, NotImplementedError, pa.ArrowException):
        raise SourceError(f"{path} cannot be read as the truth of a night, so that claims stay open.") from None
    return {row.pop(_KEY): row for row in table.to_pylist() if row[_KEY] is not None}
