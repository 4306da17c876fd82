"""Which source a date or `--source` means: a folder or an archive where there is one, else a simulated night."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import cast

from huntui.errors import CallError, MissingError, nearest
from huntui.sources.registry import SOURCES
from huntui.sources.source import Source

ARCHIVE_KINDS = ("tar", "tar.gz", "zip")
_REAL_NIGHT = (
    "`huntui fetch {date}` gets it, or put its .avro packets into {folder} or its archive at {archive}, "
    "or give --source a folder, a tar, a tar.gz or a zip of packets"
)


@dataclass(frozen=True, slots=True)
class NightRequest:
    """What night is wanted."""

    date: str | None
    """UT date as YYYYMMDD."""
    source: str | None
    """Name of a kind of source, or a path; None to take what there is."""
    data: Path = Path("data")
    """Folder with one folder or archive per date."""
    simulate_missing: bool = True
    """Whether a night that is not there is simulated; else it is an error."""
    count: int = 24_948
    """Alerts of a simulated night."""
    seed: int | None = None
    """Seed of a simulated night; None for the one that belongs to the date."""
    kafka: Mapping[str, object] = field(default_factory=dict)
    """What the configuration says of Kafka."""


def resolve(request: NightRequest) -> Source:
    """Return the source of a night.

    Raises `CallError` where the request names nothing that exists, `SourceError` where what it names holds no night.
    """
    if request.source is None:
        return _of_date(request, _date(request))
    if request.source == "simulated":
        return _simulated(request, _date(request))
    if request.source == "kafka" or request.source.startswith("kafka://"):
        return _kafka(request, request.source)
    if request.source == "folder":
        return _folder(request.data / _date(request))
    if request.source in ARCHIVE_KINDS:
        return _archive(_archive_path(request, _date(request), request.source))
    path = Path(request.source)
    if path.is_dir():
        return _folder(path)
    if path.exists():
        return _archive(path)
    raise CallError(
        f"--source {request.source}: there is no such folder or archive, and no such kind of source "
        f"({', '.join(SOURCES)}).{nearest(request.source, list(SOURCES))}"
    )


def how_to_get_real(request: NightRequest) -> str:
    """Say how to put a real night in the place of a simulated one."""
    date = request.date or "<date>"
    return _REAL_NIGHT.format(date=date, folder=request.data / date, archive=_archive_path(request, date, "tar.gz"))


def real_night(request: NightRequest) -> Source | None:
    """Return the source of a night that is on disk and not simulated, None where there is none of that date.

    Raises like `resolve`.
    """
    date = _date(request)
    from huntui.sources.folder import MARKERS

    folder = request.data / date
    if _has_packets(folder) and not any((folder / name).exists() for name in MARKERS):
        return _folder(folder)
    archives = [path for kind in ARCHIVE_KINDS if (path := _archive_path(request, date, kind)).exists()]
    return _archive(archives[0]) if archives else None


def _date(request: NightRequest) -> str:
    if request.date is None:
        raise CallError(f"--source {request.source or ''}: say which night, as in --date 20240707.")
    return request.date


def _of_date(request: NightRequest, date: str) -> Source:
    folder = request.data / date
    archives = [path for kind in ARCHIVE_KINDS if (path := _archive_path(request, date, kind)).exists()]
    if archives and not _has_packets(folder):
        return _archive(archives[0])
    if folder.is_dir():
        return _folder(folder)
    if request.simulate_missing:
        return _simulated(request, date)
    raise MissingError(f"No night {date} in {request.data}: {how_to_get_real(request)}.")


def _has_packets(folder: Path) -> bool:
    from huntui.sources.folder import SUFFIX

    return any(folder.glob(f"*{SUFFIX}"))


def _archive_path(request: NightRequest, date: str, kind: str) -> Path:
    """Return where the archive of a night lies, by the name that the survey gives it."""
    return request.data / f"ztf_public_{date}.{kind}"


def _archive(path: Path) -> Source:
    from huntui.sources.recognise import recognise

    module, _, name = SOURCES[recognise(path)].partition(":")
    return cast(Callable[[Path], Source], getattr(import_module(module), name))(path)


def _folder(folder: Path) -> Source:
    from huntui.sources.folder import FolderSource
    from huntui.sources.sweep_file import is_sweep

    if is_sweep(folder):
        from huntui.sources.sweep import SweepSource

        return SweepSource(folder)
    return FolderSource(folder)


def _kafka(request: NightRequest, source: str) -> Source:
    from huntui.sources.kafka.settings import kafka_settings
    from huntui.sources.kafka.source import KafkaSource

    address = None if source == "kafka" else source
    return KafkaSource(kafka_settings(request.kafka, request.date, address))


def _simulated(request: NightRequest, date: str) -> Source:
    from huntui.sources.simulated import SimulatedSource

    return SimulatedSource(date, seed=request.seed, count=request.count)
