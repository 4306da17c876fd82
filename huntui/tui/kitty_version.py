"""Which kitty this terminal is: pictures stand where placeholders do, which kitty knows from 0.28 on.

Before that it draws the placeholders as boxes, though it says that it shows pictures.
"""

import os
import re
import select
import sys
import time

FIRST_WITH_PLACEHOLDERS = (0, 28)
_ASKED = b"\x1b[>0q\x1b[c"
"""What the terminal is called (XTVERSION), and what it can do (DA1), which every terminal answers."""
_LAST_ANSWER = re.compile(rb"\x1b\[\?[\d;]*c")
_SECONDS = 0.3


def knows_placeholders(answer: bytes) -> bool:
    """Return whether a terminal that calls itself so shows pictures where placeholders stand; all but an old kitty."""
    found = re.search(rb"kitty\((\d{1,4})\.(\d{1,4})", answer)
    return found is None or (int(found[1]), int(found[2])) >= FIRST_WITH_PLACEHOLDERS


def asked_what_it_is() -> bytes:
    """Return what the terminal says of itself, nothing where nobody can be asked. To be called before the screen."""
    try:
        import termios
        import tty
    except ImportError:
        return b""
    if sys.__stdin__ is None or sys.__stdout__ is None or not (sys.__stdin__.isatty() and sys.__stdout__.isatty()):
        return b""
    keyboard = sys.__stdin__.fileno()
    before = termios.tcgetattr(keyboard)
    answer, deadline = b"", time.monotonic() + _SECONDS
    try:
        tty.setcbreak(keyboard)
        os.write(sys.__stdout__.fileno(), _ASKED)
        while not _LAST_ANSWER.search(answer):
            if not select.select([keyboard], [], [], max(0.0, deadline - time.monotonic()))[0]:
                break
            answer += os.read(keyboard, 1)
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
    return answer
