"""A real broker that a test may kill: `scripts/kafka` does the work, as for a user."""

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from doors import PASSWORD, USER, Doors
from ports import free_port

SCRIPT = Path(__file__).parents[2] / "scripts" / "kafka"
NO_KAFKA, NO_JAVA = 3, 4


class Broker:
    """One broker on a free port, with a folder of its own."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.data = data
        self.doors = Doors(data / "doors")

    @property
    def servers(self) -> str:
        """Return what `bootstrap.servers` wants."""
        return f"127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Return where the broker writes its log, over all its starts."""
        return self.data / "broker.log"

    def start(self) -> None:
        """Start it, on the topics that it had, and wait until it answers."""
        self._do("start", "--more", str(self.doors.settings))

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self._do("stop")

    def kill(self) -> None:
        """Kill it with -9."""
        self._do("stop", "--now")

    def restart(self) -> None:
        """Stop it and start it again."""
        self._do("restart", "--more", str(self.doors.settings))

    def answers(self) -> bool:
        """Tell whether it runs and answers."""
        return called("status", "--port", str(self.port), "--data", str(self.data)).returncode == 0

    def topic(self, partitions: int = 1) -> str:
        """Make an empty topic with a new name."""
        name = f"night-{uuid4().hex[:12]}"
        self._create(name, partitions)
        return name

    def make_anew(self, topic: str) -> None:
        """Delete a topic, and make one with the same name as soon as the broker lets us."""
        from confluent_kafka import KafkaException
        from confluent_kafka.admin import AdminClient

        admin, end = AdminClient({"bootstrap.servers": self.servers}), time.monotonic() + 60
        admin.delete_topics([topic])[topic].result(30)
        while True:
            try:
                return self._create(topic, 1)
            except KafkaException:
                assert time.monotonic() < end

    def _create(self, name: str, partitions: int) -> None:
        from confluent_kafka.admin import AdminClient, NewTopic

        admin = AdminClient({"bootstrap.servers": self.servers})
        admin.create_topics([NewTopic(name, partitions, 1)], request_timeout=30)[name].result(30)

    def know(self) -> None:
        """Let the user of the doors in by SCRAM as well; the broker keeps this with its topics."""
        from confluent_kafka.admin import AdminClient, ScramCredentialInfo, ScramMechanism, UserScramCredentialUpsertion

        info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096)
        wanted = [UserScramCredentialUpsertion(USER, info, PASSWORD.encode())]
        admin = AdminClient({"bootstrap.servers": self.servers})
        for done in admin.alter_user_scram_credentials(wanted).values():
            done.result(30)

    def _do(self, action: str, *more: str) -> None:
        done = called(action, "--port", str(self.port), "--data", str(self.data), *more)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"


def called(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Call `scripts/kafka`."""
    command = [sys.executable, SCRIPT, *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)


def require_kafka() -> None:
    """Skip where there is no Kafka; in continuous integration only where there is no Java either."""
    brought = called("fetch")
    if brought.returncode == 0:
        return
    sentence = brought.stderr.strip()
    if brought.returncode == NO_JAVA or (brought.returncode == NO_KAFKA and not os.environ.get("CI")):
        pytest.skip(sentence)
    pytest.fail(f"a broker is needed here: {sentence}")
