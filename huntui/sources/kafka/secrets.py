"""Passwords and keys of the section `kafka`: they come from the environment or from a file of their own.

They stand in no configuration, on no command line, and in nothing that huntui says or writes.
"""

import os
from collections.abc import Mapping

from huntui.config import is_secret as is_secret
from huntui.secret import secret_at

KNOWN = ("sasl.password", "ssl.key.password", "ssl.key.pem", "ssl.keystore.password", "sasl.oauthbearer.client.secret")
"""Secrets that are looked for in the environment although no configuration names them."""

HIDDEN = "…"


def variable(key: str) -> str:
    """Return the name of the environment variable that a key is taken from."""
    return "HUNTUI_KAFKA_" + key.upper().replace(".", "_")


def secrets_of(section: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the secrets of a section by their keys.

    A value says where a secret is: `env:NAME` or `file:PATH`; without one the environment variable of the key counts.
    Raises `ConfigError`, which never shows what was found, where a secret stands in the section itself or cannot be
    had.
    """
    named = {key: str(value) for key, value in section.items() if is_secret(key)}
    found = {key: environment[variable(key)] for key in KNOWN if environment.get(variable(key)) and key not in named}
    return found | {
        key: secret_at(f"kafka.{key}", place, environment, f"set the environment variable {variable(key)}, or ")
        for key, place in named.items()
    }


def without(text: str, secrets: Mapping[str, str]) -> str:
    """Return a text in which no secret can be read, whoever wrote it."""
    for secret in sorted(filter(None, secrets.values()), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text
