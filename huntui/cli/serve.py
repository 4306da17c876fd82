"""`huntui serve`: the screen as a page, for a class without terminals."""

import shlex
import socket
import sys
from dataclasses import fields
from pathlib import Path

import click

from huntui.cli.options import night_options
from huntui.cli.streams import note
from huntui.errors import CallError
from huntui.opening.options import NightOptions

PAGE = Path(__file__).parent / "page"
"""What stands around the terminal of a page: the library's own needs a font from elsewhere and a click before keys."""
_EVERYWHERE = ("", "0.0.0.0", "::")


@click.command()
@night_options
@click.option("--host", default="localhost", show_default=True, help="Where to listen: a name or an address.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--public-url", metavar="URL", help="The address that browsers use, where it is another one.")
def serve(night: NightOptions, host: str, port: int, public_url: str | None) -> None:
    """Serve the screen to browsers, until it is interrupted.

    Everybody who opens the page hunts alone, and what they do is not kept. No file can be written or named from a
    page. Needs the extra `web`.

    \b
    Examples:
      huntui serve --date 20240707                          http://localhost:8000, on this machine only
      huntui serve --date 20240707 --host 0.0.0.0 \\
          --public-url http://192.168.1.20:8000             for a class
    """
    from huntui.opening.night import prepare

    night.check()
    prepare(night)
    try:
        from textual_serve.server import Server
    except ImportError:
        raise CallError("huntui serve needs the extra `web`: pip install 'huntui[web]'.") from None
    _check_free(host, port)
    if host in _EVERYWHERE and public_url is None:
        raise CallError(
            f"--host {host}: browsers need an address to come back to; say it with --public-url http://ADDRESS:{port}."
        )
    address = public_url or f"http://{host}:{port}"
    note(f"huntui: {address} until Ctrl-C; whoever reaches this address may hunt.")
    Server(
        shlex.join(command(night)), host=host, port=port, title="huntui", public_url=public_url,
        templates_path=str(PAGE),
    ).serve()  # fmt: skip


def command(night: NightOptions) -> list[str]:
    """Return the command of one page: the screen on the same night, of which nothing is kept."""
    said = [sys.executable, "-m", "huntui", "--fresh", "--set", "session.keep=false"]
    for field in fields(night):
        value = getattr(night, field.name)
        option = f"--{field.name.replace('_', '-')}"
        if field.name == "settings":
            said += [word for setting in value for word in ("--set", setting)]
        elif value is True:
            said.append(option)
        elif value:
            said += [option, str(value)]
    return said


def _check_free(host: str, port: int) -> None:
    """Raise `CallError` where nobody can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise CallError(f"--host {host} --port {port}: nobody can listen there: {error.strerror or error}.") from None
