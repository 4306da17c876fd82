"""What plain `huntui` can begin with: nights in the data folder and in the cache, kept hunts, and hunt files."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from huntui import shipped, strict_yaml
from huntui.cli.under_way import NightUnderWay
from huntui.config import Config
from huntui.engine.beginning import GUIDED, AtHand, Beginning, HuntAtHand, Opened
from huntui.engine.engine import Engine
from huntui.errors import CallError, HuntError, HuntuiError
from huntui.night.cache import NightCache
from huntui.opening.incoming import source_of
from huntui.opening.night import PreparedNight, prepare
from huntui.opening.options import NightOptions, checked_date
from huntui.session.commands import Replay
from huntui.session.memory import clean
from huntui.session.store import FILE, KeptHunt, Store, user_folder
from huntui.sources.resolve import ARCHIVE_KINDS

MOST_NIGHTS, MOST_KEPT = 200, 20
_SIMULATED = re.compile(r"(\d{8}) simulated, (\d+) alerts, (?:its own seed|seed (\d+))")
_ARCHIVE = re.compile(rf"ztf_public_(\d{{8}})\.({'|'.join(map(re.escape, ARCHIVE_KINDS))})")
_MARKER = "SIMULATED"


class Beginnings:
    """The start screen's knowledge of the disk; `options` hold for whatever is begun."""

    def __init__(
        self, options: NightOptions, config: Config, *, fresh: bool = False, speed: float | None = None
    ) -> None:
        """Prepare to look; `fresh` is whether a night that is chosen is begun anew, though a hunt in it is kept.

        With a `speed` it is replayed, as `--speed` says.
        """
        self._options, self._config, self._fresh, self._speed = options, config, fresh, speed
        self.hunt = config.hunt
        self._under_way: NightUnderWay | None = None

    def at_hand(self) -> AtHand:
        """Look into the folders; what cannot be read is said, and the rest is there all the same."""
        problems: list[str] = []
        kept: tuple[Beginning, ...] = ()
        try:
            kept = tuple(_kept())
        except HuntuiError as problem:
            problems.append(str(problem))
        data = Path(self._config.source.data).expanduser()
        nights = [*nights_in(data), *(_in_cache(data) if self._config.cache.enabled else ())]
        return AtHand(kept, (*nights, *self._invented(nights)), tuple(self._hunts()), " ".join(problems))

    def _invented(self, nights: list[Beginning]) -> Iterator[Beginning]:
        tonight = datetime.now(UTC).strftime("%Y%m%d")
        for date, when in ((GUIDED.date, "the night of the documentation"), (tonight, "tonight")):
            if self._config.source.simulate_missing and date and date not in [night.date for night in nights]:
                yield Beginning("night", date, f"simulated, {when}", simulated=True, date=date, source="simulated")

    def _hunts(self) -> Iterator[HuntAtHand]:
        names = shipped.names("hunts")
        for name in names if self.hunt in names else [self.hunt, *names]:
            try:
                yield _hunt(name)
            except HuntError as problem:
                yield HuntAtHand(name, error=str(problem))

    def fetch(self, date: str) -> NightUnderWay:
        """Begin to fetch a real night into the data folder; raises `FetchError` where its archive is there."""
        self._under_way = NightUnderWay(Path(self._config.source.data).expanduser(), date, self._config)
        return self._under_way

    def open(self, beginning: Beginning, hunt: str) -> Opened:
        """Return the engine of a beginning with a hunt; raises `HuntuiError` with a sentence where it cannot begin."""
        opened = self._opened(beginning, hunt)
        if self._speed is not None and not opened.guided:
            opened.engine.send(Replay(self._speed))
        return opened

    def _opened(self, beginning: Beginning, hunt: str) -> Opened:
        options = replace(self._options, date=beginning.date, source=beginning.source, hunt=beginning.hunt or hunt)
        if beginning.kind == "guide":
            return Opened(_guided(replace(options, cuts=options.cuts or "transients")), guided=True)
        if beginning.kind == "night":
            if (coming := self._coming(beginning)) is not None:
                night = prepare(replace(options, fetch=True))
                night = replace(night, source=source_of(coming.incoming), fetching=coming.fetching)
                return Opened(night.hunting(fresh=self._fresh))
            return Opened(prepare(options).hunting(fresh=self._fresh))
        if made := _SIMULATED.fullmatch(beginning.night):
            settings = (f"simulate.count={made[2]}", f"simulate.seed={made[3] or 'null'}")
            options = replace(options, source=None, settings=(*options.settings, *settings))
        elif beginning.night == f"{beginning.date} real":
            options = replace(options, source=None)
        night = prepare(options)
        if night.label.night != beginning.night:
            raise CallError(f"The night of this hunt is not here: {beginning.source} is where it was.")
        return Opened(_with_session(night, keep=True, resume=True).hunting(fresh=False))

    def _coming(self, beginning: Beginning) -> NightUnderWay | None:
        """Return the night that a beginning names by its date alone while that is being fetched."""
        coming = self._under_way
        wanted = coming is not None and coming.state == "fetching" and beginning.date == coming.date
        return coming if wanted and beginning.source is None else None


def _guided(options: NightOptions) -> Engine:
    """Return the engine of the guided find, which is kept only where no hunt of the player's would be hidden by it."""
    night = prepare(options)
    if any((one.night, one.hunt) == (night.label.night, night.label.hunt) for one in _kept()):
        night = _with_session(night, keep=False)
    return night.hunting(fresh=True)


def _with_session(night: PreparedNight, **change: bool) -> PreparedNight:
    """Return a night with other settings of whether its hunt is kept and gone on with."""
    session = night.config.session.model_copy(update=change)
    return replace(night, config=night.config.model_copy(update={"session": session}))


def _kept() -> Iterator[Beginning]:
    """Yield the newest hunt of each night and hunt file; where nothing was ever kept, no store is made."""
    if not (user_folder() / FILE).is_file():
        return
    store = Store.of_user()
    try:
        hunts = store.hunts()
    finally:
        store.close()
    if store.moved:
        raise CallError(store.moved)
    newest: dict[tuple[str, str], KeptHunt] = {}
    for one in hunts:
        newest.setdefault((one.label.night, one.label.hunt), one)
    for one in list(newest.values())[:MOST_KEPT]:
        label = one.label
        yield Beginning(
            "kept", label.date or Path(label.source).name, label.source, label.simulated, label.date, label.source,
            label.hunt, label.night, one.claims, one.score, one.ended, one.written,
        )  # fmt: skip


def nights_in(data: Path) -> list[Beginning]:
    """Return the nights of the data folder, the newest first: folders with packets, and archives beside them."""
    found: dict[str, Beginning] = {}
    try:
        names = sorted((entry.name for entry in os.scandir(data)), reverse=True)
    except OSError:
        return []
    for name in names:
        if len(found) == MOST_NIGHTS:
            break
        archive = _ARCHIVE.fullmatch(name)
        date = archive[1] if archive else name
        if not _is_date(date) or (not archive and not _has_packets(data / name)):
            continue
        simulated = not archive and (data / name / _MARKER).exists()
        about = f"{'simulated packets' if simulated else 'packets'} in {data / name}"
        if date not in found or not archive:
            found[date] = Beginning("night", date, clean(about), simulated, date)
    return sorted(found.values(), key=lambda night: night.title, reverse=True)


def _in_cache(data: Path) -> Iterator[Beginning]:
    """Yield nights in the cache that were read from somewhere else, where that still is."""
    seen: set[Path] = set()
    for night in NightCache.of_user().nights()[:MOST_NIGHTS]:
        source = Path(night.label.source)
        here = source.is_absolute() and source.parent != data.absolute() and source not in seen
        if not here or not _exists(source):
            continue
        seen.add(source)
        date = night.label.date
        about = f"{night.label.alerts:,} alerts, kept, of {source}"
        yield Beginning("night", date or clean(source.name), clean(about), date=date, source=str(source))


def _is_date(text: str) -> bool:
    try:
        return bool(checked_date(text))
    except CallError:
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _has_packets(folder: Path) -> bool:
    try:
        return any(entry.name.endswith(".avro") for entry in os.scandir(folder))
    except OSError:
        return False


def _hunt(name: str) -> HuntAtHand:
    """Return a hunt as its file describes it; whether it can be hunted is found out when it is begun."""
    data = strict_yaml.read(shipped.find("hunts", name), HuntError)
    about, treasures = (data.get(key) for key in ("about", "treasures")) if isinstance(data, dict) else (None, None)
    if not isinstance(about, str) or not isinstance(treasures, list):
        raise HuntError(f"{name}: is no hunt; `huntui hunts check {name}` says what is wrong.")
    return HuntAtHand(name, clean(" ".join(about.split())), len(treasures))
