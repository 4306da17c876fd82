"""A secret is in the environment or in a file of its own; a configuration says only where: `env:NAME`, `file:PATH`."""

from collections.abc import Mapping
from pathlib import Path

from huntui.errors import ConfigError

_LARGEST = 1_000_000


def secret_at(key: str, place: str, environment: Mapping[str, str], otherwise: str = "") -> str:
    """Return the secret that lies in a place, which the configuration names under a key.

    Raises `ConfigError`, which never shows what was found, where a secret stands in the configuration itself or cannot
    be had; `otherwise` says what else its user can do.
    """
    kind, _, name = place.partition(":")
    if kind == "env":
        if not environment.get(name):
            raise ConfigError(f"{key}: the environment variable {name} is not set.")
        return environment[name]
    if kind == "file":
        return _in_file(key, Path(name).expanduser())
    raise ConfigError(
        f"{key}: a secret must not stand in a configuration or on a command line; {otherwise}say env:NAME or file:PATH "
        "here."
    )


def _in_file(key: str, path: Path) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode().strip()
    except OSError as problem:
        raise ConfigError(f"{key}: {path} cannot be read ({problem.strerror}).") from None
    except ValueError:
        raise ConfigError(f"{key}: {path} holds no text.") from None
    if not text:
        raise ConfigError(f"{key}: {path} is empty.")
    return text
