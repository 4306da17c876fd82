"""One member of a tar read again, by the standard library."""

import tarfile
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, cast

from huntui.sources.tars.kernel import MAX_EXTENSION_BYTES
from huntui.sources.tars.stream import BrokenStreamError, TarStream
from huntui.sources.tars.walk import MOST_BYTES

MEMBER_ERRORS = (tarfile.TarError, BrokenStreamError, OSError, EOFError, ValueError, OverflowError, RecursionError)
"""All that the standard library is known to raise for headers of nonsense, and for more of them than fit its stack."""

_HEADER_BYTES = 4 * MAX_EXTENSION_BYTES


@dataclass(frozen=True, slots=True)
class Member:
    """A member's name and its bytes, at most `MOST_BYTES` of them."""

    name: str
    content: bytes


def read_member(stream: TarStream) -> Member:
    """Read the member whose first header `stream` gives next; raises one of `MEMBER_ERRORS` where there is none."""
    bounded = _Bounded(stream, MOST_BYTES + _HEADER_BYTES)
    with tarfile.open(fileobj=cast(IO[bytes], bounded), mode="r|") as tar:
        info = tar.next()
        if info is None:
            raise tarfile.ReadError("no member is there")
        file = tar.extractfile(info)
        return Member(info.name, file.read(MOST_BYTES) if file else b"")


def member_names(front: bytes) -> list[str]:
    """Return the names of the members that the first bytes of a tar hold, as far as they go."""
    names = []
    with suppress(*MEMBER_ERRORS), tarfile.open(fileobj=BytesIO(front), mode="r|") as tar:
        for info in tar:
            names.append(info.name)
    return names


def only_folders(tar: bytes) -> bool:
    """Return whether a whole tar has members, all of them folders."""
    try:
        with tarfile.open(fileobj=BytesIO(tar), mode="r|") as members:
            kinds = [info.isdir() for info in members]
    except MEMBER_ERRORS:
        return False
    return bool(kinds) and all(kinds)


class _Bounded:
    """A stream of which no more than so many bytes are read, whatever lengths a header claims."""

    def __init__(self, stream: TarStream, most: int) -> None:
        self._stream, self._left = stream, most

    def read(self, size: int) -> bytes:
        content = self._stream.read(min(size, self._left))
        self._left -= len(content)
        return content
