"""Archives made for tests by the standard library, and what a source gives of them."""

import gzip
import io
import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import numpy as np

from huntui.errors import SourceError
from huntui.sources.source import Source

Members = Mapping[str, bytes]


def real_members(packets_dir: Path, count: int) -> dict[str, bytes]:
    """Return real packets by the names of members, in an order that no sorting gives."""
    files = sorted(packets_dir.glob("*.avro"))[:count]
    return {f"night/{k % 3}/{path.name}": path.read_bytes() for k, path in enumerate(reversed(files))}


def small_members(count: int, seed: int = 1) -> dict[str, bytes]:
    """Return members of bytes that compress as real ones do."""
    rng = np.random.default_rng(seed)
    return {
        f"folder/{k:04d}.avro": rng.integers(0, 60, rng.integers(0, 9000)).astype(np.uint8).tobytes()
        for k in range(count)
    }


def tar_of(members: Members, form: int = tarfile.USTAR_FORMAT, mtime: float = 0) -> bytes:
    """Return a tar of files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as tar:
        for name, content in members.items():
            add(tar, name, content, mtime=mtime)
    return packed.getvalue()


def add(tar: tarfile.TarFile, name: str, content: bytes = b"", **about: object) -> None:
    """Add a member with attributes of its own, such as its `type`."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in about.items():
        setattr(info, key, value)
    tar.addfile(info, io.BytesIO(content))


def gunzipped(packed: bytes, library: ModuleType = zlib) -> bytes:
    """Return everything that a library can unpack of a single gzip member, byte by byte, whatever comes then."""
    inflater = library.decompressobj(31)
    unpacked = []
    try:
        for k in range(len(packed)):
            unpacked.append(inflater.decompress(packed[k : k + 1]))
    except library.error:
        pass
    return b"".join(unpacked)


def gzipped(content: bytes, level: int = 6) -> bytes:
    """Return content as one gzip member."""
    return gzip.compress(content, level, mtime=0)


def contents(source: Source) -> list[bytes]:
    """Return every packet as bytes."""
    found, message = until_broken(source)
    assert message == ""
    return found


def until_broken(source: Source) -> tuple[list[bytes], str]:
    """Return every packet as bytes, and the sentence with which the night breaks off, if it does."""
    found: list[bytes] = []
    try:
        for batch in source.batches():
            found += [batch.data[a:b].tobytes() for a, b in zip(batch.starts, batch.ends, strict=True)]
    except SourceError as error:
        return found, str(error)
    return found, ""


def addresses(source: Source) -> np.ndarray:  # type: ignore[type-arg]
    """Return the address of every packet."""
    return np.concatenate([batch.addresses for batch in source.batches()])
