"""The screen on a real pseudo-terminal: it comes, it goes, and the terminal is as it was."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"
"""What a terminal is told to show a second screen, and to go back to the first."""

PATIENCE_SECONDS = 20

QUIET = "from fake_engine import FakeEngine as Engine"
CRASHING = """
from fake_engine import FakeEngine
class Engine(FakeEngine):
    async def detail(self, object_id):
        raise RuntimeError("nobody expected this")
"""
FAILED = """
from dataclasses import replace
import fake_night
from fake_engine import FakeEngine
def Engine():
    return FakeEngine(replace(fake_night.streaming(), status="failed", message="gone"))
"""
UNKEPT = FAILED.replace('status="failed", message="gone"', 'unkept="gone"')
RUN = """
import sys
from huntui.tui.app import run_app
engine = Engine()
code, _ = run_app(engine)
sys.exit(code if engine.stopped else 99)
"""


def start_in_terminal(program: str) -> tuple[subprocess.Popen[bytes], int, list[Any]]:
    """Start a program on a terminal of 100×30, return it, our end of the terminal, and the settings as they were."""
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(ours)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    own_size = ("COLUMNS", "LINES")  # where these are set, no program asks the terminal how large it is
    environment = {key: value for key, value in os.environ.items() if key not in own_size}
    environment |= {"PYTHONPATH": str(TESTS), "TERM": "xterm-256color"}
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
        process_group=0,  # a process that shares its parent's group is not stopped where nobody could wake it
    )  # fmt: skip
    os.close(theirs)
    return process, ours, before


def run_in_terminal(program: str, keys: bytes) -> tuple[int, bytes]:
    """Run a program on a terminal of 100×30, press keys when it has painted, return exit code and output."""
    process, ours, before = start_in_terminal(program)
    output = b""
    while more := read(ours):
        waiting = b"Light curve" not in output
        output += more
        if waiting and b"Light curve" in output:
            os.write(ours, keys)
    after = termios.tcgetattr(ours)
    os.close(ours)
    assert after == before
    return process.wait(PATIENCE_SECONDS), output


def read(terminal: int) -> bytes:
    """Return what comes next from a terminal, nothing when the other side is gone."""
    assert select.select([terminal], [], [], PATIENCE_SECONDS)[0], "the program stood still"
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("engine", "keys", "code"),
    [(QUIET, b"q", 0), (QUIET, b"\x03", 0), (FAILED, b"q", 1), (UNKEPT, b"q", 1), (CRASHING, b"", 1)],
    ids=["q", "ctrl+c", "a night that failed", "a hunt that is lost", "a crash"],
)
def test_the_terminal_is_as_it_was(engine: str, keys: bytes, code: int) -> None:
    """The first screen is back with its settings, the engine is stopped and the exit code is right."""
    returned, output = run_in_terminal(engine + "\n" + RUN, keys)
    assert returned == code
    assert output.count(ENTER) == output.count(LEAVE) == 1
    assert ("nobody expected this" in output.decode(errors="replace")) is (engine is CRASHING)


@pytest.mark.slow
def test_ctrl_z_goes_to_the_shell_and_comes_back() -> None:
    """The first screen is there while the process is stopped, and the hunt when it goes on."""
    process, ours, before = start_in_terminal(QUIET + "\n" + RUN)
    read_until(ours, b"Light curve")
    os.write(ours, b"\x1a")
    read_until(ours, LEAVE)
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert termios.tcgetattr(ours) == before
    process.send_signal(signal.SIGCONT)
    read_until(ours, b"Light curve")
    os.write(ours, b"q")
    read_until(ours, LEAVE)
    assert process.wait(PATIENCE_SECONDS) == 0
    os.close(ours)


def test_a_terminal_that_is_made_wider_is_filled() -> None:
    """A panel that had no room comes, without a key."""
    process, ours, _ = start_in_terminal(QUIET + "\n" + RUN)
    try:
        read_until(ours, b"Light curve")
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
        output = b""
        while b"Inspector" not in output:
            # A process that does not have the terminal as its own is not told by the system.
            process.send_signal(signal.SIGWINCH)
            output += read(ours)
        os.write(ours, b"q")
        read_until(ours, LEAVE)
        assert process.wait(PATIENCE_SECONDS) == 0
    finally:
        process.kill()
        os.close(ours)


def read_until(terminal: int, wanted: bytes) -> None:
    """Read from a terminal until something was written to it."""
    output = b""
    while wanted not in output:
        more = read(terminal)
        assert more, f"{wanted!r} never came"
        output += more
