"""Files that other programs are told to read: they must outlive huntui, and need not outlive the day."""

import secrets
import time
from contextlib import suppress
from pathlib import Path

import platformdirs

from huntui.errors import ExportError
from huntui.exports.export import write_beside
from huntui.exports.registry import writer_for
from huntui.exports.table import ExportTable

_ENDING, _KEPT_SECONDS = ".vot", 86_400


def folder() -> Path:
    """Return where such files are."""
    return platformdirs.user_cache_path("huntui") / "samp"


def handed_over(table: ExportTable, name: str) -> tuple[Path, int]:
    """Write a table as VOTable, and return where it is and its rows; those of the day before are taken away.

    Raises `ExportError` where it cannot be written.
    """
    place = folder()
    try:
        # Others of this computer have nothing to read here.
        place.mkdir(0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise ExportError(f"{place}: no folder can be made there ({problem.strerror or problem}).") from None
    _sweep(place)
    stem = "".join(
        letter for letter in name.lower().replace(" ", "-") if letter.isascii() and (letter.isalnum() or letter == "-")
    )
    path = place / f"{stem[:60]}-{secrets.token_hex(4)}{_ENDING}"
    write = writer_for(path)
    return path, write_beside(path, lambda file: write(table, file), overwrite=False)


def _sweep(place: Path) -> None:
    before = time.time() - _KEPT_SECONDS
    for old in place.glob(f"*{_ENDING}"):
        with suppress(OSError):
            if old.stat().st_mtime < before:
                old.unlink()
