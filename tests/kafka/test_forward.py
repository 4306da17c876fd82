"""`huntui run --to-kafka`: survivors are sent on unchanged, each once, or it is said that they were not."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from broker import Broker
from topics import alert_of, held, number_held, until

from huntui.cli.main import exit_code

pytestmark = pytest.mark.slow

SMALL = ("run", "--date", "20240707", "--set", "simulate.count=600")


def sent_to(broker: Broker, topic: str) -> list[str]:
    """Return the option that names a topic."""
    return ["--to-kafka", f"kafka://{broker.servers}/{topic}"]


def test_survivors_arrive_as_they_came_with_the_stages_that_they_passed(broker: Broker, tmp_path: Path) -> None:
    """They are those of an export with a row per alert, in the order of time; a stage that is off is not named."""
    topic, rows = f"found-{os.getpid()}", tmp_path / "rows.json"
    off = ("--set", "changing.enabled=false")
    call = [*SMALL, *off, *sent_to(broker, topic), "--export", str(rows), "--per-alert", "--columns", "candid,objectId"]
    assert exit_code(call) == 0
    expected = [int(row["candid"]) for row in json.loads(rows.read_text())["rows"]]
    messages = held(broker, topic)
    assert sorted(alert_of(message.value())["candid"] for message in messages) == sorted(expected)
    assert expected
    for message in messages:
        alert = alert_of(message.value())
        assert message.key().decode() == alert["objectId"]
        headers = message.headers()
        assert [value for name, value in headers if name == "huntui-stage"][:2] == [b"real", b"clean"]
        assert ("huntui-stage", b"changing") not in headers
        assert {("huntui-cuts", b"transients"), ("huntui-simulated", b"true")} <= set(headers)


def test_packets_that_the_broker_refuses_are_counted(broker: Broker, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts are printed all the same, and the exit code is 1."""
    from confluent_kafka.admin import AdminClient
    from confluent_kafka.cimpl import NewTopic

    admin = AdminClient({"bootstrap.servers": broker.servers})
    topic = f"small-{os.getpid()}"
    admin.create_topics([NewTopic(topic, 1, 1, config={"max.message.bytes": "1000"})])[topic].result(30)
    assert exit_code([*SMALL, *sent_to(broker, topic)]) == 1
    said = capsys.readouterr()
    assert "takes no message that large" in said.err
    assert "survivors:" in said.out
    assert number_held(broker, topic) == 0


def test_a_broker_that_dies_meanwhile_is_waited_for_but_not_for_ever(
    broker: Broker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not delivered is said, with exit code 1."""
    from huntui.sources.simulated import SimulatedSource

    fetch, fetched = SimulatedSource.fetch, []

    def fetch_and_kill(self: SimulatedSource, address: object) -> bytes:
        if not fetched:
            broker.kill()
        fetched.append(address)
        return fetch(self, address)

    monkeypatch.setattr(SimulatedSource, "fetch", fetch_and_kill)
    monkeypatch.setattr("huntui.cli.forwarding._PATIENCE_SECONDS", 2.0)
    topic = broker.topic()
    assert exit_code([*SMALL, *sent_to(broker, topic)]) == 1
    said = capsys.readouterr()
    assert f"{len(fetched):,} packets were not delivered" in said.err
    assert "survivors:" in said.out


def test_without_a_broker_nothing_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """That nobody answers is known before a long night is read."""
    monkeypatch.setattr("huntui.exports.kafka.outlet._ANSWER_SECONDS", 1.0)
    assert exit_code([*SMALL, "--to-kafka", "kafka://127.0.0.1:1/found"]) == 1
    said = capsys.readouterr()
    assert "No broker answers at 127.0.0.1:1" in said.err
    assert not said.out
    assert exit_code([*SMALL, "--to-kafka", "a topic"]) == 2
    assert "can be no topic" in capsys.readouterr().err


def test_survivors_of_a_stream_that_is_followed_are_sent_as_they_come(broker: Broker, tmp_path: Path) -> None:
    """It ends with Ctrl-C, and nothing was sent twice."""
    read, found = broker.topic(2), broker.topic()
    replay = ["replay", "20240707", "--set", "simulate.count=600", "--to", f"kafka://{broker.servers}/{read}"]
    assert exit_code([*replay, "--max-packets", "300"]) == 0
    follow = ["--source", f"kafka://{broker.servers}/{read}", "--set", "kafka.at_end=follow", "--cuts", "none"]
    command = [sys.executable, "-m", "huntui", "run", *follow, *sent_to(broker, found)]
    sending = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd=tmp_path)
    try:
        until(lambda: number_held(broker, found) >= 300, sending)
        assert exit_code(replay) == 0
        until(lambda: number_held(broker, found) >= 600, sending)
        sending.send_signal(signal.SIGINT)
        _, said = sending.communicate(timeout=60)
    finally:
        sending.kill()
    assert sending.returncode == 130
    assert "600 packets were sent" in said
    assert sorted(m.value() for m in held(broker, found)) == sorted(m.value() for m in held(broker, read))
