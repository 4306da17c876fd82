"""`huntui` without a subcommand: the screen, or `huntui run` where there is no terminal to draw on."""

import os
import sys

from huntui.cli.options import NightOptions
from huntui.cli.streams import buffered, note


def show(options: NightOptions, *, fresh: bool = False, ascii: bool = False) -> None:
    """Open the screen on a night; where standard output is no terminal, do what `huntui run` does.

    A hunt that was kept is gone on with, unless a `fresh` one is wanted. It is drawn in `ascii` where that is
    asked for, configured, or all that the locale has.
    """
    options.check()
    if reason := _no_screen():
        from huntui.cli.output import Output
        from huntui.cli.run import run_night

        if sys.stdout.isatty():
            note(f"No screen, since {reason}: this is what `huntui run` says.")
        run_night(options, Output())
        return
    _open(options, fresh, ascii)


def _no_screen() -> str:
    """Say why there can be no screen, or return an empty string.

    Textual reads keys from standard input and draws on standard error, so that all three must be a terminal.
    """
    streams = {"output": sys.stdout, "input": sys.stdin, "error": sys.stderr}
    missing = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    return f"standard {missing[0]} is no terminal" if missing else ""


def _open(options: NightOptions, fresh: bool, ascii: bool) -> None:
    # Textual repaints at most so often per second, and a key press waits for up to two of these turns. It reads this
    # when it is imported.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from huntui.cli.night import prepare
    from huntui.tui.app import run_app
    from huntui.tui.themes import first_theme

    night = prepare(options)
    if sys.__stderr__ is not None:
        sys.__stderr__ = sys.stderr = buffered(sys.__stderr__)  # type: ignore[assignment,misc]
    config = night.config
    code = run_app(
        night.hunting(fresh=fresh), keymap=config.keys, celebrate=config.celebrate, pages=config.pages,
        theme=first_theme(config.theme), ascii=ascii or (lacks_unicode() if config.ascii is None else config.ascii),
    )  # fmt: skip
    if code:
        raise SystemExit(code)


def lacks_unicode() -> bool:
    """Return whether the locale says that the terminal has another encoding than UTF-8; where it says nothing, no.

    Python itself sets LC_CTYPE to C.UTF-8 where the locale is C, so that this alone tells nothing of the terminal.
    """
    all_of_it, ctype, lang = (os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    if ctype == "C.UTF-8" and lang in ("C", "POSIX"):
        ctype = ""
    locale = all_of_it or ctype or lang
    return bool(locale) and "utf8" not in locale.lower().replace("-", "")
