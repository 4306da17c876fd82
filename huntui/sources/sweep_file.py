"""What a sweep leaves in its folder: `sweep.json`, a tar for each night, and the cuts and the hunt that it asked for.

    sweep.json           what was asked, every night's outcome, and the counts
    cuts.yaml hunt.yaml  as they were; without cuts.yaml every alert survives
    nights/NAME.tar      night.json, tables (Parquet), truth.json where it is simulated, and the packets of survivors
    objects.parquet      the surviving objects of all nights

Anybody may have written these files: whoever reads them goes through `read_sweep`.
"""

import re
import tarfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from huntui import strict_json
from huntui.checked import Written, check
from huntui.errors import CallError, SourceError
from huntui.truth import kinds

FILE, NIGHTS, CUTS, HUNT, OBJECTS = "sweep.json", "nights", "cuts.yaml", "hunt.yaml", "objects.parquet"
TRUTH = "truth.json"
"""In the tar of a simulated night: the truth columns of its survivors, by objectId."""

MOST_BYTES = 64 * 2**20
"""How large a summary may be: thousands of nights."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,79}")
"""What a night may be called, so that it can be the name of a file."""

Outcome = Literal["read", "empty", "broken", "missing", "failed"]
"""How a night ended: `broken` is one that broke off, of which there is what was read."""


class SweptNight(Written):
    """What became of one night."""

    name: str = Field(pattern=f"^{NAME.pattern}$", description="letters, digits and . _ + -")
    date: str | None = None
    source: str = ""
    outcome: Outcome
    why: str = ""
    """Why it is not whole, in one sentence."""
    simulated: bool = False
    counts: dict[str, Any] | None = None
    """What `huntui run --json` says of it; None where nothing of it was read."""
    packets: int = Field(default=0, ge=0)
    """Packets of survivors in its tar."""
    packets_left_out: int = Field(default=0, ge=0)
    key: str = ""
    """Digest of everything that decides its result."""

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read."""
        return self.outcome in ("read", "empty")


class SweepFile(Written):
    """The summary of a sweep."""

    huntui: str
    format: Literal[1] = 1
    asked: str
    """Digest of what was asked of every night."""
    cuts: dict[str, Any]
    hunt: str
    max_alerts: int | None = None
    simulated: bool = False
    """Whether any of the nights is."""
    nights: list[SweptNight]
    totals: dict[str, Any]

    @property
    def partly_simulated(self) -> bool:
        """Whether some of the nights that were read are simulated, and some real."""
        return len({night.simulated for night in self.nights if night.counts is not None}) > 1


def is_sweep(folder: Path) -> bool:
    """Return whether a folder holds the summary of a sweep; a name that no folder can have is none."""
    with suppress(OSError):
        return (folder / FILE).is_file()
    return False


def read_sweep(folder: Path) -> SweepFile:
    """Return the summary in a folder; raises `SourceError` where it is none."""
    path = folder / FILE
    try:
        return check(SweepFile, strict_json.read(path, CallError, "a sweep", MOST_BYTES), str(path), CallError)
    except CallError as problem:
        raise SourceError(str(problem)) from None


def read_truth(path: Path) -> dict[str, dict[str, object]]:
    """Return what the tar of a night knows to be true; raises `SourceError` where that cannot be read."""
    try:
        with tarfile.open(path, "r:") as tar:
            member = next((one for one in tar if one.name == TRUTH and one.size <= MOST_BYTES), None)
            file = None if member is None else tar.extractfile(member)
            truths = {} if file is None else strict_json.parse(file.read().decode())
    except (OSError, tarfile.TarError, ValueError, RecursionError):
        truths = None
    if not isinstance(truths, dict) or not all(isinstance(one, dict) for one in truths.values()):
        raise SourceError(f"{path}: its truth cannot be read, so that claims stay open.")
    return {name: {key: one[key] for key in kinds() if key in one} for name, one in truths.items()}


def night_path(folder: Path, name: str) -> Path:
    """Return where the tar of a night lies."""
    return folder / NIGHTS / f"{name}.tar"
