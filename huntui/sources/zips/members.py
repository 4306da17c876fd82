"""The members of a zip: as its central directory lists them, or, where that is lost, as they follow each other.

The layout is PKWARE's APPNOTE 6.3: before each member's bytes stands a local header, behind all of them the directory.
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from io import FileIO
from typing import BinaryIO, cast

from huntui.sources.tars.stream import BrokenStreamError
from huntui.sources.zips.content import DEFLATED, LOCAL, LOCAL_MAGIC, ZipMember, end_of_deflated

DIRECTORY_MAGICS = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06")

_DESCRIPTOR_MAGIC = b"PK\x07\x08"
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 1, 8, 0x800
_ALL_ONES = 0xFFFFFFFF
_ZIP64 = 1
_DESCRIPTOR_SIZES = (12, 16, 20, 24)
_MOST_DIRECTORY_BYTES = 256 * 2**20


def directory(file: FileIO) -> list[ZipMember] | None:
    """Return what the central directory lists, in its order; None where there is none that can be read."""
    try:
        with zipfile.ZipFile(cast(BinaryIO, _Bounded(file))) as archive:
            return [
                ZipMember(
                    info.filename,
                    info.header_offset,
                    info.compress_type,
                    info.compress_size,
                    info.CRC,
                    bool(info.flag_bits & _ENCRYPTED),
                )
                for info in archive.infolist()
                if stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG)
            ]
    # A directory of nonsense fails in as many ways as there are fields in it.
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, OverflowError, NotImplementedError, struct.error):
        return None


class _Bounded:
    """A file that is read in bounded pieces, so that no directory can claim more memory than any real one needs."""

    def __init__(self, file: FileIO) -> None:
        self.seek, self.tell, self._read = file.seek, file.tell, file.read
        self.mode = "rb"

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MOST_DIRECTORY_BYTES:
            size = _MOST_DIRECTORY_BYTES
        return self._read(size) or b""

    def close(self) -> None:
        """The file stays open."""


def in_sequence(file: FileIO) -> Iterator[ZipMember]:
    """Yield the members one after the other, without a directory; raises `BrokenStreamError` where they break off."""
    at = 0
    while True:
        member, at = _local_member(file, at)
        if member is None:
            return
        yield member


def _local_member(file: FileIO, at: int) -> tuple[ZipMember | None, int]:
    """Return the member whose local header is at byte `at`, None for the directory, and where the next one begins."""
    file.seek(at)
    header = file.read(LOCAL.size) or b""
    if header[:4] in DIRECTORY_MAGICS:
        return None, at
    if not header:
        raise BrokenStreamError("the directory at its end is missing")
    if len(header) < LOCAL.size or header[:4] != LOCAL_MAGIC:
        raise BrokenStreamError("there is no header of a member where one should be")
    _, flags, method, crc, packed_size, size, name_size, extra_size = LOCAL.unpack(header)
    name, extra = file.read(name_size) or b"", file.read(extra_size) or b""
    behind = at + LOCAL.size + name_size + extra_size
    if flags & _SIZES_BEHIND:
        if method != DEFLATED or flags & _ENCRYPTED:
            raise BrokenStreamError("the size of a member stands only in the directory")
        behind, packed_size, crc = _described(file, behind)
    else:
        packed_size = _long_size(extra, size) if packed_size == _ALL_ONES else packed_size
        behind += packed_size
    if behind > file.seek(0, 2):
        raise BrokenStreamError("the last member is cut off")
    text = name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    return ZipMember(text, at, method, packed_size, crc, bool(flags & _ENCRYPTED)), behind


def _long_size(extra: bytes, size: int) -> int:
    """Return the packed size from the extra field of a member whose sizes need 64 bits."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _ZIP64:
            sizes = extra[4 : 4 + length]
            at = 8 if size == _ALL_ONES else 0
            if len(sizes) >= at + 8:
                return int(struct.unpack_from("<Q", sizes, at)[0])
        extra = extra[4 + length :]
    raise BrokenStreamError("the size of a member is missing")


def _described(file: FileIO, at: int) -> tuple[int, int, int]:
    """Return the end, the packed size and the CRC of a member whose sizes stand behind it, by unpacking it."""
    end = end_of_deflated(file, at)
    file.seek(end)
    tail = file.read(max(_DESCRIPTOR_SIZES) + 4) or b""
    crc_at = len(_DESCRIPTOR_MAGIC) if tail.startswith(_DESCRIPTOR_MAGIC) else 0
    for size in _DESCRIPTOR_SIZES:
        if len(tail) == size or tail[size : size + 4] in (LOCAL_MAGIC, *DIRECTORY_MAGICS):
            return end + size, end - at, int(struct.unpack_from("<I", tail, crc_at)[0])
    raise BrokenStreamError("the last member is cut off")
