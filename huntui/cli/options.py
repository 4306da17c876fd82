"""The options of every command that works on a night."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from huntui.cli.completing import names_of, nights, sources
from huntui.errors import CallError
from huntui.opening.options import NightOptions, checked_date


class NightDate(click.ParamType[str]):
    """The date of a night, as ZTF's archive writes it: 20240707."""

    name = "YYYYMMDD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the date as it came, or fail with a sentence that shows how to write it."""
        try:
            return checked_date(str(value))
        except CallError as problem:
            self.fail(str(problem), param, ctx)


_OPTIONS = (
    click.option(
        "--date", type=NightDate(), shell_complete=nights, help="The night; simulated where it is not on disk."
    ),
    click.option(
        "--source", metavar="FOLDER", shell_complete=sources,
        help="A folder or archive of packets, `simulated`, `kafka`, or kafka://host:port/topic.",
    ),
    click.option(
        "--cuts", metavar="NAME", shell_complete=names_of("cuts", "none"),
        help="Stages of the funnel, a name or a file; `none` keeps every alert.",
    ),
    click.option(
        "--hunt", metavar="NAME", shell_complete=names_of("hunts"), help="What is hunted, a name or a file."
    ),
    click.option(
        "--config", metavar="FILE", type=click.Path(path_type=Path), help="Configuration, read after ./config.yaml."
    ),
    click.option(
        "--set", "settings", multiple=True, metavar="KEY=VALUE",
        help="Turn a knob (young.age_max=30) or set a key of the configuration (source.rate=500); repeatable.",
    ),
    click.option("--max-alerts", metavar="N", type=click.IntRange(min=1), help="Stop after N distinct alerts."),
    click.option("--rate", metavar="N", type=click.FloatRange(0, min_open=True), help="N alerts per second at most."),
    click.option("--no-cache", is_flag=True, help="Read the packets, though the night may be kept; keep nothing."),
    click.option("--fetch", is_flag=True, help="Download the real night if it is not on disk, and read it meanwhile."),
)  # fmt: skip

NAMES = tuple(field for field in NightOptions.__dataclass_fields__)


def night_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a night; it gets them as one `NightOptions`, its first argument."""
    return night_options_but()(command)


def night_options_but(*left_out: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what gives a command the options of a night, but those that have no meaning for it."""
    names = [name for name in NAMES if name not in left_out]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def with_night(*args: Any, **values: Any) -> None:
            night = NightOptions(**{name: values.pop(name) for name in names})
            command(night, *args, **values)

        for name, option in reversed(list(zip(NAMES, _OPTIONS, strict=True))):
            if name in names:
                with_night = option(with_night)
        return with_night

    return decorate
