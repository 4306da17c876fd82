"""A session as a JSON file, for another machine or another person; whoever wrote it, nothing in it is run."""

from pathlib import Path
from typing import Any

from pydantic import Field

from huntui import strict_json
from huntui.checked import Written, check
from huntui.errors import SessionError
from huntui.exports.export import write_json
from huntui.session.memory import Memory, clean, memory_from_plain, memory_to_plain
from huntui.session.store import Label

FORMAT = 1
"""What stands under `huntui_session`; a file with a higher number was written by a newer huntui."""
MAX_BYTES = 20_000_000

_Words = Field(min_length=1, max_length=4096)


class _Part(Written):
    huntui_session: int
    night: str = _Words
    date: str | None = Field(default=None, max_length=32)
    source: str = _Words
    simulated: bool
    hunt: str = _Words
    session: dict[str, Any] = Field(description="a section with keys of its own")


def write_session(path: Path, label: Label, memory: Memory, *, overwrite: bool = False) -> None:
    """Write a session; raises `ExistsError` where there is a file, unless `overwrite` is set, and `ExportError`."""
    values = {
        "huntui_session": FORMAT,
        "night": label.night,
        "date": label.date,
        "source": label.source,
        "simulated": label.simulated,
        "hunt": label.hunt,
        "session": memory_to_plain(memory),
    }
    write_json(path, values, overwrite)


def read_session(path: Path) -> tuple[Label, Memory]:
    """Read a file that `write_session` wrote; raises `SessionError` with one sentence for anything else."""
    values = strict_json.read(path, SessionError, "one that `huntui session export` wrote", MAX_BYTES)
    version = values.get("huntui_session") if isinstance(values, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise SessionError(f"{path}: is no session; `huntui session export` writes one.")
    if version > FORMAT:
        raise SessionError(f"{path}: was written by a newer huntui.")
    part = check(_Part, values, str(path), SessionError)
    memory = memory_from_plain(part.session, f"{path}: session")
    date = None if part.date is None else clean(part.date)
    return Label(clean(part.night), date, clean(part.source), part.simulated, clean(part.hunt)), memory
