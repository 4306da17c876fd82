"""The screen needs a terminal for keys, for drawing and for its output; where one is missing there is a run instead."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from huntui.cli.screen import lacks_unicode

SCRIPT = "import sys; from huntui.cli.main import main; sys.argv[0] = 'huntui'; main()"


def read_all(terminal: int) -> str:
    """Read what was written to a terminal until nobody has it open any more."""
    text = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux tells in this way that the other side is closed.
            piece = b""
        if not piece:
            return text.decode()
        text += piece


@pytest.mark.slow
@pytest.mark.parametrize(("missing", "name"), [("stdin", "input"), ("stderr", "error")])
def test_a_missing_terminal_is_named_and_the_funnel_printed(here: Path, missing: str, name: str) -> None:
    """Standard output is a terminal, so that a screen was expected: the note says why there is none."""
    ours, theirs = pty.openpty()
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs, missing: subprocess.PIPE}
    arguments = ["--date", "20240707", "--set", "simulate.count=300"]
    with subprocess.Popen([sys.executable, "-c", SCRIPT, *arguments], cwd=here, **streams) as process:
        os.close(theirs)
        piped = process.communicate()[1] or b""
        text = read_all(ours) + piped.decode()
    os.close(ours)
    assert process.returncode == 0
    assert f"No screen, since standard {name} is no terminal: this is what `huntui run` says." in text
    assert "survivors: " in text


@pytest.mark.parametrize(
    ("locale", "lacks"),
    [
        ({}, False),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "de_DE.utf8"}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LC_CTYPE": "C.UTF-8"}, False),
        ({"LC_CTYPE": "UTF-8"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "de_DE.ISO-8859-1", "LC_ALL": "de_DE.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, True),
    ],
)
def test_a_locale_without_unicode_is_found_out(
    locale: dict[str, str], lacks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LC_ALL is over LC_CTYPE, and that over LANG."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    assert lacks_unicode() is lacks
