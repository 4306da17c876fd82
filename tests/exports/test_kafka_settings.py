"""Where packets are sent to is understood, or refused in one sentence that shows no secret."""

import pytest

from huntui.config import KAFKA
from huntui.errors import CallError, ConfigError
from huntui.exports.kafka.settings import outlet_settings

SECTION = {**KAFKA, "bootstrap.servers": "far:9093", "security.protocol": "SASL_SSL", "sasl.username": "vera"}
SECRET = {"HUNTUI_KAFKA_SASL_PASSWORD": "hunter2"}


def test_an_address_goes_before_the_section_and_a_bare_topic_takes_its_brokers() -> None:
    """`kafka://…/topic`, `kafka://…` with the usual topic, and a topic alone."""
    both = outlet_settings(SECTION, "kafka://a:1,b:2/finds", "--to")
    assert (both.servers, both.topic, both.title) == ("a:1,b:2", "finds", "kafka://a:1,b:2/finds")
    assert outlet_settings(SECTION, "kafka://a:1", "--to", topic="usual").topic == "usual"
    alone = outlet_settings(SECTION, "finds", "--to-kafka")
    assert (alone.servers, alone.topic) == ("far:9093", "finds")


def test_a_producer_gets_its_keys_and_none_of_a_reader() -> None:
    """What says how to connect is shared; groups and offsets are not a producer's; packets never come twice."""
    section = {**SECTION, "linger.ms": 500, "group.id": "class", "fetch.min.bytes": 1}
    client = outlet_settings(section, "finds", "--to", environment=SECRET).client
    assert client["security.protocol"] == "SASL_SSL"
    assert client["sasl.password"] == "hunter2"
    assert client["linger.ms"] == 500
    assert client["enable.idempotence"] is True
    assert not {"group.id", "auto.offset.reset", "fetch.min.bytes", "topic", "poll_timeout"} & set(client)


def test_no_secret_is_seen() -> None:
    """Not in what is printed of the settings, nor in the title."""
    settings = outlet_settings(SECTION, "finds", "--to", environment=SECRET)
    assert "hunter2" not in f"{settings!r} {settings.title}"
    with pytest.raises(CallError) as refused:
        outlet_settings(SECTION, "kafka://vera:hunter2@far:9093/finds", "--to")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("kafka://far/finds", "no host and port"),
        ("kafka://far:x/finds", "no host and port"),
        ("kafka://far:99999/finds", "no host and port"),
        ("kafka://:9092/finds", "no host and port"),
        ("kafka://far:9092", "which topic"),
        ("kafka://far:9092/a b", "can be no topic"),
        ("kafka://far:9092/a/b", "can be no topic"),
        ("..", "can be no topic"),
    ],
)
def test_a_target_that_is_none_is_refused(target: str, told: str) -> None:
    """The sentence begins with the option."""
    with pytest.raises(CallError, match=f"^--to .*{told}"):
        outlet_settings(SECTION, target, "--to")


def test_a_key_that_would_lose_packets_is_refused() -> None:
    """Without idempotence a packet may come twice, or out of turn."""
    with pytest.raises(ConfigError, match=r"kafka\.enable\.idempotence"):
        outlet_settings({**SECTION, "enable.idempotence": False}, "finds", "--to")
