"""`huntui run`: a night without a screen."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huntui.cli.options import NightOptions, night_options

if TYPE_CHECKING:
    from huntui.cli.night import PreparedNight
    from huntui.engine.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Output:
    """What is wanted of the night."""

    as_json: bool = False
    exports: tuple[Path, ...] = ()
    columns: tuple[str, ...] = ()
    """Empty for those of the configuration."""
    per_alert: bool = False
    overwrite: bool = False


@click.command()
@night_options
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.option(
    "--export",
    "exports",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the survivors to a .csv or .json file; repeatable.",
)
@click.option("--columns", metavar="A,B,C", default="", help="Columns of the exports.")
@click.option("--per-alert", is_flag=True, help="Export a row per alert, not per object.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")  # fmt: skip
def run(
    night: NightOptions, as_json: bool, exports: tuple[Path, ...], columns: str, per_alert: bool, overwrite: bool
) -> None:
    """Read a night without a screen and print its funnel.

    Progress goes to standard error, the funnel to standard output.

    \b
    Examples:
      huntui run --date 20240707
      huntui run --source path/to/packets --json --export survivors.csv --columns objectId,ra,dec,magpsf
      huntui run --date 20240707 --cuts none --per-alert --export all.csv
    """
    names = tuple(name.strip() for name in columns.split(",") if name.strip())
    run_night(night, Output(as_json, exports, names, per_alert, overwrite))


def run_night(options: NightOptions, output: Output) -> None:
    """Read the night, write the exports, print the funnel."""
    options.check()
    import asyncio

    from huntui.cli.night import prepare
    from huntui.cli.report import as_object, as_text

    night = prepare(options)
    snapshot = asyncio.run(_read(night, output))
    if output.as_json:
        import json

        click.echo(json.dumps(as_object(snapshot), indent=2, ensure_ascii=False))
    else:
        click.echo(as_text(snapshot))


async def _read(night: "PreparedNight", output: Output) -> "Snapshot":
    from huntui.cli.progress import Progress
    from huntui.errors import SourceError

    if night.source.simulated:
        click.echo(night.simulated_note(), err=True)
    engine, progress = night.engine(), Progress()
    await engine.start()
    try:
        async for snapshot in engine:
            progress.show(snapshot)
            if snapshot.status in ("finished", "failed"):
                break
        progress.clear()
        if engine.latest.status == "failed":
            raise SourceError(engine.latest.message)
        for path in output.exports:
            sentence = await engine.export(
                path, overwrite=output.overwrite, columns=output.columns or None, per_alert=output.per_alert
            )
            click.echo(sentence, err=True)
    finally:
        progress.clear()
        await engine.stop()
    return engine.latest
