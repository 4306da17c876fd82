"""huntui on a pseudo-terminal: what a person would see, and when."""

import os
import re
import select
import struct
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from bench.report import NotMeasuredError, WrongResultError

try:
    import fcntl
    import termios
except ImportError:  # Windows has no pseudo-terminals.
    fcntl = termios = None  # type: ignore[assignment]

ROWS, COLUMNS = 36, 120
_PATIENCE_SECONDS = 60.0
_STOP_SECONDS = 5.0
_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
# With a terminal of its own the program ends when this process does, whatever ends it.
_PROGRAM = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from huntui.cli.main import main; main()"


class Terminal:
    """A terminal with huntui in it; a context, at whose end the process is gone."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        """Start `huntui` with arguments in a folder; it reads its packets, whatever the night cache holds.

        It begins a hunt anew and keeps it, as everybody's is kept, but in that folder.
        """
        if fcntl is None or termios is None:
            raise NotMeasuredError("this system has no pseudo-terminals")
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        # These two would be believed before the terminal, and whoever started us may have another one.
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_DATA_HOME": str(folder)}
        self._output = bytearray()
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, "--no-cache", "--fresh", *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._ours)

    @property
    def text(self) -> str:
        """What was written since the last key, without colours and movements, in the order it was written."""
        return _ESCAPES.sub(b"", self._output).decode(errors="replace")

    def wait_for(self, pattern: str) -> float:
        """Wait until a text matches and return when it came; raises `WrongResultError` when it does not."""
        wanted, end = re.compile(pattern), time.perf_counter() + _PATIENCE_SECONDS
        while not wanted.search(self.text):
            if not self._read(end - time.perf_counter()):
                raise WrongResultError(
                    f"huntui did not show {pattern!r} on a terminal; it showed {self.text[-200:]!r}."
                )
        return time.perf_counter()

    def watch(self, seconds: float) -> None:
        """Take in what is written for a while, as a terminal does, so that huntui never waits for it."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)

    def press(self, key: bytes) -> float:
        """Press a key and return when; the text begins anew with it."""
        self._output.clear()
        pressed = time.perf_counter()
        os.write(self._ours, key)
        return pressed

    def _read(self, seconds: float) -> bool:
        if not select.select([self._ours], [], [], max(0.0, seconds))[0]:
            return False
        try:
            more = os.read(self._ours, 65536)
        except OSError:
            more = b""
        if not more:
            raise WrongResultError(f"huntui ended on a terminal; the last it showed was {self.text[-200:]!r}.")
        self._output += more
        return True
