"""Where packets are sent: brokers and topic of an address or of the section `kafka`, and the keys of a producer."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huntui.errors import CallError, ConfigError
from huntui.sources.kafka.secrets import is_secret, secrets_of
from huntui.sources.kafka.settings import OWN

SCHEME = "kafka://"

_OF_READERS = (
    "group.", "auto.offset.", "auto.commit.", "enable.auto.", "enable.partition.eof", "partition.assignment.",
    "session.timeout.", "heartbeat.", "max.poll.", "queued.", "fetch.", "check.crcs", "isolation.level", "offset.",
    "consume.",
)  # fmt: skip
"""How keys of librdkafka begin that mean something to readers only."""
_GIVEN = {"enable.idempotence": True}
"""Keys that huntui relies on: with other values a packet could be lost, come twice or out of turn."""
_USUAL = {
    "linger.ms": 20,
    "compression.type": "zstd",
    # What waits for the broker is bounded, however long that is away.
    "queue.buffering.max.kbytes": 65536,
    "message.max.bytes": 20_000_000,
    "reconnect.backoff.max.ms": 2000,
    # librdkafka would write its own words between those of huntui.
    "log_level": 0,
}


@dataclass(frozen=True, slots=True)
class OutletSettings:
    """Where packets go and how."""

    servers: str
    """Brokers to ask first, host:port, separated by commas."""
    topic: str
    client: Mapping[str, Any] = field(repr=False)
    """All keys of librdkafka, with the secrets in them."""
    secrets: Mapping[str, str] = field(repr=False)

    @property
    def title(self) -> str:
        """The address, which holds no secret."""
        return f"{SCHEME}{self.servers}/{self.topic}"


def outlet_settings(
    section: Mapping[str, object],
    target: str,
    option: str,
    *,
    topic: str = "",
    environment: Mapping[str, str] = os.environ,
) -> OutletSettings:
    """Return where packets go: to `target`, which is kafka://host:port/topic, or a topic at the brokers of the section.

    An address without a topic means `topic`. Raises `CallError` that begins with the `option` for a target that is
    none, `ConfigError` for a key that cannot be used.
    """
    servers, given = str(section.get("bootstrap.servers", "")), target
    if target.startswith(SCHEME):
        servers, given = _parsed(target, option)
    for key, value in _GIVEN.items():
        if section.get(key, value) is not value:
            raise ConfigError(f"kafka.{key}: huntui needs it to be {str(value).lower()}; leave the key out.")
    secrets = secrets_of(section, environment)
    plain = {key: value for key, value in section.items() if key not in OWN and not is_secret(key)}
    of_writers = {key: value for key, value in plain.items() if not key.startswith(_OF_READERS)}
    client = {**_USUAL, **of_writers, **_GIVEN, **secrets, "bootstrap.servers": servers}
    return OutletSettings(servers, _topic(given or topic, option, target), client, secrets)


def _parsed(address: str, option: str) -> tuple[str, str]:
    servers, _, topic = address.removeprefix(SCHEME).partition("/")
    if "@" in address:
        # What stands before the @ may be a password, so that the address is not repeated.
        raise CallError(
            f"{option} kafka://…: a user and a password do not belong into the address; set kafka.sasl.username in "
            "config.yaml, and the environment variable HUNTUI_KAFKA_SASL_PASSWORD."
        )
    for server in servers.split(","):
        host, _, port = server.rpartition(":")
        if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
            raise CallError(
                f"{option} {address}: {server!r} is no host and port; write kafka://host:9092/topic, several brokers "
                "separated by commas."
            )
    return servers, topic.strip("/")


def _topic(name: str, option: str, target: str) -> str:
    if not name:
        raise CallError(f"{option} {target}: which topic? Write kafka://host:9092/topic.")
    if len(name) > 249 or name in (".", "..") or not all(c.isascii() and (c.isalnum() or c in "._-") for c in name):
        raise CallError(
            f"{option} {target[:80]}: {name[:60]!r} can be no topic, whose name has up to 249 letters, digits, '.', "
            "'_' and '-'; or write kafka://host:9092/topic."
        )
    return name
