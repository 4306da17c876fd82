"""What goes wrong between huntui and a broker that is written to, in words that a student understands."""

from typing import TYPE_CHECKING

from huntui.exports.kafka.settings import OutletSettings
from huntui.sources.kafka.secrets import without
from huntui.sources.kafka.words import about_file, about_tls, protocol

if TYPE_CHECKING:
    from confluent_kafka import KafkaError


def hopeless(error: "KafkaError") -> bool:
    """Tell whether trying again cannot help, for this packet or any other."""
    from confluent_kafka import KafkaError

    return (
        error.fatal()
        or bool(about_tls(error, ""))
        or error.code()
        in (
            KafkaError._AUTHENTICATION,
            KafkaError.SASL_AUTHENTICATION_FAILED,
            KafkaError._SSL,
            KafkaError.TOPIC_AUTHORIZATION_FAILED,
            KafkaError.CLUSTER_AUTHORIZATION_FAILED,
        )
    )


def about_trouble(error: "KafkaError", settings: OutletSettings) -> str:
    """Return a sentence about an error of librdkafka."""
    from confluent_kafka import KafkaError

    servers = settings.servers
    user = settings.client.get("sasl.username")
    name = f"the user {user!r}" if user else "this writer"
    match error.code():
        case KafkaError._AUTHENTICATION | KafkaError.SASL_AUTHENTICATION_FAILED:
            return (
                f"The broker at {servers} does not let {name} in: the user name or the password is wrong "
                "(kafka.sasl.username, HUNTUI_KAFKA_SASL_PASSWORD), or kafka.sasl.mechanism is not the broker's."
            )
        case KafkaError._SSL | KafkaError._TRANSPORT if said := about_tls(error, servers):
            return said
        case KafkaError._SSL:
            return (
                f"No secure connection to {servers}: {_detail(error, settings)}. Look at kafka.ssl.ca.location, and at "
                "kafka.security.protocol: not every port speaks TLS."
            )
        case KafkaError._RESOLVE:
            return f"No computer has the name in {servers}."
        case KafkaError._ALL_BROKERS_DOWN | KafkaError._TRANSPORT | KafkaError._TIMED_OUT:
            return (
                f"No broker answers at {servers}; is it running, is this its address, and does that port speak "
                f"{protocol(settings.client)} (kafka.security.protocol)?"
            )
        case KafkaError.TOPIC_AUTHORIZATION_FAILED | KafkaError.CLUSTER_AUTHORIZATION_FAILED:
            return f"The broker at {servers} does not let {name} write to the topic {settings.topic}."
        case _:
            return f"The broker at {servers} says: {_detail(error, settings)}."


def about_refusal(error: "KafkaError", settings: OutletSettings) -> str:
    """Say why one packet was not delivered, as the end of a sentence."""
    from confluent_kafka import KafkaError

    match error.code():
        case KafkaError.MSG_SIZE_TOO_LARGE:
            return "the broker takes no message that large (its message.max.bytes)"
        case KafkaError._MSG_TIMED_OUT:
            return "no broker took them in time"
        case KafkaError._PURGE_QUEUE | KafkaError._PURGE_INFLIGHT:
            return "they still waited for the broker"
        case _:
            return about_trouble(error, settings).rstrip(".")


def refused_by_client(problem: Exception, settings: OutletSettings) -> str:
    """Say which key librdkafka does not take."""
    error = problem.args[0] if problem.args else problem
    text = error.str() if hasattr(error, "str") else str(error)
    return about_file(text, settings.client) or without(
        f"kafka: librdkafka does not take this: {text.rstrip('.')}.", settings.secrets
    )


def _detail(error: "KafkaError", settings: OutletSettings) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in error.str())
    return without(" ".join(text.split()).rstrip("."), settings.secrets)[:300]
