"""From options to a night that can be read: configuration, cuts, hunt and source, each checked before any work."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from huntui import shipped, truth
from huntui.columns import LIGHT_CURVE
from huntui.config import Config, Layer, Setting, combine, origin_of, parse_setting, read_files, split_settings
from huntui.engine.engine import Engine
from huntui.engine.notebook import Notebook
from huntui.errors import CallError, ConfigError, CutsError
from huntui.exports.choice import choose_columns
from huntui.features.registry import columns, kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import cuts_from_mapping, load_cuts
from huntui.hunt.hunt import load_hunt
from huntui.hunt.treasure import Hunt
from huntui.night.cache import NightCache
from huntui.opening.incoming import incoming_night
from huntui.opening.keymap import key_mistake
from huntui.opening.options import NightOptions
from huntui.opening.scores import announced, check_cuts
from huntui.opening.sharing import sharing
from huntui.pages import page_mistake
from huntui.session.memory import clean
from huntui.session.store import Label
from huntui.sources.registry import SOURCES
from huntui.sources.resolve import NightRequest, how_to_get_real, resolve
from huntui.sources.source import Source
from huntui.sources.stream import as_stream
from huntui.sources.sweep_file import CUTS, HUNT, is_sweep

if TYPE_CHECKING:
    from huntui.engine.fetching import Fetching
    from huntui.models.catalogue import Model


_LOG = getLogger("huntui")


@dataclass(frozen=True, slots=True)
class PreparedNight:
    """Everything that the engine needs, and the configuration for those around it."""

    request: NightRequest
    config: Config
    cuts: Cuts
    hunt: Hunt
    source: Source
    models: Mapping[str, "Model"]
    """Every model whose score can be a column."""
    cuts_file: Path | None = None
    """Where the cuts came from."""
    cuts_win: bool = False
    """Whether the cuts were asked for in this call, by `--cuts` or by a `--set` that turns a knob."""
    fetching: "Fetching | None" = None
    """What downloads the night while it is read."""

    @property
    def label(self) -> Label:
        """What to keep a hunt in this night by: other packets or another hunt file are another one."""
        source, request = self.source, self.request
        if source.kind == "simulated":
            seed = "its own seed" if request.seed is None else f"seed {request.seed}"
            night, title = f"{request.date} simulated, {request.count} alerts, {seed}", source.title
        elif source.kind == "kafka":
            night = title = source.title
        else:
            title = os.path.abspath(source.title)
            of_date = not source.simulated and request.date is not None and not _is_path(request)
            night = f"{request.date} real" if of_date else title
        return Label(clean(night), request.date, clean(title), source.simulated, clean(self.hunt.name))

    def hunting(self, *, fresh: bool, read_only: bool = False) -> Engine:
        """Return an engine for somebody who hunts: keys are answered first, and the hunt is kept and resumed.

        It is `read_only` for somebody who is not the user of this machine.
        """
        session = self.config.session
        fresh = fresh or not session.resume
        if (stream := as_stream(self.source)) is not None:
            stream.follow_unless_told()
        notebook = Notebook(self.label, fresh=fresh, cuts_win=self.cuts_win) if session.keep else None
        return self.engine(beside_keys=True, notebook=notebook, read_only=read_only)

    def engine(self, *, beside_keys: bool = False, notebook: Notebook | None = None, read_only: bool = False) -> Engine:
        """Return an engine for it, not started yet."""
        limits, cache = self.config.source, self.config.cache
        return Engine(
            self.source, self.cuts, self.hunt,
            date=self.request.date, max_alerts=limits.max_alerts, rate=limits.rate, columns=self.config.columns,
            cache=NightCache.of_user(int(cache.max_gb * 1e9)) if cache.enabled else None,
            cuts_file=self.cuts_file, beside_keys=beside_keys, notebook=notebook, read_only=read_only,
            fetching=self.fetching,
            models=self.models, table=self.config.table, sharing=sharing(self),
            lookups=None if read_only else self.config.lookups,
        )  # fmt: skip

    def simulated_note(self) -> str:
        """Return a sentence about a simulated night, and how to get the real one where it was asked for."""
        if self.source.kind == "sweep":
            return "SIMULATED: every alert of some of these nights is invented."
        note = "SIMULATED: every alert of this night is invented."
        if self.request.source is None:
            note += f" For the real night, {how_to_get_real(self.request)}."
        return note


def prepare(options: NightOptions) -> PreparedNight:
    """Return the night that was asked for; every mistake in what was said is a `CallError` with one sentence."""
    config, cuts, models, turned = _configured(options)
    request = request_of(options, config)
    cuts_win = turned or options.cuts is not None
    hunt = _hunt(config)
    source, fetching = incoming_night(request, config) if options.fetch else (_source(request), None)
    cuts_file = _cuts_file(config)
    _LOG.debug("cuts: %s, of %s", cuts.name, cuts_file or "no file")
    _LOG.debug("hunt: %s", hunt.name)
    _LOG.debug("source: %s, %s", source.kind, clean(source.title))
    return PreparedNight(request, config, cuts, hunt, source, models, cuts_file, cuts_win, fetching)


class Sought(NamedTuple):
    """What is looked for, in whatever night."""

    config: Config
    cuts: Cuts
    hunt: Hunt
    models: Mapping[str, "Model"]


def sought(options: NightOptions) -> Sought:
    """Return what is looked for where the nights are not named here; every mistake is a `CallError`."""
    config, cuts, models, _ = _configured(options)
    return Sought(config, cuts, _hunt(config), models)


def request_of(options: NightOptions, config: Config) -> NightRequest:
    """Return which night is meant, and where it is looked for."""
    return NightRequest(
        date=options.date,
        source=options.source,
        data=Path(config.source.data).expanduser(),
        simulate_missing=config.source.simulate_missing,
        count=config.simulate.count,
        seed=config.simulate.seed,
        kafka=config.kafka,
    )


def configured(options: NightOptions) -> Config:
    """Return the configuration where no night is named yet; every mistake is a `CallError` with one sentence."""
    return _configured(options).config


class _Configured(NamedTuple):
    config: Config
    cuts: Cuts
    models: Mapping[str, "Model"]
    turned: bool
    """Whether a `--set` turned a knob."""


def _configured(options: NightOptions) -> _Configured:
    """Read the configuration and the cuts, which need each other: only the cuts know what is a stage in `--set`."""
    settings = [parse_setting(text) for text in options.settings]
    files = [*read_files(options.config), *_of_sweep(options)]
    _LOG.debug("configuration: %s", ", ".join(["the defaults", *(layer.origin for layer in files)]))
    chosen = _chosen(options)
    plain = [setting.as_layer() for setting in settings if not setting.rest]
    base = [*files, *plain, *chosen]
    first = combine(base)
    models = announced(first)
    cuts = _cuts(first, base)
    of_stages, of_config = split_settings(settings, [stage.name for stage in cuts.stages])
    layers = [*files, *(setting.as_layer() for setting in of_config), *chosen]
    config = combine(layers)
    _check_names(config, layers)
    for setting in of_stages:
        cuts = _turned(cuts, setting)
    check_cuts(cuts, models)
    return _Configured(config, cuts, models, bool(of_stages))


def _of_sweep(options: NightOptions) -> list[Layer]:
    """Return the cuts and the hunt of a sweep that is opened like a night, which hold unless others are asked for."""
    folder = Path(options.source or "")
    if options.source is None or not is_sweep(folder):
        return []
    cuts, hunt = folder / CUTS, folder / HUNT
    return [Layer(str(folder), {"cuts": str(cuts) if cuts.is_file() else NO_CUTS.name, "hunt": str(hunt)})]


def _chosen(options: NightOptions) -> list[Layer]:
    """Return the options that stand for a key of the configuration."""
    layers = [
        Layer("--cuts", {"cuts": options.cuts}),
        Layer("--hunt", {"hunt": options.hunt}),
        Layer("--max-alerts", {"source": options.max_alerts and {"max_alerts": options.max_alerts}}),
        Layer("--rate", {"source": options.rate and {"rate": options.rate}}),
        Layer("--no-cache", {"cache": options.no_cache and {"enabled": False}}),
    ]
    return [layer for layer in layers if any(layer.values.values())]


def _cuts(config: Config, layers: Sequence[Layer]) -> Cuts:
    if config.stages is not None:
        return cuts_from_mapping({"stages": config.stages}, origin_of("stages", layers), kinds(), name="config")
    path = _cuts_file(config)
    return NO_CUTS if path is None else load_cuts(path, kinds())


def _cuts_file(config: Config) -> Path | None:
    no_file = config.stages is not None or config.cuts == NO_CUTS.name
    return None if no_file else shipped.find("cuts", config.cuts)


def _check_names(config: Config, layers: Sequence[Layer]) -> None:
    """Raise `ConfigError` for a column, an action, a key or a page that does not exist or cannot be used."""
    if mistake := key_mistake(config.keys):
        raise ConfigError(f"{origin_of('keys', layers)}: {mistake}")
    in_table = [name for name in config.table if name != LIGHT_CURVE]
    for key, names in (("columns", config.columns), ("table", in_table)):
        try:
            choose_columns(names, columns())
        except CallError as problem:
            raise ConfigError(f"{origin_of(key, layers)}: {key}: {problem}") from None
    if mistake := next(filter(None, starmap(page_mistake, config.pages.items())), ""):
        raise ConfigError(f"{origin_of('pages', layers)}: {mistake}")


def _turned(cuts: Cuts, setting: Setting) -> Cuts:
    """Turn one knob, or switch a stage off or on by `enabled`."""
    where, value = f"--set {setting.text}", setting.value
    if setting.rest == "enabled":
        if not isinstance(value, bool):
            raise ConfigError(f"{where}: enabled must be true or false.")
        return cuts if cuts.stage(setting.first).enabled == value else cuts.switch(setting.first)
    if isinstance(value, bool) or not isinstance(value, int | float):
        cuts.stage(setting.first).knob(setting.rest)
        raise ConfigError(f"{where}: a knob is set to a number, as in {setting.first}.{setting.rest}=1.5.")
    try:
        return cuts.set_knob(setting.first, setting.rest, float(value))
    except (CutsError, OverflowError) as problem:
        raise CutsError(f"{where}: {problem}") from None


def _hunt(config: Config) -> Hunt:
    return load_hunt(shipped.find("hunts", config.hunt), kinds(), truth.kinds())


def _source(request: NightRequest) -> Source:
    try:
        return resolve(request)
    except OSError as problem:
        raise CallError(f"{request.source or request.data}: cannot be opened: {problem.strerror}.") from None


def _is_path(request: NightRequest) -> bool:
    """Whether the night was named by where it lies, and not by its date."""
    return request.source is not None and request.source not in SOURCES
