"""`huntui sweep`: many nights, each a task of its own, and one result of all of them."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huntui.cli.options import night_options_but
from huntui.cli.output import Output, checked_columns
from huntui.cli.streams import note
from huntui.errors import CallError, HuntuiError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.opening.night import Sought
    from huntui.sources.sweep_file import SweepFile
    from huntui.sweep.cluster import Where
    from huntui.sweep.places import Place
    from huntui.sweep.question import NightTask
    from huntui.sweep.sweep import Sweep, Took


@click.command()
@click.argument("nights", nargs=-1, metavar="[DATE|DATE..DATE]…")
@night_options_but("date", "source", "fetch")
@click.option(
    "--source", "sources", multiple=True, metavar="PLACE",
    help="A folder or an archive of one night, on disk or behind https://, s3:// or file://; with {date} in it one of "
    "each date; repeatable.",
)  # fmt: skip
@click.option("--simulate", is_flag=True, help="Simulate the nights that are not there, which are missing otherwise.")
@click.option("--name", metavar="NAME", help="What to call the sweep: the name of its folder in `sweep.folder`.")
@click.option("--fresh", is_flag=True, help="Do all nights again, though results of some are there.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler, tcp://host:8786; else workers on this machine.")
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 1024), help="Workers on this machine; else one per core."
)
@click.option("--memory", metavar="SIZE", help="Memory that each worker on this machine may use, as in 4GB.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option(
    "--export", "exports", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
    help="Write the survivors of all nights to a file, in any format of `huntui run`; repeatable.",
)  # fmt: skip
@click.option(
    "--light-curves", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
    help="Write their light curves, joined over all nights, a row per exposure; repeatable.",
)  # fmt: skip
@click.option("--columns", metavar="A,B,C", default="", help="Columns of the exports.")
@click.option("--per-alert", is_flag=True, help="Export a row per alert, not per object.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
def sweep(night: NightOptions, nights: tuple[str, ...], columns: str, **wanted: Any) -> None:
    """Read many nights without a screen, several at a time, and put together what comes through.

    Each night is a task of its own, for a worker on this machine or of a Dask cluster, so that its counts are those of
    `huntui run`. Results go into sweeps/NAME as they come: the same call goes on where a sweep broke off, tries again
    what failed, and does no night twice. The folder opens like a night. Where a night is missing or failed, the others
    are still there, and the exit code is 1.

    \b
    Examples:
      huntui sweep 20240701..20240731
      huntui sweep 20240701..20240731 --cuts mine.yaml --hunt rare-finds --workers 2 --name july
      huntui sweep 20240701..20240707 --source 'https://ztf.uw.edu/alerts/public/ztf_public_{date}.tar.gz'
      huntui sweep 20240701..20240731 --source 's3://bucket/nights/{date}/' --scheduler tcp://head:8786
      huntui sweep --source one/folder --source another.tar.gz --json --export finds.csv --light-curves curves.csv
      huntui --source sweeps/july                         the survivors of all nights on the screen
    """
    output = _output(columns, wanted)
    output.check()
    if wanted["scheduler"] is not None and (wanted["workers"] is not None or wanted["memory"] is not None):
        raise CallError("--workers and --memory are for workers on this machine; --scheduler has its own.")
    from huntui.sweep.cluster import check_installed

    check_installed()
    _sweep(night, nights, output, wanted)


def _output(columns: str, wanted: dict[str, Any]) -> Output:
    names = ("as_json", "exports", "light_curves", "per_alert", "overwrite")
    return Output(columns=tuple(filter(None, columns.split(","))), **{name: wanted[name] for name in names})


def _sweep(night: NightOptions, nights: Sequence[str], output: Output, wanted: dict[str, Any]) -> None:
    import tempfile

    from huntui.cli.sweep_progress import SweepProgress
    from huntui.cli.swept import as_json, as_text
    from huntui.opening.night import sought
    from huntui.opening.scores import check_columns
    from huntui.sweep.exports import shortfall
    from huntui.sweep.sweep import sweep as swept

    found = sought(night)
    columns = checked_columns(output, found.config.columns)
    check_columns(columns if output.exports else (), found.models, "the export")
    asked = _asked(night, nights, found, columns if output.exports else (), wanted)
    progress = SweepProgress(len(asked.places))
    try:
        with tempfile.TemporaryDirectory(prefix="huntui-sweep-", ignore_cleanup_errors=True) as scratch:
            summary = swept(asked, partial(_run, wanted, scratch, progress), progress.looked)
    except KeyboardInterrupt:
        progress.clear()
        note(f"What is done is kept in {asked.folder}; the same call goes on from there.")
        raise
    finally:
        progress.clear()
    failures = [sentence for sentence in [shortfall(summary)] if sentence]
    failures += _exported(asked.folder, summary, output, columns)
    note(f"{asked.folder} has the summary; huntui --source {asked.folder} opens it like a night.")
    click.echo((as_json if output.as_json else as_text)(summary))
    if failures:
        raise WorkError(" ".join(failures))


def _asked(
    night: NightOptions, nights: Sequence[str], found: "Sought", columns: Iterable[str], wanted: dict[str, Any]
) -> "Sweep":
    from dataclasses import replace

    from huntui import shipped
    from huntui.opening.night import request_of
    from huntui.scores import scores
    from huntui.sweep.places import days, places
    from huntui.sweep.question import Question
    from huntui.sweep.sweep import Sweep

    config = found.config
    request = replace(request_of(night, config), simulate_missing=wanted["simulate"], kafka={})
    dates = list(dict.fromkeys(day for text in nights for day in days(text)))
    meant = places(dates, wanted["sources"], request)
    question = Question(
        cuts=found.cuts, hunt=found.hunt, models=found.models,
        scored=tuple(sorted(name for name in columns if name in scores())),
        max_alerts=config.source.max_alerts, rate=config.source.rate, max_packets=config.sweep.max_packets,
        cache_bytes=int(config.cache.max_gb * 1e9) if config.cache.enabled else None,
    )  # fmt: skip
    folder = Path(config.sweep.folder).expanduser() / _name(wanted["name"], meant)
    hunt_file = shipped.find("hunts", config.hunt)
    return Sweep(folder, question, hunt_file, meant, config.fetch.attempts, wanted["fresh"])


def _name(name: str | None, meant: "Sequence[Place]") -> str:
    from huntui.sources.sweep_file import NAME

    if name is None:
        names = [place.name for place in meant]
        return names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
    if not NAME.fullmatch(name):
        raise CallError(f"--name {name}: is the name of a folder: letters, digits and . _ + -, 80 at most.")
    return name


def _run(wanted: dict[str, Any], scratch: str, progress: Any, tasks: "Sequence[NightTask]", took: "Took") -> None:
    from dataclasses import replace

    from huntui.cli.progress import COMPILING
    from huntui.engine.ingest import cores
    from huntui.engine.warmup import compile_missing
    from huntui.sweep.cluster import carry_out

    where = _where(wanted, scratch, len(tasks))
    decoders = None
    if where.scheduler is None:
        decoders = max(1, cores() // where.workers)
        compile_missing(lambda _: progress.told(COMPILING))  # or each worker would, all at the same time
    carry_out([replace(task, decoders=decoders) for task in tasks], where, took, progress.told)


def _where(wanted: dict[str, Any], scratch: str, nights: int) -> "Where":
    from huntui.engine.ingest import cores
    from huntui.sweep.cluster import Where, on_this_machine, parse_memory

    if wanted["scheduler"] is not None:
        return Where(wanted["scheduler"])
    memory = None if wanted["memory"] is None else parse_memory(wanted["memory"])
    return on_this_machine(nights, wanted["workers"], memory, cores(), scratch)


def _exported(folder: Path, summary: "SweepFile", output: Output, columns: tuple[str, ...]) -> list[str]:
    """Write the files that were asked for; return a sentence for each that could not be written."""
    from huntui.exports.export import export
    from huntui.sweep.exports import light_curves, survivors

    failures = []
    files = [
        (path, partial(survivors, folder, summary, columns, per_alert=output.per_alert)) for path in output.exports
    ]
    files += [(path, partial(light_curves, folder, summary)) for path in output.light_curves]
    for path, table in files:
        try:
            note(export(path, table(), output.overwrite))
        except HuntuiError as error:
            failures.append(str(error))
    return failures
