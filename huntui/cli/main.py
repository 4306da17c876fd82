"""The entry point: finds the subcommand, and is the only place that turns an error into an exit code.

0 done, 1 the work failed, 2 the call was wrong, 130 interrupted. Nothing heavy is imported before a command runs.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from huntui import __version__
from huntui.cli.logs import begin, finish, log_options, with_log_options
from huntui.cli.options import night_options
from huntui.cli.streams import complain, drop_output, hold_closed_streams, output_failure, spell_what_cannot_be_encoded
from huntui.errors import CallError, HuntuiError, nearest
from huntui.opening.options import NightOptions

COMMANDS = {
    "cache": "huntui.cli.cache:cache",
    "compare": "huntui.cli.compare:compare",
    "explain": "huntui.cli.explain:explain",
    "fetch": "huntui.cli.fetch:fetch",
    "group": "huntui.cli.group:group",
    "hunts": "huntui.cli.hunts:hunts",
    "init": "huntui.cli.init:init",
    "lookup": "huntui.cli.lookup:lookup",
    "models": "huntui.cli.models:models",
    "replay": "huntui.cli.replay:replay",
    "run": "huntui.cli.run:run",
    "score": "huntui.cli.score:score",
    "serve": "huntui.cli.serve:serve",
    "session": "huntui.cli.session:session",
    "show": "huntui.cli.show:show",
    "simulate": "huntui.cli.simulate:simulate",
    "sweep": "huntui.cli.sweep:sweep",
}
"""Every subcommand and where it lives."""


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all subcommands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one subcommand, or return None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return with_log_options(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand, or fail with the nearest name."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            known = sorted(COMMANDS)
            raise click.UsageError(
                f"There is no subcommand {args[0]!r}; there are {', '.join(known)}.{nearest(args[0], known)}"
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
@night_options
@log_options
@click.option("--fresh", is_flag=True, help="Begin anew, though a hunt in this night may be kept; that one stays.")
@click.option(
    "--speed",
    metavar="N",
    type=click.FloatRange(0, min_open=True),
    help="Replay the night once it is read, as it came in, N times as fast.",
)
@click.option("--ascii", is_flag=True, help="Draw the screen in ASCII alone, for a terminal without Unicode.")
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def huntui(context: click.Context, night: NightOptions, fresh: bool, speed: float | None, ascii: bool) -> None:
    """A treasure hunt through a night of ZTF alerts.

    Without a subcommand it opens the screen; where there is no terminal it does what `huntui run` does. The screen goes
    on where it was left on that night.

    \b
    Examples:
      huntui --date 20240707                    the screen, on that night
      huntui --source path/to/packets           the screen, on a folder of .avro packets
      huntui --date 20240707 --speed 300        the screen, and the night comes in as it was observed, only faster
      huntui run --date 20240707 --json         no screen, the counts as JSON
      huntui init                               config.yaml, hunts/ and cuts/ into this directory, for editing
    """
    if context.invoked_subcommand is None:
        from huntui.cli.screen import show

        show(night, fresh=fresh, speed=speed, ascii=ascii)
    elif fresh:
        raise click.UsageError(f"--fresh is for the screen; huntui {context.invoked_subcommand} resumes nothing.")
    elif speed is not None:
        raise click.UsageError(f"--speed is for the screen; huntui {context.invoked_subcommand} replays nothing.")
    elif ascii:
        raise click.UsageError(f"--ascii is for the screen; huntui {context.invoked_subcommand} draws none.")
    elif night != NightOptions():
        raise click.UsageError(f"Put the options behind the subcommand: huntui {context.invoked_subcommand} --date …")


def main() -> None:
    """Run huntui with the arguments of the process and leave with its exit code."""
    hold_closed_streams()
    spell_what_cannot_be_encoded()
    sys.exit(exit_code(sys.argv[1:]))


def exit_code(arguments: Sequence[str]) -> int:
    """Run huntui and return its exit code; every error is one sentence on standard error."""
    begin()
    if sys.stdout is None:
        return _fail("standard output is closed, so that there is nowhere to print.", 1)
    code = _code(arguments)
    finish(code)
    return code


def _code(arguments: Sequence[str]) -> int:
    try:
        code = huntui.main(list(arguments), prog_name="huntui", standalone_mode=False)
        sys.stdout.flush()
    except HuntuiError as error:
        return _fail(str(error), 2 if isinstance(error, CallError) else 1)
    except click.ClickException as error:
        return _fail(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        return _fail("interrupted.", 130)
    except BrokenPipeError:
        drop_output()
        return 1
    except Exception as error:
        if reason := output_failure(error):
            drop_output()
            return _fail(f"standard output cannot be written: {reason}.", 1)
        if os.environ.get("HUNTUI_DEBUG"):
            raise
        return _fail(
            f"a mistake in huntui itself ({type(error).__name__}: {error}); please open an issue where you got huntui, "
            "with the command and what HUNTUI_DEBUG=1 makes it say.",
            1,
        )
    return code if isinstance(code, int) else 0


def _fail(sentence: str, code: int) -> int:
    complain(sentence)
    return code
