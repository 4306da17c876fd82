"""A sweep from what was asked to its summary: what is there is kept, what is missing is done, all is put together."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from huntui import __version__
from huntui.errors import CallError, MissingError, SourceError, StoreError, WorkError
from huntui.exports.export import write_beside, write_json
from huntui.funnel.cuts_file import cuts_to_mapping
from huntui.funnel.cuts_text import written
from huntui.night.locks import locked
from huntui.sources.made import recipe_of
from huntui.sources.resolve import resolve
from huntui.sources.sweep_file import CUTS, FILE, HUNT, NIGHTS, OBJECTS, SweepFile, SweptNight, night_path
from huntui.sweep.merge import Nights, surviving_objects, totals
from huntui.sweep.night_file import NightFile
from huntui.sweep.places import SIMULATED, Place
from huntui.sweep.question import NightTask, Question, made_from
from huntui.sweep.reading import Result, unread

_LOCK, _ASKED = ".lock", "asked"


Took = Callable[[NightTask, Result], None]
"""Takes what a task gave."""

Runner = Callable[[Sequence[NightTask], Took], None]
"""Carries out tasks, in whatever order, and hands on what each gives."""

Listener = Callable[[SweptNight, int, bool], None]
"""Hears what became of a night, how many are done by now, and whether its result was there already."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is swept, by which question, and where the results go."""

    folder: Path
    question: Question
    hunt_file: Path
    places: Sequence[Place]
    attempts: int
    fresh: bool = False
    """Whether results that are there are done again."""


def sweep(asked: Sweep, run: Runner, hear: Listener) -> SweepFile:
    """Do what is not done yet, write the summary, and return it.

    Raises `CallError` where the folder holds another sweep or is used by another huntui, `StoreError` where it cannot
    be written.
    """
    digest = asked.question.digest()
    with _held(asked.folder):
        _prepare(asked, digest)
        records: dict[str, SweptNight] = {}

        def ended(record: SweptNight, *, was_there: bool) -> None:
            records[record.name] = record
            hear(record, len(records), was_there)

        def took(task: NightTask, result: Result) -> None:
            record = SweptNight.model_validate(result[0])
            if result[1]:
                _write(night_path(asked.folder, task.name), result[1])
            ended(record, was_there=False)

        tasks = []
        for place in asked.places:
            found = _look(asked, place, digest)
            if isinstance(found, NightTask):
                tasks.append(found)
            else:
                ended(found, was_there=found.is_whole)
        if tasks:
            run(tasks, took)
        summary = _summary(asked, digest, [records[place.name] for place in asked.places])
        write_json(asked.folder / FILE, summary.model_dump(), overwrite=True)
        return summary


def _look(asked: Sweep, place: Place, digest: str) -> NightTask | SweptNight:
    """Return what is to be done for a night, or what became of it."""
    task = NightTask(
        place.name, place.date, place.title, place.absolute(), place.url, asked.question, attempts=asked.attempts
    )
    try:
        title, fingerprint = _known(place, asked.attempts)
    except MissingError as problem:
        return SweptNight.model_validate(unread(task, "missing", str(problem))[0])
    except WorkError as problem:
        return SweptNight.model_validate(unread(task, "failed", str(problem))[0])
    task = task.found(title, digest, fingerprint)
    there = NightFile(night_path(asked.folder, place.name)).record()
    done = there is not None and there.is_whole and there.key == task.key and there.name == place.name
    return there if done and there is not None else task


def _known(place: Place, attempts: int) -> tuple[str, str]:
    """Return what to call a night, and what tells it from every other; raises like a source."""
    if place.url is not None:
        from huntui.sweep.remote import Remote

        return place.title, Remote(place.url).fingerprint(attempts)
    assert place.request is not None
    path = place.request.source
    if path is not None and path != SIMULATED and not os.path.lexists(path):
        raise MissingError(f"{path}: is not there.")
    try:
        source = resolve(place.request)
    except MissingError:
        data, date = place.request.data, place.date
        raise MissingError(f"There is no night {date} in {data}; `huntui fetch {date}` gets it.") from None
    except OSError as problem:
        raise SourceError(f"{place.title}: cannot be opened ({problem.strerror}).") from None
    try:
        return source.title, source.fingerprint() or made_from(recipe_of(source))
    finally:
        source.close()


def _summary(asked: Sweep, digest: str, records: list[SweptNight]) -> SweepFile:
    import pyarrow.parquet as pq

    nights = Nights(asked.folder, records)
    objects = surviving_objects(nights)
    if objects is not None:
        write_beside(asked.folder / OBJECTS, lambda file: pq.write_table(objects, file) or len(objects), True)
    else:
        (asked.folder / OBJECTS).unlink(missing_ok=True)
    return SweepFile(
        huntui=__version__,
        asked=digest,
        cuts=cuts_to_mapping(asked.question.cuts),
        hunt=asked.question.hunt.name,
        max_alerts=asked.question.max_alerts,
        simulated=any(record.simulated for record in records),
        nights=records,
        totals=totals(nights, asked.question.hunt.names),
    )


def _prepare(asked: Sweep, digest: str) -> None:
    """Make the folder ready for this sweep; raises `CallError` where it holds another one."""
    folder, told = asked.folder, asked.folder / _ASKED
    try:
        if asked.fresh:
            shutil.rmtree(folder / NIGHTS, ignore_errors=True)
            (folder / FILE).unlink(missing_ok=True)
        elif told.exists() and told.read_text("utf-8", "replace").strip() != digest:
            raise CallError(
                f"{folder} holds another sweep: other cuts, hunt or settings, or one of another huntui; give --name "
                "another name, or --fresh to do it anew."
            )
        (folder / NIGHTS).mkdir(exist_ok=True)
        _write(told, f"{digest}\n".encode())
        _write(folder / HUNT, asked.hunt_file.read_bytes())
        if asked.question.cuts.stages:
            _write(folder / CUTS, written(asked.question.cuts).encode())
        else:
            (folder / CUTS).unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError(f"{folder}: cannot be written ({problem.strerror}).") from None


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Keep every other huntui away from a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = locked(folder / _LOCK)
    except (OSError, ValueError) as problem:
        raise StoreError(f"{folder}: cannot be written ({getattr(problem, 'strerror', problem)}).") from None
    if lock is None:
        raise CallError(f"{folder}: another huntui sweeps into it; wait for it, or give --name another name.")
    with lock:
        yield


def _write(path: Path, content: bytes) -> None:
    def fill(file: BinaryIO) -> int:
        return file.write(content)

    write_beside(path, fill, True)
