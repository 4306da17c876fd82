"""`huntui hunts`: which hunts there are, and whether one that somebody wrote can be hunted."""

import shutil
import sys
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from huntui import shipped
from huntui.cli.streams import note
from huntui.errors import HuntError

if TYPE_CHECKING:
    from huntui.hunt.treasure import Hunt

_ROW = "{:<24}  {:>9}  {:>4}  {}"
_LEAST_WIDTH = 20


@click.group(context_settings={"max_content_width": 120})
def hunts() -> None:
    """List the hunts, or check one.

    A hunt is a list of treasures to find in a night: `--hunt NAME` chooses one, and docs/hunts.md says what is in
    those that come with huntui.
    """


@hunts.command("list")
def list_hunts() -> None:
    """List the hunts that `--hunt` knows by name.

    \b
    Example:
      huntui hunts list
    """
    click.echo(_ROW.format("hunt", "treasures", "sets", "about"))
    for name in shipped.names("hunts"):
        try:
            hunt = _load(name)
        except HuntError as problem:
            click.echo(_row(name, ("", ""), f"cannot be hunted: {problem}"))
        else:
            click.echo(_row(name, (str(len(hunt.treasures)), str(len(hunt.sets) or "")), hunt.about))


@hunts.command("check")
@click.argument("file")
def check(file: str) -> None:
    """Say what is wrong in a hunt, a name or a file of your own.

    All mistakes are told, and end in exit code 2. A warning is about what works, but is hardly meant.

    \b
    Examples:
      huntui hunts check hunts/mine.yaml
      huntui hunts check first-night
    """
    from huntui import strict_yaml, truth
    from huntui.features.registry import kinds
    from huntui.hunt.hunt import hunt_from_mapping
    from huntui.hunt.review import mistakes, warnings
    from huntui.opening.scores import make_known

    make_known()
    path = shipped.find("hunts", file)
    data = strict_yaml.read(path, HuntError)
    found = mistakes(data, str(path), kinds(), truth.kinds())
    if len(found) == 1:
        raise HuntError(found[0])
    if found:
        for mistake in found:
            note(mistake)
        raise HuntError(f"{path}: {len(found)} mistakes, listed above.")
    hunt = hunt_from_mapping(data, str(path), kinds(), truth.kinds())
    for warning in warnings(hunt):
        note(f"warning: {warning}")
    one_each = sum(treasure.points for treasure in hunt.treasures)
    all_goals = sum(treasure.points * treasure.goal for treasure in hunt.treasures)
    treasures = "1 treasure" if len(hunt.treasures) == 1 else f"{len(hunt.treasures)} treasures"
    told = f"{path}: {treasures}, {one_each:,} points for one of each, {all_goals:,} for all goals"
    if hunt.sets:
        sets = "1 set" if len(hunt.sets) == 1 else f"{len(hunt.sets)} sets"
        told += f", {sum(one.points for one in hunt.sets):,} more for {sets}"
    click.echo(f"{told}.")


def _load(name: str) -> "Hunt":
    from huntui import truth
    from huntui.features.registry import kinds
    from huntui.hunt.hunt import load_hunt

    return load_hunt(shipped.find("hunts", name), kinds(), truth.kinds())


def _row(name: str, counts: tuple[str, str], about: str) -> str:
    """Return a line, which ends where the terminal does; the counts are those of treasures and of sets."""
    line = _ROW.format(name, *counts, about)
    if sys.stdout.isatty():
        room = shutil.get_terminal_size().columns - len(_ROW.format(name, *counts, ""))
        line = _ROW.format(name, *counts, shorten(about, max(_LEAST_WIDTH, room), placeholder=" …"))
    return "".join(letter if letter.isprintable() else "�" for letter in line)
