"""Which keys the player has used before, kept in a small file beside the store, so that none is taught twice.

Never required: what cannot be read or written is forgotten, and a file that is not ours says nothing.
"""

import json
import os
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from huntui.session.store import user_folder

FILE = "keys-used.json"
_MOST, _LONGEST, _MOST_BYTES = 500, 60, 100_000


class Lessons:
    """Names of actions; only `keep` takes its time, and may be called in another thread."""

    def __init__(self, path: Path | None = None) -> None:
        """Read what was used before; without a path it is remembered as long as this process lives."""
        self._path = path
        self._used = _read(path) if path is not None else set()

    @classmethod
    def of_user(cls) -> "Lessons":
        """Return those of the user who runs huntui."""
        return cls(user_folder() / FILE)

    def used(self, action: str) -> bool:
        """Return whether an action was done before."""
        return action in self._used

    def use(self, action: str) -> None:
        """Remember that an action was done."""
        if len(self._used) < _MOST:
            self._used = self._used | {action}

    def keep(self) -> None:
        """Write down what is remembered."""
        if self._path is not None:
            with suppress(OSError):
                _write(self._path, self._used)


def _read(path: Path) -> set[str]:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return set()
    names = found.get("used") if isinstance(found, dict) else None
    if not isinstance(names, list):
        return set()
    return {name for name in names[:_MOST] if isinstance(name, str) and len(name) <= _LONGEST}


def _write(path: Path, used: Collection[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(".part", FILE, path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            json.dump({"used": sorted(used)}, file)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
