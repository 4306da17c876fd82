"""A night opened by Python, with the options that the command line has."""

import json
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huntui.errors import CallError
from huntui.opening.night import prepare
from huntui.opening.options import NightOptions, checked_date
from huntui.python.night import Night
from huntui.python.reading import read_to_end
from huntui.python.table import Opened

if TYPE_CHECKING:
    from huntui.engine.snapshot import Snapshot


def open_night(
    date: str | int | None = None,
    *,
    source: str | Path | None = None,
    cuts: str | Path | None = None,
    hunt: str | None = None,
    max_alerts: int | None = None,
    settings: Mapping[str, Any] | None = None,
    config: str | Path | None = None,
    cache: bool = True,
    fetch: bool = False,
    progress: "Callable[[Snapshot], object] | None" = None,
) -> Night:
    """Read a night to its end and return it.

    `date` is that of a night on disk (`"20240707"`); one that is not there is simulated, and says so. `source` is a
    folder or an archive of packets, `"simulated"`, `"kafka"` or the address of a topic. Everything else has the meaning
    of the option of its name: `settings` are those of `--set` (`{"simulate.count": 3000}`), and `./config.yaml` holds
    here as well. `progress` is called with a snapshot now and then, in another thread.

    Where the night breaks off there is a warning, and `Night.incomplete` says why. Raises `CallError` for a wrong call
    and `SourceError` for a night that cannot be read. It works in a notebook, whose event loop runs already.
    """
    options = NightOptions(
        date=None if date is None else checked_date(str(date)),
        source=None if source is None else str(source),
        cuts=None if cuts is None else str(cuts),
        hunt=hunt,
        config=None if config is None else Path(config),
        settings=tuple(f"{key}={json.dumps(value)}" for key, value in (settings or {}).items()),
        max_alerts=max_alerts,
        no_cache=not cache,
        fetch=fetch,
    )
    if not options.names_a_night:
        raise CallError("Which night? Say for example open_night('20240707'), or open_night(source='path/to/packets').")
    options.check_names()
    prepared = prepare(options)
    engine = prepared.engine()
    read_to_end(engine, progress)
    night = Night(Opened(prepared, engine), engine.latest)
    if night.incomplete:
        warnings.warn(night.incomplete, stacklevel=2)
    return night
