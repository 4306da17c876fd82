"""Brokers that let in only whom they know: passwords, certificates, and what is said where these are wrong."""

from collections.abc import Mapping

import pytest
from broker import Broker
from doors import KEY_PASSWORD, PASSWORD, USER
from streams import packets, reading, send, until

from huntui.config import KAFKA
from huntui.errors import ConfigError
from huntui.sources.kafka.settings import kafka_settings
from huntui.sources.kafka.source import KafkaSource

pytestmark = pytest.mark.slow

COUNT = 40
WRONG = "callisto"


@pytest.fixture(scope="module")
def topic(started_broker: Broker) -> str:
    """Return a topic with a small night in it, of a broker that knows one user."""
    started_broker.know()
    topic = started_broker.topic(2)
    send(started_broker.servers, topic, list(packets(COUNT)), 2)
    return topic


def door(broker: Broker, name: str, **changed: object) -> tuple[int, dict[str, object]]:
    """Return the port of a listener and the section of a configuration that it wants; `__` stands for a dot."""
    doors, user = broker.doors, {"sasl.username": USER}
    port, section = {
        "open": (broker.port, {}),
        "password": (doors.plain, {**user, "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN"}),
        "password over TLS": (
            doors.scram,
            {
                **user,
                "security.protocol": "SASL_SSL",
                "sasl.mechanism": "SCRAM-SHA-512",
                "ssl.ca.location": str(doors.ca),
            },
        ),
        "certificates": (
            doors.tls,
            {
                "security.protocol": "SSL",
                "ssl.ca.location": str(doors.ca),
                "ssl.certificate.location": str(doors.certificate),
                "ssl.key.location": str(doors.key),
            },
        ),
    }[name]
    given = {key.replace("__", "."): value for key, value in changed.items()}
    return port, {key: value for key, value in {**section, **given}.items() if value is not None}


def behind(port: int, topic: str, section: Mapping[str, object], word: str = PASSWORD, key: str = "") -> KafkaSource:
    """Return a source over a topic, behind one of the doors."""
    environment = {"HUNTUI_KAFKA_SASL_PASSWORD": word, "HUNTUI_KAFKA_SSL_KEY_PASSWORD": key or KEY_PASSWORD}
    return KafkaSource(kafka_settings({**KAFKA, **section}, None, f"kafka://127.0.0.1:{port}/{topic}", environment))


@pytest.mark.parametrize("name", ["password", "password over TLS", "certificates"])
async def test_whom_a_broker_knows_reads_all_and_fetches_again(broker: Broker, topic: str, name: str) -> None:
    """Also a single packet, for which it is asked by a second reader."""
    port, section = door(broker, name)
    async with reading(behind(port, topic, section)) as engine:
        snapshot = await until(engine, lambda now: now.status in ("finished", "failed"))
        assert (snapshot.status, snapshot.night.alerts) == ("finished", COUNT), snapshot.night
        assert snapshot.view is not None
        name = str(snapshot.view.value("objectId", 0))
        assert await engine.cutouts(name) is not None


@pytest.mark.parametrize(
    ("name", "changed", "word", "told"),
    [
        ("password", {}, WRONG, f"does not let the user '{USER}' in: the user name or the password is wrong"),
        ("password", {"sasl__username": "nobody"}, PASSWORD, "does not let the user 'nobody' in"),
        ("password over TLS", {}, WRONG, f"does not let the user '{USER}' in"),
        ("password over TLS", {"ssl__ca__location": None}, PASSWORD, "kafka.ssl.ca.location names none who has signed"),
        ("certificates", {"ssl__ca__location": "other"}, PASSWORD, "kafka.ssl.ca.location names none who has signed"),
        (
            "certificates",
            {"ssl__certificate__location": None, "ssl__key__location": None},
            PASSWORD,
            "wants a certificate that it knows",
        ),
    ],
    ids=["word", "user", "word over TLS", "no authority", "another authority", "no certificate"],
)
async def test_whoever_is_not_let_in_is_told_why_and_the_night_ends(
    broker: Broker, topic: str, name: str, changed: dict[str, object], word: str, told: str
) -> None:
    """Trying again cannot help; the password is not in the sentence."""
    if changed.get("ssl__ca__location") == "other":
        changed = {"ssl__ca__location": str(broker.doors.other_ca)}
    port, section = door(broker, name, **changed)
    source = behind(port, topic, section, word)
    source.follow_unless_told()
    async with reading(source) as engine:
        snapshot = await until(engine, lambda now: now.status in ("finished", "failed"))
    assert snapshot.status == "failed"
    assert told in str(snapshot.failure)
    assert f"127.0.0.1:{port}" in str(snapshot.failure)
    assert word not in str(snapshot.failure)


@pytest.mark.parametrize(
    ("name", "changed", "speaks"),
    [
        ("certificates", {"security__protocol": None}, "plaintext"),
        ("open", {"security__protocol": "SASL_SSL", "sasl__mechanism": "PLAIN", "sasl__username": USER}, "sasl_ssl"),
    ],
    ids=["no TLS", "TLS"],
)
async def test_at_the_wrong_port_it_is_asked_what_that_speaks(
    broker: Broker, topic: str, name: str, changed: dict[str, object], speaks: str
) -> None:
    """A broker tells nobody who speaks otherwise what is wrong: huntui says what to look at, and keeps trying."""
    port, section = door(broker, name, **changed)
    async with reading(behind(port, topic, section)) as engine:
        snapshot = await until(engine, lambda now: now.stream is not None and bool(now.stream.said))
        assert snapshot.stream is not None
        assert f"does that port speak {speaks} (kafka.security.protocol)?" in snapshot.stream.said[0]
        assert snapshot.status == "streaming"


def test_files_that_cannot_be_used_are_named(broker: Broker, topic: str) -> None:
    """A key that the password does not open, and an authority that is not there."""
    port, section = door(broker, "certificates")
    with pytest.raises(
        ConfigError, match=r"me\.key is not there, or .* kafka\.ssl\.key\.password does not open it"
    ) as e:
        behind(port, topic, section, key=WRONG)
    assert WRONG not in str(e.value)
    with pytest.raises(ConfigError, match=r"kafka\.ssl\.ca\.location: /nowhere/ca\.pem is not there"):
        behind(port, topic, {**section, "ssl.ca.location": "/nowhere/ca.pem"})
