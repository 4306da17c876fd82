"""`huntui run`: a night without a screen."""

from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huntui.cli.forwarding import check_desktop, forwarder
from huntui.cli.options import night_options
from huntui.cli.output import Output, checked_columns
from huntui.cli.reading import whole_night
from huntui.cli.streams import note
from huntui.errors import CallError, ExportError, HuntuiError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.cli.from_export import MadeAgain
    from huntui.engine.engine import Engine
    from huntui.engine.forward import Forwarder
    from huntui.opening.night import PreparedNight


def _no_speed(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value is not None:
        raise click.UsageError(
            "--speed is for the screen: a night has the same counts at every speed. --rate reads it slowly."
        )


@click.command()
@night_options
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.option(
    "--export",
    "exports",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the survivors to a file; its ending says how: .csv .json .jsonl .yaml .md .parquet .fits .ecsv .vot, "
    ".reg for DS9 and Aladin, .avro for the packets themselves, .tar for packets of any schemas; repeatable.",
)
@click.option(
    "--of",
    "what",
    type=click.Choice(["survivors", "claims", "night"]),
    default="survivors",
    help="What exports have: the survivors, the claims of the hunt that is kept, or the whole night.",
)
@click.option(
    "--light-curves",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the light curves of those objects to a file, a row per exposure; repeatable.",
)
@click.option(
    "--report",
    metavar="FILE.html",
    type=click.Path(path_type=Path),
    help="Write the hunt as one page that opens without a network: funnel, checklist, and per object its light curve, "
    "cutouts and values; with --of claims the hunt that is kept.",
)
@click.option(
    "--figures",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Write light curves (SVG and PNG) and cutouts (PNG) of those objects into a folder.",
)
@click.option(
    "--from-export",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Make the find of an export again, from the night and with the cuts that it names, and compare.",
)
@click.option("--columns", metavar="A,B,C", default="", help="Columns of the exports.")
@click.option("--per-alert", is_flag=True, help="Export a row per alert, not per object.")
@click.option(
    "--bad-packets",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write every bad packet, with its reason and where it is, to a .csv or .json file.",
)
@click.option(
    "--to-kafka",
    metavar="TOPIC",
    help="Send the packets of the survivors on, unchanged, to a topic or to kafka://host:port/topic.",
)
@click.option(
    "--to-samp",
    metavar="PROGRAM",
    help="Send those objects, as --columns and --per-alert say, to a program of the desktop by SAMP: topcat, aladin, "
    "ds9 …, or to all that take tables.",
)
@click.option(
    "--group",
    metavar="NAME",
    help="Read a topic of Kafka as one of a group: all of the same name share its packets between them.",
)
@click.option(
    "--share", is_flag=True, help="Tell the group what is read, so that `huntui group NAME` counts all of it."
)
@click.option("--speed", metavar="N", hidden=True, expose_value=False, callback=_no_speed)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
def run(night: NightOptions, columns: str, **wanted: Any) -> None:
    """Read a night without a screen and print its funnel.

    Progress goes to standard error, the funnel to standard output. Where the night breaks off, or packets cannot be
    read from the disk, what was read is still printed and exported (the files say INCOMPLETE); standard error says
    what is missing, and the exit code is 1.

    \b
    Examples:
      huntui run --date 20240707
      huntui run --source path/to/packets --json --export survivors.csv --columns objectId,ra,dec,magpsf
      huntui run --date 20240707 --of night --per-alert --export all.parquet
      huntui run --date 20240707 --export finds.vot --export finds.avro --light-curves curves.csv
      huntui run --date 20240707 --of claims --report hunt.html --figures pictures
      huntui run --from-export finds.vot
      huntui run --date 20240707 --bad-packets bad.csv
      huntui run --source path/to/packets --of claims --to-samp topcat
      huntui run --source kafka://localhost:9092/class --to-kafka kafka://localhost:9092/found
      huntui run --source kafka://localhost:9092/class --group filters --share
    """
    output = Output(columns=tuple(filter(None, columns.split(","))), **wanted)
    output.check()
    run_night(replace(night, settings=(*night.settings, *output.settings())), output)


def run_night(options: NightOptions, output: Output) -> None:
    """Read the night, write the files, print the funnel; raises `WorkError` at last for all that went wrong."""
    import asyncio

    from huntui.opening.night import prepare
    from huntui.opening.scores import check_columns

    if output.from_export is None:
        options.check()
        again, night = None, prepare(options)
    else:
        from huntui.cli.from_export import made_again

        again, night = made_again(output.from_export, options)
    if night.source.kind != "kafka" and any(output.settings()):
        raise CallError("--group and --share are about a topic of Kafka: give --source kafka://host:port/topic.")
    columns = checked_columns(output, night.config.columns)
    check_columns(columns if output.exports or output.report or output.to_samp else (), night.models, "the export")
    if output.to_samp is not None:
        check_desktop(night, output.to_samp)
    sends = None if output.to_kafka is None else forwarder(night, output.to_kafka)
    try:
        printed, failures = asyncio.run(_read(night, output, columns, again, sends))
    except KeyboardInterrupt:
        if sends is not None:
            note(f"{sends.message()} {sends.shortfall()}".rstrip())
        raise
    finally:
        if sends is not None:
            sends.close()
    click.echo(printed)
    if failures:
        raise WorkError(" ".join(failures))


async def _read(
    night: "PreparedNight",
    output: Output,
    columns: tuple[str, ...],
    again: "MadeAgain | None",
    sends: "Forwarder | None",
) -> tuple[str, list[str]]:
    """Return what to print, and a sentence for each thing that went wrong.

    Not the snapshot: asyncio asks for the repr of what its main task returned, and a snapshot holds the whole night.
    """
    from huntui.engine.shortfall import shortfall
    from huntui.engine.summary import as_json, as_text

    meanwhile = None if sends is None else partial(_send, sends)
    async with whole_night(night, meanwhile, with_claims=output.what == "claims") as engine:
        failures = [sentence for sentence in [shortfall(engine.latest)] if sentence]
        for writing in _writings(engine, output, columns, sends, night.config.pages):
            try:
                note(await writing)
            except HuntuiError as error:
                failures.append(str(error))
        if again is not None:
            sentence, same = again.compared(engine.latest, night.source)
            if same:
                note(sentence)
            else:
                failures.append(sentence)
        printed = (as_json if output.as_json else as_text)(engine.latest)
    if engine.not_shared:
        failures.append(f"Some of what was read was neither shared nor committed: {engine.not_shared}")
    return printed, failures


def _writings(
    engine: "Engine",
    output: Output,
    columns: tuple[str, ...],
    sends: "Forwarder | None",
    pages: Mapping[str, str],
) -> Iterator[Awaitable[str]]:
    """Yield what writes each file that was asked for, and what sends survivors on, one after the other."""
    for path in output.exports:
        yield engine.export(
            path, overwrite=output.overwrite, columns=columns, per_alert=output.per_alert, what=output.what
        )
    for path in output.light_curves:
        yield engine.export_light_curves(path, overwrite=output.overwrite, what=output.what)
    if output.report is not None:
        yield engine.report(output.report, overwrite=output.overwrite, columns=columns, what=output.what, pages=pages)
    if output.figures is not None:
        yield engine.figures(output.figures, overwrite=output.overwrite, what=output.what)
    if output.bad_packets is not None:
        yield engine.export_bad_packets(output.bad_packets, overwrite=output.overwrite)
    if output.to_samp is not None:
        yield engine.send_by_samp(output.to_samp, what=output.what, per_alert=output.per_alert, columns=columns)
    if sends is not None:
        yield _forwarded(engine, sends)


async def _forwarded(engine: "Engine", sends: "Forwarder") -> str:
    await _send(sends, engine)
    if shortfall := sends.shortfall():
        raise ExportError(f"{sends.message()} {shortfall}")
    return sends.message()


async def _send(sends: "Forwarder", engine: "Engine") -> None:
    import asyncio

    try:
        await engine.forward(sends)
    except asyncio.CancelledError:
        # The thread that sends would be waited for, though nobody waits for what it sends.
        sends.stop()
        raise
