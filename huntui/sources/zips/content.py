"""The bytes of one member of a zip, stored or deflated, and no more of them than a packet may have."""

import struct
from dataclasses import dataclass
from io import FileIO

from huntui.packets.faults import MAX_PACKET_BYTES
from huntui.sources.deflate.inflate import InflateError, bare_inflater, crc
from huntui.sources.tars.stream import BrokenStreamError

STORED, DEFLATED = 0, 8
LOCAL_MAGIC = b"PK\x03\x04"
LOCAL = struct.Struct("<4s2xHH4xIIIHH")
"""A local header: magic, flags, method, CRC, packed and unpacked size, lengths of the name and the extra field."""

_MOST_BYTES = MAX_PACKET_BYTES + 1
_PIECE_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class ZipMember:
    """Where a member lies and how it is packed."""

    name: str
    header_at: int
    """Where its local header begins in the file."""
    method: int
    packed_size: int
    crc: int
    encrypted: bool


def read_content(file: FileIO, member: ZipMember) -> bytes | None:
    """Return a member's bytes, and no more than one too many for a packet.

    None where they cannot be had: encrypted, packed in a way other than the two, damaged, not there.
    """
    if member.encrypted:
        return None
    try:
        file.seek(member.header_at)
        header = file.read(LOCAL.size) or b""
        if len(header) < LOCAL.size or not header.startswith(LOCAL_MAGIC):
            return None
        *_, name_size, extra_size = LOCAL.unpack(header)
        file.seek(name_size + extra_size, 1)
        content = _unpack(file, member)
    except (OSError, ValueError, OverflowError, InflateError):
        return None
    if content is None or (len(content) < _MOST_BYTES and crc(content) != member.crc):
        return None
    return content


def _unpack(file: FileIO, member: ZipMember) -> bytes | None:
    if member.method == STORED:
        return file.read(min(member.packed_size, _MOST_BYTES))
    if member.method != DEFLATED:
        return None
    inflater, left, size = bare_inflater(), member.packed_size, 0
    parts: list[bytes] = []
    while size < _MOST_BYTES and not inflater.eof:
        piece = inflater.unconsumed_tail
        if not piece:
            piece = file.read(min(left, _PIECE_BYTES)) or b""
            left -= len(piece)
        if not piece:
            return None
        parts.append(inflater.decompress(piece, _MOST_BYTES - size))
        size += len(parts[-1])
    return b"".join(parts)


def end_of_deflated(file: FileIO, at: int) -> int:
    """Return where deflated bytes end that begin at byte `at`; raises `BrokenStreamError` where they do not."""
    inflater = bare_inflater()
    file.seek(at)
    try:
        while not inflater.eof:
            piece = inflater.unconsumed_tail
            if not piece:
                piece = file.read(_PIECE_BYTES) or b""
                at += len(piece)
            if not piece:
                raise BrokenStreamError("the last member is cut off")
            inflater.decompress(piece, _PIECE_BYTES)
    except InflateError as error:
        raise BrokenStreamError(f"its compressed data are damaged ({error})") from error
    return at - len(inflater.unused_data)
