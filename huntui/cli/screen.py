"""`huntui` without a subcommand: the screen, or `huntui run` where there is no terminal to draw on."""

import sys

import click

from huntui.cli.options import NightOptions


def show(options: NightOptions) -> None:
    """Open the screen on a night; where standard output is no terminal, do what `huntui run` does."""
    options.check()
    if reason := _no_screen():
        from huntui.cli.run import Output, run_night

        if sys.stdout.isatty():
            click.echo(f"No screen, since {reason}: this is what `huntui run` says.", err=True)
        run_night(options, Output())
        return
    _open(options)


def _no_screen() -> str:
    """Say why there can be no screen, or return an empty string.

    Textual reads keys from standard input and draws on standard error, so that all three must be a terminal.
    """
    streams = {"output": sys.stdout, "input": sys.stdin, "error": sys.stderr}
    return next((f"standard {name} is no terminal" for name, stream in streams.items() if not stream.isatty()), "")


def _open(options: NightOptions) -> None:
    from huntui.cli.night import prepare
    from huntui.tui.app import HuntApp

    night = prepare(options)
    app = HuntApp(night.engine(), keymap=night.config.keys)
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)
