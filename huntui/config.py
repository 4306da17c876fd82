"""The configuration: what it holds, where it comes from and which of its layers wins.

| layer, the later wins     | read by        | holds                                                        |
|---------------------------|----------------|--------------------------------------------------------------|
| the models in this file   | `load`         | the defaults; the packaged `config.yaml` says the same       |
| `./config.yaml`           | `load`         | what this directory runs with, copied there by `huntui init` |
| `--config FILE`           | `load`         | the same keys, for one call                                  |
| `--set key=value`         | `load`         | one key, a section and a key, or a stage and its knob        |
| `--cuts`, `--max-alerts`… | `load`         | options that stand for a key                                 |

`--set a.b=v` turns the knob `b` of the stage `a` where the cuts have such a stage, and else sets the key `b` of the
section `a`; whatever follows the first dot is one key, so that `kafka.bootstrap.servers` is the key
`bootstrap.servers`. The cuts are the concern of `huntui.funnel`: here a stage is only a name.

`stages` and `cuts` are two answers to one question, so that a layer which gives either one replaces both;
`stages: null` returns to the `cuts` of the layers below.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from huntui import strict_yaml
from huntui.checked import Written, check, short
from huntui.errors import ConfigError, nearest
from huntui.pages import PAGES

FILE = Path("config.yaml")


def _whole(value: object) -> object:
    """Read 1e5 as the whole number it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _word(value: object) -> object:
    """Read `off`, which is a truth value in YAML, as the word that was written."""
    return "off" if value is False else value


_SECRET = ("password", "secret", "passphrase", "private", "token", "key.pem", "oauthbearer.config", "api_key")
_NO_SECRET = ("location", "url", "endpoint", "retry", "method", ".type", "file", "refresh")
"""What is in the name of a key that tells where a secret lies, or how it is got."""
_WITH_SECRETS = ("kafka", "lookups")
"""Sections in which a secret, or where it lies, may stand."""

Scalar = bool | int | float | str
Whole = Annotated[int, BeforeValidator(_whole)]
AutoOrOff = Annotated[Literal["auto", "off"], BeforeValidator(_word)]
ServiceName = Literal["ALeRCE", "Fink", "SIMBAD", "TNS"]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]

KAFKA: dict[str, Scalar] = {
    "topic": "ztf_{date}_programid1",
    "at_end": "auto",
    "poll_timeout": 0.25,
    "schema": "",
    "bootstrap.servers": "localhost:9092",
    "group.id": "",
    "share": False,
    "auto.offset.reset": "earliest",
}
"""Defaults of the section `kafka`."""


class SourceConfig(Written):
    """Where a night comes from and how much of it is read."""

    data: str = "data"
    simulate_missing: bool = True
    max_alerts: Whole | None = Field(default=None, ge=1)
    rate: Positive | None = None


class SimulateConfig(Written):
    """How a simulated night is made."""

    count: Whole = Field(default=24948, ge=1, le=10_000_000)
    seed: Whole | None = Field(default=None, ge=0)


class FetchConfig(Written):
    """Where real nights are fetched from."""

    base_url: str = "https://ztf.uw.edu/alerts/public"
    timeout: Positive = 30.0
    attempts: Whole = Field(default=6, ge=1, le=100)


class CacheConfig(Written):
    """What is kept of nights that were read."""

    enabled: bool = True
    max_gb: Positive = 4.0


class LookupsConfig(Written):
    """Which public services are asked about an object, and how."""

    enabled: bool = False
    services: list[ServiceName] = Field(default=["ALeRCE", "Fink", "SIMBAD", "TNS"])
    radius: Annotated[float, Field(gt=0, le=60)] = 2.0
    timeout: Annotated[float, Field(gt=0, le=300)] = 20.0
    interval: Annotated[float, Field(ge=0, le=60)] = 1.0
    keep_hours: Annotated[float, Field(ge=0, le=24 * 365)] = 24.0
    max_mb: Positive = 10.0
    alerce: str = "https://api.alerce.online/ztf/v1"
    fink: str = "https://api.ztf.fink-portal.org/api/v1"
    simbad: str = "https://simbad.cds.unistra.fr/simbad/sim-tap/sync"
    tns: str = "https://www.wis-tns.org/api/get"
    tns_api_key: str = ""
    tns_bot: Annotated[
        str, Field(pattern=r"^([0-9]+ [!-~]{1,60})?$", description="number and name of a bot, as in 12345 my_bot")
    ] = ""


class SessionConfig(Written):
    """Whether the screen keeps a hunt and goes on with it."""

    keep: bool = True
    resume: bool = True


class SweepConfig(Written):
    """What a sweep leaves, and where."""

    folder: str = "sweeps"
    max_packets: Whole = Field(default=1000, ge=0, le=1_000_000)


class Config(Written):
    """Everything `config.yaml` may say; each field is explained there."""

    cuts: str = "transients"
    stages: list[dict[str, Any]] | None = None
    hunt: str = "first-night"
    celebrate: bool = True
    graphics: AutoOrOff = "auto"
    theme: str = "auto"
    ascii: bool | None = None
    columns: list[str] = Field(default_factory=list)
    table: list[str] = Field(default_factory=list)
    models: list[str] = Field(default_factory=list)
    source: SourceConfig = SourceConfig()
    fetch: FetchConfig = FetchConfig()
    simulate: SimulateConfig = SimulateConfig()
    cache: CacheConfig = CacheConfig()
    session: SessionConfig = SessionConfig()
    lookups: LookupsConfig = LookupsConfig()
    sweep: SweepConfig = SweepConfig()
    kafka: dict[str, Scalar] = KAFKA
    pages: dict[str, str] = PAGES
    keys: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layer:
    """Values for some keys and, for messages, where they come from: a file or an option."""

    origin: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """One `--set`: `first.rest=value`, or `first=value` where `rest` is empty."""

    text: str
    first: str
    rest: str
    value: Any

    def as_layer(self) -> Layer:
        """Return it as a layer that sets a key of the configuration."""
        return Layer(f"--set {self.text}", {self.first: {self.rest: self.value} if self.rest else self.value})


def parse_setting(text: str) -> Setting:
    """Read the argument of one `--set`; the value is YAML: `true`, `3` and `[a, b]` mean what they look like."""
    path, equals, value = text.partition("=")
    first, dot, rest = path.strip().partition(".")
    if not equals or not first or (dot and not rest):
        raise ConfigError(f"--set {text}: expected key=value, as in source.rate=500.")
    if first in _WITH_SECRETS and is_secret(rest):
        text = f"{path.strip()}=…"
    return Setting(text, first, rest, strict_yaml.parse(value, f"--set {text}", ConfigError))


def is_secret(key: str) -> bool:
    """Return whether the value of a key is a secret, which nothing that huntui says or writes shows."""
    return any(part in key for part in _SECRET) and not any(part in key for part in _NO_SECRET)


def split_settings(settings: Iterable[Setting], stages: Collection[str]) -> tuple[list[Setting], list[Setting]]:
    """Part the settings into those of `stages` and those of the configuration; raises `ConfigError` for neither."""
    of_stages: list[Setting] = []
    of_config: list[Setting] = []
    for setting in settings:
        if setting.rest and setting.first in stages:
            of_stages.append(setting)
        elif setting.first in Config.model_fields:
            of_config.append(setting)
        else:
            known = [*stages, *Config.model_fields]
            raise ConfigError(
                f"--set {setting.text}: there is no stage and no section {setting.first!r}; there are "
                f"{', '.join(known)}.{nearest(setting.first, known)}"
            )
    return of_stages, of_config


def read_files(extra: Path | None) -> list[Layer]:
    """Return the layers that are files: `./config.yaml` where there is one, and the file of `--config`."""
    return [_read(path) for path in (FILE if os.path.lexists(FILE) else None, extra) if path is not None]


def combine(layers: Sequence[Layer]) -> Config:
    """Put the layers upon the defaults, the later over the earlier.

    Raises `ConfigError` with one sentence that names the layer, the key and the nearest name that exists.
    """
    merged: dict[str, Any] = {}
    for layer in layers:
        values = {key: value for key, value in layer.values.items() if value is not None}
        check(Config, _without_secrets(values), layer.origin, ConfigError)
        if "cuts" in values or "stages" in layer.values:
            merged.pop("stages", None)
        for key, value in values.items():
            merged[key] = {**merged.get(key, {}), **value} if isinstance(value, dict) else value
    for section, usual in (("kafka", KAFKA), ("pages", PAGES)):
        merged[section] = {**usual, **merged.get(section, {})}
    for name in [name for name in _WITH_SECRETS if name in merged]:
        merged[name] = {key: str(value) if is_secret(key) else value for key, value in merged[name].items()}
    return Config.model_validate(merged)


def _without_secrets(values: dict[str, Any]) -> dict[str, Any]:
    """Return values to be checked, whose mistakes are told with the value that is wrong."""
    sections = {name: values[name] for name in _WITH_SECRETS if isinstance(values.get(name), dict)}
    hidden = {
        name: {key: "…" if isinstance(key, str) and is_secret(key) else value for key, value in section.items()}
        for name, section in sections.items()
    }
    return {**values, **hidden}


def origin_of(key: str, layers: Sequence[Layer]) -> str:
    """Return where the winning value of a top-level key comes from, for messages."""
    return next((layer.origin for layer in reversed(layers) if layer.values.get(key) is not None), "the defaults")


def _read(path: Path) -> Layer:
    values = strict_yaml.read(path, ConfigError)
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: must hold keys and values, as in `cuts: transients`, not {short(values)}.")
    return Layer(str(path), values)
