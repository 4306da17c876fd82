"""`huntui replay`: a night arrives in a topic once, unchanged, whatever happens to it or to the broker meanwhile."""

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

COUNT = 600


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a night whose names are in no order, and with a file that is no packet."""
    folder = tmp_path_factory.mktemp("night")
    assert exit_code(["simulate", "20240707", "--count", str(COUNT), "--out", str(folder), "--overwrite"]) == 0
    for path in sorted(folder.glob("*.avro")):
        path.rename(path.with_name(f"{path.stem[::-1]}.avro"))
    (folder / "zzz.avro").write_bytes(b"no packet")
    return folder


def replayed(night: Path, broker: Broker, topic: str, *more: str) -> int:
    """Replay the night in this process."""
    return exit_code(["replay", str(night), "--to", f"kafka://{broker.servers}/{topic}", *more])


def begun(night: Path, broker: Broker, topic: str, *more: str) -> "subprocess.Popen[str]":
    """Replay the night in a process of its own."""
    command = [sys.executable, "-m", "huntui", "replay", str(night), "--to", f"kafka://{broker.servers}/{topic}", *more]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def assert_whole(night: Path, broker: Broker, topic: str) -> None:
    """Each packet is there once, byte for byte, and those of a partition are in the order of time."""
    messages = held(broker, topic)
    assert sorted(message.value() for message in messages) == sorted(p.read_bytes() for p in night.glob("*.avro"))
    for number in {message.partition() for message in messages}:
        times = [message.timestamp()[1] for message in messages if message.partition() == number]
        assert times == sorted(times)


def test_every_packet_arrives_unchanged_with_its_object_and_its_time(night: Path, broker: Broker) -> None:
    """A bad packet is sent as well, and all alerts of an object lie in one partition."""
    topic = f"new-{os.getpid()}"
    assert replayed(night, broker, topic, "--partitions", "3") == 0
    assert_whole(night, broker, topic)
    partition_of: dict[str, int] = {}
    for message in held(broker, topic):
        if message.value() == b"no packet":
            assert message.key() is None
            continue
        alert = alert_of(message.value())
        assert message.key().decode() == alert["objectId"]
        assert abs(message.timestamp()[1] - (alert["candidate"]["jd"] - 2440587.5) * 86_400_000) <= 1
        assert partition_of.setdefault(alert["objectId"], message.partition()) == message.partition()
    assert set(partition_of.values()) == {0, 1, 2}


def test_a_night_that_is_there_is_not_sent_again_unless_it_is_asked_for(
    night: Path, broker: Broker, capsys: pytest.CaptureFixture[str]
) -> None:
    """--again sends all of it, and what was sent then counts from there on."""
    topic = broker.topic(2)
    assert replayed(night, broker, topic, "--max-packets", "100") == 0
    assert number_held(broker, topic) == 100
    assert replayed(night, broker, topic) == 0
    assert_whole(night, broker, topic)
    capsys.readouterr()
    assert replayed(night, broker, topic) == 0
    assert "already; --again" in capsys.readouterr().err
    assert replayed(night, broker, topic, "--again", "--max-packets", "50") == 0
    assert number_held(broker, topic) == COUNT + 1 + 50
    assert replayed(night, broker, topic) == 0
    assert number_held(broker, topic) == 2 * (COUNT + 1)


def test_what_others_wrote_behind_it_hides_no_part_of_a_night(night: Path, broker: Broker) -> None:
    """The search goes on backwards until it has met the night."""
    from confluent_kafka import Producer

    topic = broker.topic(2)
    assert replayed(night, broker, topic, "--max-packets", "100") == 0
    other = Producer({"bootstrap.servers": broker.servers})
    for k in range(60):
        other.produce(topic, b"another", partition=k % 2, headers=[("huntui-night", b"another")])
    assert other.flush(30) == 0
    assert replayed(night, broker, topic) == 0
    assert number_held(broker, topic) == COUNT + 1 + 60


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_replay_that_was_ended_goes_on_where_it_was(night: Path, broker: Broker, end: signal.Signals) -> None:
    """Ctrl-C or `kill -9`: the same command sends what is missing and nothing twice."""
    topic = broker.topic(3)
    first = begun(night, broker, topic, "--rate", "100")
    until(lambda: number_held(broker, topic) > 30, first)
    first.send_signal(end)
    _, said = first.communicate(timeout=60)
    assert 30 < number_held(broker, topic) < COUNT
    if end == signal.SIGINT:
        assert first.returncode == 130
        assert "goes on with those that are missing" in said
    assert replayed(night, broker, topic) == 0
    assert_whole(night, broker, topic)


def test_a_broker_that_dies_in_between_costs_no_packet(night: Path, broker: Broker) -> None:
    """It is killed with -9 and started again: the replay waits, says so, and each packet arrives once."""
    topic = broker.topic(3)
    sending = begun(night, broker, topic, "--rate", "150")
    until(lambda: number_held(broker, topic) > 50, sending)
    broker.kill()
    broker.start()
    _, said = sending.communicate(timeout=120)
    assert sending.returncode == 0
    assert "No broker answers" in said
    assert_whole(night, broker, topic)


def test_a_topic_that_was_given_more_partitions_is_refused(
    night: Path, broker: Broker, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its objects would go to other partitions, and what is there could not be told from what is not."""
    from confluent_kafka.admin import AdminClient, NewPartitions

    topic = broker.topic(1)
    assert replayed(night, broker, topic, "--max-packets", "10") == 0
    admin = AdminClient({"bootstrap.servers": broker.servers})
    admin.create_partitions([NewPartitions(topic, 2)])[topic].result(30)
    until(lambda: replayed(night, broker, topic, "--max-packets", "10") == 2)
    assert "had another number" in capsys.readouterr().err


def test_what_cannot_be_replayed_is_said_before_anything_is_sent(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped path, an address that is none, two speeds at once."""
    to = ["--to", "kafka://127.0.0.1:1/t"]
    for call, told in (
        (["replay", "nowhere", *to], "no such folder or archive"),
        (["replay", "20240707", "--to", "finds"], "write where the broker is"),
        (["replay", "20240707", "--to", "kafka://127.0.0.1/t"], "no host and port"),
        (["replay", "20240707", *to, "--rate", "1", "--speed", "1"], "leave one out"),
        (["replay", "20240707", *to, "--set", "kafka.sasl.password=hunter2"], "must not stand"),
        (["replay", "20240707", *to, "--set", "kafka.no.such.key=1"], "librdkafka does not take"),
    ):
        assert exit_code(call) == 2, call
        said = capsys.readouterr().err
        assert told in said
        assert "hunter2" not in said
