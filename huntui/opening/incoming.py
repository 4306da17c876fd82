"""A night that `--fetch` asks for: the one on disk, or one that is read while it is downloaded."""

from pathlib import Path
from typing import TYPE_CHECKING

from huntui.config import Config
from huntui.errors import CallError
from huntui.sources.resolve import NightRequest, real_night
from huntui.sources.source import Source

if TYPE_CHECKING:
    from huntui.engine.fetching import Fetching
    from huntui.sources.incoming import Incoming


def incoming_night(request: NightRequest, config: Config) -> "tuple[Source, Fetching | None]":
    """Return the source of a real night, and what downloads it where it is not on disk.

    Raises `CallError` or `SourceError` where what is on disk cannot be read, and `ConfigError` for an address of the
    archive that is none.
    """
    assert request.date is not None
    try:
        at_hand = real_night(request)
    except OSError as problem:
        raise CallError(f"{request.data}: cannot be opened: {problem.strerror}.") from None
    if at_hand is not None:
        return at_hand, None
    fetching, incoming = downloading(request.data, request.date, config)
    return source_of(incoming), fetching


def downloading(data: Path, date: str, config: Config) -> "tuple[Fetching, Incoming]":
    """Return what downloads a night and what is known of it; raises `ConfigError` for an address that is none."""
    # The libraries that ask a server are for those who want one.
    from huntui.engine.fetching import Fetching
    from huntui.online.archive import target_of
    from huntui.online.part import part_of
    from huntui.sources.incoming import Incoming

    target, fetch = target_of(data, date), config.fetch
    incoming = Incoming(target, part_of(target))
    return Fetching(incoming, fetch.base_url, date, timeout=fetch.timeout, attempts=fetch.attempts), incoming


def source_of(incoming: "Incoming") -> Source:
    """Return what reads a night while it is downloaded."""
    from huntui.sources.incoming_tar_gz import IncomingTar

    return IncomingTar(incoming)
