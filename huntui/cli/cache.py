"""`huntui cache`: what is kept of nights that were read, and a way to be rid of it."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from huntui.cli.streams import note

if TYPE_CHECKING:
    from huntui.night.cache import KeptNight

_ROW = "{:<8}  {:>9}  {:>8}  {:<16}  {}"


@click.group(context_settings={"max_content_width": 120})
def cache() -> None:
    """Show or remove nights that are kept.

    A night that was read to its end is kept as columns, so that it opens again in a moment, until its packets change
    or other nights need the room; `cache.max_gb` in config.yaml is how much all of them may take.
    """


@cache.command("list")
def list_nights() -> None:
    """List the nights that are kept, the last used first.

    \b
    Example:
      huntui cache list
    """
    from huntui.night.cache import NightCache

    kept = NightCache.of_user()
    nights = kept.nights()
    if nights:
        click.echo(_ROW.format("date", "alerts", "size", "last used", "source"))
    for night in nights:
        click.echo(_row(night))
    size = sum(night.bytes for night in nights)
    note(f"{_count(len(nights), 'night')}, {_size(size)}, in {kept.folder}")


@cache.command("clear")
def clear() -> None:
    """Remove all nights that are kept.

    The kernels that other versions of huntui have compiled are removed as well, and the answers of look-ups.

    \b
    Example:
      huntui cache clear
    """
    import shutil

    from huntui.kernels import other_folders
    from huntui.night.cache import NightCache
    from huntui.online.kept_answers import KeptAnswers

    kept = NightCache.of_user()
    answers = KeptAnswers.of_user().clear()
    number, size = len(kept.nights()), kept.clear()
    kernels = other_folders()
    for folder in kernels:
        shutil.rmtree(folder, ignore_errors=True)
    versions = _count(len(kernels), "other version")
    note(
        f"removed {_count(number, 'night')} ({_size(size)}), the kernels of {versions} and {_count(answers, 'answer')} "
        "of look-ups"
    )


def _row(night: "KeptNight") -> str:
    last_used = datetime.fromtimestamp(night.last_used).strftime("%Y-%m-%d %H:%M")
    source = "".join(letter if letter.isprintable() else "�" for letter in night.label.source)
    return _ROW.format(night.label.date or "", f"{night.label.alerts:,}", _size(night.bytes), last_used, source)


def _size(size: int) -> str:
    return f"{size / 1e9:,.2f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
