"""What a worker does: one night read, cut and packed. Runs in whatever process the scheduler chooses.

A task never raises: Dask would write its arguments, in which an address may have a password, into a log.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huntui.errors import HuntuiError, MissingError
from huntui.sources.sweep_file import Outcome, SweptNight

if TYPE_CHECKING:
    from huntui.engine.engine import Engine
    from huntui.engine.rows import SurvivorRows
    from huntui.night.view import NightView
    from huntui.packets.batch import Int64s
    from huntui.sources.source import Source
    from huntui.sweep.question import NightTask

Result = tuple[dict[str, Any], bytes]
"""The record of a night as plain values, and the bytes of its file; none where there is nothing to keep of it."""


def read_night(task: "NightTask", scratch: str | None = None, threads: int = 1) -> Result:
    """Return what became of a night; a copy of it goes into the folder `scratch`, one of `threads` works on it."""
    try:
        with _source(task, scratch) as source:
            return asyncio.run(_read(task, source, threads))
    except MissingError as problem:
        return unread(task, "missing", str(problem))
    except HuntuiError as problem:
        return unread(task, "failed", str(problem))
    except Exception as problem:  # noqa: BLE001 (see above)
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        return unread(task, "failed", f"{task.title}: cannot be read ({reason}).")


def unread(task: "NightTask", outcome: Outcome, why: str) -> Result:
    """Return the record of a night of which there is nothing."""
    record = SweptNight(name=task.name, date=task.date, source=task.title, outcome=outcome, why=why, key=task.key)
    return record.model_dump(), b""


_TIMES = ("seconds", "alerts_per_second")
"""What is another number each time that a night is read."""


@contextmanager
def _source(task: "NightTask", scratch: str | None) -> "Iterator[Source]":
    """Give the source of a night, which is copied first where it lies elsewhere, and removed again."""
    from huntui.sources.resolve import NightRequest, resolve

    if task.request is not None:
        yield _called(resolve(task.request), task.title)
        return
    from huntui.sweep.remote import Remote

    assert task.url is not None
    with tempfile.TemporaryDirectory(prefix="huntui-", dir=scratch) as folder:
        copy = Remote(task.url).copied_to(Path(folder), task.attempts)
        try:
            yield _called(resolve(NightRequest(task.date, str(copy))), task.title)
        except HuntuiError as problem:
            raise type(problem)(str(problem).replace(str(copy), task.title)) from None


def _called(source: "Source", title: str) -> "Source":
    """Give a source the name that it has for whoever asked, not that of where it lies on this machine."""
    source.title = title
    return source


async def _read(task: "NightTask", source: "Source", threads: int) -> Result:
    from huntui.engine.engine import Engine
    from huntui.engine.ingest import cores
    from huntui.features.registry import columns
    from huntui.models.catalogue import announce
    from huntui.night.cache import NightCache

    asked = task.question
    announce(asked.models, columns())
    cached = asked.cache_bytes is not None and task.url is None
    engine = Engine(
        source, asked.cuts, asked.hunt,
        date=task.date, max_alerts=asked.max_alerts, rate=asked.rate, models=asked.models,
        cache=NightCache.of_user(asked.cache_bytes or 0) if cached else None,
        decoders=task.decoders or max(1, cores() // threads),
    )  # fmt: skip
    await engine.start()
    try:
        async for snapshot in engine:
            if snapshot.settled:
                break
        return await _packed(task, source, engine)
    finally:
        await engine.stop()


async def _packed(task: "NightTask", source: "Source", engine: "Engine") -> Result:
    from huntui.engine.rows import SurvivorRows
    from huntui.engine.shortfall import shortfall
    from huntui.engine.summary import as_dict

    snapshot = await engine.asked(task.question.scored)
    night, why = snapshot.night, shortfall(snapshot)
    if why and not night.alerts:
        return unread(task, "failed", why)
    outcome: Outcome = "broken" if why else "read" if night.packets else "empty"
    record = SweptNight(
        name=task.name, date=task.date, source=task.title, outcome=outcome, why=why, simulated=night.simulated,
        counts={name: value for name, value in as_dict(snapshot).items() if name not in _TIMES}, key=task.key,
    )  # fmt: skip
    if not isinstance(snapshot.rows, SurvivorRows) or not night.alerts:
        from huntui.sweep.night_file import packed

        return record.model_dump(), packed(record, {}, {}, ())
    return await asyncio.to_thread(_tables, record, task, source, snapshot.rows)


def _tables(record: SweptNight, task: "NightTask", source: "Source", table: "SurvivorRows") -> Result:
    import numpy as np

    from huntui.features.registry import columns
    from huntui.sweep import tables
    from huntui.sweep.night_file import packed

    view, known = table.view, columns()
    rows = view.sorted_rows(table.survives)
    kept, members = _members(view, table, rows, task.question.max_packets)
    theirs = view.sorted_rows(np.isin(view.object_of, view.object_of[rows]))
    record = record.model_copy(
        update={"packets": len(kept), "packets_left_out": sum(member is None for member in members)}
    )
    content = packed(
        record,
        {
            "alerts": tables.alerts_table(view, table.survives, known),
            "survivors": tables.survivors_table(
                view, rows, [known[name] for name in task.question.columns], table.looks, members
            ),
            "history": tables.history_table(view, theirs),
            "forced": tables.forced_table(view, theirs),
        },
        source.truth(sorted({table.object_id(row) for row in range(len(table))})),
        _packets(source, view, kept),
    )
    return record.model_dump(), content


def _members(
    view: "NightView", table: "SurvivorRows", rows: "Int64s", most: int
) -> tuple[dict[str, int], list[str | None]]:
    """Return the packets to keep, each name with a row that it is of, and for each row the name of its packet.

    Where there are more than `most`, the newest of each object come before all others.
    """
    names: dict[tuple[int, int], str] = {}
    kept: dict[str, int] = {}
    for row in [*table.alerts.tolist(), *rows.tolist()]:
        address = (int(view.addresses[row, 0]), int(view.addresses[row, 1]))
        if address not in names and len(names) < most:
            names[address] = f"{int(view.column('candid')[row])}.avro"
            kept[names[address]] = row
    members = [names.get((int(a), int(b))) for a, b in view.addresses[rows].tolist()]
    return kept, members


def _packets(source: "Source", view: "NightView", kept: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """Yield the packets in the order in which they lie at the source."""
    from huntui.engine.again import Again

    in_order = sorted(kept.items(), key=lambda one: tuple(view.addresses[one[1]].tolist()[::-1]))
    packets = Again(source).packets(view, [row for _, row in in_order])
    for (name, _), packet in zip(in_order, packets, strict=True):
        yield name, packet
