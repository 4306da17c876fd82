"""`python -m bench [NAME …] [--json] [--data DIR]`: measure what huntui promises, and say whether it holds.

0 where everything that can be measured was, reached or not; 1 where huntui gave a wrong result; 2 for a wrong call.
Standard output is figures only; what was left out, and why, is said on standard error.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import click

from bench.data import Packets
from bench.report import Figure, NotMeasuredError, WrongResultError, as_json, as_table
from bench.sizes import Sizes
from huntui.errors import HuntuiError, nearest

MEASUREMENTS = {
    "folder": "bench.folder:measure",
    "archive": "bench.archive:measure",
    "memory": "bench.memory:measure",
    "simulate": "bench.simulate:measure",
    "retune": "bench.retune:measure",
    "streaming": "bench.retune:measure_streaming",
    "kafka": "bench.kafka:measure",
    "sweep": "bench.sweep:measure",
    "models": "bench.models:measure",
    "keys": "bench.keys:measure",
    "start": "bench.start:measure",
}
"""Name -> "module:function" of every measurement."""

NAMES = list(MEASUREMENTS)

Measure = Callable[[Packets, Sizes], list[Figure]]


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--json", "json", is_flag=True, help="Print a JSON list instead of a table.")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of real packets; without it ../shared/alerts/packets, or else simulated ones.",
)
@click.pass_obj
def bench(sizes: Sizes, names: tuple[str, ...], json: bool, data: Path | None) -> None:
    """Measure the numbers of the design: folder archive memory simulate retune streaming kafka sweep models keys start.

    Without a NAME all of them. `python -m bench fuzz --minutes N` looks for a packet that does harm instead, `python -m
    bench rubin` simulates the peaks of Rubin.
    """
    for name in names:
        if name not in NAMES:
            raise click.UsageError(
                f"There is no measurement {name!r}; there are {', '.join(NAMES)}.{nearest(name, NAMES)}"
            )
    figures = measured(names or NAMES, data, sizes)
    print(as_json(figures) if json else as_table(figures))


def measured(names: Sequence[str], data: Path | None, sizes: Sizes) -> list[Figure]:
    """Return the figures of some measurements, and say on standard error which could not be made."""
    figures = []
    with Packets(data, sizes) as packets:
        for name in dict.fromkeys(names):
            try:
                figures += measurement(name)(packets, sizes)
            except NotMeasuredError as reason:
                print(f"{name} is left out: {reason}.", file=sys.stderr)
    return figures


def measurement(name: str) -> Measure:
    """Return what measures under a name."""
    module, _, function = MEASUREMENTS[name].partition(":")
    found: Measure = getattr(import_module(module), function)
    return found


def main(arguments: Sequence[str], sizes: Sizes | None = None) -> int:
    """Run the benchmarks and return an exit code; every error is one sentence on standard error."""
    if arguments[:1] == ["fuzz"]:
        found: Callable[[list[str]], int] = import_module("bench.fuzz").main
        return found(list(arguments[1:]))
    sizes = sizes or Sizes()
    try:
        if arguments[:1] == ["rubin"]:
            import_module("bench.rubin").main(arguments[1:], sizes)
            return 0
        bench.main(list(arguments), prog_name="python -m bench", standalone_mode=False, obj=sizes)
    except click.ClickException as error:
        return _fail(error.format_message(), 2)
    except (NotMeasuredError, WrongResultError, HuntuiError) as error:
        return _fail(str(error), 1)
    except (click.Abort, KeyboardInterrupt):
        return _fail("interrupted.", 130)
    return 0


def _fail(sentence: str, code: int) -> int:
    print(f"bench: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
