"""What is wanted of a night: counts on standard output, and files that are checked before the night is read."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from huntui.errors import CallError

if TYPE_CHECKING:
    from huntui.engine.chosen import What


@dataclass(frozen=True, slots=True)
class Output:
    """What `huntui run` prints and writes."""

    as_json: bool = False
    exports: tuple[Path, ...] = ()
    columns: tuple[str, ...] = ()
    """Columns of the exports; empty for those of the configuration."""
    per_alert: bool = False
    what: "What" = "survivors"
    """What the exports have: the survivors, the claims of the hunt that is kept, or the whole night."""
    light_curves: tuple[Path, ...] = ()
    from_export: Path | None = None
    """A file whose find is made again."""
    report: Path | None = None
    """The hunt as one page."""
    figures: Path | None = None
    """A folder for pictures."""
    bad_packets: Path | None = None
    to_kafka: str | None = None
    """The topic that survivors are sent on to."""
    to_samp: str | None = None
    """The program of the desktop that the objects are sent to."""
    group: str | None = None
    """The group as one of which a topic is read."""
    share: bool = False
    """Whether the group is told what is read."""
    overwrite: bool = False

    def settings(self) -> Iterator[str]:
        """Yield what is asked for here and is a key of the configuration, as `--set` has it."""
        if self.group is not None:
            yield f"kafka.group.id={json.dumps(self.group)}"
        if self.share:
            yield "kafka.share=true"

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield the option and the path of every file that is to be written."""
        for path in self.exports:
            yield "--export", path
        for path in self.light_curves:
            yield "--light-curves", path
        if self.bad_packets is not None:
            yield "--bad-packets", self.bad_packets

    def check(self) -> None:
        """Raise `CallError` for what does not belong together."""
        if self.group == "":
            raise CallError("--group '': names nothing; give a name, or leave the option out.")
        of_objects = self.exports or self.light_curves or self.report is not None or self.figures is not None
        tables = self.exports or self.to_samp is not None
        if not tables and (self.per_alert or (self.columns and self.report is None)):
            raise CallError("--columns and --per-alert are about exports: add --export FILE.")
        if self.what != "survivors" and not (of_objects or tables):
            raise CallError("--of is about exports: add --export FILE or --report FILE.html.")
        if self.overwrite and not of_objects and not any(self.files()):
            raise CallError("--overwrite is about files: add --export FILE or --bad-packets FILE.")


def checked_columns(output: Output, configured: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of the exports; raises `CallError` for what would fail only after the night was read."""
    from huntui.exports.choice import choose_columns
    from huntui.exports.registry import writer_for
    from huntui.exports.report.page import ENDINGS
    from huntui.features.registry import columns

    seen: set[str] = set()
    for option, path in output.files():
        where = f"{option} {path}"
        writer_for(path)
        _check_once(path, where, output, seen)
    if (report := output.report) is not None:
        if report.suffix.lower() not in ENDINGS:
            raise CallError(f"--report {report}: a report is a page: give a name that ends with .html.")
        _check_once(report, f"--report {report}", output, seen)
    if (folder := output.figures) is not None:
        _check_folder(folder, f"--figures {folder}")
    return choose_columns(output.columns or configured, columns())


def _check_once(path: Path, where: str, output: Output, seen: set[str]) -> None:
    check_file(path, where, output.overwrite)
    if (target := os.path.realpath(path)) in seen:
        raise CallError(f"{where}: this file is named twice; give each its own.")
    seen.add(target)


def _check_folder(folder: Path, where: str) -> None:
    try:
        if folder.exists() and not folder.is_dir():
            raise CallError(f"{where}: is no folder; give another name.")
        if not folder.parent.is_dir():
            raise CallError(f"{where}: there is no folder {folder.parent}.")
    except (OSError, ValueError) as problem:
        raise CallError(f"{where}: no folder can have this name ({getattr(problem, 'strerror', problem)}).") from None


def check_file(path: Path, where: str, overwrite: bool) -> None:
    """Raise `CallError` that begins with `where` unless a file may be written there."""
    try:
        _check_place(path, where, overwrite)
    except OSError as problem:
        raise CallError(f"{where}: no file can have this name ({problem.strerror}).") from None
    except ValueError as problem:
        raise CallError(f"{where}: no file can have this name ({problem}).") from None


def _check_place(path: Path, where: str, overwrite: bool) -> None:
    if not path.parent.is_dir():
        raise CallError(f"{where}: there is no folder {path.parent}.")
    if path.exists() and not path.is_file():
        raise CallError(f"{where}: is no regular file; give another name.")
    if path.exists() and not overwrite:
        raise CallError(f"{where}: the file exists; choose another name, or add --overwrite.")
