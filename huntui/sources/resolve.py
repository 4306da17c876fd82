"""Which source a date or `--source` means: a folder where there is one, else a simulated night."""

from dataclasses import dataclass
from pathlib import Path

from huntui.errors import CallError, SourceError, nearest
from huntui.sources.registry import SOURCES
from huntui.sources.source import Source

_REAL_NIGHT = "put the .avro packets of the night into {folder}, or give --source a folder of packets"


@dataclass(frozen=True, slots=True)
class NightRequest:
    """What night is wanted."""

    date: str | None
    """UT date as YYYYMMDD."""
    source: str | None
    """Name of a kind of source, or a path; None to take what there is."""
    data: Path = Path("data")
    """Folder with one folder per date."""
    simulate_missing: bool = True
    """Whether a night that is not there is simulated; else it is an error."""
    count: int = 24_948
    """Alerts of a simulated night."""
    seed: int | None = None
    """Seed of a simulated night; None for the one that belongs to the date."""


def resolve(request: NightRequest) -> Source:
    """Return the source of a night.

    Raises `CallError` where the request names nothing that exists, `SourceError` where what it names holds no night.
    """
    if request.source is None:
        return _of_date(request, _date(request))
    if request.source == "folder":
        return _folder(request.data / _date(request))
    if request.source == "simulated":
        return _simulated(request, _date(request))
    path = Path(request.source)
    if path.is_dir():
        return _folder(path)
    if path.exists():
        raise CallError(f"--source {request.source}: is a file; give the folder that holds the packets.")
    raise CallError(
        f"--source {request.source}: there is no such folder, and no such kind of source "
        f"({', '.join(SOURCES)}).{nearest(request.source, list(SOURCES))}"
    )


def how_to_get_real(request: NightRequest) -> str:
    """Say how to put a real night in the place of a simulated one."""
    return _REAL_NIGHT.format(folder=request.data / (request.date or "<date>"))


def _date(request: NightRequest) -> str:
    if request.date is None:
        raise CallError(f"--source {request.source or ''}: say which night, as in --date 20240707.")
    return request.date


def _of_date(request: NightRequest, date: str) -> Source:
    folder = request.data / date
    if folder.is_dir():
        return _folder(folder)
    if request.simulate_missing:
        return _simulated(request, date)
    raise SourceError(f"No night {date} in {request.data}: {how_to_get_real(request)}.")


def _folder(folder: Path) -> Source:
    from huntui.sources.folder import FolderSource

    return FolderSource(folder)


def _simulated(request: NightRequest, date: str) -> Source:
    from huntui.sources.simulated import SimulatedSource

    return SimulatedSource(date, seed=request.seed, count=request.count)
