"""`huntui compare`: what one set of cuts keeps of a night and another does not."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huntui.cli.completing import names_of
from huntui.cli.options import night_options
from huntui.cli.output import Output, checked_columns
from huntui.cli.reading import whole_night
from huntui.cli.streams import note
from huntui.errors import CallError, HuntuiError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.funnel.cuts import Cuts
    from huntui.opening.night import PreparedNight


@click.command()
@night_options
@click.option(
    "--a",
    metavar="NAME",
    shell_complete=names_of("cuts", "none"),
    help="What you have, a name or a file; else the cuts in force (--cuts).",
)
@click.option(
    "--b",
    metavar="NAME",
    required=True,
    shell_complete=names_of("cuts", "none"),
    help="What to compare it with, a name or a file, or `none`.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with every object of each side.")
@click.option(
    "--export",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write every object, with its side (gained, lost, common), to a .csv or .json file.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
def compare(night: NightOptions, a: str | None, b: str, *, as_json: bool, export: Path | None, overwrite: bool) -> None:
    """Compare two sets of cuts over a night: both funnels, and the objects that B gains, loses, and has in common.

    An object is kept where at least one of its alerts survives. Behind each object stands the stage of the other side
    that rejects the newest alert by which it is kept.

    \b
    Examples:
      huntui compare --date 20240707 --b bright-transient-survey
      huntui compare --source path/to/packets --a mine.yaml --b ampel-simple-decent --export sides.csv
      huntui compare --date 20240707 --set young.age_max=30 --b transients --json
    """
    if a is not None and night.cuts is not None:
        raise CallError("--a and --cuts name the same cuts; give one of them.")
    if a is not None:
        night = replace(night, cuts=a)
    output = Output(as_json=as_json, exports=() if export is None else (export,), overwrite=overwrite)
    output.check()
    night.check()
    import asyncio

    from huntui.engine.shelf import Shelf
    from huntui.opening.night import prepare
    from huntui.opening.scores import check_cuts

    prepared = prepare(night)  # from here on the columns of models are known
    other = Shelf().cuts(b)
    check_cuts(other, prepared.models)
    columns = checked_columns(output, prepared.config.columns)
    told, failures = asyncio.run(_told(prepared, other, output, columns))
    click.echo(told)
    if failures:
        raise WorkError(" ".join(failures))


async def _told(
    prepared: "PreparedNight", other: "Cuts", output: Output, columns: tuple[str, ...]
) -> tuple[str, list[str]]:
    """Return what to print, and a sentence for each thing that went wrong."""
    from huntui.cli.compared import as_json, as_text
    from huntui.engine.comparison_export import export_comparison
    from huntui.engine.shortfall import shortfall

    async with whole_night(prepared) as engine:
        snapshot, found = engine.latest, await engine.compare(other)
        failures = [sentence for sentence in [shortfall(snapshot)] if sentence]
        for path in output.exports:
            try:
                note(export_comparison(path, snapshot, found, overwrite=output.overwrite, columns=columns))
            except HuntuiError as error:
                failures.append(str(error))
        return (as_json if output.as_json else as_text)(snapshot, found), failures
