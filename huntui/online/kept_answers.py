"""Answers of public services that are kept on disk for some hours, one small file each.

Never required: an answer whose file is damaged, too old or from the future is asked for again, and a folder that cannot
be written keeps nothing. Nothing secret is in it, and no file is named after an object.
"""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import platformdirs
from pydantic import Field

from huntui import __version__, strict_json
from huntui.checked import Written, check
from huntui.errors import CallError
from huntui.online.answer import Answer

_SUFFIX, _UNFINISHED = ".answer", ".part"
_MOST_BYTES = 20_000
_SECONDS = 3600.0


class _Kept(Written):
    """An answer as it stands in a file."""

    key: str
    service: str = Field(max_length=100)
    says: str = Field(max_length=2000)
    classified: str = Field(max_length=200)
    probability: float | None
    redshift: float | None
    offset_arcsec: float | None
    link: str = Field(max_length=2000)
    asked: float


class KeptAnswers:
    """Answers in a folder, which need not be there."""

    def __init__(self, folder: Path, hours: float, max_bytes: int) -> None:
        """Keep answers for some hours, and no more of them than fit into so many bytes."""
        self.folder, self._hours, self._max_bytes = folder, hours, max_bytes

    @classmethod
    def of_user(cls, hours: float = 0.0, max_bytes: int = 0) -> "KeptAnswers":
        """Return those of the user who runs huntui."""
        return cls(user_folder(), hours, max_bytes)

    @staticmethod
    def key(service: str, endpoint: str, question: str) -> str:
        """Return what tells a question from all others; another huntui may read an answer otherwise."""
        return "\n".join((__version__, service, endpoint, question))

    def find(self, key: str, now: float) -> Answer | None:
        """Return the answer to a question, None where none is kept or it is too old."""
        try:
            told = strict_json.read(self._path(key), CallError, "a kept answer", _MOST_BYTES)
            kept = check(_Kept, told, "", CallError)
        except CallError:
            return None
        if kept.key != key or not 0 <= now - kept.asked < self._hours * _SECONDS:
            return None
        return Answer(**kept.model_dump(exclude={"key"}), kept=True)

    def keep(self, key: str, answer: Answer) -> None:
        """Write an answer beside, and put it in its place; nothing happens where that cannot be done."""
        if self._hours <= 0:
            return
        told = {"key": key, **{name: value for name, value in asdict(answer).items() if name in _Kept.model_fields}}
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(_UNFINISHED, "", self.folder)
            unfinished = Path(name)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(told, file)
                unfinished.replace(self._path(key))
            finally:
                unfinished.unlink(missing_ok=True)
            self._make_room()

    def clear(self) -> int:
        """Remove every answer, and return how many there were."""
        found = self._files()
        for _, _, path in found:
            with suppress(OSError):
                path.unlink()
        return len(found)

    def _path(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}{_SUFFIX}"

    def _files(self) -> list[tuple[float, int, Path]]:
        """Return when each answer was written, its size, and where it is; the oldest first."""
        found = []
        with suppress(OSError):
            for entry in os.scandir(self.folder):
                with suppress(OSError):  # another process may have removed it just now
                    if entry.name.endswith((_SUFFIX, _UNFINISHED)) and entry.is_file(follow_symlinks=False):
                        about = entry.stat(follow_symlinks=False)
                        found.append((about.st_mtime, about.st_size, Path(entry.path)))
        return sorted(found)

    def _make_room(self) -> None:
        files = self._files()
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= self._max_bytes:
                return
            path.unlink(missing_ok=True)
            total -= size


def user_folder() -> Path:
    """Return where the answers for the user are kept."""
    return platformdirs.user_cache_path("huntui") / "lookups"
