"""Readers of a group on many machines are counted as one night, whoever comes, dies or writes nonsense."""

import json
import signal
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from broker import Broker
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic
from streams import committed, packets, send, started, wait_for
from topics import held

from huntui.alerts.texts import TextPool
from huntui.cli.main import exit_code
from huntui.engine.group.record import MAGIC, pack, unpack

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


def of_night(told: dict[str, Any]) -> dict[str, Any]:
    """Return the counts alone."""
    return {key: value for key, value in told.items() if key not in (*TIME, "said")}


def test_readers_that_come_and_die_lose_and_double_nothing(
    broker: Broker, night: list[bytes], tmp_path: Path, called: Called
) -> None:
    """Three processes, one of which joins in mid-stream and one is killed, are one night: that of a folder."""
    topic, folder, hurry = broker.topic(4), tmp_path / "night", threading.Event()
    folder.mkdir()
    for number, packet in enumerate(night):
        (folder / f"{number:04d}.avro").write_bytes(packet)

    def feed() -> None:
        for at in range(0, len(night), 10):
            send(broker.servers, topic, list(night[at : at + 10]), 4)
            hurry.wait(0.2)

    def read() -> int:
        return sum(committed(broker, topic, "many", 4))

    def member(name: str) -> Any:
        more = ("--group", "many", "--share", "--set=kafka.at_end=follow")
        return started(broker.servers, topic, tmp_path / name, *more)

    feeding = threading.Thread(target=feed)
    feeding.start()
    first, second = member("first"), member("second")
    members = [first, second]
    try:
        wait_for(lambda: read() > 40)
        members.append(member("third"))
        before = read()
        wait_for(lambda: read() > before + 60)
        first.send_signal(signal.SIGKILL)
        hurry.set()
        feeding.join()
        wait_for(lambda: read() == len(night))
        for one in members[1:]:
            one.send_signal(signal.SIGINT)
        assert [one.wait(60) for one in members] == [-signal.SIGKILL, 130, 130]
    finally:
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
