"""`scripts/kafka`: a broker that starts, keeps what it was given, and says what it does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from broker import SCRIPT, Broker, called
from confluent_kafka import Consumer, Producer

pytestmark = pytest.mark.slow


def without(tmp_path: Path, *, java: bool) -> dict[str, str]:
    """Return an environment without Maven and, where it is wanted, with a Java; nothing is in its cache."""
    commands = tmp_path / "bin"
    commands.mkdir()
    if java:
        (commands / "java").write_text("#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n")
        (commands / "java").chmod(0o755)
    return {"PATH": f"{commands}", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def fetched(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Call `scripts/kafka fetch` there."""
    command = [sys.executable, SCRIPT, "fetch"]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


def test_a_topic_outlives_a_broker_that_is_killed(broker: Broker) -> None:
    """What was acknowledged is read again after `kill -9` and a new start."""
    topic = broker.topic()
    producer = Producer({"bootstrap.servers": broker.servers, "acks": "all"})
    producer.produce(topic, b"packet")
    assert producer.flush(30) == 0
    broker.kill()
    assert not broker.answers()
    broker.start()
    reader = Consumer(
        {"bootstrap.servers": broker.servers, "group.id": topic, "auto.offset.reset": "earliest"}, logger=None
    )
    reader.subscribe([topic])
    messages = reader.consume(1, timeout=60)
    reader.close()
    assert [message.value() for message in messages] == [b"packet"]


def test_a_second_start_is_refused_and_a_stop_of_nothing_is_none(broker: Broker, tmp_path: Path) -> None:
    """The folder of a broker and the port of another are taken; a folder without a broker has none to stop."""
    again = called("start", "--data", str(broker.data), "--port", str(broker.port))
    assert (again.returncode, "runs already" in again.stderr) == (1, True)
    other = called("start", "--data", str(tmp_path), "--port", str(broker.port))
    assert (other.returncode, "choose another with --port" in other.stderr) == (1, True)
    none = called("stop", "--data", str(tmp_path))
    assert (none.returncode, "No broker runs" in none.stdout) == (0, True)


def test_the_process_of_somebody_else_is_never_ended(tmp_path: Path) -> None:
    """A number that a dead broker left may be another process by now."""
    (tmp_path / "broker.pid").write_text(str(os.getpid()))
    assert "No broker runs" in called("stop", "--now", "--data", str(tmp_path)).stdout


@pytest.mark.parametrize(("java", "told", "code"), [(False, "openjdk-17", 4), (True, "KAFKA_HOME", 3)])
def test_what_is_missing_is_named_with_the_way_to_get_it(tmp_path: Path, java: bool, told: str, code: int) -> None:
    """Without Java or Maven it says what to install, with an exit code of its own."""
    done = fetched(without(tmp_path, java=java))
    assert done.returncode == code
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_release_that_is_named_is_taken(tmp_path: Path) -> None:
    """KAFKA_HOME wins over Maven, and one that holds no Kafka is refused."""
    environment = without(tmp_path, java=True) | {"KAFKA_HOME": str(tmp_path / "kafka")}
    assert "kafka_*.jar" in fetched(environment).stderr
    libs = tmp_path / "kafka" / "libs"
    libs.mkdir(parents=True)
    (libs / "kafka_2.13-4.1.1.jar").touch()
    assert f"{libs}" in fetched(environment).stdout
