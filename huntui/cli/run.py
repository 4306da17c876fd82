"""`huntui run`: a night without a screen."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huntui.cli.options import NightOptions, night_options
from huntui.errors import CallError, SourceError

if TYPE_CHECKING:
    from huntui.cli.night import PreparedNight


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
    if not exports and (columns or per_alert or overwrite):
        raise CallError("--columns, --per-alert and --overwrite are about exports: add --export FILE.")
    run_night(night, Output(as_json, exports, tuple(filter(None, columns.split(","))), per_alert, overwrite))


def run_night(options: NightOptions, output: Output) -> None:
    """Read the night, write the exports, print the funnel."""
    options.check()
    import asyncio

    from huntui.cli.night import prepare

    night = prepare(options)
    columns = _checked_columns(output, night)
    click.echo(asyncio.run(_read(night, output, columns)))


def _checked_columns(output: Output, night: "PreparedNight") -> tuple[str, ...]:
    """Return the columns of the exports; raises `CallError` for what would fail only after the night was read."""
    from huntui.exports.choice import choose_columns
    from huntui.exports.registry import writer_for
    from huntui.features.registry import columns

    for path in output.exports:
        writer_for(path)
        if not path.parent.is_dir():
            raise CallError(f"--export {path}: there is no folder {path.parent}.")
        if path.exists() and not output.overwrite:
            raise CallError(f"--export {path}: the file exists; choose another name, or add --overwrite.")
    return choose_columns(output.columns or night.config.columns, columns())


async def _read(night: "PreparedNight", output: Output, columns: tuple[str, ...]) -> str:
    from huntui.cli.progress import Progress
    from huntui.cli.report import as_json, as_text

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
                path, overwrite=output.overwrite, columns=columns, per_alert=output.per_alert
            )
            click.echo(sentence, err=True)
    finally:
        progress.clear()
        await engine.stop()
    # Not the snapshot: asyncio asks for the repr of what its main task returned, and a snapshot holds the whole night.
    return (as_json if output.as_json else as_text)(engine.latest)
