"""The three streams of the process: any of them may be closed, full, or a pipe whose reader has gone."""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

import click

_WRITING_FAILED = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EINVAL}


def hold_closed_streams() -> None:
    """Open the null device in the place of a closed stream, so that no file of ours gets its number."""
    while True:
        number = os.open(os.devnull, os.O_RDWR)
        if number > 2:
            os.close(number)
            return


def spell_what_cannot_be_encoded() -> None:
    """Let standard output write an escape for what its encoding lacks: a path need not be Unicode."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def buffered(stream: TextIO) -> TextIO:
    """Return a stream that writes all of a text, however little of it the terminal takes at a time.

    With `PYTHONUNBUFFERED` Python writes a text to the terminal once and drops what was not taken, as happens when a
    signal comes in between; half a screen would be missing then.
    """
    raw = getattr(stream, "buffer", None)
    if not isinstance(raw, io.RawIOBase):
        return stream
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, stream.errors, line_buffering=True)


def note(sentence: str) -> None:
    """Say something on standard error, unless it was asked for quiet, and in the log file."""
    from huntui.cli.logs import LOG

    LOG.info("%s", sentence)


def complain(sentence: str) -> None:
    """Say what went wrong on standard error, and in the log file."""
    from huntui.cli.logs import LOG

    LOG.error("%s", sentence)


def can_paint() -> bool:
    """Return whether a line on standard error can be painted again and again: on a terminal, unless it is quiet."""
    from huntui.cli.logs import is_quiet

    return sys.stderr is not None and sys.stderr.isatty() and not is_quiet()


def paint(line: str = "") -> None:
    """Put a line in the place of the one that was painted last; nothing takes it away."""
    with suppress(OSError):
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)


def output_failure(error: BaseException) -> str:
    """Return why standard output takes nothing more, where that is what an error tells; else nothing.

    Every file of ours is named by the errors about it, and what standard error does not take is not missed.
    """
    if isinstance(error, OSError) and error.filename is None and error.errno in _WRITING_FAILED:
        return error.strerror or str(error)
    return ""


def drop_output() -> None:
    """Let standard output lead nowhere: Python flushes it once more at exit, and would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
