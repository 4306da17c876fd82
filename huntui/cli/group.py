"""`huntui group`: what the readers of a group, on however many machines, have found together."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huntui.cli.options import night_options_but
from huntui.cli.output import Output, checked_columns
from huntui.cli.streams import note
from huntui.errors import CallError, HuntuiError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.engine.group.merged import Merged
    from huntui.engine.group.results import Reached, Results
    from huntui.engine.snapshot import Snapshot
    from huntui.opening.night import PreparedNight

_APART_SECONDS = 2.0
_MOST_TOLD = 5


@click.command()
@click.argument("name", metavar="GROUP")
@night_options_but("max_alerts", "rate", "no_cache", "fetch")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.option("--follow", is_flag=True, help="Print them again whenever they change, until Ctrl-C.")
@click.option(
    "--export",
    "exports",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the survivors to a file, as `huntui run` does; repeatable.",
)
@click.option("--columns", metavar="A,B,C", default="", help="Columns of the exports.")
@click.option("--per-alert", is_flag=True, help="Export a row per alert, not per object.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
def group(night: NightOptions, name: str, follow: bool, columns: str, **wanted: Any) -> None:
    """Count what all readers of a group have read of a topic, as one night, and print its funnel.

    The readers share what they read (`huntui run --group GROUP --share`); this puts it together, and counts with the
    cuts in force here. Every packet counts once: readers may join, leave, die and come back. It reads along without
    belonging to the group, at any time and from any machine, with the same huntui. Where packets were read by somebody
    who did not share, standard error says which are missing, files say INCOMPLETE, and the exit code is 1.

    \b
    Examples:
      huntui group filters --source kafka://localhost:9092/class
      huntui group filters --source kafka://localhost:9092/class --json --export survivors.csv
      huntui group filters --source kafka --date 20240707 --cuts mine.yaml --follow
    """
    output = Output(columns=tuple(filter(None, columns.split(","))), **wanted)
    output.check()
    if not name:
        raise CallError("huntui group '': names nothing; give the name of a group.")
    if follow and output.exports:
        raise CallError("--follow prints counts again and again; leave --export out, or call without --follow.")
    night.check()
    from huntui.opening.night import prepare

    prepared = prepare(night)
    if prepared.source.kind != "kafka":
        raise CallError(f"{prepared.source.title}: a group shares a topic; give --source kafka://host:port/topic.")
    try:
        chosen = checked_columns(output, prepared.config.columns)
        _check_scores(prepared, chosen if output.exports else ())
        failures = _told(prepared, name, output, chosen, follow=follow)
    finally:
        prepared.source.close()
    if failures:
        raise WorkError(" ".join(failures))


def _check_scores(prepared: "PreparedNight", columns: tuple[str, ...]) -> None:
    """Raise `CallError` for what needs the score of a model: readers do not share it, nor the cutouts it looks at."""
    from huntui.scores import scores

    reads = {f"stage {stage.name}": stage.expression.kinds for stage in prepared.cuts.stages if stage.enabled}
    reads |= {f"treasure {treasure.name}": treasure.looks_like.kinds for treasure in prepared.hunt.treasures}
    for where, names in {**reads, "the export": dict.fromkeys(columns)}.items():
        if found := sorted(scores().keys() & names.keys()):
            raise CallError(
                f"{found[0]}, which {where} reads, is the score of a model, and a group shares none; leave it out, or "
                "read the whole topic with one `huntui run`."
            )


def _told(prepared: "PreparedNight", name: str, output: Output, columns: tuple[str, ...], *, follow: bool) -> list[str]:
    """Print what there is, write the files, and return a sentence for each thing that went wrong."""
    from huntui.cli.grouped import as_json, as_text
    from huntui.engine.chosen import Chosen
    from huntui.engine.export import Origin, export_chosen

    failures: list[str] = []
    said: set[str] = set()
    with_words = as_json if output.as_json else as_text
    for merged, snapshot in _merged(prepared, name, follow=follow):
        if snapshot.night.simulated:
            _say([prepared.simulated_note()], said)
        click.echo(with_words(snapshot, merged, time.time(), one_line=follow))
        failures = [snapshot.failure] if snapshot.failure else []
        for path in output.exports:
            try:
                origin, chosen = Origin(prepared.source), Chosen(per_alert=output.per_alert)
                note(export_chosen(path, snapshot, chosen, origin=origin, overwrite=output.overwrite, columns=columns))
            except HuntuiError as error:
                failures.append(str(error))
    return failures


def _merged(prepared: "PreparedNight", name: str, *, follow: bool) -> "Iterator[tuple[Merged, Snapshot]]":
    """Yield what there is, once, or whenever there is more."""
    from huntui.engine.group.merged import Merged
    from huntui.engine.group.results import Results
    from huntui.engine.group.sharing import Group

    results = Results(Group(name, prepared.source.title), prepared.config.kafka)
    try:
        number = results.open()
        merged = Merged(name, number, prepared.cuts, prepared.hunt, prepared.source, prepared.request.date)
        said: set[str] = set()
        told = False
        while True:
            # What is committed was shared before: whoever asks in this order misses nothing of it.
            reached = results.reached()
            if _read_on(results, merged) or not told:
                _say(_notes(merged, reached, follow=follow), said)
                told = True
                yield merged, merged.snapshot(_missing(merged, reached))
            if not follow:
                return
            time.sleep(_APART_SECONDS)
    finally:
        results.close()


def _read_on(results: "Results", merged: "Merged") -> bool:
    """Take in what was shared since the last time, and tell whether anything was."""
    anything = False
    for record, when in results.records():
        merged.take(record, when)
        anything = True
    return anything


def _say(sentences: Iterable[str], said: set[str]) -> None:
    """Say what was not said before."""
    for sentence in sentences:
        if sentence not in said:
            note(sentence)
        said.add(sentence)


def _notes(merged: "Merged", reached: "list[Reached]", *, follow: bool) -> Iterator[str]:
    """Yield what should be known of the counts, though none of them is wrong."""
    for reason, count in merged.refused.most_common(_MOST_TOLD):
        yield f"{count:,} {'record was' if count == 1 else 'records were'} left out: {reason}."
    for reader in merged.with_other_cuts()[:_MOST_TOLD]:
        yield (
            f"The reader {reader.member} on {reader.host} cuts with {reader.cuts}, and not as here: what it read is "
            "counted with the cuts of this call, as all of it is."
        )
    if not follow and (waiting := merged.waiting(reached)):
        yield f"{waiting:,} packets of the topic were not read, or not shared, yet."


def _missing(merged: "Merged", reached: "list[Reached]") -> str:
    """Say which packets are committed and were not shared; nothing where all were."""
    runs = merged.unshared(reached)
    if not runs:
        return ""
    number = sum(last - first + 1 for _, first, last in runs)
    partition, first, last = runs[0]
    return (
        f"{number:,} packets were read by somebody of the group {merged.group} and not shared, the first of them "
        f"{first:,} to {last:,} of partition {partition}: all readers need --share, and the same huntui as here."
    )
