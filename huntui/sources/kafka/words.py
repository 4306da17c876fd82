"""What goes wrong between huntui and a broker, in words that a student understands."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from huntui.sources.kafka.secrets import without
from huntui.sources.kafka.settings import KafkaSettings

if TYPE_CHECKING:
    from confluent_kafka import KafkaError

GOES_ON = "huntui keeps trying, and goes on where it was"


def about_error(error: "KafkaError", settings: KafkaSettings) -> tuple[str, bool]:
    """Return a sentence about an error of librdkafka, and whether trying again cannot help."""
    from confluent_kafka import KafkaError

    servers, topic = settings.servers, settings.topic
    user = settings.client.get("sasl.username")
    name = f"the user {user!r}" if user else "this reader"
    match error.code():
        case KafkaError._AUTHENTICATION | KafkaError.SASL_AUTHENTICATION_FAILED:
            return (
                f"The broker at {servers} does not let {name} in: the user name or the password is wrong "
                f"(kafka.sasl.username, HUNTUI_KAFKA_SASL_PASSWORD), or kafka.sasl.mechanism is not the broker's.",
                True,
            )
        case KafkaError._SSL:
            return about_tls(error, servers) or (
                f"No secure connection to {servers}: {_detail(error, settings)}. Look at kafka.ssl.ca.location, and "
                "at kafka.security.protocol: not every port speaks TLS."
            ), True
        case KafkaError._TRANSPORT if said := about_tls(error, servers):
            return said, True
        case KafkaError._RESOLVE:
            return f"No computer has the name in kafka.bootstrap.servers ({servers}); {GOES_ON}.", False
        case KafkaError._ALL_BROKERS_DOWN | KafkaError._TRANSPORT | KafkaError._TIMED_OUT:
            return (
                f"No broker answers at {servers}. Is it running, is this its address (kafka.bootstrap.servers), and "
                f"does that port speak {protocol(settings.client)} (kafka.security.protocol)? Until it answers, huntui "
                "keeps trying.",
                False,
            )
        case KafkaError.TOPIC_AUTHORIZATION_FAILED:
            return f"The broker at {servers} does not let {name} read the topic {topic}.", True
        case KafkaError.GROUP_AUTHORIZATION_FAILED:
            group = settings.client["group.id"]
            return f"The broker at {servers} does not let {name} read as a member of the group {group}.", True
        case KafkaError._MAX_POLL_EXCEEDED:
            return "This reader took no packets for so long that the broker has given its partitions to others.", False
        case KafkaError._AUTO_OFFSET_RESET | KafkaError.OFFSET_OUT_OF_RANGE:
            return f"What the group has not read of {topic} is no longer at the broker: {GONE}.", False
        case _ if error.fatal():
            return f"Reading {topic} stopped: {_detail(error, settings)}.", True
        case _:
            return f"The broker at {servers} says: {_detail(error, settings)}; {GOES_ON}.", False


def protocol(client: Mapping[str, object]) -> str:
    """Return how a client speaks with a broker, by librdkafka's name for it."""
    return str(client.get("security.protocol", "plaintext")).lower()


def about_tls(error: "KafkaError", servers: str) -> str:
    """Return a sentence about a certificate that one of both sides does not take, empty for any other error."""
    text = error.str()
    if "certificate verify failed" in text:
        return (
            f"The certificate of the broker at {servers} is not to be trusted: kafka.ssl.ca.location names none who "
            "has signed it, or it is that of a machine with another name than kafka.bootstrap.servers has."
        )
    if "alert" in text and "certificate" in text:
        return (
            f"The broker at {servers} wants a certificate that it knows: set kafka.ssl.certificate.location and "
            "kafka.ssl.key.location to those that you were given for it."
        )
    return ""


def about_file(text: str, client: Mapping[str, object]) -> str:
    """Return a sentence about a file that librdkafka cannot use, empty where it complains of something else."""
    found = re.search(r"\b(ssl\.[a-z.]*location) failed", text)
    if found is None:
        return ""
    key = found[1]
    password = ", or kafka.ssl.key.password does not open it" if key == "ssl.key.location" else ""
    return f"kafka.{key}: {client.get(key)} is not there, or is no PEM file{password}."


GONE = "retention has removed it"


def no_topic(settings: KafkaSettings, there: list[str]) -> str:
    """Say that a topic does not exist, and which do."""
    from huntui.errors import nearest

    shown = [name for name in sorted(there) if not name.startswith("__")]
    if not shown:
        return f"There is no topic {settings.topic} at {settings.servers}, nor any other."
    some = ", ".join(shown[:10]) + (", …" if len(shown) > 10 else "")
    return (
        f"There is no topic {settings.topic} at {settings.servers}; there {'is' if len(shown) == 1 else 'are'} {some}."
        f"{nearest(settings.topic, shown)}"
    )


def numbers(partitions: list[int]) -> str:
    """Return partitions by their numbers: `partition 0`, `partitions 0, 1 and 4`."""
    *some, last = map(str, sorted(partitions))
    return f"partitions {', '.join(some)} and {last}" if some else f"partition {last}"


def bad_key(problem: Exception, settings: KafkaSettings) -> str:
    """Say which key librdkafka does not take."""
    error = problem.args[0] if problem.args else problem
    text = error.str() if hasattr(error, "str") else str(error)
    return about_file(text, settings.client) or without(
        f"kafka: librdkafka does not take this: {text.rstrip('.')}.", settings.secrets
    )


def _detail(error: "KafkaError", settings: KafkaSettings) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in error.str())
    return without(" ".join(text.split()).rstrip("."), settings.secrets)[:300]
