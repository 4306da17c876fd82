"""Readers of a group on many machines are counted as one night, whoever comes, dies or writes nonsense."""

import json
import os
import signal
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from broker import Broker
from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic
from doors import PASSWORD, USER
from streams import committed, packets, send, started, wait_for
from topics import held

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.cli.main import exit_code
from huntui.config import KAFKA
from huntui.engine.group.record import MAGIC, pack, unpack
from huntui.engine.group.sharing import Group, Sharing
from huntui.engine.inbox import Arrival
from huntui.features.registry import compute
from huntui.funnel.cuts import NO_CUTS
from huntui.packets.batch import join

pytestmark = pytest.mark.slow

COUNT = 400
TIME = ("seconds", "alerts_per_second", "source", "group", "date")
"""What differs between a folder and a group that read the same packets."""

Called = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def night() -> list[bytes]:
    """Return the packets of a night, some of them twice and some of them damaged."""
    found = packets(COUNT)
    return [*found[:200], b"", found[7][:900], *found[200:], b"nothing", *found[10:30], found[3][:-1] + b"\0"]


@pytest.fixture
def called(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Called:
    """Return what calls huntui and gives what it printed as JSON, and what it said."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def call(*arguments: str, code: int = 0) -> dict[str, Any]:
        assert exit_code([*arguments, "--json"]) == code
        told = capsys.readouterr()
        return {**json.loads(told.out or "{}"), "said": told.err}

    return call


def shared(broker: Broker, topic: str, group: str) -> list[str]:
    """Return a call that reads a topic and shares it."""
    soon = ["--set", "kafka.session.timeout.ms=6000"]
    return ["run", "--source", f"kafka://{broker.servers}/{topic}", "--group", group, "--share", *soon]


def merged(broker: Broker, topic: str, group: str, *more: str) -> list[str]:
    """Return a call that puts together what a group read."""
    return ["group", group, "--source", f"kafka://{broker.servers}/{topic}", *more]


def at_work(admin: AdminClient, group: str) -> int:
    """Return how many readers of a group have partitions to read; 0 where the broker is not ready to tell."""
    try:
        found = admin.describe_consumer_groups([group])[group].result(30)
    except KafkaException:
        return 0
    return sum(bool(one.assignment.topic_partitions) for one in found.members)


def of_night(told: dict[str, Any]) -> dict[str, Any]:
    """Return the counts alone."""
    return {key: value for key, value in told.items() if key not in (*TIME, "said")}


def test_readers_that_come_and_die_lose_and_double_nothing(
    broker: Broker, night: list[bytes], tmp_path: Path, called: Called
) -> None:
    """Three processes, one of which joins in mid-stream and one is killed, are one night: that of a folder."""
    topic, folder, half = broker.topic(4), tmp_path / "night", len(night) // 2
    joined, hurry = threading.Event(), threading.Event()
    folder.mkdir()
    for number, packet in enumerate(night):
        (folder / f"{number:04d}.avro").write_bytes(packet)

    def feed() -> None:
        send(broker.servers, topic, list(night[:half]), 4)
        joined.wait(120)
        for at in range(half, len(night), 8):
            send(broker.servers, topic, list(night[at : at + 8]), 4)
            hurry.wait(0.2)

    def member(name: str) -> Any:
        more = ("--group", "many", "--share", "--set=kafka.at_end=follow")
        return started(broker.servers, topic, tmp_path / name, *more)

    feeding = threading.Thread(target=feed)
    feeding.start()
    admin = AdminClient({"bootstrap.servers": broker.servers})
    members = [member("first"), member("second")]
    try:
        wait_for(lambda: at_work(admin, "many") == 2 and sum(committed(broker, topic, "many", 4)) > 0)
        members.append(member("third"))
        wait_for(lambda: at_work(admin, "many") == 3)
        joined.set()
        # Each of the three has read something of what came since.
        wait_for(lambda: min(committed(broker, topic, "many", 4)) > half // 4 + 5)
        members[0].send_signal(signal.SIGKILL)
        hurry.set()
        feeding.join()
        wait_for(lambda: sum(committed(broker, topic, "many", 4)) == len(night))
        for one in members[1:]:
            one.send_signal(signal.SIGINT)
        assert [one.wait(60) for one in members] == [-signal.SIGKILL, 130, 130]
    finally:
        joined.set()
        hurry.set()
        for one in members:
            one.kill()
            one.communicate()
    alone = called("run", "--source", str(folder), "--no-cache")
    together = called(*merged(broker, topic, "many"))
    assert of_night(together) == of_night(alone)
    assert together["duplicates"] == 20
    assert sum(together["bad_packets"].values()) == 4
    assert together["survivors"]["alerts"] > 0
    readers = together["group"]["readers"]
    assert sorted(reader["state"] == "left" for reader in readers) == [False, True, True]
    assert sum(reader["packets"] for reader in readers) == len(night)
    assert all(reader["packets"] for reader in readers)


def test_what_a_reader_shared_and_did_not_commit_counts_once(
    broker: Broker, night: list[bytes], called: Called
) -> None:
    """As after a kill between the two: the next reader gets it again, and shares it again."""
    topic = broker.topic(2)
    send(broker.servers, topic, list(night), 2)
    once = called(*shared(broker, topic, "window"))
    before = called(*merged(broker, topic, "window"))
    assert before["group"]["delivered_again"] == 0
    assert of_night(before) == of_night(once)
    # Another group begins anew; what it writes is put where the first one wrote.
    called(*shared(broker, topic, "other"))
    again = Producer({"bootstrap.servers": broker.servers})
    for message in held(broker, f"{topic}-other-shared"):
        again.produce(f"{topic}-window-shared", message.value())
    assert again.flush(60) == 0
    after = called(*merged(broker, topic, "window"))
    assert of_night(after) == of_night(before)
    assert after["group"]["delivered_again"] == len(night)


def test_what_somebody_read_and_did_not_share_is_told(
    broker: Broker, night: list[bytes], called: Called, tmp_path: Path
) -> None:
    """The counts are there without it, the file says that it is incomplete, and the exit code is 1."""
    topic, file = broker.topic(2), tmp_path / "found.csv"
    send(broker.servers, topic, list(night[:100]), 2)
    called(*[one for one in shared(broker, topic, "silent") if one != "--share"])
    send(broker.servers, topic, list(night[100:200]), 2)
    called(*shared(broker, topic, "silent"))
    send(broker.servers, topic, list(night[200:210]), 2)
    told = called(*merged(broker, topic, "silent", "--export", str(file), "--cuts", "none"), code=1)
    assert "100 packets were read by somebody of the group silent and not shared" in told["said"]
    assert "the first of them 0 to 49 of partition 0" in told["said"]
    assert "10 packets of the topic were not read, or not shared, yet" in told["said"]
    assert told["alerts"] == 100
    assert "INCOMPLETE" in file.read_text()


def test_what_others_write_into_the_topic_harms_nothing(broker: Broker, night: list[bytes], called: Called) -> None:
    """It is left out and said, each reason in one sentence; so are records of another huntui, and of an old topic."""
    topic = broker.topic(1)
    send(broker.servers, topic, list(night), 1)
    once = called(*shared(broker, topic, "class"))
    records = [message.value() for message in held(broker, f"{topic}-class-shared")]
    about, arrival = next(found for found in (unpack(one, TextPool()) for one in records) if found[1] is not None)
    assert arrival is not None
    foreign = [b"", b"junk", MAGIC + b"junk", MAGIC + zlib.compress(bytes(70 * 2**20)), records[1][:-5]]
    foreign += [pack(about.model_copy(update={key: "x"}), arrival) for key in ("topic", "made_by")]
    writer = Producer({"bootstrap.servers": broker.servers})
    for value in [*foreign, None]:
        writer.produce(f"{topic}-class-shared", value)
    assert writer.flush(60) == 0
    told = called(*merged(broker, topic, "class"))
    assert of_night(told) == of_night(once)
    assert told["group"]["records_left_out"] == len(foreign) + 1
    assert "3 records were left out: one is no record of huntui." in told["said"]
    assert "1 record was left out: of an earlier topic of the same name." in told["said"]


def test_a_reader_with_other_cuts_is_counted_with_those_of_the_call(
    broker: Broker, night: list[bytes], called: Called
) -> None:
    """It is said, and what it read counts like all of it; columns that other alerts tell are right as well."""
    topic, mine = broker.topic(2), ("--cuts", "solar-system-candidates")
    send(broker.servers, topic, list(night), 2)
    called(*shared(broker, topic, "cuts"))
    told = called(*merged(broker, topic, "cuts", *mine))
    assert told["said"].count("cuts with transients, and not as here") == 1
    alone = called("run", "--source", f"kafka://{broker.servers}/{topic}", *mine)
    assert of_night(told) == of_night(alone)


def test_who_cannot_share_reads_nothing_either(broker: Broker, night: list[bytes], called: Called) -> None:
    """One sentence says why, and that it goes without; nothing is committed."""
    topic = broker.topic(1)
    send(broker.servers, topic, list(night[:50]), 1)
    admin, name = AdminClient({"bootstrap.servers": broker.servers}), f"{topic}-small-shared"
    admin.create_topics([NewTopic(name, 1, 1, config={"max.message.bytes": "100"})])[name].result(30)
    said = called(*shared(broker, topic, "small"), code=1)["said"]
    assert "What is read cannot be shared: " in said
    assert "Without --share it is read all the same." in said
    assert committed(broker, topic, "small", 1) == [0]
    assert called(*[one for one in shared(broker, topic, "small") if one != "--share"])["alerts"] == 50


def test_a_group_of_which_nobody_shares_is_told_how_to(broker: Broker, night: list[bytes], called: Called) -> None:
    """A name that is mistyped looks the same, so that the sentence names it."""
    topic = broker.topic(1)
    send(broker.servers, topic, list(night[:5]), 1)
    assert "Nobody of the group nobody shares what it reads" in called(*merged(broker, topic, "nobody"), code=1)["said"]


def test_a_reader_that_is_there_before_its_topic_shares_what_comes(
    broker: Broker, night: list[bytes], called: Called
) -> None:
    """It learns which topic it is once there is one."""
    topic = f"later-{os.getpid()}"
    sharing = Sharing(Group("early", f"kafka://{broker.servers}/{topic}"), KAFKA, NO_CUTS)
    sharing.open()
    admin = AdminClient({"bootstrap.servers": broker.servers})
    admin.create_topics([NewTopic(topic, 1, 1)])[topic].result(30)
    send(broker.servers, topic, list(night[:10]), 1)
    addresses = np.array([[0, offset] for offset in range(10)])
    batch, bad = AlertDecoder(TextPool()).decode(join(list(night[:10]), addresses))
    assert sharing.share([Arrival(batch, compute(batch), bad, 10, addresses)])
    sharing.close()
    told = called(*merged(broker, topic, "early", "--cuts", "none"))
    assert told["alerts"] == 10
    assert "left out" not in told["said"]
    assert [reader["state"] for reader in told["group"]["readers"]] == ["left"]


def test_a_group_behind_a_password_writes_and_says_nothing_of_it(
    broker: Broker, night: list[bytes], called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers and whoever puts them together are let in by it; a wrong one is told as such."""
    topic = broker.topic(1)
    send(broker.servers, topic, list(night[:20]), 1)
    settings = {"security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN", "sasl.username": USER}
    door = ["--source", f"kafka://127.0.0.1:{broker.doors.plain}/{topic}"]
    door += [f"--set=kafka.{key}={value}" for key, value in settings.items()]
    monkeypatch.setenv("HUNTUI_KAFKA_SASL_PASSWORD", PASSWORD)
    told = called("run", *door, "--group", "known", "--share", "--cuts", "none")
    together = called("group", "known", *door, "--cuts", "none")
    assert (told["alerts"], together["alerts"]) == (20, 20)
    everything = f"{told}{together}".encode() + b"".join(
        MAGIC + zlib.decompress(message.value()[len(MAGIC) :]) for message in held(broker, f"{topic}-known-shared")
    )
    assert PASSWORD.encode()[:8] not in everything
    monkeypatch.setenv("HUNTUI_KAFKA_SASL_PASSWORD", "fyqofyqo")
    assert "the user name or the password is wrong" in called("group", "known", *door, code=1)["said"]
