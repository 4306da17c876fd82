"""How tests sweep: which nights, and what a call leaves behind."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATES = tuple(f"2024070{k}" for k in range(1, 6))
"""The nights that are on disk, simulated."""

ALERTS = 200
"""In each of them."""


@dataclass(frozen=True)
class Called:
    """What a call of huntui left behind."""

    code: int
    out: str
    err: str

    @property
    def summary(self) -> Any:
        """The object that was printed."""
        return json.loads(self.out)


Call = Callable[..., Called]


def counted(text: str) -> dict[str, Any]:
    """Return what `huntui run --json` printed, without the time that it took."""
    counts: dict[str, Any] = json.loads(text)
    del counts["seconds"], counts["alerts_per_second"]
    return counts


def files(folder: str) -> dict[str, bytes]:
    """Return every file of a sweep by its path in the folder."""
    root = Path(folder)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
