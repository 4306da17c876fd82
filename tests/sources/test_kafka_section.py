"""What the section `kafka` and an address mean; secrets are found, and seen by nobody."""

from pathlib import Path

import pytest

from huntui.config import KAFKA
from huntui.errors import CallError, ConfigError
from huntui.sources.kafka.looker import ALONE
from huntui.sources.kafka.secrets import is_secret, secrets_of, variable, without
from huntui.sources.kafka.settings import kafka_settings

WORD = "hunter2, and no more"


def test_the_defaults_are_a_reader_of_its_own_that_commits_nothing() -> None:
    """Two of them never share a group; a named one commits, unless it is told not to."""
    one, other = (kafka_settings(KAFKA, "20240707", environment={}) for _ in range(2))
    assert one.topic == "ztf_20240707_programid1"
    assert one.client["group.id"] != other.client["group.id"]
    assert (one.group, one.commits, one.client["enable.auto.commit"]) == (None, False, False)
    named = kafka_settings({**KAFKA, "group.id": "class"}, "20240707", environment={})
    assert (named.group, named.commits, named.client["enable.auto.commit"]) == ("class", True, True)
    kept = {**KAFKA, "group.id": "class", "enable.auto.commit": False}
    assert not kafka_settings(kept, "20240707", environment={}).commits


def test_what_waits_in_memory_is_bounded_whatever_the_broker_has() -> None:
    """While nobody takes packets; a user may allow more, and one who looks at a single packet never waits for more."""
    queue = "queued.max.messages.kbytes"
    assert 0 < kafka_settings(KAFKA, "20240707", environment={}).client[queue] <= 2**16
    assert kafka_settings({**KAFKA, queue: 2**18}, "20240707", environment={}).client[queue] == 2**18
    assert 0 < ALONE[queue] <= 2**10


def test_an_address_goes_before_the_configuration_and_any_key_passes_through() -> None:
    """Several brokers, and a topic that the configuration names where the address names none."""
    section = {**KAFKA, "security.protocol": "SASL_SSL", "fetch.min.bytes": 7}
    given = kafka_settings(section, None, "kafka://a:9092,b:9093/my.topic", {})
    assert (given.servers, given.topic, given.title) == ("a:9092,b:9093", "my.topic", "kafka://a:9092,b:9093/my.topic")
    assert (given.client["security.protocol"], given.client["fetch.min.bytes"]) == ("SASL_SSL", 7)
    assert kafka_settings(KAFKA, "20240707", "kafka://a:9092", {}).topic == "ztf_20240707_programid1"
    assert "topic" not in given.client


@pytest.mark.parametrize(
    ("section", "date", "address", "words"),
    [
        ({}, None, None, "--date"),
        ({}, "20240707", "kafka://host/topic", "kafka://host:9092/topic"),
        ({}, "20240707", "kafka://host:99999/topic", "host and port"),
        ({}, "20240707", f"kafka://user:{WORD}@host:9092/topic", "HUNTUI_KAFKA_SASL_PASSWORD"),
        ({}, None, "kafka://host:9092/a topic", "can be no topic"),
        ({"poll_timeout": 0}, "20240707", None, "poll_timeout"),
        ({"at_end": "go"}, "20240707", None, "follow"),
        ({"enable.auto.offset.store": True}, "20240707", None, "leave the key out"),
        ({"sasl.password": WORD}, "20240707", None, "env:NAME or file:PATH"),
        ({"sasl.password": "env:NOWHERE"}, "20240707", None, "NOWHERE is not set"),
        ({"sasl.password": "file:/nowhere/at/all"}, "20240707", None, "cannot be read"),
    ],
)
def test_a_mistake_is_told_without_a_secret(
    section: dict[str, object], date: str | None, address: str | None, words: str
) -> None:
    """One sentence, and no password in it, wherever it stood."""
    with pytest.raises(CallError, match=words) as refused:
        kafka_settings({**KAFKA, **section}, date, address, {})
    assert WORD not in str(refused.value)


def test_a_secret_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    """By the name of its key, by a name that is given, or from a file; what is named goes before what is not."""
    (tmp_path / "word").write_text(f"{WORD}\n")
    environment = {"HUNTUI_KAFKA_SASL_PASSWORD": "one", "OTHER": "two"}
    assert secrets_of({}, environment) == {"sasl.password": "one"}
    assert secrets_of({"sasl.password": "env:OTHER"}, environment) == {"sasl.password": "two"}
    found = secrets_of({"ssl.key.password": f"file:{tmp_path / 'word'}"}, {})
    assert found == {"ssl.key.password": WORD}
    (tmp_path / "word").write_text("\n")
    with pytest.raises(ConfigError, match="is empty"):
        secrets_of({"ssl.key.password": f"file:{tmp_path / 'word'}"}, {})


def test_settings_with_a_secret_show_none_of_it() -> None:
    """Neither as text nor by what they are called; librdkafka gets it."""
    section = {**KAFKA, "sasl.username": "me"}
    settings = kafka_settings(section, "20240707", environment={variable("sasl.password"): WORD})
    assert settings.client["sasl.password"] == WORD
    assert WORD not in f"{settings!r} {settings} {settings.title}"
    assert without(f"wrong: {WORD}!", settings.secrets) == "wrong: …!"


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("sasl.password", True),
        ("ssl.key.password", True),
        ("ssl.keystore.password", True),
        ("ssl.key.pem", True),
        ("sasl.oauthbearer.client.secret", True),
        ("sasl.oauthbearer.config", True),
        ("sasl.username", False),
        ("ssl.key.location", False),
        ("ssl.certificate.pem", False),
        ("sasl.oauthbearer.token.endpoint.url", False),
        ("enable.sasl.oauthbearer.unsecure.jwt", False),
    ],
)
def test_which_keys_are_secret(key: str, secret: bool) -> None:
    """Passwords and private keys are; where they lie, and whose they are, is not."""
    assert is_secret(key) == secret
