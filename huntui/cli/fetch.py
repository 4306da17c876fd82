"""`huntui fetch`: real nights from the public archive."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from huntui.cli.options import NightDate
from huntui.cli.streams import note
from huntui.errors import CallError, FetchError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.config import FetchConfig
    from huntui.online.download import Fetched


@click.command()
@click.argument("dates", type=NightDate(), nargs=-1, metavar="DATE…")
@click.option("--list", "listed", is_flag=True, help="List the nights that are here and those of the archive.")
@click.option("--base-url", metavar="URL", help="Another archive than `fetch.base_url` of the configuration.")
@click.option("--overwrite", is_flag=True, help="Fetch a night again, though its archive is here.")
@click.option(
    "--config", metavar="FILE", type=click.Path(path_type=Path), help="Configuration, read after ./config.yaml."
)
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE",
    help="Set a key of the configuration (source.data=nights, fetch.timeout=60); repeatable.",
)  # fmt: skip
def fetch(
    dates: tuple[str, ...],
    listed: bool,
    base_url: str | None,
    overwrite: bool,
    config: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Download real nights, as ZTF publishes them: one gzipped tar each, of some gigabytes.

    A night goes to data/ztf_public_DATE.tar.gz, where `huntui --date DATE` finds it; it is read as it lies there. What
    broke off, for whatever reason, is gone on with by the same call. A night has its name only when all of it is there
    and its MD5 checksum is the one of the archive, where that has one.

    \b
    Examples:
      huntui fetch 20240707
      huntui fetch --list
      huntui fetch 20240707 --base-url http://mirror.example/ztf --set source.data=/big/disk
      huntui --date 20240707 --fetch            the screen at once, and alerts as they arrive
    """
    if listed == bool(dates):
        raise CallError(
            "Which night? Say for example `huntui fetch 20240707`; `huntui fetch --list` says which there are."
        )
    if listed and overwrite:
        raise CallError("--overwrite is about nights that are fetched, not about their list.")
    from huntui.opening.night import configured

    configuration = configured(NightOptions(config=config, settings=settings))
    wanted = configuration.fetch.model_copy(update={"base_url": base_url} if base_url else {})
    data = Path(configuration.source.data).expanduser()
    if listed:
        _list(data, wanted)
        return
    failures = []
    for date in dict.fromkeys(dates):
        try:
            note(_fetched(date, data, wanted, overwrite))
        except FetchError as error:
            if len(dates) == 1:
                raise
            failures.append(str(error))
    if failures:
        raise WorkError(" ".join(failures))


def _fetched(date: str, data: Path, wanted: "FetchConfig", overwrite: bool) -> str:
    """Fetch one night and return a sentence about it."""
    from huntui.online.archive import target_of
    from huntui.online.download import size_of

    target = target_of(data, date)
    if target.is_dir():
        raise FetchError(f"{target}: is a folder, where the archive of the night should go; move it away.")
    if target.exists() and not overwrite:
        return f"{target} is here already, {size_of(target.stat().st_size)}; --overwrite fetches it again."
    fetched = _download(date, data, wanted)
    resumed = f", {size_of(fetched.resumed)} of it before" if fetched.resumed else ""
    return f"{target}: {size_of(fetched.size)} fetched{resumed}, {_checked(fetched.checked)}.{_aftermath(date, data)}"


def _download(date: str, data: Path, wanted: "FetchConfig") -> "Fetched":
    from threading import Event

    from huntui.cli.fetch_progress import PaintedProgress
    from huntui.online.archive import target_of
    from huntui.online.download import Download
    from huntui.online.part import part_of
    from huntui.online.patience import Patience
    from huntui.online.server import Server

    server = Server(wanted.base_url, wanted.timeout)
    progress = PaintedProgress(date)
    try:
        patience = Patience(wanted.attempts, Event().wait, tell=progress.say)
        return Download(server, date, data, patience).run(progress)
    except KeyboardInterrupt:
        progress.clear()
        if part_of(target_of(data, date)).exists():
            note(f"What is there of {date} is kept; the same call goes on from there.")
        raise
    finally:
        progress.clear()
        server.close()


def _checked(what: str) -> str:
    words = {"MD5": "its MD5 checksum is right", "size": "its size is right; the archive has no checksum of it"}
    return words.get(what, "it unpacks; the archive has neither size nor checksum of it")


def _aftermath(date: str, data: Path) -> str:
    """Say what else there is to know about a night that is here now; nothing is the usual case."""
    from huntui.errors import SourceError
    from huntui.online.archive import target_of
    from huntui.sources.folder import SUFFIX
    from huntui.sources.tar_gz import GzippedTarSource

    target, folder = target_of(data, date), data / date
    try:
        empty = GzippedTarSource(target).is_empty()
    except SourceError as problem:
        return f" But {problem}"
    told = " 0 alerts: nothing was published of this night, clouds perhaps." if empty else ""
    if any(folder.glob(f"*{SUFFIX}")):
        told += f" {folder} has packets as well, and is what --date opens; --source {target} opens this one."
    return told


def _list(data: Path, wanted: "FetchConfig") -> None:
    """Print a line per night, here or there, the newest first."""
    from threading import Event

    from huntui.cli.beginnings import nights_in
    from huntui.online.archive import nights_there
    from huntui.online.patience import Patience
    from huntui.online.server import Server

    here = {night.date or "": night.about for night in nights_in(data)}
    server, failure = Server(wanted.base_url, wanted.timeout), ""
    there: dict[str, str] = {}
    try:
        there = {
            night.date: night.size for night in nights_there(server, Patience(wanted.attempts, Event().wait, tell=note))
        }
    except FetchError as error:
        failure = str(error)
    finally:
        server.close()
    for date in sorted({*here, *there}, reverse=True):
        size = there.get(date)
        click.echo(f"{date}  {'-' if size is None else size or '?':>7}  {here.get(date, '')}".rstrip())
    note(f"{len(here):,} here, {len(there):,} in the archive at {wanted.base_url}.")
    if failure:
        raise FetchError(failure)
