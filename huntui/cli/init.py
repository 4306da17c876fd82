"""`huntui init`: the files that came with huntui, copied here for editing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from huntui.errors import WorkError
from huntui.shipped import defaults


@click.command()
@click.option("--force", is_flag=True, help="Replace files that are here already.")
def init(force: bool) -> None:
    """Copy config.yaml, hunts/ and cuts/ into this directory, for editing.

    A file that is here already is kept unless --force is given.

    \b
    Example:
      mkdir my-hunt && cd my-hunt && huntui init
    """
    for origin, target in _files():
        kept = target.exists() and (not force or target.samefile(origin))
        if not kept:
            _copy(origin, target)
        click.echo(f"{'kept   ' if kept else 'written'} {target}")


def _files() -> Iterator[tuple[Path, Path]]:
    shipped = defaults()
    for pattern in ("config.yaml", "hunts/*.yaml", "cuts/*.yaml"):
        for origin in sorted(shipped.glob(pattern)):
            yield origin, origin.relative_to(shipped)


def _copy(origin: Path, target: Path) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(origin, target)
    except OSError as problem:
        raise WorkError(f"{target} cannot be written: {problem.strerror}.") from None
