"""`huntui session`: what is kept of hunts, and copies of it as files."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huntui.cli.options import NightDate
from huntui.cli.streams import note
from huntui.errors import CallError

if TYPE_CHECKING:
    from huntui.session.store import KeptHunt, Store

_ROW = "{:>6}  {:<8}  {:<9}  {:<16}  {:>6}  {:>6}  {:<16}  {}"
_FILE = click.argument("file", metavar="FILE.json", type=click.Path(path_type=Path))


@click.group(context_settings={"max_content_width": 120})
def session() -> None:
    """Show what is kept of hunts, copy it to a file and back, and forget it.

    The screen keeps cuts, claims and the way back to earlier ones, and goes on with what was kept last of a night and a
    hunt file; --fresh begins anew, and `session.keep` in config.yaml is whether anything is kept.
    """


@session.command("list")
def list_hunts() -> None:
    """List the hunts that are kept, the last written first.

    \b
    Example:
      huntui session list
    """
    store = _store()
    try:
        hunts = store.hunts()
    finally:
        store.close()
    if hunts:
        click.echo(_ROW.format("number", "date", "night", "last written", "claims", "points", "hunt", "source"))
    for kept in hunts:
        click.echo(_row(kept))
    note(f"{len(hunts):,} {'hunt' if len(hunts) == 1 else 'hunts'}, in {store.path}")


@session.command("export")
@_FILE
@click.option("--date", type=NightDate(), help="The hunt that was written last in this night.")
@click.option("--number", metavar="N", type=click.IntRange(1), help="The hunt of this number in the list.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
def export_hunt(file: Path, date: str | None, number: int | None, overwrite: bool) -> None:
    """Write a hunt that is kept to a file: the one that was written last, unless another one is asked for.

    \b
    Examples:
      huntui session export my-hunt.json
      huntui session export my-hunt.json --date 20240707
    """
    from huntui.engine.session_file import write_session

    store = _store()
    try:
        kept = _wanted(store.hunts(), date, number)
        memory = store.memory(kept.number)
    finally:
        store.close()
    write_session(file, kept.label, memory, overwrite=overwrite)
    claims = len(memory.now.standing)
    note(f"hunt {kept.number} ({claims:,} {'claim' if claims == 1 else 'claims'}) written to {file}")


@session.command("import")
@_FILE
def import_hunt(file: Path) -> None:
    """Take a hunt from a file; the screen goes on with it on its night.

    It is kept beside all others: what was kept of the same night stays in the list.

    \b
    Example:
      huntui session import my-hunt.json && huntui --date 20240707
    """
    from huntui.engine.session_file import read_session

    label, memory = read_session(file)
    store = _store()
    try:
        before = store.newest(label)
        number = store.write(label, memory)
    finally:
        store.close()
    stays = "" if before is None else f"; hunt {before.number} of the same night stays in the list"
    note(f"hunt {number}, of {label.date or label.source}, is what the screen goes on with{stays}")


@session.command("remove")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=click.IntRange(1))
def remove_hunts(numbers: tuple[int, ...]) -> None:
    """Forget hunts, by their number in the list: all of them, or none where one of them is not kept.

    A screen that is open on one of them keeps it anew with its next change.

    \b
    Example:
      huntui session remove 3 4
    """
    store = _store()
    try:
        hunts = store.hunts()
        for number in numbers:
            _wanted(hunts, None, number)
        for number in dict.fromkeys(numbers):
            store.remove(number)
    finally:
        store.close()
    note(f"forgotten: {', '.join(f'hunt {number}' for number in dict.fromkeys(numbers))}")


def _store() -> "Store":
    from huntui.session.store import Store

    store = Store.of_user()
    if store.moved:
        note(store.moved)
    return store


def _wanted(hunts: "list[KeptHunt]", date: str | None, number: int | None) -> "KeptHunt":
    for kept in hunts:
        if number in (None, kept.number) and date in (None, kept.label.date):
            return kept
    if not hunts:
        raise CallError("No hunt is kept: the screen keeps one as soon as something is changed in it.")
    asked = " ".join([*([f"--number {number}"] if number else []), *([f"--date {date}"] if date else [])])
    raise CallError(f"{asked}: no such hunt is kept; `huntui session list` shows those that are.")


def _row(kept: "KeptHunt") -> str:
    try:
        written = datetime.fromtimestamp(kept.written).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        written = "unknown"
    label = kept.label
    return _ROW.format(
        kept.number,
        label.date or "",
        "simulated" if label.simulated else "real",
        written,
        "" if kept.claims is None else f"{kept.claims:,}",
        "" if kept.score is None else f"{kept.score:,}",
        label.hunt,
        label.source,
    )
