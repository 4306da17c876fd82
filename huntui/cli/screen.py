"""`huntui` without a subcommand: the screen, or `huntui run` where there is no terminal to draw on.

Where no night is named the screen begins with what there is to choose from.
"""

import math
import os
import sys
from typing import TYPE_CHECKING

from huntui.cli.streams import buffered, note
from huntui.errors import CallError, ConfigError, nearest
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.engine.beginning import StartFace
    from huntui.engine.face import EngineFace


def show(options: NightOptions, *, fresh: bool = False, speed: float | None = None, ascii: bool = False) -> None:
    """Open the screen on a night; where standard output is no terminal, do what `huntui run` does.

    A hunt that was kept is gone on with, unless a `fresh` one is wanted. With a `speed` the night is replayed, so many
    times as fast as it was observed, which only a screen can show. It is drawn in `ascii` where that is asked for,
    configured, or all that the locale has.
    """
    options.check_names()
    if speed is not None and not math.isfinite(speed):
        raise CallError(f"--speed {speed:g}: a night is replayed at a number of times its own speed, as in --speed 60.")
    if _on_a_page():
        options.check()  # what lies on this machine is not for everybody to choose from
    if reason := _no_screen():
        if speed is not None:
            raise CallError(f"--speed is for the screen, and there is none, since {reason}; leave the option out.")
        options.check()
        from huntui.cli.output import Output
        from huntui.cli.run import run_night

        if sys.stdout.isatty():
            note(f"No screen, since {reason}: this is what `huntui run` says.")
        run_night(options, Output())
        return
    _open(options, fresh, speed, ascii)


def _no_screen() -> str:
    """Say why there can be no screen, or return an empty string.

    Textual reads keys from standard input and draws on standard error, so that all three must be a terminal.
    """
    if _on_a_page():
        return ""
    streams = {"output": sys.stdout, "input": sys.stdin, "error": sys.stderr}
    missing = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    return f"standard {missing[0]} is no terminal" if missing else ""


def _on_a_page() -> bool:
    """Return whether a browser stands in for the terminal, as `huntui serve` has it."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def _open(options: NightOptions, fresh: bool, speed: float | None, ascii: bool) -> None:
    # Textual repaints at most so often per second, and a key press waits for up to two of these turns. It reads this
    # when it is imported.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from huntui.cli.beginnings import Beginnings
    from huntui.cli.logs import hushed
    from huntui.opening.night import configured, prepare
    from huntui.session.commands import Replay
    from huntui.session.lessons import Lessons
    from huntui.tui.app import run_app
    from huntui.tui.graphics import pictures
    from huntui.tui.options import ScreenOptions
    from huntui.tui.themes import ALL_THEMES, first_theme

    begin_with: EngineFace | StartFace
    if options.names_a_night:
        night = prepare(options)
        config, engine = night.config, night.hunting(fresh=fresh, read_only=_on_a_page())
        if speed is not None:
            engine.send(Replay(speed))
        begin_with = engine
    else:
        config = configured(options)
        begin_with = Beginnings(options, config, fresh=fresh, speed=speed)
    if config.theme != "auto" and config.theme not in ALL_THEMES:
        names = ["auto", *ALL_THEMES]
        raise ConfigError(
            f"theme: there is no theme {config.theme!r}; there are {', '.join(names)}.{nearest(config.theme, names)}"
        )
    lessons = None if _on_a_page() else Lessons.of_user() if config.session.keep else Lessons()
    if sys.__stderr__ is not None:
        sys.__stderr__ = sys.stderr = buffered(sys.__stderr__)  # type: ignore[assignment,misc]
    chosen = ScreenOptions(
        keymap=config.keys, celebrate=config.celebrate, pages=config.pages, table=tuple(config.table),
        pictures=pictures(config.graphics, os.environ), theme=first_theme(config.theme), lessons=lessons,
        ascii=ascii or (lacks_unicode() if config.ascii is None else config.ascii),
    )  # fmt: skip
    with hushed():
        code, words = run_app(begin_with, chosen)
    if words:
        note(words)
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
