"""What is said beside the data: sentences on standard error, and all of them in a log file, for every subcommand.

Rooms below say what they do to the logger `huntui`; this file alone decides where it goes.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from huntui.errors import CallError

LOG = logging.getLogger("huntui")

C = TypeVar("C", bound=Callable[..., Any])


class _StandardError(logging.Handler):
    """Writes sentences as they are, an error with the name of the program before it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.begun = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # where nobody can hear it, the work goes on
            prefix = "huntui: " if record.levelno >= logging.ERROR else ""
            click.echo(f"{prefix}{record.getMessage()}", err=True)


class _LogFile(logging.FileHandler):
    """Appends lines; a disk that is full ends no work that does not need it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its name there
        """Go on without the line."""


def begin() -> None:
    """Say notes and errors on standard error, as where nothing else was asked for, and close the log of a last call."""
    for handler in [*LOG.handlers]:
        LOG.removeHandler(handler)
        with suppress(OSError):  # what a full disk did not take is not taken now
            handler.close()
    LOG.propagate = False
    LOG.setLevel(logging.DEBUG)
    LOG.addHandler(_StandardError())


def finish(code: int) -> None:
    """Say with which exit code it ends, where details are wanted."""
    LOG.debug("exit code %s after %.2f s", code, time.monotonic() - _standard_error().begun)


def is_quiet() -> bool:
    """Return whether only errors are said on standard error."""
    return _standard_error().level >= logging.ERROR


@contextmanager
def hushed() -> Iterator[None]:
    """Say nothing on standard error, where the screen is drawn meanwhile; the log file has it all the same."""
    handler = _standard_error()
    before = handler.level
    handler.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        handler.setLevel(before)


def _standard_error() -> _StandardError:
    (handler,) = (one for one in LOG.handlers if isinstance(one, _StandardError))
    return handler


def log_options(command: C) -> C:
    """Give a command the options that say how much is said; they take effect when they are read."""
    for option in _OPTIONS:
        command = option(command)
    return command


def with_log_options(command: click.Command) -> click.Command:
    """Give them to a command that is made already, or to all of a group."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            with_log_options(each)
    elif not any(option.name == "log_file" for option in command.params):
        log_options(command)
        command.params += reversed(command.__dict__.pop("__click_params__", []))
    return command


def _say(level: int) -> Callable[[click.Context, click.Parameter, bool], None]:
    def say(_: click.Context, __: click.Parameter, wanted: bool) -> None:
        if wanted and _standard_error().level not in (logging.INFO, level):
            raise CallError("--quiet and --verbose: one says less, the other more; give one of them.")
        if wanted:
            _standard_error().setLevel(level)

    return say


def _keep_log(_: click.Context, __: click.Parameter, path: Path | None) -> None:
    if path is None:
        return
    try:
        handler = _LogFile(path, encoding="utf-8", errors="backslashreplace")
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else problem
        raise CallError(f"--log-file {path}: cannot be written ({reason}).") from None
    lines = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    lines.converter = time.gmtime
    handler.setFormatter(lines)
    LOG.addHandler(handler)
    LOG.debug("%s begins", click.get_current_context().command_path)


_OPTIONS = (
    click.option(
        "--log-file", metavar="FILE", type=click.Path(path_type=Path), expose_value=False, callback=_keep_log,
        help="Append all that is said, details too, to a file, each line with its time (UTC).",
    ),
    click.option(
        "-v", "--verbose", is_flag=True, expose_value=False, callback=_say(logging.DEBUG),
        help="Say details as well: the files in effect, what was read, how long it took.",
    ),
    click.option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=_say(logging.ERROR),
        help="Say nothing on standard error but errors: no progress, no notes.",
    ),
)  # fmt: skip

begin()
