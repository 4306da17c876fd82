"""What the section `kafka` of the configuration says, and an address of the form kafka://host:port/topic."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from huntui.config import is_secret
from huntui.errors import CallError, ConfigError
from huntui.sources.kafka.secrets import secrets_of

SCHEME = "kafka://"
OWN = ("topic", "poll_timeout", "at_end", "schema", "share")
"""Keys that are huntui's; every other goes to librdkafka as it is."""
AT_END = ("auto", "stop", "follow")

_GIVEN = {"enable.auto.offset.store": False, "enable.partition.eof": True}
"""Keys of librdkafka that huntui relies on: with other values packets could be lost."""
_USUAL = {
    # One who joins or leaves moves as few partitions as can be, so that the others are not held up.
    "partition.assignment.strategy": "cooperative-sticky",
    "auto.commit.interval.ms": 500,
    # What waits in memory, decoded or not, is bounded whatever the broker has.
    "queued.max.messages.kbytes": 65536,
    # A full queue is looked at again soon: by default it is a second until more is fetched.
    "fetch.queue.backoff.ms": 20,
    "reconnect.backoff.max.ms": 2000,
    # A topic that is not there yet is looked for this often; by default it is found after five minutes.
    "topic.metadata.refresh.interval.ms": 2000,
    "statistics.interval.ms": 1000,
    # librdkafka would write its own words over the screen; huntui says in its own what is wrong.
    "log_level": 0,
}


@dataclass(frozen=True, slots=True)
class KafkaSettings:
    """Where a stream comes from, and how it is read."""

    servers: str
    """Brokers to ask first, host:port, separated by commas."""
    topic: str
    group: str | None
    """The group whose readers share the topic; None for a reader that is alone and reads all of it."""
    commits: bool
    """Whether the group goes on where it was the next time."""
    share: bool
    """Whether the readers of the group tell each other what they read."""
    poll_seconds: float
    at_end: str
    """`stop` at the end of the topic, `follow` it, or what is usual for whoever reads (`auto`)."""
    schema: Path | None
    client: Mapping[str, Any] = field(repr=False)
    """All keys of librdkafka, with the secrets in them."""
    secrets: Mapping[str, str] = field(repr=False)

    @property
    def title(self) -> str:
        """What to call the stream: its address, which holds no secret."""
        return f"{SCHEME}{self.servers}/{self.topic}"

    @property
    def cooperative(self) -> bool:
        """Whether partitions come and go one by one, and not all at once."""
        return "cooperative" in str(self.client["partition.assignment.strategy"])


def kafka_settings(
    section: Mapping[str, object],
    date: str | None = None,
    address: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> KafkaSettings:
    """Return the settings of a stream; an `address` goes before what the section says of brokers and topic.

    Raises `ConfigError` for a key that cannot be used and `CallError` for an address that is none, or a missing date.
    """
    servers, topic = str(section.get("bootstrap.servers", "")), str(section.get("topic", ""))
    if address is not None:
        servers, given = _parsed(address)
        topic = given or topic
    group = str(section.get("group.id") or "") or None
    commits = group is not None and section.get("enable.auto.commit", True) is True
    for key, value in _GIVEN.items():
        if section.get(key, value) is not value:
            raise ConfigError(f"kafka.{key}: huntui needs it to be {str(value).lower()}; leave the key out.")
    secrets = secrets_of(section, environment)
    plain = {key: value for key, value in section.items() if key not in OWN and not is_secret(key)}
    client = {
        **_USUAL,
        **plain,
        **_GIVEN,
        **secrets,
        "bootstrap.servers": servers,
        "group.id": group or f"huntui-{uuid4().hex}",
        "enable.auto.commit": commits,
    }
    return KafkaSettings(
        servers=_named(servers, "bootstrap.servers"),
        topic=_of_date(_named(topic, "topic"), date),
        group=group,
        commits=commits,
        share=_share(section.get("share", False), commits),
        poll_seconds=_seconds(section.get("poll_timeout", 0.25)),
        at_end=_at_end(section.get("at_end", "auto")),
        schema=Path(str(section["schema"])).expanduser() if section.get("schema") else None,
        client=client,
        secrets=secrets,
    )


def _parsed(address: str) -> tuple[str, str]:
    servers, _, topic = address.removeprefix(SCHEME).partition("/")
    if "@" in servers:
        # What stands before the @ may be a password, so that the address is not repeated.
        raise CallError(
            "--source kafka://…: a user and a password do not belong into the address; set kafka.sasl.username in "
            "config.yaml, and the environment variable HUNTUI_KAFKA_SASL_PASSWORD."
        )
    for server in servers.split(","):
        host, colon, port = server.rpartition(":")
        if not host or not colon or not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
            raise CallError(
                f"--source {address}: {server!r} is no host and port; write kafka://host:9092/topic, several brokers "
                "separated by commas."
            )
    return servers, topic.strip("/")


def _of_date(topic: str, date: str | None) -> str:
    if "{date}" in topic and date is None:
        raise CallError(f"--source kafka: the topic {topic} is that of a night; say which, as in --date 20240707.")
    topic = topic.replace("{date}", date or "")
    if len(topic) > 249 or not all(c.isascii() and (c.isalnum() or c in "._-") for c in topic):
        raise ConfigError(
            f"kafka.topic: {topic[:60]!r} can be no topic: its name has up to 249 letters, digits, '.', '_' and '-'."
        )
    return topic


def _named(value: str, key: str) -> str:
    if not value.strip() or not value.isprintable():
        raise ConfigError(f"kafka.{key}: names nothing.")
    return value.strip()


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.01 <= value <= 60:
        raise ConfigError("kafka.poll_timeout: must be a number of seconds from 0.01 to 60.")
    return float(value)


def _share(value: object, commits: bool) -> bool:
    if not isinstance(value, bool):
        raise ConfigError("kafka.share: must be true or false.")
    if value and not commits:
        raise ConfigError(
            "kafka.share: who shares belongs to a group that commits; name it by --group or kafka.group.id, and leave "
            "kafka.enable.auto.commit out."
        )
    return value


def _at_end(value: object) -> str:
    if value not in AT_END:
        raise ConfigError(f"kafka.at_end: must be {', '.join(AT_END[:-1])} or {AT_END[-1]}.")
    return str(value)
