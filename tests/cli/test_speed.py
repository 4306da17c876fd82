"""`--speed` replays a night on the screen; elsewhere it is refused in one sentence."""

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from calling import Huntui

SCRIPT = "import sys; from huntui.cli.main import main; sys.argv[0] = 'huntui'; main()"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--date", "20240707", "--speed", "60"), "there is none, since standard"),
        (("--date", "20240707", "--speed", "nan"), "a number of times its own speed"),
        (("--date", "20240707", "--speed", "inf"), "a number of times its own speed"),
        (("--date", "20240707", "--speed", "0"), "--speed"),
        (("--speed", "60", "run", "--date", "20240707"), "huntui run replays nothing"),
        (("run", "--date", "20240707", "--speed", "60"), "the same counts at every speed"),
    ],
)
def test_a_speed_that_cannot_be_is_a_sentence(huntui: Huntui, arguments: tuple[str, ...], words: str) -> None:
    """The call was wrong, and nothing is read."""
    said = huntui(*arguments)
    assert said.code == 2
    assert words in said.err
    assert said.out == ""


@pytest.mark.slow
def test_a_night_is_replayed_on_the_screen(here: Path) -> None:
    """It begins at its first exposure, and a key shows all of it."""
    ours, theirs = pty.openpty()
    os.set_blocking(ours, False)
    arguments = ["--date", "20240707", "--set", "simulate.count=300", "--speed", "1"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "36"}
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    with subprocess.Popen([sys.executable, "-c", SCRIPT, *arguments], cwd=here, env=environment, **streams) as process:
        os.close(theirs)
        try:
            _wait_for(ours, b"replaying at \xc3\x971 from")
            os.write(ours, b"A")
            _wait_for(ours, b"finished")
        finally:
            process.send_signal(signal.SIGKILL)
    os.close(ours)


def _wait_for(terminal: int, words: bytes) -> None:
    output = b""
    while words not in output:
        assert select.select([terminal], [], [], 120)[0], f"{words!r} did not come"
        output += os.read(terminal, 65536)
