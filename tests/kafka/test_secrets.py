"""A password opens a broker, and stands in nothing that huntui writes, says or shows."""

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from broker import Broker
from doors import PASSWORD, USER
from topics import number_held

from huntui.exports.registry import FORMATS
from huntui.kernels import CACHE_FOLDER

pytestmark = pytest.mark.slow

COUNT = 40
PART = PASSWORD.encode()[:8]
"""Of which the password has two, so that none of its places can be broken by a line's end."""
WRONG = "fyqofyqo"
KEYS = [(b"waiting", b"M"), (b"Messages", b"qq")]
PROGRAM = [sys.executable, "-m", "huntui"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder in which everything that huntui keeps ends up, and its configuration is."""
    (tmp_path / "config.yaml").write_text(
        f"kafka:\n  security.protocol: SASL_PLAINTEXT\n  sasl.mechanism: PLAIN\n  sasl.username: {USER}\n"
        "  group.id: class\n  session.timeout.ms: 6000\n"
    )
    return tmp_path


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment whose folders are all below one."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "DATA", "STATE", "CONFIG")}
    # Kernels need not be compiled once more.
    kernels = {"NUMBA_CACHE_DIR": str(CACHE_FOLDER)}
    return {**os.environ, **folders, **kernels, "HOME": str(home), "TERM": "xterm-256color", **more}


def called(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Call huntui there."""
    return subprocess.run(
        [*PROGRAM, *arguments], check=False, capture_output=True, cwd=home, env=environment(home, **more), timeout=300
    )


def shown(home: Path, *arguments: str) -> bytes:
    """Return all that is written to a terminal by the screen, which is left once the whole topic is read."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    screen = subprocess.Popen(
        [*PROGRAM, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, cwd=home, env=environment(home)
    )
    os.close(theirs)
    output, asked = bytearray(), 0
    try:
        for more in _written(ours):
            output += more
            # Once all is read, the log of what was said is opened, closed, and the screen is left.
            if asked < len(KEYS) and KEYS[asked][0] in output:
                os.write(ours, KEYS[asked][1])
                asked += 1
    finally:
        screen.kill()
        screen.wait()
        os.close(ours)
    return bytes(output)


def _written(terminal: int) -> Iterator[bytes]:
    end = time.monotonic() + 120
    while select.select([terminal], [], [], max(0.0, end - time.monotonic()))[0]:
        try:
            more = os.read(terminal, 65536)
        except OSError:
            return
        if not more:
            return
        yield more


def assert_hidden(home: Path, *said: bytes) -> None:
    """Hold that no password is in anything that was said, nor in any file but the one that is its place."""
    for path in [path for path in home.rglob("*") if path.is_file() and path.name != "word"]:
        for hidden in (PART, WRONG.encode()):
            assert hidden not in path.read_bytes(), path
            assert hidden not in path.name.encode()
    for text in said:
        assert PART not in text
        assert WRONG.encode() not in text


def test_a_password_is_in_nothing_that_is_written_said_or_shown(broker: Broker, home: Path) -> None:
    """From a file and from the environment, for writing and for reading, with librdkafka as talkative as it can be."""
    topic, found, door = f"secret-{os.getpid()}", f"known-{os.getpid()}", f"kafka://127.0.0.1:{broker.doors.plain}"
    (home / "word").write_text(f"{PASSWORD}\n")
    in_file = "--set=kafka.sasl.password=file:word"
    sent = called(home, "replay", "20240707", f"--to={door}/{topic}", "--max-packets", str(COUNT), in_file)
    assert (sent.returncode, number_held(broker, topic)) == (0, COUNT), sent.stderr
    assert_hidden(home, sent.stdout, sent.stderr)

    exports = [f"--export={home / f'all{ending}'}" for ending in FORMATS]
    talking = ["-v", "--set=kafka.debug=all", "--set=kafka.log_level=7", "--set=kafka.sasl.password=env:WORD"]
    call = [
        "run",
        f"--source={door}/{topic}",
        "--cuts=none",
        "--json",
        f"--to-kafka={door}/{found}",
        *talking,
        *exports,
    ]
    read = called(home, *call, WORD=PASSWORD)
    assert (read.returncode, number_held(broker, found)) == (0, COUNT), read.stderr[-2000:]
    assert b"sasl" in read.stderr.lower()
    assert all((home / f"all{ending}").stat().st_size for ending in FORMATS)
    assert_hidden(home, read.stdout, read.stderr)

    refused = called(home, "run", f"--source={door}/{topic}", *talking, WORD=WRONG)
    assert (refused.returncode, b"password is wrong" in refused.stderr) == (1, True)
    assert_hidden(home, refused.stdout, refused.stderr)

    screen = shown(home, f"--source={door}/{topic}", in_file)
    assert b"as one of the group class" in screen
    kept = {path.suffix for path in home.rglob("*") if path.is_file()}
    assert {".sqlite", ".segment"} <= kept
    assert_hidden(home, screen)
