"""Real pictures on a pseudo-terminal that answers as one with sixels does."""

import os
import re

import pytest
from test_terminal import read, start_in_terminal

PROGRAM = """
import os, sys
os.environ["XTERM_VERSION"] = "XTerm(390)"
for between in ("TMUX", "STY", "ZELLIJ", "NO_COLOR", "TEXTUAL_DRIVER"):
    os.environ.pop(between, None)
from fake_engine import FakeEngine
from huntui.tui.app import run_app
from huntui.tui.graphics import pictures
from huntui.tui.options import ScreenOptions
sys.exit(run_app(FakeEngine(), ScreenOptions(pictures=pictures("auto", os.environ)))[0])
"""
ATTRIBUTES, CELL_SIZE = b"\x1b[c", b"\x1b[16t"
"""What a terminal is asked: what it can do, and how many pixels a cell has."""
NAME = b"\x1b[>0q"
QUERY = re.compile(rb"\x1b_G[^;]*i=(\d+)[^;]*a=q")
"""What one is asked that may know the graphics of kitty."""


def _run(attributes: bytes, kitty: str = "") -> bytes:
    """Open the cutouts on a terminal that answers so, leave once they are drawn, and return what it was sent."""
    process, ours, _ = start_in_terminal(PROGRAM)
    output = b""
    answers = [(ATTRIBUTES, attributes), (CELL_SIZE, b"\x1b[6;20;10t"), (b"Light curve", b"5")]
    if kitty:
        answers.append((NAME, b"\x1bP>|kitty(%s)\x1b\\%s" % (kitty.encode(), attributes)))
    while more := read(ours):
        output += more
        if kitty and (asked := QUERY.search(output)):
            os.write(ours, b"\x1b_Gi=%s;OK\x1b\\" % asked[1])
            kitty = ""
        for asked, answer in [each for each in answers if each[0] in output]:
            os.write(ours, answer)
            answers.remove((asked, answer))
        if not answers and b"difference" in output:
            os.write(ours, b"q")
            answers.append((b"nothing more", b""))
    os.close(ours)
    assert process.wait(20) == 0
    return output


def test_a_terminal_with_sixels_is_sent_three_pictures() -> None:
    """It said so, with a 4 among what it can do; there are no half-blocks."""
    output = _run(b"\x1b[?62;4;22c")
    assert output.count(b"\x1bP") >= 3
    assert "▀".encode() not in output


def test_a_terminal_without_sixels_is_sent_half_blocks() -> None:
    """It may be the same program, built or set up otherwise."""
    output = _run(b"\x1b[?62;22c")
    assert b"\x1bP" not in output
    assert "▀".encode() in output


@pytest.mark.slow
def test_a_kitty_that_is_too_old_for_placeholders_is_sent_half_blocks() -> None:
    """It says that it shows pictures, and would draw boxes in their place."""
    output = _run(b"\x1b[?62;c", "0.26.5")
    assert "\U0010eeee".encode() not in output
    assert "▀".encode() in output
