"""What kind of source a file is, by what is in it and never by its name."""

from pathlib import Path

from huntui.errors import SourceError
from huntui.sources.tars.stream import open_file

_GZIP, _ZIP, _AVRO = b"\x1f\x8b", b"PK", b"Obj\x01"
BLOCK = 512
"""Bytes of a tar's header."""

_OTHER_PACKINGS = {
    b"BZh": ("bzip2", "bunzip2"),
    b"\xfd7zXZ\x00": ("xz", "unxz"),
    b"\x28\xb5\x2f\xfd": ("Zstandard", "unzstd"),
    b"\x04\x22\x4d\x18": ("LZ4", "unlz4"),
    b"7z\xbc\xaf\x27\x1c": ("7-Zip", "7z x"),
    b"Rar!": ("RAR", "unrar x"),
}
"""First bytes of what is not read -> its name, and the command that unpacks it."""


def recognise(path: Path) -> str:
    """Return the name of the kind of source that a file is; raises `SourceError` when it is none."""
    try:
        with open_file(path) as file:
            front = file.read(BLOCK) or b""
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}).") from error
    if front.startswith(_GZIP):
        return "tar.gz"
    if front.startswith(_ZIP):
        return "zip"
    if is_tar_header(front):
        return "tar"
    raise SourceError(f"{path}: {_what_it_is(path, front)}")


def is_tar_header(front: bytes) -> bool:
    """Return whether the checksum of a tar's first header is right."""
    try:
        told = int(front[148:156].split(b"\0")[0].strip(), 8)
    except ValueError:
        return False
    return len(front) == BLOCK and told == sum(front[:148]) + 8 * ord(" ") + sum(front[156:])


def _what_it_is(path: Path, front: bytes) -> str:
    for magic, (packing, command) in _OTHER_PACKINGS.items():
        if front.startswith(magic):
            return (
                f"is packed with {packing}, which huntui does not read; unpack it with `{command} {path.name}` "
                "and give --source what comes out."
            )
    if front.startswith(_AVRO):
        return "is a single packet; give --source the folder that it lies in."
    return "is neither a tar, a tar.gz nor a zip archive, nor a folder of .avro packets."
