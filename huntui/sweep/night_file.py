"""The result of one night as one file: a tar with its record, its tables, and the packets of survivors.

Equal nights give equal bytes, whoever read them and when.
"""

import io
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from huntui import strict_json
from huntui.checked import check
from huntui.errors import CallError, SourceError
from huntui.sources.sweep_file import MOST_BYTES, TRUTH, SweptNight

if TYPE_CHECKING:
    import pyarrow as pa

Part = Literal["alerts", "survivors", "history", "forced"]
_RECORD = "night.json"


def packed(
    record: SweptNight,
    tables: "dict[Part, pa.Table]",
    truth: Mapping[str, Mapping[str, object]],
    packets: Iterable[tuple[str, bytes]],
) -> bytes:
    """Return the bytes of the file.

    `truth` is what is known to be true of survivors, and `packets` gives each packet with the name of its member.
    """
    import pyarrow.parquet as pq

    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        _add(tar, _RECORD, record.model_dump_json(indent=1).encode())
        for part, table in tables.items():
            file = io.BytesIO()
            # Most values of a night are there once: dictionaries and statistics take longer and make it larger.
            pq.write_table(table, file, compression="zstd", use_dictionary=False, write_statistics=False)
            _add(tar, f"{part}.parquet", file.getvalue())
        if truth:
            _add(tar, TRUTH, json.dumps(truth, sort_keys=True).encode())
        for name, packet in packets:
            _add(tar, name, packet)
    return whole.getvalue()


class NightFile:
    """One night's result on disk, to be read part by part."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(self) -> SweptNight | None:
        """Return what became of the night; None where there is no result that can be trusted."""
        try:
            with tarfile.open(self._path, "r:") as tar:
                first = tar.next()
                if first is None or first.name != _RECORD or first.size > MOST_BYTES:
                    return None
                text = _content(tar, first).decode()
            return check(SweptNight, strict_json.parse(text), str(self._path), CallError)
        except (OSError, tarfile.TarError, ValueError, RecursionError, CallError):
            return None

    def table(self, part: Part, columns: Iterable[str] | None = None) -> "pa.Table":
        """Return one of its tables, or some columns of it; raises `SourceError` where that cannot be read."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with tarfile.open(self._path, "r:") as tar:
                file = io.BytesIO(_content(tar, tar.getmember(f"{part}.parquet")))
            return pq.read_table(file, columns=None if columns is None else list(columns))
        except (OSError, KeyError, tarfile.TarError, pa.ArrowException) as problem:
            raise self._damaged(problem) from None

    def packets(self, names: Iterable[str]) -> Iterator[bytes]:
        """Yield packets by the names of their members; raises `SourceError` where one cannot be read."""
        try:
            with tarfile.open(self._path, "r:") as tar:
                members = {member.name: member for member in tar}
                for name in names:
                    yield _content(tar, members[name])
        except (OSError, KeyError, tarfile.TarError) as problem:
            raise self._damaged(problem) from None

    def _damaged(self, problem: Exception) -> SourceError:
        return SourceError(f"{self._path}: cannot be read ({type(problem).__name__}); sweep that night again.")


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file: Any = tar.extractfile(member)
    if file is None:
        raise tarfile.TarError("is no file")
    content: bytes = file.read()
    return content
