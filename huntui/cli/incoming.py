"""A night that `--fetch` asks for: the one on disk, or one that is read while it is downloaded."""

from typing import TYPE_CHECKING

from huntui.config import Config
from huntui.errors import CallError
from huntui.sources.resolve import NightRequest, real_night
from huntui.sources.source import Source

if TYPE_CHECKING:
    from huntui.engine.fetching import Fetching


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
    # The libraries that ask a server are for those who want one.
    from huntui.engine.fetching import Fetching
    from huntui.online.archive import target_of
    from huntui.online.part import part_of
    from huntui.sources.incoming import Incoming
    from huntui.sources.incoming_tar_gz import IncomingTar

    target = target_of(request.data, request.date)
    incoming = Incoming(target, part_of(target))
    fetch = config.fetch
    fetching = Fetching(incoming, fetch.base_url, request.date, timeout=fetch.timeout, attempts=fetch.attempts)
    return IncomingTar(incoming), fetching
