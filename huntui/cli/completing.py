"""What the shell completes: names of cuts and hunts, and nights on disk; else files."""

from collections.abc import Callable

from click import Context, Parameter
from click.shell_completion import CompletionItem

from huntui.shipped import Kind, names

Complete = Callable[[Context, Parameter, str], list[CompletionItem]]


def names_of(kind: Kind, *more: str) -> Complete:
    """Return what completes the names of cuts or hunts, and files where none begins like that."""

    def complete(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
        return _beginning((*names(kind), *more), incomplete) or files(context, parameter, incomplete)

    return complete


def nights(_: Context, __: Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the dates of the nights that are on disk, with where they are."""
    from pathlib import Path

    from huntui.cli.beginnings import nights_in
    from huntui.config import combine, read_files
    from huntui.errors import HuntuiError

    try:
        data = Path(combine(read_files(None)).source.data).expanduser()
    except HuntuiError:  # a shell that completes is no place to say what is wrong with a file
        return []
    found = [CompletionItem(night.date, help=night.about) for night in nights_in(data) if night.date]
    return [item for item in found if str(item.value).startswith(incomplete)]


def sources(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the kinds of sources that need no path, and files and folders."""
    return _beginning(("simulated", "kafka"), incomplete) + files(context, parameter, incomplete)


def files(_: Context, __: Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete files and folders."""
    return [CompletionItem(incomplete, type="file")]


def _beginning(names: tuple[str, ...], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
